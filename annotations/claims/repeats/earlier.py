"""Fact-checks made elsewhere or before, imported into the index: ClaimReview JSON(-LD), feeds of it, fact-check search answers, CSV."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.articles import importing
from annotations.claims.repeats import index
from annotations.claims.repeats.folded import tokens
from annotations.errors import Duplicate, InvalidInput, NotFound
from annotations.lib import languages
from annotations.lib.days import detected_day
from annotations.models import EarlierCheck, Import, Member
from annotations.models.intake import ImportKind
from annotations.newsrooms.access import require

# What other tools call the columns of such a table.
_COLUMNS = {
    "claim": ("claim", "claimreviewed", "claim_text", "statement", "text"),
    "claimant": ("claimant", "speaker", "author", "claim_author"),
    "claimed_on": ("claimed_on", "claim_date", "claimdate"),
    "verdict": ("verdict_name", "verdict", "rating", "textualrating", "label"),
    "url": ("url", "link", "fact_check_url", "review_url"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "newsroom", "site", "organisation", "organization"),
    "published_on": ("published_on", "published_at", "date", "reviewdate", "datepublished"),
    "language": ("claim_language", "language", "languagecode", "inlanguage"),
}
_LENGTHS = {"claim": 20_000, "claimant": 300, "verdict": 300, "url": 2048, "title": 500, "publisher": 300}


def start(*, by: Member, file_name: str, body: bytes) -> Import:
    """Import a file of fact-checks; the same one twice changes nothing."""
    require(by, "claim.edit")
    return importing.start(
        by=by,
        kind=ImportKind.EARLIER_CHECKS,
        file_name=file_name,
        body=body,
        records=read(body, file_name),
        job="claims.import_checks",
    )


def run(import_id: int, lease: jobs.Lease) -> None:
    """The job."""
    importing.run(import_id, lease, reader=read, take=take, job="claims.import_checks")


def read(body: bytes, file_name: str) -> list[dict[str, Any]]:
    """Every fact-check of the file as plain columns. A CSV table, a JSON document of any nesting, or JSON lines."""
    if file_name.lower().endswith(".csv"):
        return [_from_table(row) for row in importing.read_records(body, file_name)]
    importing.check_size(len(body))
    try:
        documents = [json.loads(body.decode("utf-8-sig"))]
    except ValueError:
        documents = importing.read_records(body, file_name)
        if all("_fault" in each for each in documents):
            raise InvalidInput("bad_json", _("This is neither JSON nor JSON lines."), pointer="/file") from None
    found = [each for document in documents for each in _found_in(document)]
    if not found:
        raise InvalidInput("no_records", _("There is no ClaimReview in this file."), pointer="/file")
    importing.check_count(found)
    return found


def _found_in(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """ClaimReview objects wherever they stand: alone, in a list, a @graph, a data feed; and search answers ("claims")."""
    if depth > 12:
        return
    if isinstance(node, list):
        for each in node:
            yield from _found_in(each, depth + 1)
    elif isinstance(node, dict):
        if "_fault" in node:
            yield node
        elif "ClaimReview" in _types(node):
            yield _from_claimreview(node)
        elif isinstance(node.get("claimReview"), list):
            yield from (_from_search(node, review) for review in node["claimReview"] if isinstance(review, dict))
        elif "claim" in node and isinstance(node["claim"], str):
            yield _from_table({str(name).lower(): value for name, value in node.items()})
        else:
            for value in node.values():
                if isinstance(value, list | dict):
                    yield from _found_in(value, depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type") or node.get("type") or ""
    return {str(each).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for each in (value if isinstance(value, list) else [value])}


def _from_claimreview(node: dict[str, Any]) -> dict[str, Any]:
    item = _one(node.get("itemReviewed"))
    rating = _one(node.get("reviewRating"))
    return {
        "claim": node.get("claimReviewed"),
        "claimant": _one(item.get("author")).get("name"),
        "claimed_on": item.get("datePublished"),
        "verdict": rating.get("alternateName") or rating.get("name") or rating.get("ratingValue"),
        "url": node.get("url") or node.get("@id"),
        "title": node.get("headline") or node.get("name"),
        "publisher": _one(node.get("author")).get("name") or _one(node.get("publisher")).get("name"),
        "published_on": node.get("datePublished"),
        "language": node.get("inLanguage"),
    }


def _from_search(claim: dict[str, Any], review: dict[str, Any]) -> dict[str, Any]:
    publisher = _one(review.get("publisher"))
    return {
        "claim": claim.get("text"),
        "claimant": claim.get("claimant"),
        "claimed_on": claim.get("claimDate"),
        "verdict": review.get("textualRating"),
        "url": review.get("url"),
        "title": review.get("title"),
        "publisher": publisher.get("name") or publisher.get("site"),
        "published_on": review.get("reviewDate"),
        "language": review.get("languageCode"),
    }


def _from_table(row: dict[str, Any]) -> dict[str, Any]:
    if "_fault" in row:
        return row
    row = {name.replace(" ", "_"): value for name, value in row.items()}
    return {
        name: next((row[other] for other in others if row.get(other) not in (None, "")), None)
        for name, others in _COLUMNS.items()
    }


def _one(value: Any) -> dict[str, Any]:
    """The object, or the first of several, or a bare name as one."""
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {"name": value} if isinstance(value, str) else {}


def take(by: Member, record: dict[str, Any]) -> EarlierCheck:
    """Keep one; raises Duplicate when it is there unchanged, InvalidInput without a claim."""
    values: dict[str, Any] = {
        name: str(record.get(name) or "").strip().lstrip("'")[:most] for name, most in _LENGTHS.items()
    }
    if record.get("_fault") or not values["claim"]:
        raise InvalidInput("no_claim", _("This record has no claim."), pointer="/claim")
    notes = record.setdefault("_notes", [])
    if values["url"] and not values["url"].startswith(("http://", "https://")):
        notes.append(_("“%s” is no address: left out.") % values["url"][:80])
        values["url"] = ""
    for name in ("claimed_on", "published_on"):
        written = str(record.get(name) or "").strip()
        values[name] = detected_day(written)
        if written and values[name] is None:
            notes.append(_("“%s” is no date that can be told for sure (write 2024-12-31): left out.") % written[:40])
    code = str(record.get("language") or "").replace("_", "-").split("-")[0].lower()
    values["language"] = code if languages.is_known(code) else languages.detect(values["claim"])
    key = hashlib.sha256(f"{values['url']}\n{values['claim']}".encode()).hexdigest()
    known = EarlierCheck.objects.filter(newsroom_id=by.newsroom_id, key=key).first()
    if known is not None:
        if all(getattr(known, name) == value for name, value in values.items()):
            raise Duplicate("known_check", _("This fact-check is there already."), existing=known.pk)
        EarlierCheck.objects.filter(pk=known.pk).update(**values)
        return known
    with transaction.atomic():
        made = EarlierCheck.objects.create(newsroom_id=by.newsroom_id, key=key, created_by_id=by.user_id, **values)
        index.put(by.newsroom_id, [(made, made.claim)])
    return made


def get(member: Member, check_id: int) -> EarlierCheck:
    require(member, "claim.read")
    found = EarlierCheck.objects.filter(newsroom_id=member.newsroom_id, pk=check_id).first()
    if found is None:
        raise NotFound("no_check", _("There is no such earlier fact-check in this newsroom."))
    return found


def of(member: Member, text: str = "") -> QuerySet[EarlierCheck]:
    """The newsroom's, newest first; with `text`, those whose wording has all of its words, whatever their spelling."""
    require(member, "claim.edit")
    rows = EarlierCheck.objects.filter(newsroom_id=member.newsroom_id)
    for word in tokens(text):
        rows = rows.filter(fingerprint__words__contains=word)
    return rows.order_by("-pk")


def remove(check: EarlierCheck, *, by: Member) -> None:
    """Forget it, in the index too; imported again it comes back."""
    require(by, "claim.edit")
    with transaction.atomic():
        found = EarlierCheck.objects.select_for_update().filter(newsroom_id=by.newsroom_id, pk=check.pk).first()
        if found is None:
            return
        index._take_out(found)
        events.record(
            "earlier_check.removed",
            newsroom_id=by.newsroom_id,
            by=by,
            subject="earlier_check",
            subject_id=found.pk,
        )
        found.delete()


def begin(*, by: Member, kind: str, file_name: str, body: bytes) -> Import:
    """Import a file as what it was said to be, unless its first record shows that it is the other."""
    checks = kind == ImportKind.EARLIER_CHECKS
    other = _kind_of(body, file_name)
    if other and (other == ImportKind.EARLIER_CHECKS) != checks:
        raise InvalidInput(
            "other_kind",
            _("This file holds articles. Choose “Articles”, and the file once more.")
            if checks
            else _("This file holds fact-checks. Choose “Earlier fact-checks”, and the file once more."),
            pointer="/file",
        )
    return (start if checks else importing.start_articles)(by=by, file_name=file_name, body=body)


_CLAIM_REVIEW = re.compile(rb'"(?:@?type)"\s*:\s*\[?\s*"[^"]{0,40}ClaimReview"|"claimReview"\s*:')
_LOOKED_AT = 1_000_000


def _kind_of(body: bytes, file_name: str) -> str:
    """By its first record; "" when that does not tell."""
    table = file_name.lower().endswith(".csv")
    if not table and _CLAIM_REVIEW.search(body, 0, _LOOKED_AT):
        return ImportKind.EARLIER_CHECKS
    beginning = body[:_LOOKED_AT].decode("utf-8-sig", errors="ignore").lstrip()
    if table:
        names = {name.strip().strip('"').lower() for name in beginning.split("\n", 1)[0].split(",")}
    else:
        try:
            first, _end = json.JSONDecoder().raw_decode(beginning.removeprefix("[").lstrip())
        except ValueError:
            return ""
        names = {str(name).lower() for name in first} if isinstance(first, dict) else set()
    if names & ({*_COLUMNS["claim"], *_COLUMNS["verdict"]} - {"text", "label"}):
        return ImportKind.EARLIER_CHECKS if "text" not in names else ""
    return ImportKind.ARTICLES if "text" in names else ""
