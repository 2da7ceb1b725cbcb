"""A small PDF writer for tests: text in any script that reads back through a ToUnicode map, as real files hold it.

Arabic is written as real files do: in the order in which the glyphs stand on the page (left to right), in the letters'
joined forms where `shaped`.
"""

import unicodedata
from dataclasses import dataclass, field

SIZE, LEADING, LEFT, RIGHT, TOP = 12, 18, 60, 535, 780
_JOINS_BOTH = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ")
_JOINS_BEFORE = frozenset("اأإآدذرزوؤةى")
_MIRRORED = str.maketrans("()[]«»<>", ")(][»«><")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. `size` in points; `column`: the left edge of each cell, for rows of a table."""

    text: str
    size: int = SIZE
    at: float | None = None


@dataclass(slots=True)
class Pdf:
    """Pages of lines; `header` and `footer` run along ("{page}" is the number)."""

    pages: list[list[Line | str]]
    title: str = ""
    author: str = ""
    created: str = ""
    language: str = ""
    header: str = ""
    footer: str = ""
    rtl: bool = False
    shaped: bool = True
    _codes: dict[str, int] = field(default_factory=dict)

    def build(self) -> bytes:
        count = len(self.pages)
        streams = [self._content(number, lines) for number, lines in enumerate(self.pages, 1)]
        kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(count))
        lang = f"/Lang ({self.language})" if self.language else ""
        objects = [
            f"<< /Type /Catalog /Pages 2 0 R {lang} >>".encode(),
            f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
            self._info(),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts "
            b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 -200 1000 900] "
            b"/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> /DW 500 /W ["
            + self._widths()
            + b"] >>] /ToUnicode 5 0 R >>",
            _stream(self._to_unicode()),
        ]
        for place, content in enumerate(streams):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * place} 0 R "
                f"/Resources << /Font << /F1 4 0 R >> >> >>".encode()
            )
            objects.append(_stream(content))
        return _file(objects)

    def _content(self, number: int, lines: list[Line | str]) -> bytes:
        out = []
        y = float(TOP)
        if self.header:
            out.append(self._show(Line(self.header, 9), 815))
        for given in lines:
            line = given if isinstance(given, Line) else Line(given)
            out.append(self._show(line, y))
            y -= LEADING * line.size / SIZE
        if self.footer:
            out.append(self._show(Line(self.footer.replace("{page}", str(number)), 9), 30))
        return b"\n".join(out)

    def _show(self, line: Line, y: float) -> bytes:
        out = []
        cells = line.text.split("\t")
        for place, cell in enumerate(cells):
            shown = _visual(_shaped(cell) if self.shaped else cell) if self.rtl else cell
            width = sum(self._width(char) for char in shown) * line.size / 1000
            x = LEFT + 150 * place if len(cells) > 1 else LEFT
            if self.rtl:
                x = (RIGHT - 150 * place if len(cells) > 1 else RIGHT) - width
            codes = "".join(f"{self._code(char):04x}" for char in shown)
            out.append(f"BT /F1 {line.size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj ET")
        return "\n".join(out).encode()

    def _code(self, char: str) -> int:
        return self._codes.setdefault(char, len(self._codes) + 1)

    @staticmethod
    def _width(char: str) -> int:
        if unicodedata.combining(char):
            return 0
        return 1000 if unicodedata.east_asian_width(char) in "WF" else 250 if char == " " else 500

    def _widths(self) -> bytes:
        return " ".join(f"{code} [{self._width(char)}]" for char, code in self._codes.items()).encode()

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in self._codes.items()]
        blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
            "/Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
            f"endcodespacerange\n{maps}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()

    def _info(self) -> bytes:
        given = {"Title": self.title, "Author": self.author}
        said = " ".join(
            f"/{name} <{(chr(0xFEFF) + value).encode('utf-16-be').hex()}>" for name, value in given.items() if value
        )
        created = f"/CreationDate (D:{self.created})" if self.created else ""
        return f"<< {said} {created} >>".encode()


def _shaped(text: str) -> str:
    """The joined forms of Arabic letters (U+FE70…), found by their Unicode decompositions."""
    out = []
    for place, char in enumerate(text):
        before = next((c for c in reversed(text[:place]) if not unicodedata.combining(c)), "")
        after = next((c for c in text[place + 1 :] if not unicodedata.combining(c)), "")
        joined_before = before in _JOINS_BOTH and (char in _JOINS_BOTH or char in _JOINS_BEFORE)
        joined_after = char in _JOINS_BOTH and (after in _JOINS_BOTH or after in _JOINS_BEFORE)
        form = {(0, 0): "isolated", (1, 0): "final", (0, 1): "initial", (1, 1): "medial"}[joined_before, joined_after]
        out.append(_FORMS.get((form, char), char))
    return "".join(out)


_FORMS = {
    (parts[0].strip("<>"), chr(int(parts[1], 16))): chr(code)
    for code in range(0xFE80, 0xFEF5)
    if len(parts := unicodedata.decomposition(chr(code)).split()) == 2
}


def _visual(text: str) -> str:
    """From left to right as it stands on the page: Arabic runs backwards, figures and Latin words forwards, marks on their letter."""
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    out: list[str] = []
    run: list[str] = []
    for place in range(len(clusters) - 1, -1, -1):
        cluster = clusters[place]
        kind = unicodedata.bidirectional(cluster[0])
        if (
            kind in ("EN", "AN", "L")
            or (kind in ("CS", "ES") and run)
            or (kind == "ET" and place and unicodedata.bidirectional(clusters[place - 1][0]) == "EN")
        ):
            run.append(cluster)
            continue
        out += reversed(run)
        run = []
        out.append(cluster.translate(_MIRRORED))
    return "".join(out + list(reversed(run)))


def _stream(data: bytes) -> bytes:
    return f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
