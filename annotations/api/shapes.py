"""What goes in and out: one serializer a shape, so that the OpenAPI document tells the truth."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as s

from annotations.claims import segmenters
from annotations.models.articles import ArticleState, Direction, Origin
from annotations.models.copies import ArchiveState
from annotations.models.reviews import QuoteState, ReviewState, Stance
from annotations.models.rulings import Basis, RulingState
from annotations.models.sources import SourceKind, SourceLife, SourceState, StatementMeans
from annotations.sources import queries

MOST = 2**63 - 1  # what a database column holds


class ByLanguage(s.DictField):
    """Texts by the language's code; the keys are checked as strictly as the texts, as both are stored."""

    _key = s.CharField(max_length=12)

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        return {self._key.run_validation(name): text for name, text in found.items()}


class Problem(s.Serializer[Any]):
    """RFC 9457."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField()
    detail = s.CharField()
    instance = s.CharField()
    errors = s.ListField(child=s.DictField(child=s.CharField()), required=False)


class ArticleDetails(s.Serializer[Any]):
    title = s.CharField(required=False, allow_blank=True, max_length=500)
    language = s.CharField(required=False, allow_blank=True, max_length=12)
    direction = s.ChoiceField(choices=Direction.choices, required=False, allow_blank=True)
    author = s.CharField(required=False, allow_blank=True, max_length=300)
    publisher = s.CharField(required=False, allow_blank=True, max_length=300)
    published_on = s.DateField(required=False, allow_null=True)
    topic = s.CharField(required=False, allow_blank=True, max_length=120)


class ArticleIn(ArticleDetails):
    """A text, or an address that a worker fetches."""

    text = s.CharField(required=False, allow_blank=True, trim_whitespace=False)
    url = s.CharField(required=False, allow_blank=True, max_length=2048)
    segmenter = s.ChoiceField(choices=[(name, name) for name in segmenters.names()], required=False)


class ArticleOut(s.Serializer[Any]):
    id = s.IntegerField()
    origin = s.ChoiceField(choices=Origin.choices)
    state = s.ChoiceField(choices=ArticleState.choices)
    problem = s.CharField()
    title = s.CharField()
    language = s.CharField()
    direction = s.ChoiceField(choices=Direction.choices)
    author = s.CharField()
    publisher = s.CharField()
    published_on = s.DateField(allow_null=True)
    topic = s.CharField()
    url = s.CharField()
    version = s.IntegerField(source="current.number", allow_null=True, default=None)
    row_version = s.IntegerField()
    created_at = s.DateTimeField()


class VersionIn(s.Serializer[Any]):
    text = s.CharField(trim_whitespace=False)


class VersionOut(s.Serializer[Any]):
    """Offsets everywhere are Unicode code points into `text`."""

    number = s.IntegerField()
    text = s.CharField()
    length = s.IntegerField()
    sha256 = s.CharField(source="digest")
    replaced = s.IntegerField()
    paragraphs = s.JSONField()
    headings = s.JSONField()
    segmenter = s.CharField()
    created_at = s.DateTimeField()


class Reason(s.Serializer[Any]):
    reason = s.CharField()


class Members(s.Serializer[Any]):
    members = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), max_length=100)


class EvidenceIn(s.Serializer[Any]):
    """One source: an address, an uploaded document (its source id), or a recorded statement."""

    key = s.CharField(required=False, allow_blank=True, max_length=40)
    url = s.CharField(required=False, allow_blank=True, max_length=2048)
    source = s.IntegerField(required=False, allow_null=True, min_value=1, max_value=MOST)
    settled = s.BooleanField(required=False, default=True)
    quote = s.CharField(required=False, allow_blank=True, max_length=10_000)
    translation = s.CharField(required=False, allow_blank=True, max_length=10_000)
    locator = s.CharField(required=False, allow_blank=True, max_length=200)
    stance = s.ChoiceField(choices=Stance.choices, required=False, allow_blank=True)
    is_primary = s.BooleanField(required=False, default=False)
    interest = s.CharField(required=False, allow_blank=True, max_length=300)
    speaker = s.CharField(required=False, allow_blank=True, max_length=300)
    said_on = s.CharField(required=False, allow_blank=True, max_length=10)
    means = s.ChoiceField(choices=StatementMeans.choices, required=False, allow_blank=True)
    statement = s.CharField(required=False, allow_blank=True, max_length=20_000)


class ReviewIn(s.Serializer[Any]):
    """A draft may be incomplete; a submission says what is missing."""

    label = s.CharField(required=False, allow_blank=True, max_length=60)
    reason = s.CharField(required=False, allow_blank=True, max_length=20_000)
    confidence = s.IntegerField(required=False, allow_null=True, min_value=1, max_value=3)
    evidence = EvidenceIn(many=True, required=False)
    checks = s.ListField(
        child=s.CharField(max_length=60),
        max_length=60,
        required=False,
        help_text="ticked lines of the checklist; left out: those of the draft stay",
    )


class EvidenceOut(s.Serializer[Any]):
    id = s.IntegerField()
    key = s.CharField()
    source = s.IntegerField()
    kind = s.ChoiceField(choices=SourceKind.choices)
    url = s.CharField()
    title = s.CharField()
    source_state = s.ChoiceField(choices=SourceState.choices)
    source_state_label = s.CharField()
    problem = s.CharField()
    quote = s.CharField()
    translation = s.CharField()
    locator = s.CharField()
    stance = s.ChoiceField(choices=Stance.choices)
    is_primary = s.BooleanField()
    interest = s.CharField()
    quote_state = s.ChoiceField(choices=QuoteState.choices)
    quote_state_label = s.CharField()
    quote_tone = s.CharField()
    passage = s.CharField()
    page = s.IntegerField(allow_null=True, help_text="of a PDF, from 1: where the passage begins")


class ReviewOut(s.Serializer[Any]):
    id = s.IntegerField()
    claim = s.IntegerField()
    state = s.ChoiceField(choices=ReviewState.choices)
    reviewer = s.CharField()
    label = s.CharField(allow_blank=True)
    reason = s.CharField()
    confidence = s.IntegerField(allow_null=True)
    evidence = EvidenceOut(many=True)
    checks = s.ListField(child=s.CharField())
    checklist = s.IntegerField(
        source="checklist.version", allow_null=True, default=None, help_text="its version, once submitted"
    )
    draft = s.JSONField()
    assigned = s.BooleanField()
    first = s.BooleanField()
    saved_at = s.DateTimeField()
    submitted_at = s.DateTimeField(allow_null=True)
    row_version = s.IntegerField()


class LabelOut(s.Serializer[Any]):
    key = s.CharField()
    names = s.JSONField()
    definitions = s.JSONField()
    kind = s.CharField()
    position = s.IntegerField(allow_null=True)
    rating = s.IntegerField(allow_null=True)
    needs_source = s.BooleanField()


class ScaleOut(s.Serializer[Any]):
    id = s.IntegerField()
    key = s.CharField()
    version = s.IntegerField()
    name = s.CharField()
    is_current = s.BooleanField()
    labels = LabelOut(many=True)


class PublicCopyOut(s.Serializer[Any]):
    """What the public web archive holds: `url` and `copied_at` of the copy it was asked for; of a dead link the number of copies
    (null: more than can be listed) and the one nearest to the citation."""

    state = s.ChoiceField(choices=ArchiveState.choices, allow_blank=True)
    problem = s.CharField(help_text="the archive's own code")
    asked_at = s.DateTimeField(allow_null=True)
    url = s.CharField()
    copied_at = s.DateTimeField(allow_null=True)
    listed_at = s.DateTimeField(allow_null=True, help_text="when its copies were counted")
    copies = s.IntegerField(allow_null=True)
    more = s.BooleanField(help_text="there are more than were counted")
    first_at = s.DateTimeField(allow_null=True)
    last_at = s.DateTimeField(allow_null=True)
    nearest_at = s.DateTimeField(allow_null=True)
    nearest_url = s.CharField()


class SourceOut(s.Serializer[Any]):
    id = s.IntegerField()
    kind = s.ChoiceField(choices=SourceKind.choices)
    url = s.CharField()
    final_url = s.CharField()
    title = s.CharField()
    site = s.CharField()
    file_name = s.CharField()
    state = s.ChoiceField(choices=SourceState.choices)
    life = s.ChoiceField(choices=SourceLife.choices)
    checked_at = s.DateTimeField(allow_null=True)
    problem = s.CharField()
    next_try_at = s.DateTimeField(allow_null=True, default=None, help_text="when the link is asked again by itself")
    public_copy = s.SerializerMethodField()

    def to_representation(self, instance: Any) -> Any:
        return super().to_representation(queries.as_known(instance))

    @extend_schema_field(PublicCopyOut(allow_null=True))
    def get_public_copy(self, source: Any) -> Any:
        """Null also for whoever must not learn since when the source is here (blindness)."""
        found = getattr(source, "public_copy", None) if getattr(source, "has_open_history", False) else None
        return PublicCopyOut(found).data if found is not None else None


class LifeIn(s.Serializer[Any]):
    life = s.ChoiceField(choices=SourceLife.choices, help_text="alive, dead, restricted or moved")
    note = s.CharField(max_length=500)


class RecheckOut(s.Serializer[Any]):
    """`before`: the passage around the quote when it was found; `difference`: [same | old | new, words] against what stands there now."""

    evidence = s.IntegerField(source="evidence.pk")
    source = s.IntegerField(source="evidence.source_id")
    url = s.CharField(source="evidence.source.url")
    life = s.ChoiceField(choices=SourceLife.choices, source="evidence.source.life")
    quote = s.CharField(source="evidence.quote")
    quote_state = s.ChoiceField(choices=QuoteState.choices, source="evidence.quote_state")
    publication = s.IntegerField(source="publication.number", help_text="its number")
    public_copy = PublicCopyOut(source="evidence.source.public_copy", allow_null=True, default=None)
    before = s.CharField()
    page = s.IntegerField(allow_null=True, help_text="of a PDF, from 1: where the passage stood")
    difference = s.ListField(child=s.ListField(child=s.CharField()))


class FileIn(s.Serializer[Any]):
    file = s.FileField(allow_empty_file=True)


class RulingIn(s.Serializer[Any]):
    label = s.CharField(required=False, allow_blank=True, max_length=60)
    basis = s.ChoiceField(choices=Basis.choices, required=False, allow_blank=True)
    reason = s.CharField(required=False, allow_blank=True, max_length=20_000)
    summary = s.CharField(required=False, allow_blank=True, max_length=5_000)
    explanation = s.CharField(required=False, allow_blank=True, max_length=50_000)
    language = s.CharField(required=False, allow_blank=True, max_length=12)


class RulingOut(RulingIn):
    id = s.IntegerField()
    claim = s.IntegerField(source="claim_id")
    state = s.ChoiceField(choices=RulingState.choices)
    label = s.CharField(source="label.key", default="")
    sent_back_reason = s.CharField()
    ruled_at = s.DateTimeField(allow_null=True)
    signed_off_at = s.DateTimeField(allow_null=True)
    row_version = s.IntegerField()


class Correction(RulingIn):
    text = s.CharField(max_length=5_000)
