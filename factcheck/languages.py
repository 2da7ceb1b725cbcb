"""Which languages the interface has: English, and every folder of translations. Their names stand in themselves."""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language


def offered(folder: Path) -> list[tuple[str, str]]:
    """Code and own name of English and of each `<folder>/<locale>/LC_MESSAGES/django.po`, in the order of their codes."""
    found = {to_language(path.parent.parent.name) for path in folder.glob("*/LC_MESSAGES/django.po")}
    return [(code, own_name(code)) for code in ["en", *sorted(found - {"en"})]]


def own_name(code: str) -> str:
    """As its speakers write it; the code itself where Django does not know the language."""
    info = LANG_INFO.get(code) or LANG_INFO.get(code.split("-")[0]) or {}
    # "العربية", as it is written everywhere; Django's name carries vowel signs.
    return "".join(char for char in str(info.get("name_local") or code) if not "\u064b" <= char <= "\u0652")
