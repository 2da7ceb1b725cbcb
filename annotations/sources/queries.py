"""Reading sources, as blindness allows: who may still review sees only what they cite themselves."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Capture, Disclosure, Evidence, Member, QuoteCheck, Review, Source
from annotations.models.claims import ClaimState
from annotations.models.reviews import ReviewState
from annotations.newsrooms.access import require


def visible_to(member: Member) -> QuerySet[Source]:
    """What the member added or cites, and what is cited on claims whose reviews they may see."""
    require(member, "source.read")
    submitted = Review.objects.filter(claim=OuterRef("review__claim"), reviewer=member, state=ReviewState.SUBMITTED)
    seen = Disclosure.objects.filter(claim=OuterRef("review__claim"), member=member)
    cited = Evidence.objects.filter(source=OuterRef("pk"))
    open_to_me = Q(review__reviewer=member) | Q(Exists(submitted)) | Q(Exists(seen))
    if member.may_edit:
        open_to_me |= Q(review__claim__state__in=[ClaimState.RULED, ClaimState.PUBLISHED])
    return Source.objects.filter(newsroom_id=member.newsroom_id).filter(
        Q(created_by=member.user_id) | Q(Exists(cited.filter(open_to_me)))
    )


def get(member: Member, source_id: int) -> Source:
    source = visible_to(member).select_related("latest").filter(pk=source_id).first()
    if source is None:
        raise NotFound("no_source", _("There is no such source."))
    return source


def capture(member: Member, source_id: int) -> Capture | None:
    """The latest copy of a source that the member may see."""
    return get(member, source_id).latest


def my_evidence(member: Member, evidence_id: int) -> Evidence:
    """A member's own evidence, with its source."""
    found = Evidence.objects.select_related("source", "review").filter(pk=evidence_id, review__reviewer=member).first()
    if found is None:
        raise NotFound("no_evidence", _("There is no such evidence."))
    return found


def last_check(evidence: Evidence) -> QuoteCheck | None:
    """What was found when the quote, as it reads now, was looked up."""
    return (
        QuoteCheck.objects.filter(evidence=evidence, state=evidence.quote_state)
        .select_related("capture")
        .order_by("-pk")
        .first()
    )
