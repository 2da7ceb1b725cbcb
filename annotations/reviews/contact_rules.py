"""Who may read and write the log of whom the desk asked about a claim. Pure.

The log is about the claimant, not about verdicts: whoever may read the claim may read it. But an entry of somebody who
reviews the claim names them as its reviewer, and what they asked can tell where they lean. Such an entry belongs to the
review: it is shown to its author, and to whoever may see the claim's reviews.
"""

from annotations.reviews.rules import EDITORS, Standing, may_see_reviews, may_still_review


def may_enter(standing: Standing) -> bool:
    """Editors, whoever is to review the claim, and whoever may see its reviews."""
    return standing.role in EDITORS or may_still_review(standing) or may_see_reviews(standing)


def is_within_review(standing: Standing) -> bool:
    """Does an entry by a member of this standing belong to a review? Editors who neither review nor were asked to enter for the desk."""
    return standing.own != "" or standing.assigned or standing.role not in EDITORS


def may_read_entry(standing: Standing, *, within_review: bool, is_own: bool) -> bool:
    """`standing` is the reader's."""
    return is_own or not within_review or may_see_reviews(standing)
