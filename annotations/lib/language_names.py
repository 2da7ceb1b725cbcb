"""Languages by their names, for people."""

from django.utils.translation import get_language_info

from annotations.lib.languages import UNKNOWN


def name(code: str) -> str:
    """In the interface's language; the code itself where Django knows no name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return "" if code == UNKNOWN else code
