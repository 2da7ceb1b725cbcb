"""A newsroom with judged claims, written straight into the tables: verdicts from a fixed random state."""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.agreement import disputes, patterns
from annotations.agreement.operations import declare
from annotations.models import Article, Claim, Member, Review
from annotations.newsrooms.queries import current_scale
from tests import factories

LABELS = ("false", "mostly_false", "half_true", "mostly_true", "true", "unproven")


def judged(
    desk: factories.Desk, article: Article, votes: dict[str, str], *, asked: tuple[str, ...] = (), **facts: Any
) -> Claim:
    """One claim with these first verdicts: name of the reviewer → label's key. `asked`: who was assigned."""
    scale = current_scale(desk.newsroom)
    declared, index = declare(scale)
    labels = {label.key: label for label in scale.labels.all()}
    people: dict[str, Member] = {member.user.name.lower(): member for member in (*desk.reviewers, desk.editor)}
    counts: dict[int, int] = {}
    for key in votes.values():
        place = index[labels[key].pk]
        counts[place] = counts.get(place, 0) + 1
    disputed = disputes.outcome(counts, declared) == "disputed"
    now = timezone.now()
    claim = Claim.objects.create(
        newsroom=desk.newsroom,
        article=article,
        number=Claim.objects.filter(article=article).count() + 1,
        **{
            "state": "disputed" if disputed else "agreed",
            "scale": scale,
            "pattern": patterns.key(counts),
            "verdicts": len(votes),
            "disagreement": disputes.disagreement(counts, declared),
            "language": "ar",
            "confirmed_at": now - timedelta(days=3),
            "confirmed_by": desk.editor.user,
            **facts,
        },
    )
    Review.objects.bulk_create(
        Review(
            newsroom=desk.newsroom,
            claim=claim,
            reviewer=people[name],
            state="submitted",
            scale=scale,
            label=labels[key],
            is_first=True,
            was_assigned=name in asked,
            submitted_at=now,
        )
        for name, key in votes.items()
    )
    return claim


def plain_article(desk: factories.Desk, number: int = 1) -> Article:
    return Article.objects.create(
        newsroom=desk.newsroom, title=f"Article {number}", origin="paste", state="ready", language="ar"
    )


def fill(
    desk: factories.Desk, *, articles: int = 6, claims: int = 10, seed: int = 5, names: tuple[str, ...] = ()
) -> list[Claim]:
    """`articles` x `claims` claims, judged by two or three people who mostly agree."""
    draw = random.Random(seed)
    made = []
    for number in range(articles):
        article = plain_article(desk, number)
        for _place in range(claims):
            truth = draw.randrange(len(LABELS))
            people = names or tuple(draw.sample(("rana", "rolf", "rita"), draw.choice((2, 2, 3))))
            votes = {}
            for name in people:
                near = min(4, max(0, truth + draw.choice((-1, 1)))) if truth < 5 else draw.randrange(5)
                votes[name] = LABELS[truth if draw.random() < 0.7 else near]
            made.append(judged(desk, article, votes))
    return made
