"""Where templates show a number, it follows the reader's digits: done once here, when a template is read, not in each.

A variable that stands in running text (or in an attribute that people hear or read) goes through `shown`: numbers and
dates change, texts do not. What a filter has made a text of already (a date, a rounded figure) and what alone fills an
element of class `num` goes through `written`. Other attributes, scripts and form values stay as programs expect them.
"""

import re

from django.template import Library, Origin
from django.template.base import Lexer, Token, TokenType
from django.template.loaders import filesystem

from annotations.lib import digits

register = Library()
register.filter("shown", digits.shown, is_safe=True)
register.filter("written", digits.written, is_safe=True)

_FIGURES = frozenset({"date", "time", "floatformat", "filesizeformat", "length", "percent"})
_READ = frozenset({"aria-label", "title", "placeholder", "alt", "data-number", "aria-description", "aria-valuetext"})
_LITERAL = frozenset({"script", "textarea", "style"})
_VOID = frozenset("area base br col hr img input link meta source track wbr".split())
_PIECE = re.compile(r"<!--.*?-->|</?(?:([a-zA-Z][\w-]*)|$)|/?>|([\w:-]+)=(?=[\"'])|[\"']", re.DOTALL)


class Loader(filesystem.Loader):
    """The project's own templates, read so."""

    def get_contents(self, origin: Origin) -> str:
        return rewrite(super().get_contents(origin))


class _Place:
    """Where in the page the reading stands: in text or in a tag, in which attribute, within which elements."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []
        self.tag = self.attribute = self.quote = ""
        self.closing = self.numeric = False

    def read(self, text: str) -> None:
        for piece in _PIECE.finditer(text):
            mark = piece.group()
            if self.quote:
                if mark == self.quote:
                    self.quote = self.attribute = ""
            elif self.tag:
                self._within(mark, piece)
            elif mark[0] == "<" and not mark.startswith("<!"):  # its name may be a template's choice: <{% if … %}
                self.tag, self.closing, self.numeric = (piece.group(1) or "?").lower(), mark.startswith("</"), False

    def _within(self, mark: str, piece: re.Match[str]) -> None:
        if piece.group(2):
            self.attribute = piece.group(2).lower()
            if self.attribute == "class":
                words = re.split(r"[\"']", piece.string[piece.end() :], maxsplit=2)
                self.numeric = len(words) > 1 and "num" in words[1].split()
        elif mark in "\"'":
            self.quote = mark
        elif mark.endswith(">"):
            self._close(alone=mark == "/>" or self.tag in _VOID)

    def _close(self, *, alone: bool) -> None:
        if self.closing:
            if self.tag in [name for name, _numeric in self.open]:
                while self.open.pop()[0] != self.tag:
                    continue
        elif not alone:
            self.open.append((self.tag, self.numeric))
        self.tag = ""

    def filter(self, expression: str) -> str:
        """What a value at this place goes through; "" for nothing."""
        if self.tag and not (self.quote and self.attribute in _READ):
            return ""
        if any(name in _LITERAL for name, _numeric in self.open):
            return ""
        alone = not self.tag and bool(self.open) and self.open[-1][1]
        return "|written" if alone or _made(expression) else "|shown"


def _made(expression: str) -> bool:
    """A figure or a date by its filters; `default` may follow them."""
    names = re.findall(r"\|(\w+)", re.sub(r"\"[^\"]*\"|'[^']*'", "", expression))
    return bool(_FIGURES & set(names)) and names[-1] in _FIGURES | {"default", "default_if_none"}


def rewrite(source: str) -> str:
    """The template with its shown values sent through the filters."""
    place, out = _Place(), []
    tokens = Lexer(source).tokenize()
    verbatim = ""
    for number, token in enumerate(tokens):
        if token.token_type == TokenType.TEXT:
            place.read(token.contents)
            out.append(token.contents)
        elif token.token_type == TokenType.COMMENT:
            out.append("{##}" + "\n" * token.contents.count("\n"))
        elif token.token_type == TokenType.VAR:
            plain = verbatim or token.contents in ("block.super",)
            out.append("{{ " + token.contents + ("" if plain else place.filter(token.contents)) + " }}")
        else:
            name = token.contents.split()[0]
            if name in ("endblocktranslate", "endblocktrans"):
                verbatim = ""
            contents = token.contents
            if name in ("blocktranslate", "blocktrans"):
                verbatim = name
                contents = _told(token, tokens[number + 1 :], place)
            out.append("{% " + contents + " %}")
    return "".join(out)


def _told(token: Token, rest: list[Token], place: _Place) -> str:
    """blocktranslate: its values are named in the tag, so that is where they are sent through."""
    bits: list[str] = []
    named = set()
    for bit in token.split_contents():
        name, equals, value = bit.partition("=")
        if equals and re.fullmatch(r"\w+", name):
            named.add(name)
            counts = bits[-1:] == ["count"]
            chosen = "|shown" if counts else place.filter(value)
            bit = f"{name}={value}{chosen}"
        bits.append(bit)
    bare: dict[str, None] = {}
    for found in rest:
        if found.token_type == TokenType.BLOCK and found.contents.startswith("endblock"):
            break
        if found.token_type == TokenType.VAR and re.fullmatch(r"\w+", found.contents) and found.contents not in named:
            bare[found.contents] = None
    more: list[str] = [f"{name}={name}{place.filter(name)}" for name in bare if place.filter(name)]
    if more:
        at = bits.index("with") + 1 if "with" in bits else None
        bits = [*bits[:at], *more, *bits[at:]] if at else [bits[0], "with", *more, *bits[1:]]
    return " ".join(bits)
