"""The parts of the quote check, each by itself: reading, figures, slips, cuts, and what an answer says in words."""

import pytest

from annotations.sources.quotes import check_quote
from annotations.sources.quoting import figures
from annotations.sources.quoting.accents import changes_word
from annotations.sources.quoting.edges import cut_note, widened
from annotations.sources.quoting.slips import is_slip
from annotations.sources.quoting.spelling import read, read_text
from annotations.sources.quoting.words import Word, split

READ = [
    ("Weißenau", "WEISSENAU"),
    ("IĞDIR", "ığdır"),
    ("Łódź", "lodz"),
    ("cœur", "coeur"),
    ("ﬁnance", "finance"),
    ("mil-\nlion", "million"),
    ("mil-\r\n  lion", "million"),
    ("off\u00adshore", "offshore"),
    ("ﻻ ﺃﺣﺪ", "لا أحد"),
    ("الثلاثاء", "الثلاثا"),
    ("Ёлка", "елка"),
    ("बाँध", "बांध"),
    ("ज\u093cमीन", "ज़मीन"),
    ("國家藥監局", "国家药监局"),
    ("ﾊﾞｽ", "バス"),
    ("&ldquo;no&rdquo;", '"no"'),
    ("paid.[12] Then", "paid. then"),
    ("fares¹ rose", "fares rose"),
    ("fares［3］ rose", "fares rose"),
    ("the board\n\n- 14 -\n\nrose", "the board rose"),
    ("مسئولون", "مسؤولون"),
    ("为期 5 年", "为期5年"),
    ("ﾊﾟﾘ", "パリ"),
]
FIGURES = [
    ("1,234.5", "1.234,5", True),
    ("1 234,5", "1234.5", True),
    ("1,25,000", "125,000", True),
    ("1.340", "1340", True),
    ("7.50", "7.5", True),
    ("3,750", "3.75", False),
    ("7.4", "74", False),
    ("1.2", "1.3", False),
    ("28/01/2022", "28.01.2022", True),
    ("28/01/2022", "01/28/2022", False),
]
SLIPS = [
    ("milIion", "million", True),
    ("govemment", "government", True),
    ("c0uncil", "council", True),
    ("reportt", "report", True),
    ("comapny", "company", True),
    ("ministre", "ministry", False),
    ("legal", "illegal", False),
    ("fell", "rose", False),
    ("three", "there", False),
    ("мoст", "мост", True),
    ("счнтает", "считает", True),
    ("снизил", "повысил", False),
    ("الثلاتاء", "الثلاثاء", True),
    ("قتل", "قبل", False),
    ("نرفع", "ترفع", False),
    ("सरकर", "सरकार", True),
    ("सविता", "कविता", False),
    ("biliyor", "bilmiyor", False),
    ("hostage", "hostages", False),
    ("сказал", "сказала", False),
    ("ввозит", "вывозит", False),
    ("intrastate", "interstate", False),
    ("convicted", "convinced", False),
    ("aplicara", "aplicaria", False),
    ("المسجد", "المساجد", False),
    ("بودند", "نبودند", False),
    ("जाएगा", "जाएगी", False),
    ("colour", "color", True),
    ("organised", "organized", True),
    ("theatre", "theater", True),
    ("approved", "approwed", True),
    ("million", "milllion", True),
    ("nicht", "nicbt", True),
    ("keine", "kleine", False),
    ("참석했다", "참석못했다", False),
]
NAMES = [
    ("Voigt", "Vogt", False),
    ("Hanson", "Hansen", False),
    ("Gavrey", "Garvey", True),
    ("Phillips", "Philips", True),
]
CUTS = [
    ("the town did not raise fares", "raise fares", "negation"),
    ("the town didn’t raise fares", "raise fares", "negation"),
    ("it cost 118.5 million", "18.5 million", "figures"),
    ("it cost 118.5 million", "it cost 118", "figures"),
    ("it is illegal here", "legal here", "negation"),
    ("kein anderes Projekt", "ein anderes Projekt", "negation"),
    ("市长没有提高票价", "提高票价", "negation"),
    ("在三十天内提交", "十天内提交", "figures"),
    ("Er unterstützt den Plan nicht mehr", "Er unterstützt den Plan", "negation"),
    ("no: raise fares", "raise fares", ""),
    ("it fell to −6°C at night", "6°C at night", "figures"),
    ("from -3.5 percent", "3.5 percent", "figures"),
    ("pages 5-6 of it", "6 of it", ""),
    ("it owes the farmers £31.7 million", "it owes the farmers £", "figures"),
    ("some 40 % of it came", "% of it came", "figures"),
    ("it cost 5 € and 3 more", "it cost 5 €", ""),
    ("it cost 5 € 10 times", "it cost 5 €", ""),
    ("for 10 $5 notes", "$5 notes", ""),
    ("in 2019–2020 it rose", "2020 it rose", ""),
    ("1 234,5 Tonnen Stahl", "234,5 Tonnen Stahl", "figures"),
    ("около 12 345 678 рублей", "около 12 345", "figures"),
    ("около 12 345 678 рублей", "12 345 678 рублей", ""),
    ("in 2020 300 people left", "300 people left", ""),
    ("in 2020 300 people left", "in 2020", ""),
    ("reopened the harbour", "opened the harbour", "wording"),
    ("he freed the hostages", "he freed the hostage", "wording"),
    ("Almost all farmers signed", "all farmers signed", "quantity"),
    ("Most farmers signed", "farmers signed", "quantity"),
    ("at least 40 houses", "40 houses", "quantity"),
    ("at least the mayor", "the mayor", ""),
    ("几乎所有农民", "所有农民", "quantity"),
    ("ستقرر الوزارة", "تقرر الوزارة", "wording"),
]


@pytest.mark.parametrize(("one", "other"), READ)
def test_spellings_that_are_read_alike(one: str, other: str) -> None:
    assert read_text(one) == read_text(other)


def test_every_character_read_knows_where_it_stood() -> None:
    text = "  Caf\u00e9 ‘ﬁne’ mil-\nlion &amp; more"
    reading = read(text)
    start = reading.text.index("million")
    first, last = reading.back(start, start + len("million"))
    assert text[first:last] == "mil-\nlion"
    first, last = reading.back(reading.text.index("fine"), reading.text.index("fine") + 4)
    assert text[first:last] == "ﬁne"


@pytest.mark.parametrize(("one", "other", "same"), FIGURES)
def test_figures_by_their_value(one: str, other: str, same: bool) -> None:
    here, there = (figures.readings(text.replace(" ", "'")) for text in (one, other))
    assert bool(here & there) is same


def test_chinese_numbers() -> None:
    assert [figures.han_value(text) for text in ("三十", "二〇二三", "一百零五", "十三", "两")] == [
        30,
        2023,
        105,
        13,
        2,
    ]


def _word(text: str, *, name: bool = False) -> Word:
    word = split(read(text), text)[0]
    word.name = name
    return word


@pytest.mark.parametrize(("here", "there", "slip"), SLIPS)
def test_slips(here: str, there: str, slip: bool) -> None:
    assert is_slip(_word(here), _word(there)) is slip


@pytest.mark.parametrize(("here", "there", "slip"), NAMES)
def test_another_name_is_no_slip(here: str, there: str, slip: bool) -> None:
    assert is_slip(_word(here, name=True), _word(there, name=True)) is slip


def test_a_word_that_weakens_in_another_language() -> None:
    text = "the fast train was late"
    assert cut_note(text, 9, len(text), language="en") == ""
    assert cut_note("fast alle kamen", 5, 15, language="de") == "quantity"


@pytest.mark.parametrize(("text", "quote", "note"), CUTS)
def test_a_cut_that_turns_the_sense(text: str, quote: str, note: str) -> None:
    start = text.index(quote)
    assert cut_note(text, start, start + len(quote)) == note
    first, last = widened(text, start, start + len(quote))
    assert first <= start
    assert last >= start + len(quote)
    assert bool(note) <= ((first, last) != (start, start + len(quote)))


def test_words_of_one_key() -> None:
    def keys(text: str) -> list[str]:
        return [word.key for word in split(read(text), text)]

    assert keys("46 per cent") == keys("46%") == keys("%46") == keys("百分之46") == keys("46 प्रतिशत")
    assert keys("couldn't") == keys("could not") == keys("couldnt")
    assert keys("three million") == keys("3 million") == keys("3 mn")
    assert keys("l’usine") == ["l", "usine"]


PAGE = (
    "Mayor Ida Marsh did not raise fares in 2023. The bridge cost 118.5 million crowns, the auditor wrote. "
    "It was as cold as -6 degrees. Petra Novak thanked Ida Marsh for the bridge."
)
NOTES = [
    ("Mayor Ida Marsh raised fares in 2023", "negation"),
    ("Mayor Ida Marsh did … raise fares in 2023", "negation"),
    ("Mayor Ida Marsh did not raise fares in 2022", "figures"),
    ("The bridge cost 118.5 billion crowns", "figures"),
    ("It was as cold as 6 degrees", "signs"),
    ("Mayor Ada Marsh did not raise fares in 2023", "name"),
    ("The bridge cost 118.5 million crowns, the plumber wrote", "wording"),
    ("the auditor wrote … Mayor Ida Marsh did not raise fares", "order"),
    ("Mayor Ida Marsh did not raise fares in 2023 … and left the town for ever", "part"),
    ("Ida Marsh thanked Petra Novak for the bridge", "name"),
]


@pytest.mark.parametrize(("quote", "note"), NOTES)
def test_the_answer_says_what_was_changed(quote: str, note: str) -> None:
    found = check_quote(quote, full_text=PAGE, language="en")
    assert (found.state, found.note) == ("altered", note)


ACCENTS = [
    ("Er hatte den Vertrag gekündigt", "Er hätte den Vertrag gekündigt", True),
    ("Er hatte den Vertrag gekundigt", "Er hätte den Vertrag gekündigt", False),
    ("Komşu adada başkan öldü", "Komşu adada başkan oldu", True),
    ("La policia investigo mas", "La policía investigó más", False),
    ("Publicó los informes", "Publico los informes", True),
    ("Người bắn con hổ", "Người bán con hổ", True),
    ("Nguoi ban con ho", "Người bán con hổ", False),
    ("hoá chất và hoà giải", "hóa chất và hòa giải", False),
]


@pytest.mark.parametrize(("quote", "page", "other"), ACCENTS)
def test_accents_lost_on_the_way_and_accents_of_another_word(quote: str, page: str, other: bool) -> None:
    words, passage = (split(read(text), text) for text in (quote, page))
    assert changes_word(words, passage) is other


def test_a_negation_put_into_brackets_is_no_clarification() -> None:
    assert check_quote("The bridge [not] cost 118.5 million crowns", full_text=PAGE).state == "altered"
    assert check_quote("The bridge [in Marle] cost 118.5 million crowns", full_text=PAGE).state == "normalised"


def test_an_amount_in_words_or_in_figures() -> None:
    assert check_quote("The bridge cost 118,500,000 crowns, the auditor wrote", full_text=PAGE).state == "near"
    assert check_quote("The bridge cost 118,500 crowns, the auditor wrote", full_text=PAGE).state == "altered"


def test_tags_that_were_copied_with_the_words() -> None:
    quote = "Mayor <b>Ida Marsh</b> did <em>not</em> raise fares"
    assert check_quote(quote, full_text=PAGE).state == "normalised"


def test_of_two_alike_passages_the_one_that_says_so_is_taken() -> None:
    page = "Sales rose by 4.1 percent in 2021 in the north. Sales rose by 4.7 percent in 2022 in the north."
    found = check_quote("Sales rose by 4.7 percemt in 2022 in the north", full_text=page, language="en")
    assert (found.state, found.matched) == ("near", "Sales rose by 4.7 percent in 2022 in the north")
    assert check_quote("Sales rose by 4.7 percent in 2021 in the north", full_text=page).state == "altered"


def test_much_noise_needs_a_persons_look() -> None:
    found = check_quote("Tbe bridgc cost 118.5 miIIion crovns, thc auditcr wrotc", full_text=PAGE, language="en")
    assert found.state == "loose"
