"""An article comes in by every way there is, and is read as what it is."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest

from annotations.articles import operations
from annotations.claims import queries as claims
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Article, Claim, Work
from tests import factories
from tests.servers import Pages

PAGE = """<html lang="ar"><head><title>افتتاح الجسر — صحيفة المرفأ</title><meta name="author" content="ليلى نعمان">
<meta property="og:site_name" content="صحيفة المرفأ"><meta property="article:published_time" content="2024-03-09"></head>
<body><nav><a href="/">الرئيسية</a><a href="/x">اتصل بنا</a></nav><article><h1>افتتاح الجسر</h1>
<p>قال رئيس البلدية إن الجسر الجديد كلّف 18 مليون دينار، وإن الأعمال استمرت ثلاث سنوات كاملة في وسط المدينة.</p>
<p>وأضاف أن 12 ألف سيارة تعبره كل يوم، وأن البلدية لم ترفع الضرائب في عام 2023 لتمويل هذا المشروع الكبير.</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Bridge opens")
    document.add_paragraph("The bridge cost 18 million, the mayor said. It took three years.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(text: str) -> bytes:
    """A one-page PDF, written by hand."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


FILES = [
    ("bridge.txt", b"The bridge cost 18 million, the mayor said. It took three years.", "en"),
    ("bridge.md", b"# Bridge opens\n\nThe bridge cost **18 million**, the mayor said. It took three years.", "en"),
    (
        "bridge.html",
        b"<html><body><h1>Bridge opens</h1><p>The bridge cost 18 million, the mayor said. It took three years.</p></body></html>",
        "en",
    ),
    ("bridge.docx", word_file(), "en"),
    ("bridge.pdf", pdf_file("The bridge cost 18 million, the mayor said. It took three years."), "en"),
    ("jisr.txt", "كلّف الجسر 18 مليون دينار. واستمر العمل ثلاث سنوات.".encode("utf-16"), "ar"),
    (
        "jisr1256.txt",
        "كلف الجسر الجديد 18 مليون دينار في وسط المدينة. واستمر العمل ثلاث سنوات كاملة بعد ذلك.".encode("cp1256"),
        "ar",
    ),
]


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.mark.parametrize(("name", "body", "language"), FILES, ids=[item[0] for item in FILES])
def test_files(desk: factories.Desk, run_jobs: Callable[[], int], name: str, body: bytes, language: str) -> None:
    article = operations.add_file(by=desk.editor, file_name=name, body=body)
    run_jobs()
    article.refresh_from_db()
    assert (article.state, article.problem, article.language) == ("ready", "", language)
    quotes = [claims.quote(claim) for claim in claims.of_article(desk.editor, article)]
    assert any("18" in quote for quote in quotes)
    assert not any(mark in "".join(quotes) for mark in ("<", "*", "#"))


def test_an_address(
    desk: factories.Desk, run_jobs: Callable[[], int], pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.add("/a", PAGE)
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    )
    details = operations.Details(topic="مدينة")
    article = operations.add_url(by=desk.editor, url="http://news.example.com/a", details=details)
    run_jobs()
    article.refresh_from_db()
    assert (article.state, article.language, article.direction, article.topic) == ("ready", "ar", "rtl", "مدينة")
    assert article.published_on == date(2024, 3, 9)
    assert article.current is not None
    assert "كلّف 18 مليون دينار" in article.current.text
    assert "اتصل بنا" not in article.current.text
    assert Claim.objects.filter(article=article).count() >= 2


def test_what_a_person_says_is_not_detected_over(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    article = factories.article(desk, title="My title", language="fa", direction="ltr")
    run_jobs()
    article.refresh_from_db()
    assert (article.title, article.language, article.direction) == ("My title", "fa", "ltr")
    edited = operations.edit(article, by=desk.editor, row_version=None, changes={"author": "Ida", "title": "Another"})
    assert (edited.title, edited.author, edited.declared) == (
        "Another",
        "Ida",
        ["author", "direction", "language", "title"],
    )


def test_a_file_of_a_text_that_is_there(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    first = factories.article(desk)
    second = operations.add_file(by=desk.editor, file_name="a.txt", body=factories.ARABIC.encode())
    run_jobs()
    second.refresh_from_db()
    assert (second.state, second.problem, second.duplicate_of_id) == ("failed", "duplicate_text", first.pk)


def test_a_bomb_is_read_without_its_tags(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    bomb = (
        b"<html><body><div "
        + b" ".join(b"a%d=1" % number for number in range(200_000))
        + b">The bridge cost 18 million.</div>"
    )
    article = operations.add_file(by=desk.editor, file_name="bomb.html", body=bomb)
    run_jobs()
    article.refresh_from_db()
    assert article.state == "ready"
    assert not Work.objects.exclude(state="done").exists()


def test_stopped_intake_is_tried_again(
    desk: factories.Desk, run_jobs: Callable[[], int], pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    )
    article = operations.add_url(by=desk.editor, url="http://news.example.com/later")
    run_jobs()
    article = Article.objects.get(pk=article.pk)
    assert (article.state, article.problem) == ("failed", "http_error")
    pages.add("/later", PAGE)
    operations.retry(article, by=desk.editor)
    run_jobs()
    assert Article.objects.get(pk=article.pk).state == "ready"
