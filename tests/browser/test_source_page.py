"""The page of a source: a PDF with its pages, a picture, a page with two copies; in Arabic on a phone and in English."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.processes import Up
from tests.pure.documents.pdfs import Line, Pdf
from tests.pure.documents.test_kinds import BODIES

Shots = Callable[[Page, str], None]
REPORT = Pdf(
    [
        [
            Line("تقرير ديوان المحاسبة السنوي", 22),
            "بلغت كلفة محطة التحلية ٩٢ مليون دينار في عام ٢٠٢٣، أي 31.5% فوق الموازنة.",
            "وقال الديوان (في الصفحة 12) إن «أوامر التغيير» صدرت بلا دراسة.",
        ],
        ["أُسندت ستة عقود من أصل تسعة بالتكليف المباشر، ولم تُعرض على المجلس."],
    ],
    author="ديوان المحاسبة",
    created="20240513101500+03'00'",
    header="ديوان المحاسبة",
    footer="صفحة {page}",
    rtl=True,
)
EARLIER = """
from datetime import timedelta
from annotations.lib import blobs
from annotations.models import Capture, Source
source = Source.objects.filter(kind="url", state="ready", latest__full_text__contains="412,600").first()
last = source.latest
body = blobs.read(last.body_digest).replace(b"412,600", b"389,100")
Capture.objects.get_or_create(source=source, body_digest=blobs.keep(body), defaults=dict(
    origin="fetch", body_bytes=len(body), media_type=last.media_type, captured_at=last.captured_at - timedelta(days=9),
    final_url=last.final_url, http_status=200, response_headers=last.response_headers, title=last.title,
    language=last.language, extractor=last.extractor, text_digest="0" * 64,
    main_text=last.main_text.replace("412,600", "389,100"), full_text=last.full_text.replace("412,600", "389,100")))
print(source.pk)
"""


def check(page: Page) -> None:
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def upload(up: Up, name: str, body: bytes, folder: Path) -> int:
    """As the review form does it, by a reviewer of the demonstration."""
    file = folder / name
    file.write_bytes(body)
    code = (
        "from annotations.models import Member; from annotations.reviews import citing; "
        "rana = Member.objects.get(newsroom__slug='demo', user__email__startswith='rana'); "
        f"print(citing.upload(by=rana, file_name={name!r}, body=open({str(file)!r}, 'rb').read()).pk)"
    )
    return int(up.shell(code))


@pytest.mark.parametrize(("locale", "width", "dark"), [("ar", 390, True), ("en", 1280, False)])
def test_the_page_of_a_source(
    enter: Enter, up: Up, shots: Shots, tmp_path: Path, locale: str, width: int, dark: bool
) -> None:
    report = upload(up, "تقرير الديوان 2024.pdf", REPORT.build(), tmp_path)
    picture = upload(up, "bridge.png", BODIES["png"], tmp_path)
    page_of_two = int(up.shell(EARLIER))
    rana = enter("rana", locale=locale, width=width, dark=dark)
    rana.goto(f"/n/demo/sources/{report}/")
    for _try in range(20):
        if rana.locator("#page-2").count():
            break
        rana.wait_for_timeout(500)
        rana.reload()
    expect(rana.locator("#page-2")).to_have_text("صفحة 2" if locale == "ar" else "page 2")
    expect(rana.locator("#copy .passage")).to_contain_text(
        "بلغت كلفة محطة التحلية ٩٢ مليون دينار في عام ٢٠٢٣، أي 31.5%"
    )
    check(rana)
    shots(rana, f"source-pdf-{locale}")
    rana.goto(f"/n/demo/sources/{picture}/")
    expect(rana.locator(".note-bad")).to_be_visible()
    with rana.expect_download() as download:
        rana.locator("#copy .button").first.click()
    assert download.value.suggested_filename == f"source-{picture}.png"
    check(rana)
    shots(rana, f"source-picture-{locale}")

    amal = enter("amal", locale=locale, width=width, dark=dark)
    amal.goto(f"/n/demo/sources/{page_of_two}/")
    expect(amal.locator("#copies tbody tr")).to_have_count(2)
    expect(amal.locator("#copies del").first).to_have_text("389,100")
    expect(amal.locator("#copies ins").first).to_have_text("412,600")
    amal.locator("#copy details summary").last.click()
    check(amal)
    shots(amal, f"source-copies-{locale}")
