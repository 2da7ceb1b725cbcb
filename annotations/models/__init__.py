"""Rows, their constraints, and predicates on their own fields. Nothing here writes another row or queues a job."""

from annotations.models.agreement import Score
from annotations.models.articles import Article, Version
from annotations.models.claims import Assignment, Claim, Span
from annotations.models.events import Event, EventSeal
from annotations.models.newsrooms import ApiToken, Member, Newsroom
from annotations.models.queues import DeadWork, DisputedClaim, WaitingRuling
from annotations.models.reviews import Disclosure, Evidence, Lease, Review
from annotations.models.rulings import Correction, Publication, Ruling
from annotations.models.scales import Label, Scale
from annotations.models.sources import Capture, FetchAttempt, QuoteCheck, Source
from annotations.models.users import User
from annotations.models.work import Heartbeat, Work

__all__ = [
    "ApiToken",
    "Article",
    "Assignment",
    "Capture",
    "Claim",
    "Correction",
    "DeadWork",
    "Disclosure",
    "DisputedClaim",
    "Event",
    "EventSeal",
    "Evidence",
    "FetchAttempt",
    "Heartbeat",
    "Label",
    "Lease",
    "Member",
    "Newsroom",
    "Publication",
    "QuoteCheck",
    "Review",
    "Ruling",
    "Scale",
    "Score",
    "Source",
    "Span",
    "User",
    "Version",
    "WaitingRuling",
    "Work",
]
