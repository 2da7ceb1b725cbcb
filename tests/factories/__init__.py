"""A desk with people, made through the same doors as in life."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from annotations.articles import operations as articles
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.models import Article, Claim, Member, Newsroom, User
from annotations.newsrooms.operations import add_member, create_newsroom
from annotations.reviews import operations as reviews
from annotations.reviews.operations import Answer

ARABIC = (
    "افتتاح الجسر الجديد\n\n"
    "قال رئيس بلدية مرجان سالم الحداد إن الجسر الجديد كلّف 18 مليون دينار، وإن 40 في المئة منها جاءت من التبرعات.\n\n"
    "وأضاف «لم نرفع الضرائب في عام 2023». وتوقع أن يعبره 12 ألف سيارة يوميا."
)
ENGLISH = (
    "The railway carried 2.31 million passengers in 2023, the company said. “We did not raise fares,” said Ida Marsh.\n\n"
    "Critics hope for more trains."
)


@dataclass
class Desk:
    newsroom: Newsroom
    admin: Member
    editor: Member
    second: Member
    reviewers: list[Member]


def desk(slug: str = "marjan", *, reviews_wanted: int = 2, preset: str = "six_step") -> Desk:
    room = create_newsroom(
        name=f"Desk {slug}",
        url=f"https://{slug}.example.org",
        corrections_contact=f"corrections@{slug}.example.org",
        slug=slug,
        preset=preset,
    )
    Newsroom.objects.filter(pk=room.pk).update(reviews_wanted=reviews_wanted)
    room.refresh_from_db()

    def person(name: str, role: str) -> Member:
        made = add_member(
            room, email=f"{name}@{slug}.example.org", name=name.title(), role=role, by=None, password="walnut-harbour-9"
        )
        return Member.objects.select_related("user", "newsroom").get(pk=made.pk)

    return Desk(
        newsroom=room,
        admin=person("amal", "admin"),
        editor=person("edith", "editor"),
        second=person("sami", "editor"),
        reviewers=[person(name, "reviewer") for name in ("rana", "rolf", "rita")],
    )


def article(desk: Desk, text: str = ARABIC, **details: Any) -> Article:
    return articles.add_text(by=desk.editor, text=text, details=articles.Details(**details))


def revised(desk: Desk, article: Article, text: str, run_jobs: Callable[[], int]) -> Article:
    """The article with this as its new current text, split."""
    article.refresh_from_db()
    articles.revise(article, by=desk.editor, text=text)
    run_jobs()
    article.refresh_from_db()
    return article


def open_claim(desk: Desk, article: Article, place: int = 0) -> Claim:
    """The n-th proposed claim, confirmed."""
    article.refresh_from_db()
    found = claim_queries.of_article(desk.editor, article)[place]
    claims.confirm(found, by=desk.editor)
    return claim_queries.get(desk.editor, found.pk)


def answer(label: str = "false", *, url: str = "", quote: str = "the exact words", **more: Any) -> Answer:
    block = {"key": "a", "url": url, "quote": quote, "stance": "refutes", "is_primary": True}
    return Answer(label=label, reason="Because the figures say so.", evidence=(block,) if url else (), **more)


def submit(claim: Claim, member: Member, label: str = "false", url: str = "https://source.example.com/page") -> None:
    reviews.open_claim(claim, by=member)
    reviews.submit(claim, answer(label, url=url), by=member, row_version=None)


def signed_in(who: Member | User) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(who.user if isinstance(who, Member) else who)
    return client
