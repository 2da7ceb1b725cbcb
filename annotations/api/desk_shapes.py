"""Shapes of what the desk knows of itself: agreement, events, tokens."""

from typing import Any

from rest_framework import serializers as s


class ScoreOut(s.Serializer[Any]):
    """A value, or in `undefined` why there is none; always with its n."""

    metric = s.CharField()
    value = s.FloatField(allow_null=True)
    undefined = s.CharField()
    words = s.CharField()
    low = s.FloatField(allow_null=True)
    high = s.FloatField(allow_null=True)
    claims = s.IntegerField()
    pairable = s.IntegerField()
    verdicts = s.IntegerField()
    reviewers = s.IntegerField()
    coverage = s.FloatField(allow_null=True)
    notes = s.ListField(child=s.CharField())
    scale = s.IntegerField(source="scale_id")
    inputs_digest = s.CharField()
    code_version = s.CharField()
    computed_at = s.DateTimeField()
    details = s.DictField()


class PairsOut(s.Serializer[Any]):
    """`pairs[i][j]`: how many pairs of first verdicts put labels i and j together."""

    labels = s.ListField(child=s.CharField())
    pairs = s.ListField(child=s.ListField(child=s.FloatField()))
    claims = s.IntegerField()
    verdicts = s.IntegerField()
    inputs_digest = s.CharField()


class FigureOut(s.Serializer[Any]):
    """A value, or in `undefined` why there is none."""

    value = s.FloatField(allow_null=True)
    undefined = s.CharField()


class PersonOut(s.Serializer[Any]):
    """Figures are null below the least number of shared claims."""

    member = s.IntegerField()
    name = s.CharField()
    reviewed = s.IntegerField()
    shared = s.IntegerField()
    pairs = s.IntegerField()
    vs_rest = FigureOut(allow_null=True)
    leniency = FigureOut(allow_null=True)


class CoupleOut(s.Serializer[Any]):
    """`confusion[i][j]`: shared claims that the first labelled i, the second j. `figures`: empty below 20 shared claims."""

    members = s.ListField(child=s.IntegerField())
    shared = s.IntegerField()
    confusion = s.ListField(child=s.ListField(child=s.IntegerField()))
    figures = s.DictField(child=FigureOut())


class PeopleOut(s.Serializer[Any]):
    labels = s.ListField(child=s.CharField())
    persons = PersonOut(many=True)
    couples = CoupleOut(many=True)


class EventOut(s.Serializer[Any]):
    id = s.IntegerField()
    kind = s.CharField()
    subject = s.CharField()
    subject_id = s.IntegerField()
    article_id = s.IntegerField(allow_null=True)
    claim_id = s.IntegerField(allow_null=True)
    at = s.DateTimeField()


class TokenIn(s.Serializer[Any]):
    name = s.CharField(max_length=120)
    scopes = s.ListField(child=s.CharField(), max_length=10)
    expires_at = s.DateTimeField(required=False, allow_null=True)


class TokenOut(s.Serializer[Any]):
    id = s.IntegerField()
    name = s.CharField()
    hint = s.CharField()
    scopes = s.ListField(child=s.CharField())
    created_at = s.DateTimeField()
    expires_at = s.DateTimeField(allow_null=True)
    last_used_at = s.DateTimeField(allow_null=True)
    revoked_at = s.DateTimeField(allow_null=True)


class TokenMade(TokenOut):
    """`key` is shown this once."""

    key = s.CharField()
