"""The words for the codes that stand on rows: why an intake or a source stopped, and what to do."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.lib import digits

WORDS: dict[str, Promise] = {
    "blocked_url": _("This address cannot be fetched. Give one that is open on the public internet."),
    "blocked_address": _("This address is not on the public internet, so it is not fetched."),
    "blocked_port": _("Only ports 80 and 443 are fetched."),
    "dns_nxdomain": _("There is no host of this name. Check the spelling."),
    "dns_failure": _("The host's name could not be looked up. It is tried again by itself."),
    "connect_failed": _("The host did not answer. It is tried again by itself."),
    "timeout": _("The host was too slow. It is tried again by itself."),
    "reset": _("The host ended the connection. It is tried again by itself."),
    "tls_error": _("The host's certificate is not valid, so nothing was read from it."),
    "proxy_unreachable": _(
        "This installation's way out did not answer. It is tried again by itself; an admin can look at the proxy."
    ),
    "proxy_refused": _(
        "This installation's way out refused the address. It is tried again by itself; an admin can look at the proxy."
    ),
    "too_large": _("The document is too large. Upload the part that you need."),
    "too_many_redirects": _("The address leads on and on. Give the final one."),
    "redirect_loop": _("The address leads back to itself."),
    "protocol_error": _("The host's answer could not be understood."),
    "truncated": _("The host broke off in the middle."),
    "unsupported_encoding": _("The host's answer is packed in a way that is not read."),
    "http_error": _("The host answered with an error. Upload a copy, or paste the text."),
    "host_silent": _("The host gives no answer at the moment. This link is tried again by itself."),
    "not_a_feed": _("There is no RSS or Atom feed at this address."),
    "gone": _("The host says that it is gone for good, so it is not watched any more."),
    "member_left": _("Whoever set this up may no longer bring in articles. Start it again in your name."),
    "empty": _("There is no text in it."),
    "text_empty": _("There is no text in it."),
    "text_too_long": _("The text is longer than 2 MB. Split it."),
    "binary": _("This is not a text. Upload a txt, html, md, docx or pdf file."),
    "unsupported_type": _("This kind of file is not read. Upload a txt, html, md, docx or pdf file."),
    "broken": _("The file is damaged and cannot be read. Save it anew, or paste the text."),
    "encrypted": _("The file is protected by a password. Upload one that is not."),
    "too_many_pages": _("The document has more than 500 pages. Upload the part that you need."),
    "too_heavy": _("The document takes too much memory or time to read. Upload a simpler copy."),
    "duplicate_text": _("An article of this text is there already."),
    "poison": _("Reading it ended the worker three times, so it is not tried again."),
    "body_damaged": _(
        "The kept copy is damaged: what lies in the storage is not what was stored. Restore it from a backup."
    ),
    "body_missing": _("The kept copy is not in the storage any more. Restore it from a backup."),
    "error": _("An unexpected fault. An admin can try it again."),
}
URLS: dict[str, Promise] = {
    "empty": _("it is empty"),
    "too_long": _("it is longer than 2,048 characters"),
    "characters": _("it holds spaces, control characters or a backslash"),
    "scheme": _("it must start with http:// or https://"),
    "credentials": _("it holds a user name or a password"),
    "host": _("its host name is not valid"),
    "refused_host": _("this host is not on the public internet"),
    "own_host": _("it is an address of this installation"),
    "port": _("only ports 80 and 443 are fetched"),
    "malformed": _("it is not a web address"),
}
REASONS: dict[str, Promise] = {
    "figures": _("figures"),
    "percent": _("a percentage"),
    "money": _("large numbers or money"),
    "year": _("a year"),
    "comparison": _("a comparison or a change"),
    "report": _("somebody reports it"),
    "names": _("names"),
    "quote": _("a quotation"),
    "attributed": _("a quoted statement"),
    "first_person": _("first person (less)"),
    "hedge": _("a hope or a guess (less)"),
    "question": _("a question (less)"),
    "exclamation": _("an exclamation (less)"),
}

LIKENESS: dict[str, Promise] = {
    "same_words": _("the same words"),
    "most_words": _("most of the words"),
    "part": _("one is part of the other"),
    "other_figures": _("other figures"),
}


def likeness(codes: Iterable[str]) -> str:
    """Why two claims are alike, in words."""
    return _listed(str(LIKENESS.get(code, code)) for code in codes)


def words(code: str) -> str:
    """The sentence for a problem's code; the code itself when there is none."""
    return str(WORDS.get(code, code))


def url_refused(code: str) -> str:
    """Why an address is not fetched, in a sentence."""
    return gettext("This address cannot be fetched: %s.") % URLS.get(code, code)


def reasons(pairs: list[list[object]]) -> str:
    """ "2 figures, a comparison": why a claim is worth checking, heaviest first."""
    said = []
    for code, count in pairs[:4]:
        word = str(REASONS.get(str(code), code))
        said.append(f"{word} × {digits.shown(count)}" if isinstance(count, int) and count > 1 else word)
    return _listed(said)


def _listed(said: Iterable[str]) -> str:
    said = list(said)
    return "، ".join(said) if any("\u0600" <= char <= "\u06ff" for char in "".join(said)) else ", ".join(said)
