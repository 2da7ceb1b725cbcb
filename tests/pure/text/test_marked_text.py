"""A guideline's marks become headings, lists and paragraphs; nothing else does."""

import re

import pytest

from annotations.lib.marked_text import to_html


def test_marks() -> None:
    html = to_html("# كيف نعمل\n\nاقرأ **المصدر**\nأولا.\n\n## Then\n\n- واحد\n- two\n\n1. a\n2. b")
    assert html.startswith('<h3 dir="auto">كيف نعمل</h3>')
    assert '<h4 dir="auto">Then</h4>' in html
    assert "<strong>المصدر</strong><br>" in html
    assert html.count('<li dir="auto">') == 4
    assert "<ul>" in html
    assert "<ol>" in html


def test_headings_begin_at_one_level_whatever_was_typed() -> None:
    assert re.findall(r"<(h\d)", to_html("### a\n\n##### b\n\n### c")) == ["h3", "h4", "h3"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://a.example/x.png)",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](https://a.example 'onmouseover=alert(1)')",
        "<style>*{display:none}</style>",
        '<https://a.example/"onclick=alert(1)>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_that_runs_or_loads(text: str) -> None:
    html = to_html(text)
    tags = re.findall(r"<(\w+)([^>]*)>", html)
    assert {name for name, _rest in tags} <= {"p", "a", "br"}
    for _name, rest in tags:
        assert set(re.findall(r"([\w-]+)=", re.sub(r'"[^"]*"', '""', rest))) <= {"dir", "href", "rel"}
        assert "javascript:" not in rest
        assert "data:" not in rest


def test_links_tell_nobody_where_one_comes_from() -> None:
    assert to_html("[نص](https://a.example/x)") == (
        '<p dir="auto"><a href="https://a.example/x" rel="nofollow noreferrer noopener">نص</a></p>\n'
    )


def test_deep_nesting_ends() -> None:
    assert to_html("> " * 3000 + "x")
