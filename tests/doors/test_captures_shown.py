"""A kept copy on its page: where it came from, what it is, its pages and earlier copies; nothing of it shown as a page of ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from annotations.lib import blobs
from annotations.models import Capture, Evidence, QuoteCheck, Review, Source
from annotations.reviews import citing, operations
from annotations.reviews.operations import Answer
from annotations.sources import copies
from annotations.sources.checking import page_of
from tests import factories
from tests.factories import signed_in
from tests.pure.documents.pdfs import Line, Pdf
from tests.pure.documents.test_kinds import BODIES
from tests.servers import Pages
from tests.stages.test_sources import HTML, TEXT, claim, desk, save, wired
from tests.stages.test_watch import look

__all__ = ["claim", "desk", "wired"]
pytestmark = pytest.mark.django_db
REPORT = Pdf(
    [
        [Line("تقرير ديوان المحاسبة", 22), "بلغت كلفة المحطة ٩٢ مليون دينار."],
        ["أُسندت ستة عقود من أصل تسعة بالتكليف المباشر."],
    ],
    rtl=True,
    footer="صفحة {page}",
)
NO_WORDS = {
    "png": ("picture", "image/png", ".png"),
    "svg": ("picture", "image/svg+xml", ".svg"),
    "mp4": ("film", "video/mp4", ".mp4"),
    "mp3": ("sound recording", "audio/mpeg", ".mp3"),
    "zip": ("archive of files", "application/zip", ".zip"),
    "xlsx": ("spreadsheet", "spreadsheetml.sheet", ".xlsx"),
    "rtf": ("this kind of file is not read", "application/rtf", ".rtf"),
}


def shown(member: Any, source: Source) -> str:
    return str(signed_in(member).get(f"/n/marjan/sources/{source.pk}/").content.decode())


@pytest.mark.parametrize("kind", NO_WORDS)
def test_other_kinds_are_kept_with_their_type(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int], kind: str
) -> None:
    said, media_type, ending = NO_WORDS[kind]
    wired.add("/lies", BODIES[kind], media_type="text/html")
    evidence = save(claim, desk, url="http://audit.example.com/lies", quote="The bridge cost 31 million")
    run_jobs()
    source = Source.objects.get()
    capture = Capture.objects.get()
    evidence.refresh_from_db()
    assert (source.state, evidence.quote_state) == ("ready", "unverifiable")
    assert (capture.media_type, capture.extract_problem) == ("text/html", "unsupported_type")
    assert blobs.read(capture.body_digest) == BODIES[kind]
    page = shown(desk.reviewers[0], source)
    assert said in page
    assert f'<span class="ltr">{media_type}' in page or media_type in page
    assert 'declared as <span class="ltr">text/html</span>' in page
    states = signed_in(desk.reviewers[0]).get(f"/n/marjan/claims/{claim.pk}/evidence/").content.decode()
    assert said in states
    answer = signed_in(desk.reviewers[0]).get(f"/n/marjan/sources/{source.pk}/copy/")
    assert answer.content == BODIES[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="source-{source.pk}{ending}"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_in_the_readers_language(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int], settings: Any
) -> None:
    wired.add("/page.png", BODIES["png"], media_type="image/png")
    save(claim, desk, url="http://audit.example.com/page.png", quote="The bridge cost 31 million")
    run_jobs()
    client = signed_in(desk.reviewers[0])
    english = client.get(f"/n/marjan/sources/{Source.objects.get().pk}/").content.decode()
    assert "it is a picture" in english
    assert "declared as" not in english
    assert '<html lang="ar"' in (
        client.get(f"/n/marjan/sources/{Source.objects.get().pk}/", headers={"accept-language": "ar"}).content.decode()
    )


def test_a_quote_in_a_pdf_has_a_page(desk: factories.Desk, claim: Any, run_jobs: Callable[[], int]) -> None:
    rana = desk.reviewers[0]
    source = citing.upload(by=rana, file_name="تقرير <2024>.pdf", body=REPORT.build())
    save(claim, desk, source=source.pk, quote="ستة عقود من أصل تسعة")
    run_jobs()
    source.refresh_from_db()
    check = QuoteCheck.objects.get()
    assert page_of(check) == 2
    client = signed_in(rana)
    assert "page 2" in client.get(f"/n/marjan/claims/{claim.pk}/evidence/").content.decode()
    review = client.get(f"/api/v1/claims/{claim.pk}/review").json()
    assert review["evidence"][0]["page"] == 2
    page = shown(rana, source)
    assert f'Uploaded by <bdi>{rana.user}</bdi>: <bdi dir="ltr">تقرير &lt;2024&gt;.pdf</bdi>' in page
    assert '<h3 class="small soft num" dir="auto" id="page-2">page 2</h3>' in page
    assert "2 pages" in page
    assert page.index("٩٢ مليون") < page.index('id="page-2"') < page.index("ستة عقود من أصل تسعة بالتكليف")


def test_pages_begin_where_their_text_begins(desk: factories.Desk, claim: Any, run_jobs: Callable[[], int]) -> None:
    capture = Capture(pages=[0, 10, 20])
    for start, page in ((0, 1), (9, 1), (10, 2), (19, 2), (20, 3), (500, 3)):
        assert page_of(QuoteCheck(capture=capture, start=start)) == page
    assert page_of(QuoteCheck(capture=capture, start=None)) is None
    assert page_of(QuoteCheck(capture=Capture(pages=[]), start=3)) is None


def test_a_recorded_statement_says_who_when_and_how(
    desk: factories.Desk, claim: Any, run_jobs: Callable[[], int]
) -> None:
    words = "I never said that the bridge cost 18 million."
    save(
        claim,
        desk,
        statement=words,
        speaker="Ida <Marsh>",
        said_on="2024-05-02",
        means="interview",
        quote="never said that",
    )
    run_jobs()
    page = shown(desk.reviewers[0], Source.objects.get())
    assert f"Recorded by <bdi>{desk.reviewers[0].user}</bdi>" in page
    for said in ("Ida &lt;Marsh&gt;", "Interview", "2024-05-02", words):
        assert said in page
    assert page.count(words) == 1  # the copy of a statement is the statement


def test_a_fetched_page_says_how_it_came(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    capture = Capture.objects.select_related("attempt").get()
    capture.final_url = "http://audit.example.com/2024/audit"
    capture.response_headers = [["Last-Modified", "Tue, 14 May 2024 06:10:00 GMT"], ["Set-Cookie", "id=1"]]
    capture.save()
    assert capture.attempt is not None
    capture.attempt.chain = [["http://audit.example.com/audit", 301], ["http://audit.example.com/2024/audit", 200]]
    capture.attempt.save()
    page = shown(desk.reviewers[0], Source.objects.get())
    assert "Tue, 14 May 2024 06:10:00 GMT" in page
    assert "Set-Cookie" not in page
    assert "1 redirect" in page
    assert 'href="http://audit.example.com/2024/audit" rel="noreferrer noopener nofollow"' in page
    assert TEXT in page


def test_every_copy_can_be_had_and_the_newest_two_are_compared(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    wired.add("/audit", HTML.replace("31 million", "13 million"))
    look(run_jobs)
    source = Source.objects.get()
    first, second = Capture.objects.order_by("pk")
    client = signed_in(desk.reviewers[0])
    page = shown(desk.reviewers[0], source)
    assert "2 kept copies" in page
    assert "<del>31</del>" in page
    assert "<ins>13</ins>" in page
    for copy, name in ((second, f"source-{source.pk}.html"), (first, f"source-{source.pk}-{first.pk}.html")):
        address = f"/n/marjan/sources/{source.pk}/copies/{copy.pk}/"
        assert address in page
        answer = client.get(address)
        assert answer.content == blobs.read(copy.body_digest)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    other = citing.upload(by=desk.reviewers[1], file_name="a.txt", body=b"words of somebody else, kept for later")
    run_jobs()
    theirs = Capture.objects.get(source=other)
    assert client.get(f"/n/marjan/sources/{source.pk}/copies/{theirs.pk}/").status_code == 404
    assert client.get(f"/n/marjan/sources/{other.pk}/copies/{theirs.pk}/").status_code == 404


def test_damage_is_said_beside_the_text_and_in_the_list_of_copies(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    wired.add("/audit", HTML.replace("31 million", "13 million"))
    look(run_jobs)
    source = Source.objects.get()
    first, second = Capture.objects.order_by("pk")
    Path(storages["captures"].path(blobs.name_of(first.body_digest))).unlink()
    client = signed_in(desk.reviewers[0])
    assert client.get(f"/n/marjan/sources/{source.pk}/copies/{first.pk}/").status_code == 500
    page = shown(desk.reviewers[0], source)
    assert page.count('badge badge-bad">gone from the storage') == 1
    assert page.index(f"copies/{second.pk}/") < page.index(f"copies/{first.pk}/") < page.index("gone from the storage")
    assert "Restore it from a backup" not in page, "the newest copy is whole"
    file = Path(storages["captures"].path(blobs.name_of(second.body_digest)))
    file.write_bytes(b"rubbish")
    assert client.get(f"/n/marjan/sources/{source.pk}/copy/").status_code == 500
    page = shown(desk.reviewers[0], source)
    assert "Restore it from a backup" in page
    assert "The text below is what was read of it before." in page
    assert 'badge badge-bad">damaged' in page
    assert "13 million" in page


def test_the_day_says_where_it_was_read(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    head = '<meta property="article:published_time" content="2024-05-02T06:00:00+03:00">'
    wired.add("/audit", HTML.replace("<title>", f"{head}<title>"))
    save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    assert Capture.objects.get().date_source == "meta"
    page = shown(desk.reviewers[0], Source.objects.get())
    assert '2024-05-02</span> <span class="small soft">said in the page&#x27;s head</span>' in page


@pytest.mark.parametrize(
    ("kind", "declared", "said"),
    [
        ("html", "application/xhtml+xml; charset=utf-8", ""),
        ("doc", "application/msword", ""),
        ("xml", "application/rss+xml", ""),
        ("png", "", ""),
        ("png", "application/octet-stream", ""),
        ("html", "application/pdf", "application/pdf"),
        ("pdf", "text/html", "text/html"),
    ],
)
def test_a_type_is_only_another_where_it_says_something_else(kind: str, declared: str, said: str) -> None:
    assert copies.declared_otherwise(Capture(kind=kind, media_type=declared)) == said


def test_who_may_still_review_sees_no_trace_of_who_was_there_before(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    """A copy older than one's own citation, or a second one, would say that a colleague cites the page."""
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    wired.add("/audit", HTML.replace("31 million", "13 million"))
    look(run_jobs)
    save(claim, desk, 1, url="http://audit.example.com/audit", quote="The bridge cost 13 million")
    run_jobs()
    source = Source.objects.get()
    first, second = Capture.objects.order_by("pk")
    page = shown(desk.reviewers[1], source)
    assert "13 million" in page
    assert "31 million" not in page.split("<main")[1]
    assert "kept copies" not in page
    assert f"{second.captured_at:%Y-%m-%d}" not in page.split('id="copy"')[1]
    blind = signed_in(desk.reviewers[1])
    assert blind.get(f"/n/marjan/sources/{source.pk}/copies/{first.pk}/").status_code == 404
    assert blind.get(f"/n/marjan/sources/{source.pk}/copies/{second.pk}/").status_code == 200
    assert "2 kept copies" in shown(desk.reviewers[0], source)
    # Once their own review is in, they may see.
    review = Review.objects.get(claim=claim, reviewer=desk.reviewers[1])
    block = {"key": "a", "stance": "refutes", "url": source.url, "quote": "The bridge cost 13 million"}
    operations.submit(
        claim,
        Answer(label="false", reason="So it says.", evidence=(block,)),
        by=desk.reviewers[1],
        row_version=review.row_version,
    )
    assert Evidence.objects.filter(review=review).exists()
    assert "2 kept copies" in shown(desk.reviewers[1], source)


def test_a_table_is_shown_as_a_table_and_markup_as_words(
    desk: factories.Desk, claim: Any, run_jobs: Callable[[], int]
) -> None:
    body = "المحافظة,2022,2023\n<script>alert(1)</script>,41,35\n".encode()
    source = citing.upload(by=desk.reviewers[0], file_name="t.csv", body=body)
    run_jobs()
    page = shown(desk.reviewers[0], source)
    assert '<td dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</td><td dir="auto">41</td>' in page
    assert "<script>alert(1)" not in page
