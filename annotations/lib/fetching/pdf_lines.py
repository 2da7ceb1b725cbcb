"""Lines of a PDF's page: what a line's end tore apart is joined."""

import re

# Chinese and Japanese letters: between them a line's end is no space.
_DENSE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_OPEN_END = re.compile(f"[{_DENSE}，、；（《“]$")
_GOES_ON = re.compile(f"^(?![一二三四五六七八九十]+、|第[一二三四五六七八九十]+[条章节])[{_DENSE}，。、；：！？）》”]")
_TORN = re.compile(r"([^\W\d_]{2,})-$")


def joined(lines: list[str]) -> str:
    """Lines under each other; a Chinese sentence that fills its line goes on without a break, a word that was divided is
    whole again where the page has it undivided elsewhere."""
    full = max((len(line) for line in lines), default=0)
    known = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]{4,}(?!-$)", line)}
    text = ""
    for place, line in enumerate(lines):
        text += line
        if place + 1 == len(lines):
            break
        after = lines[place + 1]
        if len(line) >= 0.8 * full and _OPEN_END.search(line) and _GOES_ON.match(after):
            continue
        torn, rest = _TORN.search(line), re.match(r"[^\W\d_]+", after)
        if torn and rest and rest.group().islower() and (torn.group(1) + rest.group()).casefold() in known:
            text = text[:-1]
            continue
        text += "\n"
    return text


def one_line(lines: str) -> str:
    """A heading's lines in a row."""
    return " ".join(re.sub(rf"(?<=[{_DENSE}，、：])\s*\n\s*(?=[{_DENSE}])", "", lines).split())
