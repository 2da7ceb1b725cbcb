"""schema.org ClaimReview, one object for each page, checked against the rules that consumers state.

A broken rule refuses the record and names the rule; nothing half-right leaves the house.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import orjson

from annotations.rulings.records import PublishedRecord

CLAIM_LENGTH = 75  # characters that consumers show


@dataclass(frozen=True, slots=True)
class Problem:
    """`refuses`: the record is not exported; else a warning."""

    code: str
    message: str
    refuses: bool = True


class Refused(ValueError):
    """The record breaks a rule; `problems` names each."""

    def __init__(self, record: PublishedRecord, problems: list[Problem]) -> None:
        super().__init__(f"publication {record.number}: " + "; ".join(problem.message for problem in problems))
        self.problems = problems


def to_claimreview(record: PublishedRecord) -> dict[str, Any]:
    """The markup; optional facts that are unknown are left out, never invented."""
    verdict = record.verdict
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": _in(verdict.names, record.language)}
    if verdict.rating is not None:
        rating |= {"ratingValue": verdict.rating, "worstRating": verdict.worst, "bestRating": verdict.best}
    if record.summary:
        rating["ratingExplanation"] = record.summary
    claim: dict[str, Any] = {"@type": "Claim"}
    if record.claimed_on:
        claim["datePublished"] = record.claimed_on.isoformat()
    if record.claimant:
        author: dict[str, Any] = {"@type": "Organization" if record.claimant.kind == "organization" else "Person"}
        author["name"] = record.claimant.name
        if record.claimant.same_as:
            author["sameAs"] = record.claimant.same_as
        claim["author"] = author
    if record.appearances:
        claim["appearance"] = [{"@type": "CreativeWork", "url": appearance.url} for appearance in record.appearances]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "inLanguage": record.language,
        "url": record.url,
        "claimReviewed": record.claim,
        "datePublished": record.published_at.date().isoformat(),
        "dateModified": record.modified_at.date().isoformat(),
        "author": {"@type": "Organization", "name": record.publisher.name, "url": record.publisher.url},
        "itemReviewed": claim,
        "reviewRating": rating,
    }


def check(record: PublishedRecord) -> list[Problem]:
    """Every rule the record breaks."""
    found = []

    def rule(holds: object, code: str, message: str, *, refuses: bool = True) -> None:
        if not holds:
            found.append(Problem(code, message, refuses))

    verdict = record.verdict
    parts = urlsplit(record.url)
    rule(
        record.state in ("published", "corrected"),
        "not_published",
        "only a fact-check that stands is exported",
    )
    rule(record.claim.strip(), "no_claim", "claimReviewed is empty")
    rule(
        len(record.claim) <= CLAIM_LENGTH,
        "long_claim",
        f"claimReviewed is longer than {CLAIM_LENGTH} characters",
        refuses=False,
    )
    rule(_in(verdict.names, record.language).strip(), "no_verdict", "the verdict has no name")
    rule(parts.scheme in ("http", "https") and parts.hostname, "bad_url", "the page has no full address")
    rule(
        record.publisher.name.strip() and record.publisher.url,
        "no_publisher",
        "the newsroom's name or address is missing",
    )
    rule(re.fullmatch(r"[a-z]{2,3}", record.language), "no_language", "the language of the text is missing")
    numbers = (verdict.rating, verdict.worst, verdict.best)
    if any(number is not None for number in numbers):
        whole = all(isinstance(number, int) for number in numbers)
        rule(whole, "part_rating", "a rating needs its value, worst and best")
        if whole:
            value, worst, best = (number or 0 for number in numbers)
            rule(
                1 <= worst < best and worst <= value <= best,
                "bad_rating",
                "the rating must lie between worst (at least 1) and best",
            )
    if record.claimant:
        rule(record.claimant.name.strip(), "no_name", "the claimant has no name")
    if record.claimed_on:
        rule(
            record.claimed_on <= record.published_at.date(),
            "claim_later",
            "the claim is dated after its check",
        )
    rule(
        all(urlsplit(appearance.url).scheme in ("http", "https") for appearance in record.appearances),
        "bad_appearance",
        "an appearance has no full address",
    )
    return found


def checked(record: PublishedRecord) -> dict[str, Any]:
    """The markup, or Refused."""
    refusing = [problem for problem in check(record) if problem.refuses]
    if refusing:
        raise Refused(record, refusing)
    return to_claimreview(record)


def embed(value: dict[str, Any]) -> str:
    """JSON for a script element: nothing in it can end the element or start markup."""
    text = orjson.dumps(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _in(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


class ClaimReviewFormat:
    """A JSON array, as fact-check feeds are exchanged; retracted checks are left out."""

    name = "claimreview"
    version = "1"
    media_type = "application/ld+json"
    extension = "jsonld"

    def write(self, records: Iterable[PublishedRecord], out: BinaryIO) -> int:
        count = 0
        out.write(b"[")
        for record in records:
            if record.state == "retracted":
                continue
            out.write((b"," if count else b"") + b"\n" + orjson.dumps(checked(record)))
            count += 1
        out.write(b"\n]\n")
        return count


PLUGIN = ClaimReviewFormat()
