"""What people typed, shown: paragraphs, links that cannot run, names in any script."""

import pytest

from annotations.lib.plain_text import names_in, paragraphs


def flat(text: str, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for part in paragraphs(text, names) for piece in part]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.org/a.", ["https://example.org/a"]),
        ("انظر https://example.org/ar، ثم قارن", ["https://example.org/ar"]),
        ("(https://example.org/x_(y))", ["https://example.org/x_(y)"]),
        ("«https://example.org/x»", ["https://example.org/x"]),
        ("見て https://example.jp/新聞。", ["https://example.jp/新聞"]),
        ("HTTPS://EXAMPLE.ORG?", ["HTTPS://EXAMPLE.ORG"]),
        ("https://a.example https://b.example", ["https://a.example", "https://b.example"]),
        ("javascript:alert(1) data:text/html,x ftp://x.example //x.example", []),
        ("http:// and https://.", []),
        ('https://a.example/"><script>', ["https://a.example/"]),
        ("https://a.example/\u202egnp.exe", ["https://a.example/"]),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    found = flat(text)
    assert [words for kind, words in found if kind == "link"] == links
    assert "".join(words for _kind, words in found) == text


def test_paragraphs_and_lines() -> None:
    parts = paragraphs("واحد\r\nاثنان\r\n\r\n \nthree\n\n\n")
    assert [[piece.kind for piece in part] for part in parts] == [["text", "break", "text"], ["text"]]
    assert paragraphs(" \n\n ") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Rana look", {"Rana"}),
        ("@Rana Saleh look", {"Rana Saleh"}),
        ("@Ranaz, rana@Rana.example, x@Rana", set()),
        ("شكرا @رنا صالح، و@ليلى", {"رنا صالح"}),
        ("@ليلى: نعم", {"ليلى"}),
        ("(@李雷)", {"李雷"}),
        ("@RANA", set()),
    ],
)
def test_names(text: str, meant: set[str]) -> None:
    names = ("Rana", "Rana Saleh", "رنا صالح", "ليلى", "李雷", "")
    assert names_in(text, names) == meant
    assert {words[1:] for kind, words in flat(text, names) if kind == "name"} == meant


def test_no_names_mean_nobody() -> None:
    assert names_in("@Rana", []) == set()
    assert flat("@Rana") == [("text", "@Rana")]
