"""Where in a page may a quote stand? Pieces of the quote are looked up; where many of them stand in step is a candidate."""

import re

from rapidfuzz.fuzz import partial_ratio_alignment

from annotations.sources.quoting.meaning_words import ANY_LIGHT

_WORD = re.compile(r"[^\W_](?:[\w\u0900-\u0963\u0970-\u0dff])*")
_SOLID = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]+")
SEEDS = 16  # pieces of the quote that are looked up
SEEN = 40  # places of one piece; what stands more often tells nothing
CANDIDATES = 4
_LEAST_VOTES = 0.3  # of the pieces' letters
_RIVAL = 0.7  # of the likeliest one's votes
_SHORT, _ALIKE = 64, 70.0  # characters: a short quote with a slip in every word is slid along the page


def candidates(quote: str, page: str) -> list[tuple[int, int]]:
    """Stretches of the folded page (half-open, somewhat longer than the quote) that may hold it, the likeliest first."""
    solid = sum(len(run) for run in _SOLID.findall(quote)) * 2 > len(quote)
    for seeds in ([] if solid else _words(quote), _grams(quote, 3 if solid else 5), _grams(quote, 6 if solid else 14)):
        found = _clusters(_votes(seeds, page), quote)
        least = max(_LEAST_VOTES * sum(len(piece) for _offset, piece in seeds), found[0][0] * _RIVAL if found else 0)
        stretches = [_stretch(first, last, quote, page) for weight, first, last in found if weight >= least]
        if stretches and len(seeds) > 1:
            return stretches
    if len(quote) <= _SHORT:
        slid = partial_ratio_alignment(quote, page, score_cutoff=_ALIKE)
        if slid is not None and slid.dest_end > slid.dest_start:
            return [_stretch(slid.dest_start, slid.dest_start, quote, page)]
    return []


def _votes(seeds: list[tuple[int, str]], page: str) -> list[tuple[int, int, int]]:
    """(where the quote would begin, weight, which seed), for each place of each seed; but of what is everywhere, none."""
    votes: list[tuple[int, int, int]] = []
    for number, (offset, piece) in enumerate(seeds):
        place = page.find(piece)
        seen: list[int] = []
        while place >= 0 and len(seen) <= SEEN:
            seen.append(place)
            place = page.find(piece, place + 1)
        if len(seen) <= SEEN:
            votes += [(place - offset, len(piece), number) for place in seen]
    return votes


def _words(quote: str) -> list[tuple[int, str]]:
    """The longest words of the quote."""
    words: dict[str, int] = {}
    for match in _WORD.finditer(quote):
        words.setdefault(match.group(), match.start())
    longest = sorted((word for word in words if word not in ANY_LIGHT or len(words) < 4), key=len, reverse=True)[:SEEDS]
    return [(words[word], word) for word in longest if len(word) > 2 or len(words) < 4]


def _grams(quote: str, size: int) -> list[tuple[int, str]]:
    step = max(1, (len(quote) - size) // SEEDS)
    return [(at, quote[at : at + size]) for at in range(0, max(1, len(quote) - size + 1), step)]


def _clusters(votes: list[tuple[int, int, int]], quote: str) -> list[tuple[int, int, int]]:
    """(weight, first, last): beginnings near one another, the heaviest groups first, each seed counted once."""
    votes.sort()
    reach = max(20, len(quote) // 2)
    groups = []
    right = 0
    inside: dict[int, list[int]] = {}
    weight = 0
    for left, (first, size, number) in enumerate(votes):
        while right < len(votes) and votes[right][0] <= first + reach:
            _place, more, other = votes[right]
            seen = inside.setdefault(other, [more, 0])
            weight += more if not seen[1] else 0
            seen[1] += 1
            right += 1
        groups.append((weight, first, votes[right - 1][0], left))
        inside[number][1] -= 1
        weight -= size if not inside[number][1] else 0
    chosen: list[tuple[int, int, int]] = []
    for weight, first, last, _left in sorted(groups, key=lambda group: (-group[0], group[2] - group[1])):
        if all(last < other_first or first > other_last for _weight, other_first, other_last in chosen):
            chosen.append((weight, first, last))
            if len(chosen) == CANDIDATES:
                break
    return chosen


def _stretch(first: int, last: int, quote: str, page: str) -> tuple[int, int]:
    """From whole words before the first beginning to whole words behind the last one's end."""
    slack = 30 + len(quote) // 8
    start, end = max(0, first - slack), min(len(page), last + len(quote) + slack)
    while start > 0 and page[start - 1].isalnum() and page[start].isalnum() and slack > 0:
        start, slack = start - 1, slack - 1
    slack = 30
    while end < len(page) and page[end].isalnum() and page[end - 1].isalnum() and slack > 0:
        end, slack = end + 1, slack - 1
    return start, end
