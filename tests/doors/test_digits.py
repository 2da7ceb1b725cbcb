"""Numbers within sentences read in the digits that one chose, on pages alone; people's own digits stay."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils.translation import gettext, gettext_lazy, ngettext, override

from annotations.claims import queries as claims
from annotations.lib import digits
from annotations.models import Article, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic() -> Iterator[None]:
    digits.choose("arab")
    with override("ar"):
        yield
    digits.choose("")


def reader(user: User, *, kind: str = "arab", language: str = "ar") -> Client:
    User.objects.filter(pk=user.pk).update(digits=kind, language=language)
    found = Client()
    found.force_login(user)
    return found


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, factories.ARABIC, title="1984")
    run_jobs()
    return Article.objects.get(pk=made.pk)


def test_what_an_act_says(desk: factories.Desk, article: Article) -> None:
    claim = claims.of_article(desk.editor, article)[0]
    for kind, number in (("arab", "١"), ("latn", "1")):
        who = reader(desk.editor.user, kind=kind)
        page = who.post(f"/n/marjan/claims/{claim.pk}/action/", {"action": "confirm"}, follow=True).content.decode()
        assert f"الادعاء {number} مفتوح للمراجعة." in page
        assert f'data-number="{number}"' in page
        assert "1984" in page  # its title is its own
        who.post(f"/n/marjan/articles/{article.pk}/undo/")


def test_what_a_form_refuses(desk: factories.Desk, article: Article) -> None:
    who = reader(desk.editor.user)
    page = who.post(f"/n/marjan/articles/{article.pk}/claims/merge/", {"also": "9999"}).content.decode()
    assert "٣ أو \u200e١٧-٢٠" in page
    assert "“9999”" in page or "«9999»" in page  # as it was typed
    told = who.get("/api/v1/articles?limit=0", headers={"accept-language": "ar"})
    assert told.status_code == 422
    assert not re.search("[٠-٩]", told.content.decode())


@pytest.mark.usefixtures("arabic")
def test_texts_are_filled() -> None:
    assert gettext("%d of %(no)") == "%d of %(no)"
    assert gettext("Line %d: 5 of %s") % (12, "7 men") == "Line ١٢: ٥ of 7 men"
    assert (
        gettext_lazy("%(n)d %% by %(who)s, %(x).2f, %(on)s, %(yes)s")
        % {
            "n": 1250,
            "who": "1984",
            "x": 0.5,
            "on": digits.date(2024, 3, 1),
            "yes": True,
        }
        == "١٢٥٠ % by 1984, ٠٫٥٠, ٢٠٢٤-٠٣-٠١, True"
    )
    assert ngettext("%d day", "%d days", 3) % 3 == "٣ days"
    linked = gettext('<a href="%(at)s#h2" class="x1">4 &#8201;of %(n)s</a>') % {"at": "/a/9/", "n": digits.shown(9)}
    assert linked == '<a href="/a/9/#h2" class="x1">٤ &#8201;of ٩</a>'
    assert gettext("A word.") % {} == "A word."


def test_latin_digits_stay() -> None:
    assert type(gettext("Line %d")) is str
    assert gettext("Line %d") % 3 == "Line 3"
