"""Documents that strangers' programs made: what a browser prints in Arabic, applications without markup, letters as text."""

import json
from pathlib import Path

import pytest

from annotations.lib.fetching import documents, pdf_lines
from tests.pure.documents.pdfs import Line, Pdf

PAGES = Path(__file__).resolve().parent / "pages"


def of_pdf(pages: list[list[Line | str]], **about: str) -> documents.ParsedDocument:
    return documents.read(Pdf(pages, **about).build(), declared_type="application/pdf", file_name="")  # type: ignore[arg-type]


def of_page(markup: str) -> documents.ParsedDocument:
    return documents.read(markup.encode(), declared_type="text/html; charset=utf-8", file_name="")


def of_text(text: str) -> documents.ParsedDocument:
    return documents.read(text.encode(), declared_type="text/plain", file_name="")


def test_arabic_as_a_browser_prints_it() -> None:
    """Chromium gives most letters as they are read (ActualText); PDFium turns them as if they were given as they stand."""
    body = (PAGES / "chromium-ar.pdf").read_bytes()
    found = documents.read(body, declared_type="application/pdf", file_name="")
    assert found.title == "تقرير عن عقود النظافة في البلديات الكبرى خلال الأعوام الأربعة الماضية"
    assert (found.published, found.date_source, found.language) == ("2024-02-19", "page", "ar")
    text = " ".join(found.full_text.split())
    for words in (
        "راجعت الهيئة ستة وأربعين عقداً أبرمتها البلديات بين عامي 2020-2023، بقيمة إجمالية بلغت 38.7 مليون دينار.",
        "وتبيّن أنّ أحد عشر عقداً جُدِّدت من دون مناقصة، وأنّ شركتين فقط حصلتا على 71% من الأموال (انظر الجدول 3).",
        "وطلبت الهيئة إلغاء العقود المخالفة، «وإحالة المسؤولين إلى القضاء خلال ستين يوماً» بحسب توصيات WHO.",
        "الكرك ١٢",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("line", "day", "source"),
    [
        ("Published 18 April 2024", "2024-04-18", "page"),
        ("Harwick, 18 April 2024", "2024-04-18", "page"),
        ("г. Самара, 18 апреля 2024 г.", "2024-04-18", "page"),
        ("2024年4月18日", "2024-04-18", "page"),
        ("For the year ended 31 March 2024", "2024-06-01", "file"),
        ("Figures as of 18 April 2024", "2024-06-01", "file"),
        ("The board met on 18 April 2024 in the old town hall to hear the auditor.", "2024-06-01", "file"),
    ],
)
def test_the_day_at_the_head_of_a_pdf_goes_before_that_of_its_printing(line: str, day: str, source: str) -> None:
    found = of_pdf([[Line("Accounts of the harbour", 22), line, "Income rose."]], created="20240601090000Z")
    assert (found.published, found.date_source) == (day, source)


def test_a_heading_of_two_lines_is_one_title() -> None:
    found = of_pdf(
        [[Line("Accounts of the harbour", 22), Line("and its two piers", 22), *["Income rose in spring."] * 4]]
    )
    assert found.title == "Accounts of the harbour and its two piers"
    found = of_pdf(
        [[Line("关于港口工程", 22), Line("决算的审查报告", 22), *["收入比上年有所增长。"] * 4]], title="report.html"
    )
    assert found.title == "关于港口工程决算的审查报告"


def test_lines_are_joined_where_a_lines_end_is_no_space() -> None:
    assert pdf_lines.joined(["审查报告", "委员会认为决算草案符", "合法律规定，建议批准。", "一、加强管理。"]) == (
        "审查报告\n委员会认为决算草案符合法律规定，建议批准。\n一、加强管理。"
    )
    # A divided word only where the page has it whole elsewhere: else the hyphen may be its own.
    assert pdf_lines.joined(["the north-", "ern pier and", "the northern bank"]).startswith("the northern pier")
    assert pdf_lines.joined(["twenty-", "one boats"]) == "twenty-\none boats"


STORY = [
    "<p>The ferry to the island was stopped on Monday, and forty cars wait on the pier.</p>",
    "<p>The company says that the engine needs a part which comes by ship from abroad.</p>",
    "<p>Nobody knows when.</p>",
]


@pytest.mark.parametrize("shape", ["next", "assigned", "parsed"])
def test_an_application_carries_its_article_as_data(shape: str) -> None:
    article = {
        "headline": "Ferry to the island stopped",
        "publishedAt": "2024-05-12T08:00:00Z",
        "authors": [{"name": "Ida Marsh"}],
        "blocks": [{"kind": "text", "html": words} for words in STORY],
        "seoDescription": "A ferry was stopped and many people wait for news of it on the pier and elsewhere.",
    }
    data = {"props": {"menu": [{"title": "Home"}], "page": {"article": article}}}
    script = {
        "next": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>',
        "assigned": f"<script>window.__STATE__ = {json.dumps(data)};</script>",
        "parsed": f"<script>window.__STATE__ = JSON.parse({json.dumps(json.dumps(data))});</script>",
    }[shape]
    found = of_page(f"<html><head><title>Gazette</title></head><body><div id=app>Loading</div>{script}</body></html>")
    assert (found.title, found.published, found.authors) == (
        "Ferry to the island stopped",
        "2024-05-12",
        ("Ida Marsh",),
    )
    assert found.main_text.split("\n\n") == [words[3:-4] for words in STORY]
    assert "forty cars wait on the pier" in found.full_text


def test_data_of_a_page_that_shows_its_text_is_left_alone() -> None:
    words = "<p>The harbour office said on Monday that the bridge stays closed until the piers are mended.</p>" * 4
    data = json.dumps(
        {"article": {"title": "Other", "text": "Another article, which the page does not show at all. " * 20}}
    )
    found = of_page(
        f'<html><head><title>Bridge</title></head><body><h1>Bridge</h1>{words}<script type="application/json">{data}</script></body></html>'
    )
    assert "Another article" not in found.main_text
    assert found.title == "Bridge"


@pytest.mark.parametrize("script", ["{" * 5000, '{"a": [' * 2000, "window.x = {", '"words" ' * 50, "[1, 2, 3]" * 50])
def test_nonsense_in_data_is_passed_over(script: str) -> None:
    found = of_page(f'<html><body><p>Short page.</p><script type="application/json">{script}</script></body></html>')
    assert found.full_text.strip() == "Short page."


def test_a_letter_as_plain_text() -> None:
    found = of_text("New timetable for the coast\n\n5 March 2021\n\nTrains will run every thirty minutes from May.\n")
    assert (found.title, found.published, found.date_source) == ("New timetable for the coast", "2021-03-05", "page")
    assert (found.language, found.main_text) == ("en", "")
    found = of_text("Поезда пойдут чаще.\nРасписание меняется с мая.\n")
    assert (found.title, found.published, found.language) == ("", "", "ru")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ida Marsh, 12 May 2024", ("Ida Marsh",)),
        ("12 May 2024 by Ida Marsh and Tom de Witt", ("Ida Marsh", "Tom de Witt")),
        ("Von Imke Harms", ("Imke Harms",)),
        ("Por Lucía Romero · 3 de mayo de 2022", ("Lucía Romero",)),
        ("Table 1. Boats by region, thousands", ()),
        ("The dog was found by a farmer", ()),
        ("记者从市政府获悉大桥将关闭", ()),
        ("وقال تقرير صدر عن البنك الدولي أمس إن الأسعار ترتفع", ()),
        ("تقرير: ليان قاسم", ("ليان قاسم",)),
        ("<a href='/authors/ida-marsh'>Ida Marsh</a>", ("Ida Marsh",)),
        ("Ida Marsh (earlier)", ()),
    ],
)
def test_who_signs_and_who_does_not(line: str, authors: tuple[str, ...]) -> None:
    words = "<p>The harbour office said on Monday that the bridge stays closed until the piers are mended.</p>" * 3
    found = of_page(
        f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1><div>{line}</div>{words}</body></html>"
    )
    assert found.authors == authors


@pytest.mark.parametrize(
    ("heading", "line", "published"),
    [
        ("إغلاق الجسر القديم أمام الشاحنات الثقيلة", "نُشر في 5/6/2024", "2024-06-05"),
        ("Старый мост закрыт для тяжёлых грузовиков", "05.06.2024 18:20", "2024-06-05"),
        ("Old bridge closed to heavy lorries for good", "Updated: 6:02 PM CDT May 3, 2024 Published: 11:15 AM CDT May 2, 2024", "2024-05-02"),
        ("Old bridge closed to heavy lorries for good", "Figures as of 3 May 2024", ""),
    ],
)  # fmt: skip
def test_days_beside_a_heading(heading: str, line: str, published: str) -> None:
    words = f"<p>{heading}. {heading}. {heading}.</p>" * 3
    found = of_page(
        f"<html><head><title>{heading}</title></head><body><h1>{heading}</h1><p>{line}</p>{words}</body></html>"
    )
    assert found.published == published
