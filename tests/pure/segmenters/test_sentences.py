"""Sentences: the rules one by one, in several scripts, and the invariants for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.claims import segmenters
from annotations.claims.segmenters.boundaries import sentences
from annotations.lib.spans import breaches
from tests import measure

CASES = [
    ("en", "Dr. Ida Marsh left. She came back.", ["Dr. Ida Marsh left.", "She came back."]),
    ("en", "The U.S. army grew by 3.5 percent. It did.", ["The U.S. army grew by 3.5 percent.", "It did."]),
    ("en", "He asked: “Is it true? Is it?” Nobody knew.", ["He asked: “Is it true? Is it?”", "Nobody knew."]),
    ("en", "J. R. Smith spoke. Then he left", ["J. R. Smith spoke.", "Then he left"]),
    ("en", "Prices rose, etc. and so on. Stop!", ["Prices rose, etc. and so on.", "Stop!"]),
    ("ar", "قال د. محمد إن السعر 3.5 دنانير. ثم غادر؟ نعم.", ["قال د. محمد إن السعر 3.5 دنانير.", "ثم غادر؟", "نعم."]),
    ("ar", "«لن نرفع السعر! أبدا!» قال الوزير. وغادر.", ["«لن نرفع السعر! أبدا!» قال الوزير.", "وغادر."]),
    ("ar", "انتظر... ثم عاد. وصل", ["انتظر... ثم عاد.", "وصل"]),
    ("fa", "او رفت. آیا برگشت؟ نه.", ["او رفت.", "آیا برگشت؟", "نه."]),
    ("ur", "وہ آیا۔ وہ گیا۔", ["وہ آیا۔", "وہ گیا۔"]),
    ("hi", "वह आया। क्या वह गया? हाँ।", ["वह आया।", "क्या वह गया?", "हाँ।"]),
    ("zh", "他来了。他走了！真的吗？", ["他来了。", "他走了！", "真的吗？"]),
    ("ru", "Это было в 2023 г. в Москве. Потом уехали.", ["Это было в 2023 г. в Москве.", "Потом уехали."]),
    (
        "de",
        "Am 6. Januar 2021 kamen z. B. Gäste. Sie blieben.",
        ["Am 6. Januar 2021 kamen z. B. Gäste.", "Sie blieben."],
    ),
    ("es", "El Sr. Pérez llegó. ¿Cuándo? Ayer.", ["El Sr. Pérez llegó.", "¿Cuándo?", "Ayer."]),
    (
        "fr",
        "M. Dupont est venu. « Il pleut. Rentrons. » Il partit.",
        ["M. Dupont est venu.", "« Il pleut. Rentrons. »", "Il partit."],
    ),
    ("en", "He said no. Then he left. See no. 5 there.", ["He said no.", "Then he left.", "See no. 5 there."]),
    (
        "en",
        "It rose by 2°C. Many saw it. She is of Oak Co. The rest left.",
        ["It rose by 2°C.", "Many saw it.", "She is of Oak Co.", "The rest left."],
    ),
    ("es", "Data de 1600 a. C. La ciudad creció.", ["Data de 1600 a. C.", "La ciudad creció."]),
    ("es", "Vive en EE. UU. desde 1990. El puente cruje.", ["Vive en EE. UU. desde 1990.", "El puente cruje."]),
    (
        "de",
        "Im 5. Jahrhundert v. Chr. unterhielt er Schiffe. Gut.",
        ["Im 5. Jahrhundert v. Chr. unterhielt er Schiffe.", "Gut."],
    ),
    ("de", "Er sagte: „Nie. „Das war es.“ Danach ging er.", ["Er sagte: „Nie.", "„Das war es.“", "Danach ging er."]),
    (
        "ru",
        "Мост открыли в 1912 г. Он цел. Она живёт в г. Москве.",
        ["Мост открыли в 1912 г.", "Он цел.", "Она живёт в г. Москве."],
    ),
    ("hi", "जी.डी.पी. बढ़ी। वह गया।", ["जी.डी.पी. बढ़ी।", "वह गया।"]),
    ("fa", "امام) ع (رفت. مردم ماندند.", ["امام) ع (رفت.", "مردم ماندند."]),
    ("tr", "II. Kerim geldi. 5. Felipe gitti. O kaldı.", ["II. Kerim geldi.", "5. Felipe gitti.", "O kaldı."]),
    ("tr", "Dr. Ayşe geldi. 3. sırada oturdu. Gitti.", ["Dr. Ayşe geldi.", "3. sırada oturdu.", "Gitti."]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_rules(language: str, text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span, _heading in sentences(text, language)] == expected


def test_headings_are_lines_without_an_end_that_something_follows() -> None:
    text = "عنوان الخبر\n\nقال الوزير شيئا.\n- نقطة\n«اقتباس كامل»\nخاتمة بلا نقطة"
    found = {text[span.start : span.end]: heading for span, heading in sentences(text, "ar")}
    assert found == {
        "عنوان الخبر": True,
        "قال الوزير شيئا.": False,
        "- نقطة": False,
        "«اقتباس كامل»": False,
        "خاتمة بلا نقطة": False,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_a_line_end_ends_a_sentence(end: str) -> None:
    assert len(sentences(f"one two three{end}four five six.", "en")) == 2


WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)
TRICKY = st.text(alphabet="aB.!?؟۔।。…«»“”\"'()[] \n\r\t12،:د.\u200c\u0651\U0001f600", max_size=200)


@settings(max_examples=150)
@given(st.one_of(WORDS, TRICKY), st.sampled_from(["ar", "en", "de", "fa", "hi", "ja", "zh", "und", "xx"]))
def test_any_text_keeps_the_invariants(text: str, language: str) -> None:
    for name in segmenters.names():
        splitter = segmenters.get(name)
        units = splitter.split(text, language)
        segmenters.check_units(text, units)
        assert list(units) == list(splitter.split(text, language))
        assert all(unit.score is None or 0 <= unit.score <= 1 for unit in units)


def test_the_host_refuses_what_breaks_the_invariants() -> None:
    from annotations.claims.segmenters import Unit
    from annotations.lib.spans import Span

    good = segmenters.get("sentences").split("One. Two.", "en")
    for bad in ([good[1], good[0]], [good[0]], [*good, good[1]], [Unit(span=Span(0, 99))]):
        with pytest.raises(segmenters.BadUnits):
            segmenters.check_units("One. Two.", bad)


def test_who_says_it() -> None:
    text = "قال الوزير سالم الحداد إن السعر انخفض. «لن نرفع الضرائب أبدا». The price fell."
    first, second, third = segmenters.get("sentences").split(text, "ar")
    assert (first.kind, text[first.claimant.start : first.claimant.end] if first.claimant else "") == (
        "indirect",
        "الوزير سالم الحداد",
    )
    assert (second.kind, second.inherited, second.claimant) == ("direct", True, first.claimant)
    assert third.kind == "narrator"
    english = "Prices fell by half, Ida Marsh said. According to the bank, they rose."
    one, two = segmenters.get("sentences").split(english, "en")
    assert one.claimant is not None
    assert english[one.claimant.start : one.claimant.end] == "Ida Marsh"
    assert two.claimant is not None
    assert english[two.claimant.start : two.claimant.end] == "the bank"


def test_figures_are_worth_more_than_questions() -> None:
    text = "Unemployment rose to 30 percent in 2024. Who would have thought it?"
    claim, question = segmenters.get("sentences").split(text, "en")
    assert claim.score is not None
    assert question.score is not None
    assert claim.score > 0.5 > question.score
    assert {"figures", "percent", "year"} <= {reason.code for reason in claim.reasons}


@pytest.mark.parametrize(("folder", "floor", "arabic"), [("segmentation", 0.95, 0.985), ("structured", 0.98, 0.99)])
def test_measured(folder: str, floor: float, arabic: float) -> None:
    """Exact spans, both ends right; the macro mean over languages, and Arabic."""
    import json
    from collections import defaultdict

    scores: dict[str, list[float]] = defaultdict(list)
    for path in sorted((measure.folder() / "claims" / folder).glob("*.jsonl")):
        right = found_total = gold_total = 0
        language = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            language, text = document["lang"], document["text"]
            got = [span for span, _heading in sentences(text, language)]
            assert not breaches(text, got)
            found = {(span.start, span.end) for span in got}
            gold = {(start, end) for start, end in document["spans"]}
            right += len(found & gold)
            found_total += len(found)
            gold_total += len(gold)
        scores[language].append(2 * right / (found_total + gold_total))
    means = {language: sum(values) / len(values) for language, values in scores.items()}
    assert sum(means.values()) / len(means) >= floor
    assert means["ar"] >= arabic


def test_the_sample_article() -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    gold = measure.load("claims/arabic-article-claims.json")["sentences"]
    got = [(span.start, span.end, heading) for span, heading in sentences(text, "ar")]
    assert got == [(row["start"], row["end"], row["heading"]) for row in gold]
