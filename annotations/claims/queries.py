"""Reading claims, in document or queue order, each with its spans in the current version."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, FloatField, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotations.claims.markings.queries import hidden_claims
from annotations.errors import NotFound
from annotations.models import Article, Claim, Member, Span
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require

_SPAN = ("claim", "start", "end", "exact", "prefix", "suffix", "anchor")


def worth() -> Coalesce:
    """What the queue is ordered by: the newsroom's own ranker where one is on, else the rule score."""
    return Coalesce(F("rank"), F("score"), output_field=FloatField())


def in_newsroom(member: Member) -> QuerySet[Claim]:
    """All claims of the member's newsroom, without an order; what an undone act made is none, and who marks an article blind sees none of it."""
    require(member, "claim.read")
    return Claim.objects.filter(newsroom_id=member.newsroom_id, undone=False).exclude(hidden_claims(member))


def get(member: Member, claim_id: int, *, article_id: int | None = None) -> Claim:
    """One claim with its article, its scale and its spans; of that article, when one is named."""
    within = {} if article_id is None else {"article_id": article_id}
    claim = (
        in_newsroom(member)
        .select_related("article__current", "article__newsroom", "scale", "newsroom", "claim_type", "same_as__article")
        .prefetch_related(_numbered_spans(), "scale__labels")
        .filter(pk=claim_id, **within)
        .first()
    )
    if claim is None:
        raise NotFound("no_claim", _("There is no such claim in this newsroom."))
    return claim


def of_article(
    member: Member, article: Article, *, order: str = "document", among: Collection[int] | None = None
) -> list[Claim]:
    """The article's claims with their spans in its current version (`claim.current_spans`); `among` these alone, if given.

    `order`: "document" (by place in the text) or "queue" (check-worthiest first). Merged claims are left out.
    """
    spans = Span.objects.filter(version=article.current).order_by("start", "end")
    rows = _ordered(member, article, order)
    return list(
        (rows if among is None else rows.filter(pk__in=among))
        .select_related("scale", "claim_type", "same_as__article")
        .prefetch_related(Prefetch("spans", queryset=spans, to_attr="current_spans"))
    )


def outline(member: Member, article: Article, *, order: str = "document") -> list[Claim]:
    """The claims that `of_article` gives, in its order, with no more than the marked text and the way through it need:
    id, number, state, `same_as_id`, and the spans in the current version. Thousands cost a third.
    """
    places: dict[int, list[Span]] = {}
    spans = Span.objects.filter(version=article.current).only("claim_id", "start", "end", "exact")
    for span in spans.order_by("start", "end"):  # not by the claims' ids: sending thousands takes longer
        places.setdefault(span.claim_id, []).append(span)
    rows = list(_ordered(member, article, order).only("article_id", "newsroom_id", "number", "state", "same_as_id"))
    for claim in rows:
        claim.current_spans = places.get(claim.pk, [])  # type: ignore[attr-defined]
    return rows


def order_of(member: Member, article: Article, order: str = "document") -> list[int]:
    """The ids of the claims that `of_article` gives, in its order."""
    return list(_ordered(member, article, order).values_list("pk", flat=True))


def numbers(member: Member, article: Article, claim_ids: Collection[int]) -> list[int]:
    """The numbers that readers see, of those of these claims that are listed, in the order of the text."""
    if not claim_ids:
        return []
    return list(_ordered(member, article, "document").filter(pk__in=claim_ids).values_list("number", flat=True))


def by_number(member: Member, article: Article) -> dict[int, int]:
    """The ids of the claims that `of_article` gives, by the numbers that readers see."""
    return dict(_ordered(member, article, "document").values_list("number", "pk"))


def standing_in(member: Member, article: Article, paragraphs: Iterable[tuple[int, int]]) -> list[Claim]:
    """Its claims that stand in one of these stretches of its current version."""
    inside = Q()
    for start, end in paragraphs:
        inside |= Q(start__lt=end, end__gt=start)
    spans = Span.objects.filter(version=article.current).filter(inside) if inside else Span.objects.none()
    return of_article(member, article, among=set(spans.values_list("claim_id", flat=True)))


def _ordered(member: Member, article: Article, order: str) -> QuerySet[Claim]:
    claims = in_newsroom(member).filter(article=article, merged_into=None)
    if order == "queue":
        return claims.order_by(worth().desc(nulls_last=True), "position", "pk")
    return claims.order_by("position", "pk")


def current_spans(claim: Claim) -> list[Span]:
    """Its spans in the article's current version, in the order of the text."""
    spans = getattr(claim, "current_spans", None)
    if spans is None:
        spans = [span for span in claim.spans.all() if span.version_id == claim.article.current_id]
    return sorted(spans, key=lambda span: span.start)


def quote(claim: Claim) -> str:
    """The claim's own words: its spans joined with an ellipsis; an orphan's are those of the last version it stood in."""
    spans = current_spans(claim)
    if not spans:
        old = sorted(claim.spans.all(), key=lambda span: (-span.version_id, span.start))
        spans = [span for span in old if span.version_id == old[0].version_id]
    return " … ".join(span.exact for span in spans)


def wording(claim: Claim) -> str:
    """What is judged: the restated text, else the claim's own words."""
    return claim.restated or quote(claim)


def undecided(member: Member) -> QuerySet[Claim]:
    """Proposed claims of all articles, check-worthiest first: the editor's list of what to confirm or drop."""
    return (
        in_newsroom(member)
        .filter(state=ClaimState.PROPOSED, same_as=None)
        .select_related("article")
        .prefetch_related("spans")
        .order_by(worth().desc(nulls_last=True), "pk")
    )


def _numbered_spans() -> "Prefetch[Any]":
    """Spans with their version's number, without its text."""
    return Prefetch("spans", Span.objects.select_related("version").only("version__number", *_SPAN))


def to_look_at(member: Member) -> QuerySet[Claim]:
    """Claims whose words were changed or lost by a new version of their article: the editor's list after it."""
    require(member, "claim.edit")
    return (
        in_newsroom(member)
        .filter(anchor_checked=False)
        .exclude(state=ClaimState.DROPPED)
        .select_related("article__current", "claim_type")
        .prefetch_related(_numbered_spans())
        .order_by("article", "position", "pk")
    )


def wordings(claim: Claim) -> tuple[str, str]:
    """The claim's words in the last version before the current one that it stood in, and in the current one ("" when gone)."""
    spans = sorted(claim.spans.all(), key=lambda span: (span.version.number, span.start))
    now = [span for span in spans if span.version_id == claim.article.current_id]
    before = [span for span in spans if span.version_id != claim.article.current_id]
    last = [span for span in before if span.version_id == before[-1].version_id]
    return " … ".join(span.exact for span in last), " … ".join(span.exact for span in now)
