"""The text rules: nothing that came in changes, but what cannot be stored; offsets are code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles import text as texts
from annotations.claims.marking import Mark, blocks
from annotations.errors import FactcheckError
from annotations.lib import languages
from annotations.lib.folding import fold
from annotations.lib.spans import matches, select

ANY = st.text(alphabet=st.characters(), max_size=300)


@given(ANY)
def test_normalising_changes_line_ends_and_the_unstorable_alone(raw: str) -> None:
    ready = texts.normalise(raw)
    assert "\r" not in ready.text
    ready.text.encode("utf-8")
    assert "\x00" not in ready.text
    if not any(char in raw for char in "\r\x00") and ready.replaced == 0:
        assert ready.text == raw
    assert texts.normalise(ready.text).text == ready.text


@given(ANY)
def test_paragraphs_cover_all_words(raw: str) -> None:
    text = texts.normalise(raw).text
    last = 0
    for part in texts.paragraphs(text):
        assert not text[last : part.start].strip()
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        last = part.end
    assert not text[last:].strip()


@given(ANY, st.data())
def test_a_selector_finds_its_words(raw: str, data: st.DataObject) -> None:
    if not raw:
        return
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    selector = select(raw, start, end)
    assert matches(raw, selector)
    assert (selector.prefix + selector.exact + selector.suffix) in raw


@given(ANY, st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=6))
def test_marks_put_nothing_into_the_text(raw: str, spans: list[tuple[int, int]]) -> None:
    text = texts.normalise(raw).text
    marks = [
        Mark(start, min(len(text), start + size), number, number)
        for number, (start, size) in enumerate(spans, 1)
        if start < len(text)
    ]
    parts = [[part.start, part.end, part.direction or ""] for part in texts.paragraphs(text)]
    for block, (start, end, _direction) in zip(blocks(text, parts, [], marks), parts, strict=True):
        assert "".join(segment.text for segment in block.segments) == text[int(str(start)) : int(str(end))]


@given(st.text(max_size=200))
def test_folding_knows_where_everything_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= place < len(text) for place in folded.origin)


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("قال الوزير إن السعر انخفض في هذا العام", "ar", "rtl"),
        ("او گفت که این کتاب را خوانده است", "fa", "rtl"),
        ("یہ کتاب میں نے پڑھی ہے اور وہ بھی", "ur", "rtl"),
        ("The price of bread has fallen in the town", "en", "ltr"),
        ("Le prix du pain est en baisse dans la ville", "fr", "ltr"),
        ("El precio del pan ha bajado en la ciudad", "es", "ltr"),
        ("Der Preis für das Brot ist in der Stadt gefallen", "de", "ltr"),
        ("Цена на хлеб снизилась, и это не было неожиданностью", "ru", "ltr"),
        ("Мэр открыл мост на реке, было шумно и ярко, музыка звучала на площади", "ru", "ltr"),
        ("Міський голова відкрив міст на річці, і люди прийшли на площу", "uk", "ltr"),
        ("Кметът откри моста на реката и каза, че се радва за хората", "bg", "ltr"),
        ("Ekmek fiyatı bu yıl çok düştü ve daha da düşecek", "tr", "ltr"),
        ("面包的价格下降了", "zh", "ltr"),
        ("パンの値段が下がった", "ja", "ltr"),
        ("रोटी की कीमत कम हो गई है और यह अच्छा है", "hi", "ltr"),
        ("מחיר הלחם ירד", "he", "rtl"),
        ("12345 67", "und", "ltr"),
    ],
)
def test_languages(text: str, language: str, direction: str) -> None:
    assert languages.detect(text) == language
    assert languages.direction(language) == direction


@pytest.mark.parametrize(
    ("raw", "code"), [("", "text_empty"), (" \n\t", "text_empty"), ("ا" * 1_000_001, "text_too_long")]
)
def test_limits(raw: str, code: str) -> None:
    with pytest.raises(FactcheckError) as caught:
        texts.check_text(raw)
    assert caught.value.code == code


def test_direction_marks_are_shown() -> None:
    assert texts.visible_controls("a\u202eb\u2066c") == [(1, "RLO"), (3, "LRI")]
