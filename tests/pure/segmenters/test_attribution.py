"""Who says it: rules one by one in several languages, and measured on gold."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.segmenters.attribution import attribute
from annotations.lib.spans import Span
from tests import measure

# language, sentence, kind, claimant
CASES = [
    ("ar", "قال وزير المالية سالم الحداد إن العجز انخفض.", "indirect", "وزير المالية سالم الحداد"),
    ("ar", "وأكدت الشركة، وهي من كبار المصدّرين، أن الأرباح زادت.", "indirect", "الشركة"),
    ("ar", "بحسب مكتب الإحصاء، زاد عدد السكان.", "indirect", "مكتب الإحصاء"),
    ("ar", "«لن نرفع الضرائب أبدا» قال الوزير.", "direct", "الوزير"),
    ("ar", "غير أن الوزيرة هالة موسى، مديرة المركز، أوضحت أن الأسماك عادت.", "indirect", "الوزيرة هالة موسى"),
    ("ar", "وقالت ليلى حداد للصحفيين إن الماء نظيف.", "indirect", "ليلى حداد"),
    ("ar", "ووصف المحطة بأنها خطر.", "indirect", ""),
    ("ar", "وكشفت الشرطة عن الطريق الجديد.", "narrator", ""),
    ("ar", "انتهى العمل فحسب.", "narrator", ""),
    ("en", "Mayor Ida Marsh, a former teacher, said the bridge cost 18 million.", "indirect", "Mayor Ida Marsh"),
    ("en", "“We did not raise fares,” said Ida Marsh in May.", "direct", "Ida Marsh"),
    ("en", "According to the port authority, trade fell.", "indirect", "the port authority"),
    ("en", "The ministry has not said why it closed.", "indirect", "The ministry"),
    ("en", "The claims made in the report were checked.", "narrator", ""),
    ("en", "He works in the United States of America.", "narrator", ""),
    (
        "en",
        "The council found that “nobody asked the dockers” at all about the crane in the harbour.",
        "mixed",
        "The council",
    ),
    ("en", "“Nobody came,” Ida Marsh said in an interview with the harbour radio.", "direct", "Ida Marsh"),
    ("en", "The union that represents dockers says the crane is unsafe.", "indirect", "The union"),
    ("en", "A harbour report in May said the crane was unsafe.", "indirect", "A harbour report in May"),
    ("en", "Neither the mayor nor the council has explained it.", "narrator", ""),
    ("en", "It is hoped that fish return.", "narrator", ""),
    (
        "en",
        "A spokesman for the port, Karl Brenner, said it was safe.",
        "indirect",
        "A spokesman for the port, Karl Brenner",
    ),
    ("zh", "市长艾达说，大桥花了一千八百万元。", "indirect", "市长艾达"),
    ("zh", "据港务局统计，货物减少了。", "indirect", "港务局"),
    ("en", "She was told her ship had sunk.", "narrator", ""),
    ("en", "The map tells its own story, not a true one.", "narrator", ""),
    ("en", "A note found by his sister lay there.", "narrator", ""),
    ("fr", "« Il pleut », a affirmé M. Dupont dans un entretien.", "direct", "M. Dupont"),
    ("fr", "Selon la mairie, le pont a coûté trois millions.", "indirect", "la mairie"),
    ("es", "El ministro aseguró que la inflación bajó.", "indirect", "El ministro"),
    ("es", "Se cree que nadie lo vio.", "narrator", ""),
    ("de", "Die Ministerin sagte, die Preise seien gefallen.", "indirect", "Die Ministerin"),
    ("de", "Die Musik war sehr laut.", "narrator", ""),
    ("ru", "«Это большая беда», — сказал Иван Кольцов.", "direct", "Иван Кольцов"),
    ("ru", "«Мы, — сказал Иван Кольцов, — не поднимем цены».", "direct", "Иван Кольцов"),
    ("ru", "Кольцов считал, что мост крепок.", "indirect", "Кольцов"),
    ("ru", "Министр заявил, что цены упали.", "indirect", "Министр"),
]


@pytest.mark.parametrize(("language", "text", "kind", "claimant"), CASES)
def test_rules(language: str, text: str, kind: str, claimant: str) -> None:
    span = Span(0, len(text))
    voice = attribute(text, [span], language)[span]
    named = text[voice.claimant.start : voice.claimant.end] if voice.claimant else ""
    assert (voice.kind, named) == (kind, claimant)


def test_pronouns_and_quotations_inherit_within_their_paragraph() -> None:
    text = "Ida Marsh said the bridge is safe. She said it cost 18 million. “It will last.”\n“Will it?”"
    spans = [Span(0, 34), Span(35, 63), Span(64, 79), Span(80, len(text))]
    voices = attribute(text, spans, "en")
    assert [voices[span].inherited for span in spans] == [False, True, True, False]
    assert {text[v.claimant.start : v.claimant.end] for v in voices.values() if v.claimant} == {"Ida Marsh"}
    assert voices[spans[3]].kind == "narrator"


@given(st.text(max_size=200), st.sampled_from(["ar", "en", "fr", "de", "hi", "tr", "xx"]))
def test_any_text(text: str, language: str) -> None:
    span = Span(0, len(text))
    voice = attribute(text, [span], language)[span]
    for inner in (*voice.quotes, *([voice.claimant] if voice.claimant else [])):
        assert 0 <= inner.start < inner.end <= len(text)


@dataclass
class Detected:
    """Counts over one file: sentences with a gold attribution, found ones, and the right speaker among the named."""

    sentences: int = 0
    gold: int = 0
    found: int = 0
    both: int = 0
    named: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.found + self.gold) if self.found + self.gold else 0.0


def detected(path: Path) -> Detected:
    """A sentence counts as found when it is not the narrator's; a speaker is right with its head word in and span F1 ≥ .4."""
    counts = Detected()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        span = Span(0, len(row["text"]))
        voice = attribute(row["text"], [span], row["lang"])[span]
        counts.sentences += 1
        counts.gold += bool(row["attributions"])
        counts.found += voice.kind != "narrator"
        if not row["attributions"] or voice.kind == "narrator":
            continue
        counts.both += 1
        named = [each for each in row["attributions"] if each["speaker"] and not each.get("pronoun")]
        counts.named += bool(named)
        counts.right += any(voice.claimant and _matches(voice.claimant, each) for each in named)
    return counts


def _matches(found: Span, gold: dict[str, list[int]]) -> bool:
    start, end = gold["speaker"]
    shared = max(0, min(found.end, end) - max(found.start, start))
    return found.start <= gold["head"][0] < found.end and 2 * shared / (len(found) + end - start) >= 0.4


@pytest.mark.parametrize(("name", "floor"), [("en-gum-news", 0.93), ("ar-pud", 0.85)])
def test_measured(name: str, floor: float) -> None:
    assert detected(measure.folder() / "claims" / "attribution" / f"{name}.jsonl").f1 >= floor
