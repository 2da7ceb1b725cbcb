"""What is refused by the text of a URL alone, and what counts as the same link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.urls import UrlRefused, check_url, own_host, url_key

OWN = ("checks.example.org", ".desk.example.org", "Мосты.Example.", "198.41.0.4", "[2001:500:2:0::C]")
POLICY = Policy(own_hosts=frozenset(map(own_host, OWN)))
REFUSED = {
    "": "empty",
    "   ": "characters",
    "ftp://example.com/": "scheme",
    "file:///etc/passwd": "scheme",
    "gopher://example.com/": "scheme",
    "javascript:alert(1)": "scheme",
    "data:text/html,x": "scheme",
    "dict://example.com:11211/stat": "scheme",
    "ldap://example.com/": "scheme",
    "jar:http://example.com/a!/b": "scheme",
    "blob:http://example.com/1": "scheme",
    "http:/example.com/": "scheme",
    "http:example.com": "scheme",
    "httpx://example.com/": "scheme",
    "//example.com/": "scheme",
    "example.com": "scheme",
    "http://user@example.com/": "credentials",
    "http://user:pw@example.com/": "credentials",
    "http://127.0.0.1%2f@example.com/": "credentials",
    "http://exam ple.com/": "characters",
    "http://example.com/a b": "characters",
    "http://example.com\\@127.0.0.1/": "characters",
    "http:\\\\example.com/": "characters",
    "http://example.com/\t": "characters",
    "\thttp://example.com/": "characters",
    "http://example.com/#\n": "characters",
    "http://example.com/?a=b\rc": "characters",
    "http://example.com/%00": "characters",
    "http://a%0Ab@example.com/": "characters",
    "http://example.com/\r\nHost: x": "characters",
    "http://example.com%0d%0a.x/": "characters",
    "http://127.0.0.1\x00.example.com/": "characters",
    "http://example.com/\x7f": "characters",
    "http://example.com:80@127.0.0.1/": "credentials",
    "http://@example.com/": "credentials",
    "http://a@b@example.com/": "credentials",
    "http://ex%61mple.com/": "host",
    "http://[fe80::1%25eth0]/": "host",
    "http://1.2.3.4.5/": "host",
    "http://a..b/": "host",
    "http://exa\u00admple.com/": "malformed",
    "http://exa\u200bmple.com/": "malformed",
    "http://a℀b.com/": "malformed",
    "http://[::1/": "malformed",
    "http:///path": "host",
    "http://": "host",
    "http://localhost/": "refused_host",
    "http://LOCALHOST/": "refused_host",
    "http://intranet/": "refused_host",
    "http://printer.local/": "refused_host",
    "http://db.internal/": "refused_host",
    "http://x.localhost/": "refused_host",
    "http://abc.onion/": "refused_host",
    "http://abc.home.arpa/": "refused_host",
    "http://home.arpa/": "refused_host",
    "http://abc.i2p./": "refused_host",
    "http://PRINTER.LOCAL./": "refused_host",
    "http://db/": "refused_host",  # letters that could be hexadecimal
    "http://cafe/": "refused_host",
    "http://xn--mgbh0fb/": "refused_host",
    "http://checks.example.org/facts": "own_host",
    "http://CHECKS.example.org.:80/": "own_host",
    "http://desk.example.org/": "own_host",
    "http://www.desk.example.org/": "own_host",
    "http://мосты.example/": "own_host",
    "http://xn--l1aeje9b.example/": "own_host",
    "http://198.41.0.4/": "own_host",
    "http://0xc6290004/": "own_host",
    "http://[::ffff:198.41.0.4]/": "own_host",
    "http://[2001:500:2::c]/": "own_host",
    "http://[2001:0500:0002::000C]/": "own_host",
    "http://example.com/#\ud800": "malformed",
    "http://example.com/\ud800": "malformed",
    "http://exam\ud800ple.com/": "malformed",
    "\ufeffhttp://example.com/": "scheme",
    "http\u017f://example.com/": "scheme",
    "http：//example.com/": "scheme",
    "http:／／example.com/": "scheme",
    "http://example.com＠127.0.0.1/": "malformed",
    "http://example.com：80/": "malformed",
    "http://example.com／path": "malformed",
    "http://e℀vil.example/": "malformed",
    "http://*.example.com/": "host",
    "http://a;b.example.com/": "host",
    "http://{a}.example.com/": "host",
    "http://[2606:4700::1111]x/": "malformed",
    "http://[2606:4700::1111]:65616/": "port",
    "http://2606:4700::1111/": "malformed",
    "http://example.com:22/": "port",
    "http://example.com:6379/": "port",
    "http://example.com:8080/": "port",
    "http://example.com:25/": "port",
    "http://example.com:11211/": "port",
    "http://example.com:5432/": "port",
    "http://example.com:9200/": "port",
    "http://example.com:2375/": "port",
    "http://example.com:65536/": "port",
    "http://example.com:٨٠/": "host",
    "http://example.com:８０/": "host",
    "http://example.com:-80/": "malformed",
    "http://example.com:+80/": "malformed",
    "http://example.com:8_0/": "malformed",
    "http://[2606:4700::1111]:080/": "malformed",
    "http://example.com:080/": "malformed",
    "http://example.com:0/": "malformed",
    "http://example.com:80:443/": "malformed",
    "http://example.com:abc/": "malformed",
    "http://" + "a" * 64 + ".com/": "host",
    "http://" + "a." * 130 + "com/": "host",
    "http://example.com/" + "a" * 2100: "too_long",
}
ALLOWED = {
    "http://example.com": "example.com",
    "HTTPS://EXAMPLE.com:443/x?y=z#frag": "example.com",
    "http://example.com./": "example.com",
    "http://xn--mgbh0fb.xn--kgbechtv/": "xn--mgbh0fb.xn--kgbechtv",
    "http://مثال.إختبار/صفحة": "xn--mgbh0fb.xn--kgbechtv",
    "http://bücher.example/": "xn--bcher-kva.example",
    "http://faß.example/": "xn--fa-hia.example",  # not fass: that is another host
    "http://fass.example/": "fass.example",
    "http://example．com/": "example.com",
    "http://EXAMPLE.com:80/": "example.com",
    "http://a_b.example.com/": "a_b.example.com",
    "http://desk.example.org.other.example/": "desk.example.org.other.example",
    "http://mydesk.example.org/": "mydesk.example.org",
    "http://8.8.8.8/": "8.8.8.8",
    "http://134744072/": "8.8.8.8",
    "http://0x8.8.2056/": "8.8.8.8",
    "http://127。0。0。1/": "127.0.0.1",  # read as what it means, and judged when dialled
    "http://[2606:4700::1111]/": "2606:4700::1111",
    "http://[2606:4700:0:0::1111]/": "2606:4700::1111",
    "http://[::ffff:8.8.8.8]/": "8.8.8.8",
    "http://example.com/a@b#http://127.0.0.1/@": "example.com",
    "http://example.com?a@b": "example.com",
}


@pytest.mark.parametrize("url", list(REFUSED))
def test_refused(url: str) -> None:
    with pytest.raises(UrlRefused) as caught:
        check_url(url, POLICY)
    assert caught.value.code == REFUSED[url]


@pytest.mark.parametrize("url", list(ALLOWED))
def test_allowed(url: str) -> None:
    assert check_url(url, POLICY).host == ALLOWED[url]


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    for url in (text, f"http://{text}", f"http://example.com/{text}"):
        try:
            checked = check_url(url, POLICY)
        except UrlRefused:
            continue
        assert checked.port in (80, 443)
        assert checked.host


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com", "HTTP://EXAMPLE.COM:80/"),
        ("https://example.com/a?b=1&a=2", "https://example.com/a?a=2&b=1#top"),
        ("https://example.com/a", "https://example.com/a?utm_source=x&fbclid=y"),
    ],
)
def test_the_same_link(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@given(st.text(max_size=200))
def test_any_text_has_a_key(text: str) -> None:
    for url in (text, f"http://{text}", f"http://example.com/{text * 20}"):
        assert len(url_key(url)) <= 2048


def test_long_links_that_differ_at_their_end_stay_apart() -> None:
    one, other = (f"http://example.com/{'مسار' * 200}{end}" for end in "12")
    assert url_key(one) != url_key(other)
    assert url_key(one) == url_key(one + "?utm_source=x")


def test_other_links_stay_apart() -> None:
    assert (
        len({url_key(url) for url in ("http://e.com/a", "https://e.com/a", "http://e.com/A", "http://e.com/a?id=1")})
        == 4
    )
