"""What a published fact-check carries out of the house: plain values only, frozen in the publication. No ORM."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

SCHEMA = 1  # counted up when a field changes its meaning


@dataclass(frozen=True, kw_only=True)
class Publisher:
    name: str
    url: str
    corrections_contact: str
    language: str
    slug: str = ""
    is_demo: bool = False


@dataclass(frozen=True, kw_only=True)
class Claimant:
    name: str
    kind: str = ""  # person, organization, or "" when not said
    same_as: str = ""


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """Where the claim stood."""

    url: str
    title: str = ""
    publisher: str = ""
    published_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`rating` and its ends are None off the truth scale; larger is truer."""

    key: str
    names: dict[str, str]
    definitions: dict[str, str] = field(default_factory=dict)
    color: str = ""
    icon: str = ""
    rating: int | None = None
    worst: int | None = None
    best: int | None = None
    scale: str = ""
    scale_version: int = 1
    scale_names: tuple[tuple[int, dict[str, str]], ...] = ()  # the public number-to-label table


@dataclass(frozen=True, kw_only=True)
class CitedSource:
    kind: str  # url, upload, statement
    title: str
    url: str = ""
    site: str = ""
    quote: str = ""
    translation: str = ""
    stance: str = ""
    is_primary: bool = False
    quote_state: str = ""
    captured_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AskedForComment:
    """Whom the desk asked about the claim, and what came of it."""

    whom: str
    asked_on: date
    status: str  # answered, no_answer, declined
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    at: datetime
    kind: str  # corrected, retracted
    text: str
    old_verdict: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PublishedRecord:
    """One fact-check as readers and newsrooms get it. The internal reason and reviewers' names never enter."""

    id: int
    number: int
    url: str
    state: str  # published, corrected, retracted
    publisher: Publisher
    claim: str
    quote: str
    claim_language: str
    claim_direction: str
    claimant: Claimant | None
    claimed_on: date | None
    appearances: tuple[Appearance, ...]
    verdict: Verdict
    summary: str
    explanation: str
    language: str
    direction: str
    published_at: datetime
    modified_at: datetime
    reviewers: int = 0
    sources: tuple[CitedSource, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()
    topic: str = ""
    asked_for_comment: tuple[AskedForComment, ...] = ()
    schema: int = SCHEMA

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe; dates as ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> "PublishedRecord":
        """The record again; fields that this version does not know are dropped."""
        known = _known(cls, value)
        known["publisher"] = Publisher(**_known(Publisher, value["publisher"]))
        known["claimant"] = Claimant(**_known(Claimant, value["claimant"])) if value.get("claimant") else None
        known["claimed_on"] = _day(value.get("claimed_on"))
        known["appearances"] = tuple(
            Appearance(**{**_known(Appearance, row), "published_on": _day(row.get("published_on"))})
            for row in value["appearances"]
        )
        verdict = _known(Verdict, value["verdict"])
        verdict["scale_names"] = tuple((number, names) for number, names in verdict.get("scale_names", ()))
        known["verdict"] = Verdict(**verdict)
        known["sources"] = tuple(
            CitedSource(**{**_known(CitedSource, row), "captured_at": _moment(row.get("captured_at"))})
            for row in value.get("sources", ())
        )
        known["corrections"] = tuple(
            CorrectionLine(**{**_known(CorrectionLine, row), "at": datetime.fromisoformat(row["at"])})
            for row in value.get("corrections", ())
        )
        known["asked_for_comment"] = tuple(
            AskedForComment(**{**_known(AskedForComment, row), "asked_on": date.fromisoformat(row["asked_on"])})
            for row in value.get("asked_for_comment", ())
        )
        known["published_at"] = datetime.fromisoformat(value["published_at"])
        known["modified_at"] = datetime.fromisoformat(value["modified_at"])
        return cls(**known)


def _known(kind: type[Any], value: dict[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(kind)}
    return {name: content for name, content in value.items() if name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
