"""PDFs in four scripts: text in reading order, pages, titles, and sentences that stand over the end of a line or a page."""

import pytest

from annotations.lib.fetching import documents
from annotations.sources.quotes import check_quote
from tests.pure.documents.pdfs import Line, Pdf

ENGLISH = Pdf(
    [
        [
            Line("Audit of the harbour bridge", 22),
            "The repairs were post-",
            "poned until May, because the two piers on the north-",
            "ern bank were left out of the list.",
            "Item\t2022\t2023",
            "Piers\t4.1\t11.6",
            "Deck\t9.0\t9.2",
            "The auditor asked the council to read the list aloud and",
        ],
        ["to vote on it again before the summer.", "No sum was paid twice."],
        ["Annex: the list of 7 February.", "It runs to sixty-four pages."],
    ],
    title="Audit of the harbour bridge",
    author="Ruth Vale; City Audit Office",
    created="20240513101500+01'00'",
    language="en-GB",
    header="City Audit Office · Report 14",
    footer="Page {page} of 3",
)
ARABIC = Pdf(
    [
        [
            Line("تقرير ديوان المحاسبة", 22),
            "بلغت كلفة المحطة ٩٢ مليون دينار في عام ٢٠٢٣، أي 31.5% فوق الموازنة.",
            "وقال الديوان (في الصفحة 12) إن «أوامر التغيير» صدرت بلا دراسة.",
            "البند\t٢٠٢٢\t٢٠٢٣",
            "المضخات\t٤٫١\t١١٫٦",
            "وأوصى بأن تُعرض العقود التسعة على المجلس",
        ],
        ["البلدي قبل نهاية الشهر، وألّا يُصرف شيء منها.", "انتهى التقرير."],
    ],
    title="Microsoft Word - report_final.docx",
    header="ديوان المحاسبة - التقرير السنوي",
    footer="صفحة {page}",
    rtl=True,
)
RUSSIAN = Pdf(
    [
        [
            Line("Отчёт о состоянии опор", 20),
            "Ширина раскрытия трещины в третьей опоре достигла че-",
            "тырнадцати миллиметров. Смета составляла 212,5 млн рублей.",
        ],
        ["Движение закрыли 28 июня 2024 года."],
    ],
    title="Отчёт о состоянии опор",
    author="В. Лапина",
    footer="— {page} —",
)
CHINESE = Pdf(
    [
        [
            Line("水库加固工程审计报告", 22),
            "工程实际支出为1.96亿元，比批准的预算高出四成。三份总额为2300万",
            "元的合同没有经过公开招标。",
        ],
        ["截至三月八日，施工单位尚未回应。"],
    ],
    header="市审计局",
    footer="第 {page} 页",
)


def read(pdf: Pdf) -> documents.ParsedDocument:
    return documents.read(pdf.build(), declared_type="application/pdf", file_name="")


def page_of(found: documents.ParsedDocument, words: str) -> int:
    place = found.full_text.index(words)
    return sum(start <= place for start in found.pages)


def test_english() -> None:
    found = read(ENGLISH)
    assert (found.title, found.authors) == ("Audit of the harbour bridge", ("Ruth Vale", "City Audit Office"))
    assert (found.published, found.date_source, found.language) == ("2024-05-13", "file", "en")
    assert len(found.pages) == 3
    assert page_of(found, "No sum was paid twice.") == 2
    assert page_of(found, "Annex: the list") == 3
    lines = found.full_text.split("\n")
    assert any(line.split() == ["Piers", "4.1", "11.6"] for line in lines)
    # What runs along every page stands once and tears no sentence.
    assert found.full_text.count("City Audit Office · Report 14") == 1
    for quote in (
        "The repairs were postponed until May",
        "the two piers on the northern bank were left out",
        "asked the council to read the list aloud and to vote on it again before the summer",
        "City Audit Office · Report 14",
    ):
        assert check_quote(quote, full_text=found.full_text).state in ("exact", "normalised"), quote


def test_arabic_as_it_stands_on_the_page_is_read_in_its_own_order() -> None:
    for shaped in (True, False):
        ARABIC.shaped = shaped
        found = read(ARABIC)
        assert found.title == "تقرير ديوان المحاسبة"  # the file's own title is a program's
        assert (found.language, len(found.pages)) == ("ar", 2)
        for quote in (
            "بلغت كلفة المحطة ٩٢ مليون دينار في عام ٢٠٢٣، أي 31.5% فوق الموازنة.",
            "وقال الديوان (في الصفحة 12) إن «أوامر التغيير» صدرت بلا دراسة.",
            "وأوصى بأن تُعرض العقود التسعة على المجلس البلدي قبل نهاية الشهر، وألّا يُصرف شيء منها.",
        ):
            assert check_quote(quote, full_text=found.full_text, language="ar").state in ("exact", "normalised"), quote
        assert page_of(found, "انتهى التقرير") == 2
        assert any(line.split() == ["المضخات", "٤٫١", "١١٫٦"] for line in found.full_text.split("\n"))
        assert found.full_text.count("التقرير السنوي") == 1


def test_russian() -> None:
    found = read(RUSSIAN)
    assert (found.title, found.authors, found.language) == ("Отчёт о состоянии опор", ("В. Лапина",), "ru")
    quote = "трещины в третьей опоре достигла четырнадцати миллиметров"
    assert check_quote(quote, full_text=found.full_text, language="ru").state == "normalised"
    assert page_of(found, "Движение закрыли") == 2


def test_chinese() -> None:
    found = read(CHINESE)
    assert (found.title, found.language, found.published) == ("水库加固工程审计报告", "zh", "")
    quote = "三份总额为2300万元的合同没有经过公开招标"
    assert check_quote(quote, full_text=found.full_text, language="zh").state in ("exact", "normalised")
    assert page_of(found, "施工单位尚未回应") == 2


def test_a_line_that_comes_again_on_a_few_pages_stays_where_it_is() -> None:
    found = read(Pdf([["Alpha stands here."], ["Beta."], ["Gamma."], ["Alpha stands here."], ["Delta."]]))
    assert found.full_text.split("\n\n") == ["Alpha stands here.", "Beta.", "Gamma.", "Alpha stands here.", "Delta."]
    assert page_of(found, "Gamma.") == 3


def test_pages_without_text_are_a_scan() -> None:
    with pytest.raises(documents.CannotRead) as refused:
        read(Pdf([[], []]))
    assert refused.value.code == "empty"
