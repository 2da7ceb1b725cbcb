"""Rows, their constraints, and predicates on their own fields. Nothing here writes another row or queues a job."""

from annotations.models.agreement import Score
from annotations.models.articles import Article, Version
from annotations.models.claims import Assignment, Claim, ClaimType, Span
from annotations.models.copies import PublicCopy, WaitingBody
from annotations.models.editing import Change, Ranker
from annotations.models.events import Event, EventSeal
from annotations.models.guidelines import CheckItem, Checklist, Guideline
from annotations.models.intake import Feed, FeedEntry, Import
from annotations.models.markings import Doubling, Marker, Marking, MarkingDisclosure
from annotations.models.newsrooms import ApiToken, Member, Newsroom
from annotations.models.queues import DeadWork, DisputedClaim, WaitingRuling
from annotations.models.repeats import EarlierCheck, Fingerprint, Posting
from annotations.models.reviews import Disclosure, Evidence, Lease, Review
from annotations.models.rulings import Correction, Publication, Ruling
from annotations.models.scales import Label, Scale
from annotations.models.sources import Capture, FetchAttempt, HostNote, QuoteCheck, Source
from annotations.models.talk import Comment, Contact, Notice
from annotations.models.users import User
from annotations.models.work import Heartbeat, Lane, Work

__all__ = [
    "ApiToken",
    "Article",
    "Assignment",
    "Capture",
    "Change",
    "CheckItem",
    "Checklist",
    "Claim",
    "ClaimType",
    "Comment",
    "Contact",
    "Correction",
    "DeadWork",
    "Disclosure",
    "DisputedClaim",
    "Doubling",
    "EarlierCheck",
    "Event",
    "EventSeal",
    "Evidence",
    "Feed",
    "FeedEntry",
    "FetchAttempt",
    "Fingerprint",
    "Guideline",
    "Heartbeat",
    "HostNote",
    "Import",
    "Label",
    "Lane",
    "Lease",
    "Marker",
    "Marking",
    "MarkingDisclosure",
    "Member",
    "Newsroom",
    "Notice",
    "Posting",
    "PublicCopy",
    "Publication",
    "QuoteCheck",
    "Ranker",
    "Review",
    "Ruling",
    "Scale",
    "Score",
    "Source",
    "Span",
    "User",
    "Version",
    "WaitingBody",
    "WaitingRuling",
    "Work",
]
