"""Builds the demonstration in two steps: up to the submitted reviews at once, rulings when the workers have fetched the sources."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from annotations import jobs
from annotations.articles import operations as articles
from annotations.claims import facts
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.repeats import earlier
from annotations.claims.splitting import bury, split
from annotations.demo import talk
from annotations.demo.pages import PAGES
from annotations.demo.texts import ARTICLES, CLAIMANTS, EARLIER, GONE_FROM, WORDS, DemoArticle, Plan
from annotations.errors import RetryLater
from annotations.models import Article, Claim, Member, Newsroom, Publication, Source, User, Work
from annotations.models.claims import ClaimState
from annotations.models.scales import in_language
from annotations.models.sources import SourceState
from annotations.newsrooms.operations import add_member, create_newsroom
from annotations.reviews import operations as reviews
from annotations.reviews.operations import Answer
from annotations.rulings import operations as rulings
from annotations.rulings import queries as ruling_queries
from annotations.rulings.operations import Decision

SLUG = "demo"
PEOPLE = (
    ("amal", "Amal Haddad · أمل حداد", "admin"),
    ("edith", "Edith Novak", "editor"),
    ("rana", "Rana Saleh · رنا صالح", "reviewer"),
    ("rolf", "Rolf Berger", "reviewer"),
    ("rita", "Rita Okafor", "reviewer"),
)
_CHECKED = ("primary-source", "quote-stands")
_UNDONE = (SourceState.QUEUED, SourceState.FETCHING)


def build() -> Newsroom:
    """The newsroom, its people, articles, claims and submitted reviews; the sources are promised to the workers."""
    room = create_newsroom(
        name="Harbour Desk · مكتب المرفأ (demo)",
        url="https://harbour-desk.example",
        corrections_contact="corrections@harbour-desk.example",
        slug=SLUG,
        is_demo=True,
    )
    people = {
        name: add_member(room, email=f"{name}@harbour-desk.example", name=full, role=role, by=None)
        for name, full, role in PEOPLE
    }
    User.objects.filter(pk=people["amal"].user_id).update(is_staff=True)
    talk.write_guideline(people["amal"])
    for place, demo in enumerate(ARTICLES):
        article = _bring_in(demo, by=people["edith"])
        rows = zip(claim_queries.of_article(people["edith"], article), demo.plans, strict=False)
        for number, (row, plan) in enumerate(rows):
            _carry(row, plan, article, people, (place, number))
    _change_a_text(people["edith"])
    earlier.take(people["edith"], EARLIER)
    jobs.owe("demo.finish", room.pk, newsroom_id=room.pk, due_at=timezone.now() + timedelta(seconds=1))
    return room


def _bring_in(demo: DemoArticle, *, by: Member) -> Article:
    article = articles.add_text(
        by=by,
        text=demo.text,
        url=demo.url,
        details=articles.Details(publisher=demo.publisher, published_on=date.fromisoformat(demo.published_on)),
    )
    assert article.current_id is not None
    jobs.perform("claims.split", article.current_id, split, bury)
    article.refresh_from_db()
    return article


def _change_a_text(editor: Member) -> None:
    """The last article appeared again: one claim in it is reworded, another has no place any more."""
    article = Article.objects.filter(newsroom_id=editor.newsroom_id).select_related("current").latest("pk")
    assert article.current is not None
    text = article.current.text.rsplit("\n", 1)[0].rstrip() + "\n\n" + GONE_FROM
    version = articles.revise(article, by=editor, text=text)
    jobs.perform("claims.split", version.pk, split, bury)


def _carry(claim: Claim, plan: Plan, article: Article, people: dict[str, Member], at: tuple[int, int]) -> None:
    editor = people["edith"]
    if plan.until == "proposed":
        return
    if plan.until == "dropped":
        reason = "رأي لا يمكن التحقق منه" if article.language == "ar" else "An opinion, nothing to check"
        claims.drop(claim, by=editor, reason=reason)
        return
    claims.confirm(claim, by=editor)
    words = claim_queries.quote(claim)
    name = next((full for part, full in CLAIMANTS.items() if part in words), "")
    facts.edit(
        claim,
        by=editor,
        row_version=None,
        changes={
            "claimant": name,
            "claimant_kind": "person" if name else "",
            "claimed_on": article.published_on,
            "appearance_url": article.url,
            "unknown": [] if name else ["claimant"],
        },
    )
    named = [people[name] for name in ("rana", "rolf", "rita")]
    reviewers = [named[(at[0] + place) % 3] for place in range(len(plan.verdicts))]
    for reviewer, verdict in zip(reviewers, plan.verdicts, strict=True):
        _review(claim, reviewer, verdict, plan, article.language)
    found = claim_queries.get(editor, claim.pk)
    talk.ask(found, at, on=article.published_on or timezone.localdate(), by=editor)
    talk.discuss(found, at, reviewers)


def _review(claim: Claim, reviewer: Member, verdict: str, plan: Plan, language: str) -> None:
    claim = claim_queries.get(reviewer, claim.pk)
    page = PAGES.get(plan.page)
    block = {
        "key": "first",
        "url": f"{settings.PUBLIC_URL}{reverse('demo_reference', args=[plan.page])}",
        "quote": page.paragraphs[plan.paragraph] if page else "The records of the institute for that month.",
        "stance": "supports"
        if verdict in ("true", "mostly_true")
        else "context"
        if verdict == "unproven"
        else "refutes",
        "is_primary": True,
    }
    answer = Answer(label=verdict, reason=WORDS[language]["reason"], confidence=3, evidence=(block,), checks=_CHECKED)
    reviews.open_claim(claim, by=reviewer)
    reviews.submit(claim, answer, by=reviewer, row_version=None)


def finish(newsroom_id: int, lease: jobs.Lease) -> None:
    """Rule and publish what the plans say, once sources are fetched and verdicts counted; each claim once."""
    room = Newsroom.objects.filter(pk=newsroom_id, is_demo=True).first()
    if room is None:
        return
    waiting = Work.objects.filter(
        newsroom=room, kind__in=["agreement.recount", "sources.extract", "sources.check_quote"]
    )
    if (
        Source.objects.filter(newsroom=room, state__in=_UNDONE).exists()
        or waiting.filter(state__in=["queued", "running"]).exists()
    ):
        raise RetryLater("demo_waits", "sources are on their way", at=timezone.now() + timedelta(seconds=1))
    people = {member.user.email.split("@")[0]: member for member in room.members.select_related("user", "newsroom")}
    for place, article in enumerate(Article.objects.filter(newsroom=room).select_related("current").order_by("pk")):
        plans = ARTICLES[place].plans if place < len(ARTICLES) else ()
        for row, plan in zip(claim_queries.of_article(people["edith"], article), plans, strict=False):
            if plan.until in ("ruled", "published") and row.state in (ClaimState.AGREED, ClaimState.DISPUTED):
                _rule(claim_queries.get(people["edith"], row.pk), plan, people)


def _rule(claim: Claim, plan: Plan, people: dict[str, Member]) -> None:
    language = claim.language
    words = WORDS[language]
    verdict = plan.verdicts[0]
    assert claim.scale is not None
    label = in_language(claim.scale.labels.get(key=verdict).names, language)
    quote = PAGES[plan.page].paragraphs[plan.paragraph]
    talk.tell_readers(claim, by=people["edith"])
    ruling = rulings.rule(
        claim,
        Decision(
            label=verdict,
            basis="unanimous" if len(set(plan.verdicts)) == 1 else "adopted",
            reason=words["internal"],
            summary=words["summary"].format(verdict=label),
            explanation=words["explanation"].format(quote=quote, verdict=label),
            language=language,
        ),
        by=people["edith"],
        row_version=None,
    )
    if plan.until == "published":
        rulings.sign_off(ruling_queries.get(people["amal"], ruling.pk), by=people["amal"])


def give_up(newsroom_id: int, code: str) -> None:
    """The demonstration stays as far as it came; the dead job can be asked for again."""


def sign_ins(*, reset: bool) -> str:
    """The demonstration's people, with new random passwords when `reset`; without them only who there is."""
    lines = []
    for name, full, role in PEOPLE:
        user = User.objects.filter(email=f"{name}@harbour-desk.example").first()
        if user is None:
            continue
        password = ""
        if reset:
            password = secrets.token_urlsafe(9)
            user.set_password(password)
            user.save(update_fields=["password"])
        lines.append(f"  {role:<9} {user.email:<28} {password}".rstrip() + f"   ({full})")
    return "Sign in as:\n" + "\n".join(lines) if lines else ""


@dataclass(frozen=True, slots=True)
class Told:
    """`text` for people; `missing` says what is still undone, "" when all is there."""

    text: str
    missing: str


def summary() -> Told:
    """What the demonstration has done, counted in the database's rows."""
    room = Newsroom.objects.filter(is_demo=True).first()
    if room is None:
        return Told("", "")
    count = Claim.objects.filter(newsroom=room).count()
    fetched = Source.objects.filter(newsroom=room, state=SourceState.READY).count()
    published = Publication.objects.filter(newsroom=room).order_by("number")
    score = room.scores.filter(article=None, metric="alpha_composite", value__isnull=False).order_by("-pk").first()
    wanted = sum(plan.until == "published" for demo in ARTICLES for plan in demo.plans)
    missing = []
    if not fetched:
        missing.append("no source fetched")
    if score is None:
        missing.append("no agreement computed")
    if published.count() < wanted:
        missing.append(f"{published.count()} of {wanted} published")
    agreement = f"{score.value:.2f} over {score.pairable} claims" if score else "not computed"
    first = published.first()
    address = f"{settings.PUBLIC_URL}{reverse('publication', args=[room.slug, first.number])}" if first else "–"
    text = (
        f"{count} claims, {fetched} sources fetched, agreement {agreement}, published: {published.count()}, {address}"
    )
    return Told(text, ", ".join(missing))
