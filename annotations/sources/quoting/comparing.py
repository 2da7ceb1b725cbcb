"""Two wordings side by side, word by word: the cheapest way from one to the other, and how much of it they share. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from annotations.sources.quoting import meaning
from annotations.sources.quoting.meaning import CHANGED, LIGHTER, LOST, SAME, SLIP, SPACING
from annotations.sources.quoting.meaning_words import ANY_LIGHT, LIGHT
from annotations.sources.quoting.words import Word

_OUTSIDE = "outside"  # a word of the page before or behind the passage
_COST = {SAME: 0.0, SLIP: 1.0, SPACING: 1.0, LIGHTER: 1.5, LOST: 4.0, _OUTSIDE: 3.0}
_INFLECTED, _GONE, _REPLACED = 10.0, 12.0, 14.0  # one replaced word reads better than one gone and one come
_FIRST, _LAST = 12.5, 15.0  # a small word at an end of the quote may as well stand behind a word that is gone
_BESIDE = 3  # words beside the passage that its first and last words may be set in
_HOPELESS = 0.25  # of the words: a longer quote that shares fewer with the passage is not there
_PRIVATE = 0xF0000  # words become characters of a private area, to be compared quickly
_MOST = 12  # words in a row that differ, looked at one by one
_JOINED = 3  # words that may have run together
_LIGHT_WEIGHT = 0.3  # of a word's length: "of the" proves little
_FIGURE_WEIGHT = 2.0
_INFLECTED_ALIKE = 80.0  # of 100: surely one, and better laid beside it than left out
_AKIN = 66.0  # of 100: an inflected word
_LEAST_RUN = 2  # characters in a row, where words are not set apart: one alone is everywhere


@dataclass(frozen=True, slots=True)
class Step:
    """`kind`: same, slip, spacing, light, lost (a character) or changed; `here`: words of the quote, `there`: of the page."""

    kind: str
    here: tuple[int, int]
    there: tuple[int, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`start..end`: the passage, in words of the page. `share`: how much of the quote stands there, 0 to 1."""

    start: int
    end: int
    steps: tuple[Step, ...]
    share: float

    @property
    def note(self) -> str:
        """What was changed, in one word; "" when nothing was."""
        notes = [step.note for step in self.steps if step.kind == CHANGED]
        return next((note for note in meaning.NOTES if note in notes), "")

    def count(self, *kinds: str) -> int:
        return sum(step.kind in kinds for step in self.steps)


def compare(quote: list[Word], page: list[Word], *, language: str) -> Comparison:
    """Lay the quote beside the part of the page that is most like it (`page` holds little more than that)."""
    alphabet: dict[str, str] = {}
    here = "".join(alphabet.setdefault(word.key, chr(_PRIVATE + len(alphabet))) for word in quote)
    there = "".join(alphabet.setdefault(word.key, chr(_PRIVATE + len(alphabet))) for word in page)
    start, end = _most_like(here, there)
    light = LIGHT.get(language.split("-")[0].lower(), ANY_LIGHT)
    steps: list[Step] = []
    blocks: list[list[int]] = []
    for code in Levenshtein.opcodes(here, there[start:end]):
        a, b, c, d = code.src_start, code.src_end, code.dest_start + start, code.dest_end + start
        kind = code.tag == "equal"
        if blocks and not kind and not blocks[-1][4]:
            blocks[-1][1], blocks[-1][3] = b, d
        else:
            blocks.append([a, b, c, d, kind])
    if len(quote) > _MOST and sum(b - a for a, b, _c, _d, equal in blocks if equal) < len(quote) * _HOPELESS:
        return Comparison(start, end, (), 0.0)
    for a, b, c, d, equal in blocks:
        if equal:
            steps += [_equal(quote, page, a + at, c + at) for at in range(b - a)]
        else:  # at either end the passage may begin or end a few words farther on
            first = max(0, c - _BESIDE) if a == 0 else c
            last = min(len(page), d + _BESIDE) if b == len(quote) else d
            steps += _Block(quote, page, light, (a, b), (first, last), (c, d)).steps()
    steps = _replacements([step for step in steps if step.kind != _OUTSIDE], quote, page)
    start, end = steps[0].there[0], steps[-1].there[1]
    return Comparison(start, end, tuple(steps), _share(quote, page, (start, end), steps, light))


def _replacements(steps: list[Step], quote: list[Word], page: list[Word]) -> list[Step]:
    """A small word that came beside one that is gone has taken its place; two lost characters are a lost word."""
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last is not None and {last.kind, step.kind} <= {LIGHTER, LOST}:
            here, there = (last.here[0], step.here[1]), (last.there[0], step.there[1])
            if (here[0] < here[1] and there[0] < there[1]) or last.kind == step.kind == LOST:
                found[-1] = Step(CHANGED, here, there, meaning.change(quote[slice(*here)], page[slice(*there)]))
                continue
        found.append(step)
    return found


def _most_like(here: str, there: str) -> tuple[int, int]:
    """The stretch of `there` at the least distance from `here`; of equals, the one of its length."""
    found = partial_ratio_alignment(here, there) if len(here) < len(there) else None
    start, end = (found.dest_start, found.dest_end) if found is not None else (0, len(there))
    slack = max(4, len(here) // 8)

    def nearest(spans: list[tuple[int, int]]) -> tuple[int, int]:
        best, least, off = spans[0], len(here) + len(there), len(there)
        for first, last in sorted(spans, key=lambda at: abs(at[1] - at[0] - len(here))):
            distance = Levenshtein.distance(here, there[first:last], score_cutoff=least)
            if distance < least or (distance == least and abs(last - first - len(here)) < off):
                best, least, off = (first, last), distance, abs(last - first - len(here))
        return best

    for _again in range(2):
        before = start, end
        ends = range(max(start + 1, end - slack), min(len(there), end + slack) + 1)
        start, end = nearest([(start, at) for at in ends])
        starts = range(max(0, start - slack), min(end - 1, start + slack) + 1)
        start, end = nearest([(at, end) for at in starts])
        if (start, end) == before:
            break
    return start, end


def _equal(quote: list[Word], page: list[Word], at: int, other: int) -> Step:
    """Words of one key; a figure also needs its sign."""
    step = Step(SAME, (at, at + 1), (other, other + 1))
    note = _sign(quote, page, step)
    return Step(CHANGED, step.here, step.there, note) if note else step


def _sign(quote: list[Word], page: list[Word], step: Step) -> str:
    if step.here[0] == step.here[1] or step.there[0] == step.there[1]:
        return ""
    here, there = quote[step.here[0]].figure, page[step.there[0]].figure
    if here is None or there is None or here.negative == there.negative or not here.readings & there.readings:
        return ""
    return "signs"


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of the quote (`here`) and of the page (`there`) that differ; `sure`: those that the passage surely holds."""

    quote: list[Word]
    page: list[Word]
    light: frozenset[str]
    here: tuple[int, int]
    there: tuple[int, int]
    sure: tuple[int, int]

    def steps(self) -> list[Step]:
        """The cheapest way from the ones to the others."""
        (a, b), (c, d) = self.here, self.there
        if max(b - a, d - c) > _MOST:
            return [self._named(Step(CHANGED, self.here, self.sure))]
        best: dict[tuple[int, int], tuple[float, tuple[Step, ...]]] = {(b, d): (0.0, ())}
        for at in range(b, a - 1, -1):
            for other in range(d, c - 1, -1):
                if (at, other) != (b, d):
                    ways = (
                        (cost + best[step.here[1], step.there[1]][0], (step, *best[step.here[1], step.there[1]][1]))
                        for cost, step in self._ways(at, other)
                    )
                    best[at, other] = min(ways, key=lambda way: way[0])
        return [self._named(step) for step in best[a, c][1]]

    def _named(self, step: Step) -> Step:
        if step.kind != CHANGED or step.note:
            return step
        note = _sign(self.quote, self.page, step) or meaning.change(
            self.quote[slice(*step.here)], self.page[slice(*step.there)]
        )
        return Step(CHANGED, step.here, step.there, note)

    def _ways(self, at: int, other: int) -> Iterator[tuple[float, Step]]:
        mine, theirs = self.here[1] - at, self.there[1] - other
        if mine:
            kind = LIGHTER if meaning.adds_nothing(self.quote, at, self.light) else CHANGED
            cost = _COST.get(kind, _GONE)
            if kind == LIGHTER and at == len(self.quote) - 1 and not self.quote[at].solid:
                cost = _LAST
            elif kind == LIGHTER and at == 0 and self.quote[0].key != self.quote[1].key:
                cost = _FIRST
            yield cost, Step(kind, (at, at + 1), (other, other))
        if theirs:
            yield self._left_out(at, other)
        if mine and theirs:
            kind = meaning.pair(self.quote, self.page, at, other)
            inflected = ratio(self.quote[at].text, self.page[other].text) >= _INFLECTED_ALIKE
            changed = _INFLECTED if inflected and not self.quote[at].solid else _REPLACED
            yield _COST.get(kind, changed), Step(kind, (at, at + 1), (other, other + 1))
            figures = self.quote[at].figure is not None and self.page[other].figure is not None
            if not figures and (self.quote[at].solid or self.page[other].solid):
                return
            for some in range(1, min(_JOINED, mine) + 1):
                for more in range(1, min(_JOINED, theirs) + 1):
                    ours = self.quote[at : at + some], self.page[other : other + more]
                    same = meaning.same_amount(*ours) if figures else meaning.run_together(*ours)
                    if max(some, more) > 1 and same:
                        yield _COST[SPACING], Step(SPACING, (at, at + some), (other, other + more))

    def _left_out(self, at: int, other: int) -> tuple[float, Step]:
        place = (at, at), (other, other + 1)
        before, behind = at == 0, at == len(self.quote)
        if before or behind:
            inside = self.sure[0] <= other < self.sure[1]
            return (_COST[_OUTSIDE] if inside else 0.0), Step(_OUTSIDE, *place)
        if meaning.adds_nothing(self.page, other, self.light) or meaning.is_footnote(self.page, other):
            return _COST[LIGHTER], Step(LIGHTER, *place)
        if meaning.may_be_lost(self.page, other):
            return _COST[LOST], Step(LOST, *place)
        return _GONE, Step(CHANGED, *place)


def _share(
    quote: list[Word], page: list[Word], span: tuple[int, int], steps: list[Step], light: frozenset[str]
) -> float:
    """How much of the quote stands in the passage, by letters; an inflected word counts."""
    weights = [_weight(word, light) for word in quote]
    kept = [False] * len(quote)
    for step in steps:
        for at in range(*step.here):
            kept[at] = step.kind not in (CHANGED, _OUTSIDE) or _akin(quote[at], page[slice(*step.there)])
    moved = _bag(quote, page[slice(*span)], weights)
    for at, word in enumerate(quote):
        if word.solid and not word.counts and kept[at] and sum(kept[max(0, at - 1) : at + 2]) < _LEAST_RUN:
            weights[at], kept[at] = weights[at], False
    total = sum(weights) or 1.0
    return max(sum(weight for weight, stays in zip(weights, kept, strict=True) if stays) / total, moved)


def _akin(word: Word, others: list[Word]) -> bool:
    if word.figure is not None:
        return any(other.figure is not None for other in others)
    return any(not word.solid and not other.solid and ratio(word.text, other.text) >= _AKIN for other in others)


def _bag(quote: list[Word], passage: list[Word], weights: list[float]) -> float:
    """The share of the quote's words that stand in the passage in any order: two names may have changed places."""
    if any(word.solid for word in quote):
        return 0.0
    left = [word.key for word in passage]
    found = 0.0
    for word, weight in zip(quote, weights, strict=True):
        if word.key in left:
            left.remove(word.key)
            found += weight
    return found / (sum(weights) or 1.0)


def _weight(word: Word, light: frozenset[str]) -> float:
    if word.counts:
        return _FIGURE_WEIGHT
    return len(word.text) * (_LIGHT_WEIGHT if word.text in light else 1.0)
