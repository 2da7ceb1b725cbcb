"""Reading claims, in document or queue order, each with its spans in the current version."""

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Article, Claim, Member, Span
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require


def in_newsroom(member: Member) -> QuerySet[Claim]:
    """All claims of the member's newsroom, without an order."""
    require(member, "claim.read")
    return Claim.objects.filter(newsroom_id=member.newsroom_id)


def get(member: Member, claim_id: int) -> Claim:
    """One claim with its article, its scale and its spans."""
    claim = (
        in_newsroom(member)
        .select_related("article__current", "article__newsroom", "scale", "newsroom")
        .prefetch_related("spans", "scale__labels")
        .filter(pk=claim_id)
        .first()
    )
    if claim is None:
        raise NotFound("no_claim", _("There is no such claim in this newsroom."))
    return claim


def of_article(member: Member, article: Article, *, order: str = "document") -> list[Claim]:
    """The article's claims with their spans in its current version (`claim.current_spans`).

    `order`: "document" (by place in the text) or "queue" (check-worthiest first). Merged claims are left out.
    """
    claims = in_newsroom(member).filter(article=article, merged_into=None)
    spans = Span.objects.filter(version=article.current).order_by("start", "end")
    ranked = {
        "document": claims.order_by("position", "pk"),
        "queue": claims.order_by(F("score").desc(nulls_last=True), "position", "pk"),
    }
    if order not in ranked:
        order = "document"
    return list(
        ranked[order]
        .select_related("scale")
        .prefetch_related(Prefetch("spans", queryset=spans, to_attr="current_spans"))
    )


def quote(claim: Claim) -> str:
    """The claim's own words: its spans in the article's current version, joined with an ellipsis."""
    spans = getattr(claim, "current_spans", None)
    if spans is None:
        spans = [span for span in claim.spans.all() if span.version_id == claim.article.current_id] or list(
            claim.spans.all()
        )
    return " … ".join(span.exact for span in sorted(spans, key=lambda span: span.start))


def wording(claim: Claim) -> str:
    """What is judged: the restated text, else the claim's own words."""
    return claim.restated or quote(claim)


def undecided(member: Member) -> QuerySet[Claim]:
    """Proposed claims of all articles, check-worthiest first: the editor's list of what to confirm or drop."""
    return (
        in_newsroom(member)
        .filter(state=ClaimState.PROPOSED)
        .select_related("article")
        .prefetch_related("spans")
        .order_by(F("score").desc(nulls_last=True), "pk")
    )
