"""The list of an archive's copies: read as the standard writes it, and unharmed by what it does not foresee."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib import memento
from annotations.lib.memento import Memento, TimeMap, moment, nearest, parse

HOST = "archive.example.org"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PLAIN = b"""<http://www.example.com/page?a=1,2;b>; rel="original",
<http://archive.example.org/web/timemap/link/http://www.example.com/page>; rel="self"; type="application/link-format"; from="Tue, 20 Jun 2000 18:02:59 GMT"; until="Sun, 09 Apr 2006 20:30:51 GMT",
<http://archive.example.org/web/http://www.example.com/page>; rel="timegate",
<http://archive.example.org/web/20000620180259/http://www.example.com/page?a=1,2;b>; rel="first memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT",
<http://archive.example.org/web/20040101000000/http://www.example.com/page>; rel="memento"; datetime="Thu, 01 Jan 2004 00:00:00 GMT",
<http://archive.example.org/web/20060409203051/http://www.example.com/page>; rel="last memento"; datetime="Sun, 09 Apr 2006 20:30:51 GMT"
"""


def stamp(at: datetime) -> str:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return f"{days[at.weekday()]}, {at.day:02} {memento._MONTHS[at.month - 1]} {at:%Y %H:%M:%S} GMT"


def written(mementos: list[Memento], *, comma: str = ",\n") -> bytes:
    rows = [f'<{each.url}>; rel="memento"; datetime="{stamp(each.at)}"' for each in mementos]
    return comma.join([f'<http://{HOST}/>; rel="original timegate"', *rows]).encode()


def test_as_the_standard_writes_it() -> None:
    found = parse(PLAIN, host=HOST)
    assert [each.at.year for each in found.mementos] == [2000, 2004, 2006]
    assert found.first == Memento(
        "http://archive.example.org/web/20000620180259/http://www.example.com/page?a=1,2;b",
        datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC),
    )
    assert found.last is not None
    assert found.last.at == datetime(2006, 4, 9, 20, 30, 51, tzinfo=UTC)
    assert not found.more


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(1999, 1, 1, tzinfo=UTC), 2000),
        (datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC), 2000),
        (datetime(2003, 12, 31, tzinfo=UTC), 2000),
        (datetime(2004, 1, 2, tzinfo=UTC), 2004),
        (datetime(2026, 1, 1, tzinfo=UTC), 2006),
    ],
)
def test_the_copy_before_the_citation_is_preferred(day: datetime, expected: int) -> None:
    found = nearest(parse(PLAIN, host=HOST).mementos, day)
    assert found is not None
    assert found.at.year == expected


def test_of_none_none_is_nearest() -> None:
    assert nearest((), NOW) is None
    assert (TimeMap().first, TimeMap().last) == (None, None)


GOOD = f'<http://{HOST}/web/1/x>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"'


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (GOOD, 1),
        (GOOD.replace('"', ""), 0),  # a date has spaces, so it needs its marks
        (GOOD.replace('rel="memento"', "rel=memento"), 1),
        (GOOD.replace("rel", "REL").replace("memento", "Memento"), 1),
        (GOOD.replace("; ", ";"), 1),
        (GOOD.replace("; ", " ;\r\n\t "), 1),
        (GOOD.replace("http:", "https:"), 1),
        (GOOD.replace("rel=", 'license="a,b<c>"; rel='), 1),
        (GOOD + ", ,,\x00, nonsense <<<, ;;; " + GOOD.replace("2000", "2001"), 2),
        ("<" + GOOD, 1),
        (GOOD.replace("http:", "javascript:"), 0),
        (GOOD.replace(HOST, "other.example.org"), 0),
        (GOOD.replace(HOST, f"{HOST}.evil.example"), 0),
        (GOOD.replace(HOST, f"{HOST}@evil.example"), 0),
        (GOOD.replace(HOST, f"a:b@{HOST}"), 0),
        (GOOD.replace("http://", "http://["), 0),
        (GOOD.replace("/web/1/x", "/web/ 1/x"), 0),
        (GOOD.replace("memento", "mementos"), 0),
        (GOOD.replace("Jun", "Jux"), 0),
        (GOOD.replace("20 Jun", "31 Jun"), 0),
        (GOOD.replace("2000", "0000"), 0),
        (GOOD.replace("18:02", "25:02"), 0),
        (GOOD.replace(" GMT", " +0200"), 0),
        (GOOD.replace("; datetime", ", datetime"), 0),
        ("", 0),
        ("<html><body>Not found</body></html>", 0),
        ('{"error": "<none>"}', 0),
    ],
)
def test_odd_lines(line: str, count: int) -> None:
    assert len(parse(line.encode(), host=HOST).mementos) == count


def test_further_lists_are_told() -> None:
    assert parse(GOOD.encode() + b', <http://archive.example.org/2>; rel="timemap"; type="a/b"', host=HOST).more


@given(st.lists(st.integers(min_value=0, max_value=800_000_000), max_size=40), st.sampled_from([",\n", ",", " , \r\n"]))
def test_what_is_written_is_read(seconds: list[int], comma: str) -> None:
    start = datetime(1996, 1, 1, tzinfo=UTC)
    given_ones = [
        Memento(f"https://{HOST}/web/{each}/http://x.example.com/?q=a,b;c", start + timedelta(seconds=each))
        for each in seconds
    ]
    found = parse(written(given_ones, comma=comma), host=HOST)
    assert list(found.mementos) == sorted(set(given_ones), key=lambda each: each.at)
    for each in given_ones:
        assert nearest(found.mementos, each.at) == each
        assert moment(stamp(each.at)) == each.at


@given(st.binary(max_size=3000) | st.text(alphabet='<>";,= \nrelmntodai', max_size=2000).map(str.encode))
def test_junk_is_passed_over(raw: bytes) -> None:
    found = parse(raw + b"\n<" + GOOD.encode(), host=HOST)
    assert all(each.url.startswith(("http://", "https://")) for each in found.mementos)


@pytest.mark.parametrize(
    "piece", [b"<", b">", b"<a>", b'<a>;b="', b"<a>;b;b;b", b";", b'<a>;a="b";', b"< ", b"<a>; ", b"\xff", b" ", b'="']
)
def test_a_list_that_means_harm_costs_little(piece: bytes) -> None:
    raw = (piece * (memento.MOST_BYTES // len(piece)))[: memento.MOST_BYTES] + GOOD.encode()
    started = time.process_time()
    assert parse(raw, host=HOST).more
    assert time.process_time() - started < 15  # a fraction of a job's time; 1 to 4 s where it was measured


def test_no_more_copies_than_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memento, "MOST_COPIES", 10)
    start = datetime(1996, 1, 1, tzinfo=UTC)
    rows = [Memento(f"http://{HOST}/{each}", start + timedelta(seconds=each)) for each in range(11)]
    found = parse(written(rows), host=HOST)
    assert (len(found.mementos), found.more) == (10, True)
    found = parse(written([*rows[:10], rows[0]]), host=HOST)
    assert (len(found.mementos), found.more) == (10, False)
