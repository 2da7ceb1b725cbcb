"""rules.may_see_reviews as a condition for the database, for lists that reach over many claims."""

from django.db.models import Exists, OuterRef, Q

from annotations.models import Disclosure, Member, Review
from annotations.models.reviews import ReviewState
from annotations.newsrooms.access import may
from annotations.reviews import rules


def reviews_open_to(member: Member, claim: str) -> Q:
    """Rows whose claim (at this path, e.g. "comment__claim") has reviews that the member may see now."""
    if not may(member, "review.read"):
        return Q(pk__in=[])
    submitted = Review.objects.filter(claim=OuterRef(claim), reviewer=member, state=ReviewState.SUBMITTED)
    seen = Disclosure.objects.filter(claim=OuterRef(claim), member=member)
    found = Q(Exists(submitted)) | Q(Exists(seen))
    if member.role in rules.EDITORS:
        found |= Q(**{f"{claim}__state__in": sorted(rules.SETTLED)})
    return found
