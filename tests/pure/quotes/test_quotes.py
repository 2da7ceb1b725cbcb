"""Is the quote there? Variants of spelling are found, words that say otherwise are altered, absent ones are not found."""

import pytest

from annotations.sources.quotes import check_quote

PAGES = {
    "ar": "قالت الوزيرة إنّ الحكومةَ لم تخفّض الميزانية في عام ٢٠٢٣، وإن النمو بلغ ٧٫٤ في المئة. ونفى المدير سالم الحداد وجود أي عجز في صندوق المدينة.",
    "en": "The committee did not reduce the budget in 2023, and growth reached 7.4 percent. “We will re-\nopen the harbour,” Ida Marsh said on the 4th of May. Fewer than 300 boats were counted.",
    "ru": "Комитет не снизил расходы в 2023 году, сообщила Анна Петрова. Рост составил 7,4 процента, а долг вырос до 12 миллионов рублей.",
    "zh": "委员会没有在2023年减少预算，增长达到百分之七点四。主席王小明表示，港口将于五月重新开放。",
    "hi": "समिति ने 2023 में बजट कम नहीं किया और वृद्धि 7.4 प्रतिशत रही। अध्यक्ष आशा वर्मा ने कहा कि बंदरगाह मई में खुलेगा।",
}
FOUND = [
    ("ar", "إنّ الحكومةَ لم تخفّض الميزانية", "exact"),
    ("ar", "إن الحكومة لم تخفض الميزانية في عام 2023", "normalised"),
    ("ar", "ان الحكومه لم تخفـــض الميزانيه في عام ٢٠٢٣", "normalised"),
    ("ar", "النمو بلغ 7.4 في المئة", "normalised"),
    ("ar", "«ونفى المدير سالم الحداد … صندوق المدينة»", "normalised"),
    ("en", "the committee did not reduce the BUDGET", "normalised"),
    ("en", "We will reopen the harbour", "normalised"),
    ("en", "\u201cThe committee did not … growth reached 7.4 percent\u201d", "normalised"),
    ("en", "committee [of the town] did not reduce the budget", "normalised"),
    ("en", "The\u00a0committee did\u200b not reduce", "normalised"),
    ("en", "Fewer than 300 boats were countd", "near"),
    ("ru", "КОМИТЕТ НЕ СНИЗИЛ РАСХОДЫ В 2023 ГОДУ", "normalised"),
    ("zh", "委员会没有在2023年减少预算", "exact"),
    ("zh", "委员会没有在２０２３年减少预算,增长达到", "normalised"),
    ("hi", "बजट कम नहीं किया और वृद्धि ७.४ प्रतिशत", "normalised"),
]
ALTERED = [
    ("ar", "إن الحكومة خفضت الميزانية في عام 2023"),
    ("ar", "إن الحكومة لم تخفض الميزانية في عام 2022"),
    ("ar", "ونفى المدير ماهر الديب وجود أي عجز في صندوق المدينة"),
    ("en", "The committee did reduce the budget in 2023, and growth"),
    ("en", "The committee did not reduce the budget in 2024, and growth"),
    ("en", "More than 300 boats were counted"),
    ("en", "growth reached 1.4 percent"),
    ("ru", "Комитет снизил расходы в 2023 году, сообщила Анна Петрова"),
    ("ru", "Комитет не снизил расходы в 2023 году, сообщила Анна Иванова"),
    ("ru", "долг вырос до 19 миллионов рублей"),
    ("zh", "委员会在2023年减少预算，增长达到百分之七点四"),
    ("hi", "समिति ने 2023 में बजट कम किया और वृद्धि 7.4 प्रतिशत रही"),
]


@pytest.mark.parametrize(("language", "quote", "state"), FOUND)
def test_found(language: str, quote: str, state: str) -> None:
    result = check_quote(quote, full_text=PAGES[language], language=language)
    assert result.state == state
    if result.start is not None and result.end is not None:
        assert PAGES[language][result.start : result.end] == result.matched


@pytest.mark.parametrize(("language", "quote"), ALTERED)
def test_what_says_otherwise_is_never_found(language: str, quote: str) -> None:
    assert check_quote(quote, full_text=PAGES[language], language=language).state in ("altered", "not_found")


@pytest.mark.parametrize("language", list(PAGES))
def test_absent(language: str) -> None:
    for quote in ("The moon is made of a green kind of cheese", "القمر مصنوع من جبن أخضر لذيذ جدا"):
        assert check_quote(quote, full_text=PAGES[language]).state == "not_found"


def test_nothing_to_check() -> None:
    assert check_quote("", full_text=PAGES["en"]).state == "unverifiable"
    assert check_quote("some words here", full_text="short").state == "unverifiable"
    assert check_quote("not here", full_text=PAGES["en"]).note == "too_short_to_prove"


def test_words_outside_the_main_text_are_marked() -> None:
    result = check_quote(
        "Subscribe to our letter", full_text=PAGES["en"] + " Subscribe to our letter", main_text=PAGES["en"]
    )
    assert (result.state, result.in_main, result.note) == ("exact", False, "outside_main_text")


@pytest.mark.parametrize("language", ["en", "und"])
def test_a_quote_at_the_head_of_a_line_is_not_cut_out_of_the_line_before(language: str) -> None:
    text = "City Audit Office\nThe repairs were postponed\nuntil May, the office\n\nsaid on Friday"
    for quote in (
        "The repairs were postponed",
        "until May, the office",
        "said on Friday",
        "THE REPAIRS WERE POSTPONED",
    ):
        assert check_quote(quote, full_text=text, language=language).state in ("exact", "normalised"), quote
