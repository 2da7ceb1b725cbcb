"""The form of a claim's edit page: what was typed, which words of the text it means, and what a conflict says in people's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.claims import queries
from annotations.claims.cutting import Piece
from annotations.errors import InvalidFields, InvalidInput
from annotations.models import Claim
from annotations.models.claims import Attribution, ClaimantKind
from annotations.newsrooms import claim_types
from annotations.web.claim_lists import selection
from annotations.web.pages import whole

FACTS = (
    "restated",
    "claimant",
    "claimant_kind",
    "attribution",
    "claimant_same_as",
    "claimed_on",
    "appearance_url",
    "place",
    "topic",
    "claim_type",
)
_LABELS = {
    "restated": gettext_lazy("Restated"),
    "claimant": gettext_lazy("Claimant"),
    "claimant_kind": gettext_lazy("The claimant is"),
    "attribution": gettext_lazy("How the article says it"),
    "claimant_same_as": gettext_lazy("Reference page of the claimant"),
    "claimed_on": gettext_lazy("Date of the claim"),
    "appearance_url": gettext_lazy("Address"),
    "place": gettext_lazy("Place"),
    "topic": gettext_lazy("Topic"),
    "claim_type": gettext_lazy("Claim type"),
    "unknown": gettext_lazy("Said to be unknown"),
}
_UNKNOWN = {
    "claimant": gettext_lazy("The claimant is unknown"),
    "claimed_on": gettext_lazy("The date is unknown"),
    "appearance": gettext_lazy("Where it appeared is unknown"),
}
_MOST_PIECES = 8

Row = dict[str, Any]


@dataclass
class Form:
    """`whole`: the facts were posted too, not the pieces alone."""

    facts: dict[str, Any]
    pieces: list[Row]
    spans: list[Row]
    row_version: int | None
    whole: bool


def stored(claim: Claim) -> Form:
    """What the page shows at first."""
    facts = {name: getattr(claim, name) for name in (*FACTS, "unknown")}
    facts["claim_type"] = claim.claim_type.key if claim.claim_type else ""
    spans = [{"exact": span.exact} for span in queries.current_spans(claim)]
    return Form(facts, _suggested(claim), spans, claim.row_version, whole=False)


def posted(request: HttpRequest, claim: Claim) -> Form:
    """One form holds all: the first wording is the whole claim's, then one for each piece; words beyond the pieces are borders."""
    form, post = stored(claim), request.POST
    form.whole = "claimant" in post
    exact, restated = post.getlist("exact"), post.getlist("restated")
    if form.whole:
        form.facts = {name: post.get(name, "") for name in FACTS} | {"unknown": post.getlist("unknown")}
        form.facts["restated"] = restated.pop(0) if restated else ""
    form.pieces = [{"exact": a, "restated": b} for a, b in zip(exact, restated, strict=False)]
    form.spans = [{"exact": words} for words in exact[len(restated) :]]
    form.row_version = whole(post.get("row_version", ""))
    return form


def differs(rows: Sequence[Row], known: Sequence[Row]) -> bool:
    """Whether somebody typed there; line ends as browsers send them, and empty rows, say nothing."""

    def said(those: Sequence[Row]) -> list[list[str]]:
        return [
            each
            for each in ([str(v).replace("\r\n", "\n").strip() for v in row.values()] for row in those)
            if any(each)
        ]

    return bool(rows) and said(rows) != said(known)


def meant(rows: Sequence[Row], claim: Claim, *, name: str) -> list[Piece]:
    """The stretches of the text that these words are; InvalidFields says of each row what is wrong with it."""
    text = claim.article.current.text if claim.article.current else ""
    first = next(iter(queries.current_spans(claim)), None)
    found: list[Piece] = []
    faults: list[InvalidInput] = []
    for place, row in enumerate(rows):
        words = row["exact"].replace("\r\n", "\n").strip()
        restated = row.get("restated", "")
        if not words and not restated.strip():
            continue
        # Words of the claim itself are meant there, wherever else in the article they stand too.
        if first is not None and (not words or words in first.exact):
            words = words or first.exact
            start = first.start + first.exact.index(words)
            found.append(Piece(start=start, end=start + len(words), exact=words, restated=restated))
            continue
        try:
            start, end, exact = selection(text, {"exact": words})
        except InvalidInput as error:
            faults.append(InvalidInput(error.code, str(error.message), pointer=f"/{name}/{place}"))
        else:
            found.append(Piece(start=start, end=end, exact=exact, restated=restated))
    if faults:
        raise InvalidFields(faults)
    return found


def in_words(claim: Claim, current: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands there now, by the fields' names on the page; columns that the page does not show are left out."""
    said = []
    for name, value in current.items():
        field = name.removesuffix("_id")
        if field not in _LABELS:
            continue
        if field == "claim_type":
            value = claim_types.name(claim.claim_type)
        elif field == "unknown":
            value = " · ".join(str(_UNKNOWN.get(each, each)) for each in value or [])
        elif field == "attribution":
            value = Attribution(value).label
        elif field == "claimant_kind" and value:
            value = ClaimantKind(value).label
        said.append((str(_LABELS[field]), str(value or "") or _("nothing")))
    return said


def faults(problems: dict[str, str]) -> list[dict[str, str]]:
    """Each sentence once, with the id of the field that it is about."""
    found: dict[str, dict[str, str]] = {}
    for field, message in problems.items():
        name, _sep, place = field.partition("_")
        if field in ("pieces", "spans"):
            target = "split" if field == "pieces" else "borders"
        elif name in ("pieces", "spans") and place.isdigit():
            target = f"{'x' if name == 'pieces' else 's'}-{int(place) + 1}"
        else:
            target = f"f-{field}" if field in FACTS else ""
        found.setdefault(message, {"message": message, "target": target})
    return list(found.values())


def _suggested(claim: Claim) -> list[Row]:
    """The suggested pieces, then empty ones for more."""
    first = next(iter(queries.current_spans(claim)), None)
    text = first.exact if first else ""
    found = [{"exact": text[start:end], "restated": restated} for start, end, restated in claim.parts]
    found = [piece for piece in found if piece["exact"]] or ([{"exact": text, "restated": ""}] if text else [])
    return found[:_MOST_PIECES] + [{"exact": "", "restated": ""} for _more in range(max(1, 3 - len(found)))]
