"""A dossier on paper: Chromium's own PDF, in both languages, without the interface."""

import io
import os
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.conftest import Enter


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_on_paper(enter: Enter, locale: str) -> None:
    page = enter("amal", locale=locale)
    page.goto("/n/demo/claims/1/dossier/")
    page.emulate_media(media="print")
    for off in (".masthead", ".foot", ".skip", ".no-print"):
        assert not page.locator(off).first.is_visible(), off
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    if folder := os.environ.get("SCREENS"):
        (Path(folder) / f"dossier-{locale}.pdf").write_bytes(paper)
    pages = pypdfium2.PdfDocument(io.BytesIO(paper))
    assert 1 <= len(pages) <= 4
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in pages)
    assert "/demo/marjan-census" in text  # the source's address, written out
    assert "412" in text
    assert "Settings" not in text
