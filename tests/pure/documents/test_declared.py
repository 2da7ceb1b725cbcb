"""Days and names as pages write them, apart from whole pages; what must not be taken for one."""

from datetime import date, timedelta

import pytest

from annotations.lib.fetching import documents, json_ld, names
from annotations.lib.fetching.written_dates import day_of_url, declared_day, first_day

DAY = date(2024, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 May 2024",
        "May 12, 2024",
        "Sunday, May 12th, 2024, 10:15",
        "12-May-2024",
        "2024-05-12T23:59:00+03:00",
        "2024/5/12",
        "12.05.2024",
        "12 мая 2024 г., 11:20",
        "Воскресенье, 12 Мая 2024",
        "١٢ أيار ٢٠٢٤",
        "الأحد 12 أيار/مايو 2024",
        "الأحد، ١٢ مايو ٢٠٢٤ - ١٠:١٥",
        "12 ماي 2024",
        "۱۲ مايو ۲۰۲۴",
        "‏12‏ أيّار ‏2024",
        "2024年5月12日 08:30",
        "2024年05月12日",
        "12 mai 2024",
        "12 de mayo de 2024",
        "12. Mai 2024",
        "12 Mayıs 2024",
    ],
)
def test_one_day_written_in_many_ways(text: str) -> None:
    assert first_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("٧ تشرين الثاني ٢٠٢٣", date(2023, 11, 7)),
        ("٧ تشرين الأول ٢٠٢٣", date(2023, 10, 7)),
        ("١٥ كانون الثاني ٢٠٢٤", date(2024, 1, 15)),
        ("15 كانون الأول 2024", date(2024, 12, 15)),
        ("3 آب 2021", date(2021, 8, 3)),
        ("31/12/2024", date(2024, 12, 31)),
        ("12/31/2024", date(2024, 12, 31)),
        ("5/6/2024", None),  # half of the world writes the month first
        ("05-06-2024", None),
        ("30 February 2024", None),
        ("May 2024", None),
        ("the year 2024", None),
        ("192.168.10.2024", None),
        ("version 2024.13.40", None),
        ("", None),
    ],
)
def test_other_days_and_what_is_none(text: str, day: date | None) -> None:
    assert first_day(text) == day


def test_what_machines_write() -> None:
    assert declared_day("1715500800") == DAY
    assert declared_day("1715500800000") == DAY
    assert declared_day("20240512") == DAY
    assert declared_day("20240512T101500Z") == DAY
    assert declared_day("Sun, 12 May 2024 10:15:00 GMT") == DAY
    assert day_of_url("https://a.example/news/2024/05/12/bridge") == DAY
    assert day_of_url("https://a.example/news/20240512/bridge") == DAY
    assert day_of_url("https://a.example/item/20241399/bridge") is None


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("By Ida Marsh and Tom Okafor", ("Ida Marsh", "Tom Okafor")),
        ("بقلم: سلمى الحداد", ("سلمى الحداد",)),
        ("كتب وليد عسّاف", ("وليد عسّاف",)),
        ("Автор: Олег Сомов", ("Олег Сомов",)),
        ("作者：林若溪", ("林若溪",)),
        ("林若溪、陈默", ("林若溪", "陈默")),
        ("Marsh, Ida", ("Marsh, Ida",)),
        ("Ida Marsh, Political Editor", ("Ida Marsh",)),
        ("https://a.example/staff/ida", ()),
        ("admin", ()),
        ("Posted on 12 May", ()),
        ("ida@a.example", ()),
        ("Harbour Gazette; Ida Marsh", ("Ida Marsh",)),
    ],
)
def test_names(written: str, wanted: tuple[str, ...]) -> None:
    assert names.clean([written], site="Harbour Gazette") == wanted


def page(head: str = "", body: str = "") -> documents.ParsedDocument:
    words = "<p>The harbour office said on Monday that the bridge stays closed until the piers are mended.</p>" * 3
    markup = f"<html><head><title>Bridge | Gazette</title>{head}</head><body><h1>Bridge</h1>{body}{words}</body></html>"
    return documents.read(markup.encode(), declared_type="text/html", file_name="")


def json_script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_a_change_is_no_publication() -> None:
    assert page('<meta property="article:modified_time" content="2024-05-12">').published == ""
    assert page(body="<p>Last updated: 12 May 2024</p>").published == ""
    assert page(body="<p>Updated 12 May 2024 | Published 3 May 2024</p>").published == "2024-05-03"
    assert page(body="<p>آخر تحديث: ١٢ أيار ٢٠٢٤</p><p>نُشر في ٣ أيار ٢٠٢٤</p>").published == "2024-05-03"
    assert page(body="<p>Обновлено 12 мая 2024</p>").published == ""
    assert page(body="<p>更新时间：2024-05-12</p>").published == ""


def test_no_day_of_the_future_and_none_of_the_machines_beginning() -> None:
    soon = (date.today() + timedelta(days=40)).isoformat()
    for value in (soon, "1970-01-01", "0001-01-01T00:00:00"):
        assert page(json_script(f'{{"@type": "NewsArticle", "datePublished": "{value}"}}')).published == ""
    assert page(body="<p>Founded 3 May 1931</p>").published == ""  # a guess; the page is younger than the web
    assert page('<meta name="citation_publication_date" content="1931/05/03">').published == "1931-05-03"


def test_evening_news_keeps_the_day_of_its_own_address() -> None:
    told = json_script('{"@type": "NewsArticle", "datePublished": "2024-05-13T02:10:00Z"}')
    address = '<link rel="canonical" href="https://a.example/2024/05/12/bridge/">'
    assert page(told + address).published == "2024-05-12"
    assert page(told).published == "2024-05-13"


def test_the_items_beside_the_page_are_not_the_page() -> None:
    others = json_script(
        '[{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2020-01-01"}]},'
        '{"@type": "NewsArticle", "headline": "Bridge", "datePublished": "2024-05-12", "author": "Ida Marsh"}]'
    )
    found = page(others)
    assert (found.title, found.published, found.authors) == ("Bridge", "2024-05-12", ("Ida Marsh",))


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "Article", "headline": "Bridge",} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Bridge"}\n//]]>',
        '/*<![CDATA[*/{"@type": "Article", "headline": "Bridge"}/*]]>*/',
        '{"@type": "Article", "headline": "Bri\tdge"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Bridge&quot;}",
        '{"@type": "http://schema.org/Article", "headline": "<b>Bridge</b>"};',
    ],
)
def test_broken_json_ld_is_read_as_it_is_meant(script: str) -> None:
    assert json_ld.read([script]).headline.replace(" ", "") == "Bridge"


def test_nonsense_in_json_ld_is_passed_over() -> None:
    for script in ("", "nonsense", "[" * 100_000, '{"@type": 5, "author": [[[]]]}', '"words"', '{"@graph": null}'):
        assert json_ld.read([script]).headline == ""


@pytest.mark.parametrize(
    ("title", "h1", "shown", "site"),
    [
        ("Bridge closed | Gazette", "Bridge closed", "Bridge closed", "Gazette"),
        ("Gazette: Bridge closed", "Bridge closed", "Bridge closed", "Gazette"),
        ("Bridge closed - Local - The Gazette", "Bridge closed", "Bridge closed", "The Gazette"),
        ("Bridge closed: what we know", "Bridge closed: what we know", "Bridge closed: what we know", ""),
        ("إغلاق الجسر - صحيفة المرسى", "إغلاق الجسر", "إغلاق الجسر", "صحيفة المرسى"),
        ("大桥周末封闭通行_社会_海湾新闻网", "", "大桥周末封闭通行_社会", "海湾新闻网"),
        ("大桥周末封闭通行-海湾新闻网", "大桥周末封闭通行", "大桥周末封闭通行", "海湾新闻网"),
        ("Мост закрыт — Вестник", "Мост закрыт", "Мост закрыт", "Вестник"),
    ],
)
def test_the_sites_name_is_no_part_of_the_title(title: str, h1: str, shown: str, site: str) -> None:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    markup = f"<html><head><title>{title}</title></head><body>{heading}<p>Words enough to be read on this page.</p></body></html>"
    found = documents.read(markup.encode(), declared_type="text/html; charset=utf-8", file_name="")
    assert (found.title, found.site) == (shown, site)
