"""Reading articles: lists without their text, one with its current version."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Article, Member, Version
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require

_LIVE = ~Q(claims__state__in=[ClaimState.DROPPED])


def in_newsroom(member: Member) -> QuerySet[Article]:
    """All articles of the member's newsroom, newest first. The text stays in its versions."""
    require(member, "article.read")
    return Article.objects.filter(newsroom_id=member.newsroom_id).order_by("-pk")


def with_progress(member: Member, *, hidden: Q) -> QuerySet[Article]:
    """With `claims_total`, `claims_proposed` (the editor's own steps) and `claims_published`: nothing that tells of reviews.

    `hidden`: claims (at "claims__") that are not counted, as the member must not know of them (claims/markings/queries.py).
    """
    return in_newsroom(member).annotate(
        claims_total=Count("claims", filter=_LIVE & ~hidden),
        claims_proposed=Count("claims", filter=Q(claims__state=ClaimState.PROPOSED) & ~hidden),
        claims_published=Count("claims", filter=Q(claims__state=ClaimState.PUBLISHED) & ~hidden),
    )


def get(member: Member, article_id: int) -> Article:
    """One article with its current version."""
    article = in_newsroom(member).select_related("current", "newsroom").filter(pk=article_id).first()
    if article is None:
        raise NotFound("no_article", _("There is no such article in this newsroom."))
    return article


def version(member: Member, article_id: int, number: int) -> Version:
    """One version, found through its article."""
    found = get(member, article_id).versions.filter(number=number).first()
    if found is None:
        raise NotFound("no_version", _("The article has no such version."))
    return found
