"""The shapes of claims: spans, pieces, facts, precedents."""

from typing import Any

from rest_framework import serializers as s

from annotations.api.shapes import MOST
from annotations.lib.problems import likeness
from annotations.models.claims import Anchor, Attribution, ClaimantKind, ClaimState
from annotations.rulings.precedents import Precedent
from annotations.rulings.recording import public_url


class SpanOut(s.Serializer[Any]):
    start = s.IntegerField()
    end = s.IntegerField()
    exact = s.CharField()
    prefix = s.CharField()
    suffix = s.CharField()
    anchor = s.ChoiceField(choices=Anchor.choices)


class SpanIn(s.Serializer[Any]):
    """A stretch of the current version: the server slices the text itself and answers 409 when it differs."""

    start = s.IntegerField(min_value=0, max_value=MOST)
    end = s.IntegerField(min_value=1, max_value=MOST)
    exact = s.CharField(trim_whitespace=False)


class PieceIn(SpanIn):
    restated = s.CharField(required=False, allow_blank=True, max_length=5000)


class ClaimIn(PieceIn):
    """A claim marked in the current version."""


class Spans(s.Serializer[Any]):
    spans = s.ListField(child=SpanIn(), min_length=1, max_length=20)


class Pieces(s.Serializer[Any]):
    pieces = s.ListField(child=PieceIn(), min_length=1, max_length=20)


class Merge(s.Serializer[Any]):
    claims = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), min_length=2, max_length=100)


class SameAs(s.Serializer[Any]):
    claim = s.IntegerField(min_value=1, max_value=MOST)


class Wording(s.Serializer[Any]):
    text = s.CharField(max_length=20_000)


class ClaimEdit(s.Serializer[Any]):
    restated = s.CharField(required=False, allow_blank=True, max_length=5000)
    claimant = s.CharField(required=False, allow_blank=True, max_length=300)
    claimant_kind = s.ChoiceField(choices=ClaimantKind.choices, required=False, allow_blank=True)
    attribution = s.ChoiceField(choices=Attribution.choices, required=False)
    claimant_same_as = s.CharField(required=False, allow_blank=True, max_length=500)
    claimed_on = s.DateField(required=False, allow_null=True)
    appearance_url = s.CharField(required=False, allow_blank=True, max_length=2048)
    place = s.CharField(required=False, allow_blank=True, max_length=300)
    topic = s.CharField(required=False, allow_blank=True, max_length=120)
    claim_type = s.CharField(required=False, allow_blank=True, max_length=60, help_text="key of a claim type")
    unknown = s.ListField(child=s.ChoiceField(choices=["claimant", "claimed_on", "appearance"]), required=False)


class PartOut(s.Serializer[Any]):
    """A suggested piece, counted from the start of the claim's first span."""

    start = s.IntegerField()
    end = s.IntegerField()
    restated = s.CharField()


class VoiceOut(s.Serializer[Any]):
    """Suggested by the rules, in code points of that version: the speaker's words, taken from an earlier sentence or not; quotations."""

    version = s.IntegerField()
    kind = s.CharField(help_text="as `attribution`")
    claimant = s.ListField(child=s.IntegerField(), allow_null=True, help_text="[start, end]")
    inherited = s.BooleanField()
    quotes = s.ListField(child=s.ListField(child=s.IntegerField()), help_text="[[start, end]]")


class ClaimOut(s.Serializer[Any]):
    """`state` is the one that the caller may see: who may still review sees `open`."""

    id = s.IntegerField()
    article = s.IntegerField(source="article_id")
    number = s.IntegerField()
    state = s.ChoiceField(choices=ClaimState.choices)
    quote = s.CharField()
    restated = s.CharField()
    spans = SpanOut(many=True)
    parts = PartOut(many=True)
    anchor = s.ChoiceField(choices=Anchor.choices)
    same_as = s.IntegerField(source="same_as_id", allow_null=True)
    language = s.CharField()
    attribution = s.ChoiceField(choices=Attribution.choices)
    claimant = s.CharField()
    claimant_kind = s.CharField()
    claimant_same_as = s.CharField()
    claimant_suggested = s.CharField()
    voice = VoiceOut(allow_null=True)
    claimed_on = s.DateField(allow_null=True)
    appearance_url = s.CharField()
    place = s.CharField()
    topic = s.CharField()
    claim_type = s.CharField()
    unknown = s.ListField(child=s.CharField())
    score = s.FloatField(allow_null=True)
    rank = s.FloatField(allow_null=True)
    reasons = s.JSONField()
    row_version = s.IntegerField()


class ChangedClaim(s.Serializer[Any]):
    """`before`: its words in the last version that it stood in; `now`: in the current one, "" when they are gone."""

    claim = ClaimOut()
    before = s.CharField()
    now = s.CharField()


class PrecedentClaim(s.Serializer[Any]):
    id = s.IntegerField()
    article = s.IntegerField()
    article_title = s.CharField()
    number = s.IntegerField()
    state = s.ChoiceField(choices=ClaimState.choices)
    same_as = s.IntegerField(allow_null=True)


class PrecedentPublication(s.Serializer[Any]):
    number = s.IntegerField()
    url = s.CharField()
    verdict = s.CharField()
    state = s.CharField()


class EarlierOut(s.Serializer[Any]):
    id = s.IntegerField()
    url = s.CharField()
    claimant = s.CharField()
    claimed_on = s.DateField(allow_null=True)
    verdict = s.CharField()
    title = s.CharField()
    publisher = s.CharField()
    published_on = s.DateField(allow_null=True)
    language = s.CharField()


class PrecedentOut(s.Serializer[Any]):
    """Either a claim of the newsroom or an earlier fact-check. `why`: same_words, most_words, part, other_figures."""

    score = s.FloatField()
    why = s.ListField(child=s.CharField())
    why_words = s.CharField()
    text = s.CharField()
    claim = PrecedentClaim(allow_null=True)
    publication = PrecedentPublication(allow_null=True)
    earlier = EarlierOut(allow_null=True)


def precedent(found: Precedent) -> dict[str, Any]:
    """As JSON."""
    claim, publication = found.claim, found.publication
    shown = {
        "score": found.score,
        "why": list(found.why),
        "why_words": likeness(found.why),
        "text": found.words,
        "claim": claim
        and {
            "id": claim.pk,
            "article": claim.article_id,
            "article_title": str(claim.article),
            "number": claim.number,
            "state": found.state,
            "same_as": claim.same_as_id,
        },
        "publication": publication
        and {
            "number": publication.number,
            "url": public_url(publication),
            "verdict": publication.record["verdict"]["key"],
            "state": publication.state,
        },
        "earlier": found.earlier,
    }
    return dict(PrecedentOut(shown).data)
