"""What stands around the work: preferences, languages, first steps, samples, the tour, the style guide, the dossier."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotations.claims import facts
from annotations.claims import queries as claim_queries
from annotations.models import Article, Claim, ClaimType, Event, Review, Source, User
from annotations.models.claims import ClaimState
from annotations.newsrooms import claim_types, guidelines
from annotations.reviews import disclosing
from annotations.rulings import operations as rulings
from annotations.rulings.operations import Decision
from annotations.web.numbers import rewrite
from factcheck.languages import offered
from tests import factories

pytestmark = pytest.mark.django_db
COMPONENTS = Path(__file__).resolve().parents[2] / "frontend" / "templates" / "components"
Jobs = Callable[[], int]


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


def client(member: object) -> Client:
    found = Client()
    found.force_login(member.user)  # type: ignore[attr-defined]
    return found


def prefer(who: Client, **values: str) -> object:
    return who.post("/preferences/", {"language": "", "digits": "latn", "time_zone": "", **values})


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>{{ n }}</p>", "|shown"),
        ('<p data-start="{{ n }}">', ""),
        ('<a aria-label="{{ n }}">', "|shown"),
        ('<{% if a %}p{% else %}b{% endif %} data-start="{{ n }}">', ""),
        ('<time datetime="{{ n|date:"c" }}">', ""),
        ('<p>{{ n|date:"Y-m-d" }}</p>', "|written"),
        ('<td class="soft num">{{ n }}</td>', "|written"),
        ('<td class="soft num">1</td><td>{{ n }}</td>', "|shown"),
        ("<textarea>{{ n }}</textarea>", ""),
        ('<script type="application/ld+json">{{ n }}</script>', ""),
        ("<p>{{ block.super }}</p>", ""),
    ],
)
def test_where_numbers_follow(source: str, wanted: str) -> None:
    found = re.findall(r"\{\{ [^}|]*(?:\|date:\"[^\"]*\")?((?:\|shown|\|written)?) \}\}", rewrite(source))
    assert found == [wanted]


def test_counts_in_sentences() -> None:
    text = rewrite(
        "<p>{% blocktranslate count n=a|length %}{{ n }} of {{ all }}{% plural %}{{ n }}s{% endblocktranslate %}</p>"
    )
    assert text.startswith("<p>{% blocktranslate with all=all|shown count n=a|length|shown %}{{ n }} of")


def test_digits_of_the_interface_and_of_the_article(desk: factories.Desk, run_jobs: Jobs) -> None:
    article = factories.article(desk, factories.ARABIC)
    run_jobs()
    claim = factories.open_claim(desk, article)
    Claim.objects.filter(pk=claim.pk).update(claimed_on="2024-05-02")
    who = client(desk.reviewers[0])
    assert prefer(who, digits="arab", time_zone="Asia/Riyadh").status_code == 302  # type: ignore[attr-defined]
    page = who.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    assert 'data-digits="arab"' in page
    assert "٢٠٢٤-٠٥-٠٢" in page
    assert "18 مليون دينار" in page  # the article's own digits
    assert re.search(r'data-start="\d+"', page)
    assert 'value="2024' not in page or "2024-05-02" in page
    assert '<span class="num">١</span>' in page  # the verdict's number
    told = who.get(f"/api/v1/claims/{claim.pk}").content.decode()
    assert "2024-05-02" in told
    assert not re.search("[٠-٩]", told)
    other = client(desk.reviewers[1]).get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    assert "2024-05-02" in other
    assert not re.search("[٠-٩]", re.sub(r"<select.*?</select>", "", other))


def test_the_time_zone_is_of_pages_alone(desk: factories.Desk) -> None:
    article = factories.article(desk)
    Article.objects.filter(pk=article.pk).update(created_at="2024-03-01T22:30:00Z")
    who = client(desk.editor)
    prefer(who, time_zone="Asia/Tokyo")
    assert "2024-03-02" in who.get("/n/marjan/articles/").content.decode()
    told = who.get(f"/api/v1/articles/{article.pk}").json()
    assert told["created_at"] == "2024-03-01T22:30:00Z"
    assert "2024-03-01" in client(desk.admin).get("/n/marjan/articles/").content.decode()


def test_the_language_of_an_account(desk: factories.Desk) -> None:
    who = client(desk.editor)
    assert 'lang="en"' in who.get("/n/marjan/").content.decode()
    prefer(who, language="ar")
    assert '<html lang="ar" dir="rtl"' in who.get("/n/marjan/").content.decode()
    elsewhere = client(User.objects.get(pk=desk.editor.user_id).memberships.select_related("user").get())
    assert '<html lang="ar" dir="rtl"' in elsewhere.get("/n/marjan/").content.decode()
    elsewhere.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in elsewhere.get("/n/marjan/").content.decode()


@pytest.mark.parametrize("wrong", [{"language": "tlh"}, {"digits": "roman"}, {"time_zone": "Mars/Base"}])
def test_unknown_preferences_are_refused(desk: factories.Desk, wrong: dict[str, str]) -> None:
    answer = prefer(client(desk.editor), **wrong)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert User.objects.get(pk=desk.editor.user_id).digits == "latn"


def test_a_folder_of_translations_is_a_language(tmp_path: Path, desk: factories.Desk, settings: object) -> None:
    for name in ("ar", "fa", "pt_BR", "xx", "empty"):
        (tmp_path / name / "LC_MESSAGES").mkdir(parents=True)
        if name != "empty":
            (tmp_path / name / "LC_MESSAGES" / "django.po").write_text("", encoding="utf-8")
    found = offered(tmp_path)
    assert [code for code, _name in found] == ["en", "ar", "fa", "pt-br", "xx"]
    assert dict(found)["fa"] == "فارسی"
    settings.LANGUAGES = found[:4]  # type: ignore[attr-defined]
    who = client(desk.editor)
    page = who.get("/n/marjan/").content.decode()
    assert '<option value="fa" lang="fa">فارسی</option>' in page
    who.post("/language/", {"language": "fa", "next": "/"})
    assert '<html lang="fa" dir="rtl"' in who.get("/n/marjan/").content.decode()


def test_a_further_language_has_its_fields_and_is_read(desk: factories.Desk, settings: object) -> None:
    settings.LANGUAGES = [  # type: ignore[attr-defined]
        ("en", "English"), ("ar", "العربية"), ("fa", "فارسی"), ("pt-br", "Português Brasileiro")
    ]  # fmt: skip
    settings.STYLEGUIDE = True  # type: ignore[attr-defined]
    who = client(desk.admin)
    texts = {"text_en": "Ask twice.", "text_fa": "دوبار بپرس.", "text_pt-br": "Pergunte duas vezes."}
    assert who.post("/n/marjan/settings/guideline/", texts).status_code == 302
    page = who.get("/n/marjan/settings/").content.decode()
    for said in ("Text (فارسی)", "Text (العربية)", "As it is shown (Português Brasileiro)", "Name (فارسی)"):
        assert said in page
    assert 'name="text_fa" lang="fa" dir="rtl">دوبار بپرس.</textarea>' in page
    assert 'name="text_pt-br" lang="pt-br" dir="ltr">Pergunte' in page
    assert page.count('name="item_fa"') == page.count('name="item_en"') > 0
    names = {f"name_{code}": f"Rumour {code}" for code in ("en", "ar", "fa", "pt-br")}
    who.post("/n/marjan/settings/claim-types/", {"type": "", "is_active": ["1"]} | names)
    rumour = ClaimType.objects.latest("pk")
    for code, text in (("fa", "دوبار بپرس."), ("pt-br", "Pergunte duas vezes."), ("ar", "Ask twice.")):
        with translation.override(code):
            found = guidelines.guideline(desk.newsroom)
            assert found is not None
            assert (found.text, claim_types.name(rumour)) == (text, f"Rumour {code}")
    guide = Client().get("/styleguide/").content.decode()
    assert re.findall(r'<section class="stack-wide side" lang="([\w-]+)" dir="(\w+)"', guide) == [
        ("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("pt-br", "ltr")
    ]  # fmt: skip


def test_first_steps_and_the_sample(desk: factories.Desk, run_jobs: Jobs) -> None:
    who = client(desk.admin)
    assert "steps-title" in who.get("/n/marjan/").content.decode()
    who.post("/n/marjan/sample/", {"action": "load"})
    assert sorted(Article.objects.filter(is_sample=True).values_list("language", flat=True)) == ["ar", "en"]
    run_jobs()
    article = Article.objects.filter(is_sample=True, language="ar").get()
    claim = factories.open_claim(desk, article)
    for member in desk.reviewers[:2]:
        factories.submit(claim_queries.get(member, claim.pk), member)
    run_jobs()
    claim = claim_queries.get(desk.editor, claim.pk)
    disclosing.disclose(claim, by=desk.editor)
    facts.edit(claim, by=desk.editor, row_version=None, changes={"unknown": ["claimant", "claimed_on", "appearance"]})
    decision = Decision(
        label="false", basis="unanimous", reason="so", summary="Wrong.", explanation="It is wrong.", language="en"
    )
    ruling = rulings.rule(claim_queries.get(desk.editor, claim.pk), decision, by=desk.editor, row_version=None)
    answer = client(desk.admin).post(f"/n/marjan/rulings/{ruling.pk}/sign-off/", {"action": "sign_off"}, follow=True)
    assert "never published" in answer.content.decode()
    lines = Event.objects.count()
    gone = who.post("/n/marjan/sample/", {"action": "remove"}, follow=True).content.decode()
    assert "2 sample articles were taken away" in gone
    for rows in (Article, Claim, Review, Source):
        assert not rows.objects.exists(), rows
    assert Event.objects.count() == lines + 2
    who.post("/n/marjan/first-steps/")
    assert "steps-title" not in who.get("/n/marjan/").content.decode()


def test_a_sample_does_not_take_another_articles_source(desk: factories.Desk, run_jobs: Jobs) -> None:
    article = factories.article(desk)
    client(desk.admin).post("/n/marjan/sample/", {"action": "load"})
    run_jobs()
    own = factories.open_claim(desk, article)
    sample = factories.open_claim(desk, Article.objects.filter(is_sample=True).order_by("pk").first())  # type: ignore[arg-type]
    for claim in (own, sample):
        factories.submit(claim_queries.get(desk.reviewers[0], claim.pk), desk.reviewers[0])
    client(desk.admin).post("/n/marjan/sample/", {"action": "remove"})
    assert Source.objects.count() == 1
    assert Article.objects.get() == article


def test_the_tour(desk: factories.Desk, run_jobs: Jobs) -> None:
    who = client(desk.editor)
    assert 'id="tour"' not in who.get("/n/marjan/").content.decode()  # nothing to show yet
    factories.open_claim(desk, _ready(desk, run_jobs))
    pages, page = 0, who.get("/n/marjan/").content.decode()
    while found := re.search(r'button-main" href="([^"]*\?tour=\d[^"]*)"', page):
        pages += 1
        page = who.get(found.group(1)).content.decode()
        assert page.count('id="tour"') == 1
    assert pages == 5
    assert who.post("/n/marjan/tour/").status_code == 302
    assert 'id="tour"' not in who.get("/n/marjan/").content.decode()
    assert 'id="tour"' in who.get("/n/marjan/?tour=1").content.decode()
    reviewer = client(desk.reviewers[0]).get("/n/marjan/?tour=1").content.decode()
    assert "step 1 of 5" in reviewer  # no ruling page for them


def _ready(desk: factories.Desk, run_jobs: Jobs) -> Article:
    article = factories.article(desk)
    run_jobs()
    return article


def test_the_style_guide_is_for_development(settings: object) -> None:
    assert Client().get("/styleguide/").status_code == 404
    settings.STYLEGUIDE = True  # type: ignore[attr-defined]
    answer = Client().get("/styleguide/")
    assert answer.status_code == 200
    used = {template.name for template in answer.templates}
    missing = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")} - used
    assert missing == set()


def test_a_dossier_is_as_blind_as_the_claims_page(desk: factories.Desk, run_jobs: Jobs) -> None:
    claim = factories.open_claim(desk, _ready(desk, run_jobs))
    address = reverse("dossier", args=["marjan", claim.pk])
    factories.submit(claim_queries.get(desk.reviewers[0], claim.pk), desk.reviewers[0])
    run_jobs()
    for member in (desk.reviewers[1], desk.editor):
        page = client(member).get(address).content.decode()
        assert claim_queries.quote(claim) in page.replace("&quot;", '"')
        for told in (
            "the exact words",
            "Because the figures say so",
            "source.example.com",
            "A review was submitted",
            "Rana",
        ):
            assert told not in page, told
    own = client(desk.reviewers[0]).get(address).content.decode()
    assert "https://source.example.com/page" in own
    factories.submit(claim_queries.get(desk.reviewers[1], claim.pk), desk.reviewers[1], label="true")
    run_jobs()
    found = claim_queries.get(desk.editor, claim.pk)
    assert found.state == ClaimState.DISPUTED
    disclosing.disclose(found, by=desk.editor)
    page = client(desk.editor).get(address).content.decode()
    assert "Rana" in page
    assert "Rolf" in page
    assert "A review was submitted" in page


def test_letting_somebody_in(desk: factories.Desk) -> None:
    who = client(desk.admin)
    page = who.post("/n/marjan/people/", {"name": "Nour", "email": "nour@example.org", "role": "reviewer"})
    found = re.search(r'<code class="code">([^<]+)</code>', page.content.decode())
    assert found
    fresh = Client()
    assert fresh.post("/accounts/login/", {"login": "nour@example.org", "password": found.group(1)}).status_code == 302
    assert fresh.get("/n/marjan/").status_code == 200
    again = who.post("/n/marjan/people/", {"name": "Nour", "email": "nour@example.org", "role": "editor"})
    assert again.status_code == 409 or again.status_code == 422
    assert client(desk.editor).get("/n/marjan/people/").status_code == 403
