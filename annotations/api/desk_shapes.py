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
