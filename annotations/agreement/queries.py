"""Reading agreement: the figures of now and of before, each with its n, and in words why one is not defined.

What is shown is computed from the claims' count patterns when it is asked for, so it is never behind, can be cut by
type, language, topic and period, and leaves out what the reader must not know. Stored scores are the history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from annotations.agreement import coefficients, scoring, tallies
from annotations.agreement.coefficients import Category
from annotations.agreement.engine import Sums
from annotations.agreement.metrics import metrics
from annotations.agreement.operations import declare, fingerprint
from annotations.agreement.patterns import Declared, Table, parse, table
from annotations.agreement.tallies import WHOLE, Axis, Cut
from annotations.agreement.wording import few
from annotations.lib import language_names
from annotations.models import Article, Claim, Label, Member, Newsroom, Scale, Score
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import current_scale

MOST_POINTS = 60  # of a chart over time


@dataclass(frozen=True)
class Origin:
    """Figures of the claims whose reviewers were asked, chose them, or both."""

    how: str
    scores: dict[str, Score]


@dataclass(frozen=True)
class Report:
    """One reading. `scores` by metric, headline ones first; `pairs[i][j]`: coincidences of labels i and j of the axis.

    `left_out`: claims that the reader may still review. `asked`, `chosen`: first verdicts of either kind.
    """

    article: Article | None
    scale: Scale
    axis: Axis
    cut: Cut
    scores: dict[str, Score]
    table: Table
    pairs: list[list[float]]
    categories: list[Category]
    left_out: int
    asked: int
    chosen: int
    origins: list[Origin]
    trend: list[Score]

    @property
    def first(self) -> Score:
        """Any of them: n, reviewers, hash and code version are the same in all."""
        return next(iter(self.scores.values()))


def report(member: Member, article: Article | None = None, wanted: Cut = WHOLE) -> Report:
    """All that the agreement page shows of the newsroom or of one article, on the scale in use."""
    require(member, "agreement.read")
    scale = current_scale(member.newsroom)
    axis = Axis.of(scale)
    hiding = tallies.hidden(member)
    claims = _counted(member, scale, article, wanted, hiding)
    whole = tallies.histogram(claims)
    found = tallies.table(claims, axis, whole)
    people = tallies.reviewers(claims, scale, whole)
    use = found.pairable()
    kinds = (
        tallies.first_verdicts()
        .filter(claim__in=claims.order_by().values("pk"))
        .aggregate(asked=Count("pk", filter=Q(was_assigned=True)), chosen=Count("pk", filter=Q(was_assigned=False)))
    )
    return Report(
        article=article,
        scale=scale,
        axis=axis,
        cut=wanted,
        scores=_scores(found, axis, scale, article, people, whole),
        table=found,
        pairs=Sums.of(use).coincidences.tolist(),
        categories=coefficients.categories(found),
        left_out=len(hiding),
        asked=kinds["asked"],
        chosen=kinds["chosen"],
        origins=_origins(claims, axis, scale, article) if kinds["asked"] and kinds["chosen"] else [],
        trend=[] if wanted else history(member, article, hiding=hiding),
    )


def claims(member: Member, article: Article | None, wanted: Cut) -> QuerySet[Claim]:
    """The claims behind `report`."""
    require(member, "agreement.read")
    hiding = tallies.hidden(member)
    return _counted(member, current_scale(member.newsroom), article, wanted, hiding)


def _counted(member: Member, scale: Scale, article: Article | None, wanted: Cut, hiding: list[int]) -> QuerySet[Claim]:
    found = tallies.cut(tallies.counted(member.newsroom_id, scale, article), wanted)
    return found.exclude(pk__in=hiding) if hiding else found


def _scores(
    found: Table, axis: Axis, scale: Scale, article: Article | None, people: int, whole: Mapping[str, int]
) -> dict[str, Score]:
    rows = scoring.rows(
        found,
        axis,
        newsroom_id=scale.newsroom_id,
        article_id=article.pk if article else None,
        scale=scale,
        reviewers=people,
        digest=fingerprint(dict(whole), scale, people, by_article=found.article is not None),
    )
    return {score.metric: score for score in rows}


def _origins(claims: QuerySet[Claim], axis: Axis, scale: Scale, article: Article | None) -> list[Origin]:
    found = []
    for how, part in tallies.origins(claims).items():
        cells = table(part, Declared(tuple(None for _each in axis.order))).columns(axis.order)
        found.append(Origin(how, _scores(cells, axis, scale, article, 0, part)))
    return found


def history(
    member: Member, article: Article | None = None, *, hiding: list[int] | None = None, most: int = MOST_POINTS
) -> list[Score]:
    """The stored headline scores of the scale in use, oldest first; `most` newest moments, 0 for all.

    Whoever may still review a counted claim sees them up to its first verdict.
    """
    require(member, "agreement.read")
    names = [name for name, metric in metrics().items() if metric.headline]
    rows = stored(member, article, hiding=hiding).filter(metric__in=names)
    return list(reversed(rows.order_by("-pk")[: most * len(names)] if most else rows.order_by("-pk")))


def stored(member: Member, article: Article | None = None, *, hiding: list[int] | None = None) -> QuerySet[Score]:
    """All kept scores of the scale in use that the member may see."""
    require(member, "agreement.read")
    if hiding is None:
        hiding = tallies.hidden(member)
    rows = Score.objects.filter(newsroom_id=member.newsroom_id, article=article, scale__is_current=True)
    since = tallies.blind_since(hiding) if hiding else None
    return rows if since is None else rows.filter(computed_at__lt=since)


def latest(member: Member, article: Article | None = None) -> list[Score]:
    """The newest stored row of each metric for the newsroom's current scale; headline figures first."""
    newest: dict[str, Score] = {}
    for score in stored(member, article).order_by("-pk")[: 4 * len(metrics())]:
        newest.setdefault(score.metric, score)
    return [newest[name] for name in sorted(newest, key=scoring.rank)]


@dataclass(frozen=True)
class Choices:
    """What the figures can be cut by: what occurs in claims that were opened for review."""

    claim_types: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    topics: list[str]


def choices(newsroom: Newsroom, language: str) -> Choices:
    """Names of types in `language`, of languages in the interface's."""
    claims = Claim.objects.filter(newsroom=newsroom).exclude(confirmed_at=None)
    types = newsroom.claim_types.filter(claims__in=claims).distinct().order_by("order", "pk")
    topics = claims.exclude(topic="").order_by("topic").values_list("topic", flat=True).distinct()[:200]
    return Choices(
        [(each.key, each.name(language)) for each in types],
        [
            (code, language_names.name(code))
            for code in claims.order_by("language").values_list("language", flat=True).distinct()
        ],
        list(topics),
    )


def too_few(score: Score) -> bool:
    """Too few claims for the figure to be shown as if it meant something."""
    return few(score.metric, score.pairable, of_article=score.article_id is not None)


def counts(claim: Claim) -> list[tuple[Label, int]]:
    """A claim's first verdicts by label, in the scale's order. For those who may see its reviews."""
    if claim.scale is None:
        return []
    _declared, index = declare(claim.scale)
    found = parse(claim.pattern)
    labels: Iterable[Label] = sorted(claim.scale.labels.all(), key=lambda label: label.order)
    return [(label, found[index[label.pk]]) for label in labels if found.get(index[label.pk])]
