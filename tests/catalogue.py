"""Gathers all texts of the interface, merges them into the catalogues, compiles them. No gettext binary needed.

`python -m tests.catalogue` writes; `check()` says what is missing, for the house test.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if not settings.configured:
    settings.configure(USE_I18N=True)

ROOT = Path(__file__).resolve().parent.parent
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
LOCALES = ROOT / "frontend" / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
Messages = list[tuple[str, tuple[str, int], object, object]]


def gather(domain: str) -> Catalog:
    """ "django": Python and templates; "djangojs": our scripts."""
    catalog = Catalog(project="Factcheck", charset="utf-8")
    if domain == "djangojs":
        for path in sorted((ROOT / "frontend" / "static" / "js").glob("*.js")):
            _add(catalog, path, path.read_bytes(), "javascript")
        return catalog
    for folder in ("annotations", "factcheck"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name == "bootstrap.py":  # speaks before any catalogue is installed
                continue
            _add(catalog, path, path.read_bytes(), "python")
    for path in sorted((ROOT / "frontend" / "templates").rglob("*.html")):
        _add(catalog, path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode(), "python")
    return catalog


def _add(catalog: Catalog, path: Path, source: bytes, method: str) -> None:
    keywords: dict[str, object] = {"say": None, "many": (1, 2)} if method == "javascript" else KEYWORDS
    options = {"parse_template_string": True} if method == "javascript" else {}
    for _line, message, _comments, context in extract(method, io.BytesIO(source), keywords=keywords, options=options):
        if message and message != "":
            catalog.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)


def po_path(language: str, domain: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def merged(language: str, domain: str) -> Catalog:
    """The catalogue with all texts that there are now, what is translated kept."""
    path = po_path(language, domain)
    if path.exists():
        with path.open("rb") as source:
            catalog = read_po(source, locale=language, charset="utf-8")
    else:
        catalog = Catalog(locale=language, project="Factcheck", charset="utf-8")
    catalog.update(gather(domain), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = EPOCH  # the same texts give the same bytes
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    return [
        str(message.id)
        for message in catalog
        if message.id and (not message.string or (isinstance(message.string, tuple) and not all(message.string)))
    ]


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    for language in sorted(path.name for path in LOCALES.iterdir() if path.is_dir()):
        for domain in ("django", "djangojs"):
            catalog = merged(language, domain)
            path = po_path(language, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                write_po(out, catalog, width=0, sort_output=True, no_location=True, omit_header=False)
            path.with_suffix(".mo").write_bytes(compiled(catalog))
            left = untranslated(catalog)
            sys.stdout.write(f"{language} {domain}: {len(catalog)} texts, {len(left)} not translated\n")


if __name__ == "__main__":
    main()
