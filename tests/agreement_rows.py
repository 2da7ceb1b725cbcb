"""A newsroom of any size with judged claims, copied into PostgreSQL: 100,000 claims take some twenty seconds."""

from dataclasses import dataclass

import numpy as np
from django.db import connection, models

from annotations.agreement import disputes, patterns
from annotations.agreement.operations import declare
from annotations.models import Article, Claim, Member, Review, User
from annotations.newsrooms.queries import current_scale
from tests import agreement_data, factories

EACH = 3  # verdicts wanted


@dataclass(frozen=True, kw_only=True)
class Size:
    """Claims with all verdicts (closed), with one too few, with none; articles they lie in, people who judge them."""

    closed: int
    lacking: int
    fresh: int
    articles: int
    people: int


def fill(size: Size) -> factories.Desk:
    """The desk, the first three reviewers being its own. The caller analyses the tables."""
    desk = factories.desk(reviews_wanted=EACH)
    known = len(desk.reviewers)
    users = User.objects.bulk_create(
        User(email=f"reviewer{number}@marjan.example.org", name=f"Reviewer {number}")
        for number in range(known, size.people)
    )
    Member.objects.bulk_create(Member(newsroom=desk.newsroom, user=user, role="reviewer") for user in users)
    desk.reviewers = list(Member.objects.select_related("user", "newsroom").filter(role="reviewer").order_by("pk"))
    articles = [agreement_data.plain_article(desk, number) for number in range(size.articles)]
    claim = agreement_data.judged(desk, articles[0], {"rana": "false"})
    review = Review.objects.get(claim=claim)
    _copy(size, desk, articles, claim, review)
    review.delete()
    claim.delete()
    return desk


def _copy(size: Size, desk: factories.Desk, articles: list[Article], claim: Claim, review: Review) -> None:
    """Verdicts at random, seven of ten the claim's own; written as copies of these two rows."""
    declared, index = declare(current_scale(desk.newsroom))
    labels = {place: pk for pk, place in index.items()}
    members = [member.pk for member in desk.reviewers]
    dice = np.random.default_rng(11)
    many = size.closed + size.lacking + size.fresh
    given = np.repeat([EACH, EACH - 1, 0], [size.closed, size.lacking, size.fresh])
    people = np.argsort(dice.random((many, size.people)), axis=1)[:, :EACH]
    truth = dice.integers(0, declared.size, many)
    votes = np.where(dice.random((many, EACH)) < 0.7, truth[:, None], dice.integers(0, declared.size, (many, EACH)))
    claims, reviews = [], []
    for number in range(many):
        pk, own = claim.pk + 1 + number, votes[number, : given[number]].tolist()
        counts = {vote: own.count(vote) for vote in own}
        closed = "disputed" if disputes.outcome(counts, declared) == "disputed" else "agreed"
        state = {EACH: closed, 0: "open"}.get(len(own), "in_review")
        article = articles[number % len(articles)].pk
        apart = disputes.disagreement(counts, declared)
        claims.append((pk, article, 10 + number, patterns.key(counts), state, len(own), apart))
        reviews += [(pk, members[who], labels[vote]) for who, vote in zip(people[number], own, strict=False)]
    _like(
        claim,
        {"id": "bigint", "article_id": "bigint", "number": "int", "pattern": "text", "state": "text"}
        | {"verdicts": "int", "disagreement": "float"},
        claims,
    )
    _like(review, {"claim_id": "bigint", "reviewer_id": "bigint", "label_id": "bigint"}, reviews)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('annotations_claim', 'id'), %s)", [claim.pk + many])


def _like(row: models.Model, types: dict[str, str], values: list[tuple[object, ...]]) -> None:
    """Copies of `row`, but for these columns; its number, where it is none of them, is the database's to give."""
    name = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields if field.column in types or not field.primary_key]
    taken = [f"given.{column}" if column in types else f"pattern.{column}" for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE given ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
        with cursor.copy("COPY given FROM STDIN") as rows:
            for value in values:
                rows.write_row(value)
        cursor.execute(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(taken)} FROM given, {name} pattern WHERE pattern.id = %s",
            [row.pk],
        )
        cursor.execute("DROP TABLE given")


def analyse() -> None:
    """As the database's own care does after a while; VACUUM takes no transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
