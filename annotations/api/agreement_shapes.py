"""The shapes of agreement beside the scores: spans, sources, consensus."""

from typing import Any

from rest_framework import serializers as s

from annotations.api.desk_shapes import ScoreOut


class BesideOut(s.Serializer[Any]):
    """A value, or in `undefined` why there is none; an interval, or in `no_interval` why there is none."""

    value = s.FloatField(allow_null=True)
    undefined = s.CharField()
    low = s.FloatField(allow_null=True)
    high = s.FloatField(allow_null=True)
    no_interval = s.CharField()


class SpansOut(s.Serializer[Any]):
    """From doubly marked articles: span_f1, exact_f1, char_alpha; pooled over articles."""

    articles = s.IntegerField()
    spans = s.IntegerField()
    markers = s.IntegerField()
    figures = s.DictField(child=BesideOut())


class CitationsOut(s.Serializer[Any]):
    """From first verdicts on the same claims: source_f1, stance_alpha."""

    claims = s.IntegerField()
    reviewers = s.IntegerField()
    shared_sources = s.IntegerField()
    figures = s.DictField(child=BesideOut())


class CalibrationOut(s.Serializer[Any]):
    """`before`, `after`: certainty of the consensus less the share in which rulings agree, without and with `temperature`."""

    temperature = s.FloatField(allow_null=True)
    ruled = s.IntegerField()
    undefined = s.CharField()
    before = s.FloatField(allow_null=True)
    after = s.FloatField(allow_null=True)


class AgreementOut(s.Serializer[Any]):
    results = ScoreOut(many=True)
    next = s.CharField(allow_null=True)
    spans = SpansOut()
    citations = CitationsOut()
    calibration = CalibrationOut()


class ConsensusOut(s.Serializer[Any]):
    """`posterior`: labels with half a percent or more; `entropy` in nats; `credible_90`: the fewest labels that hold 90 %."""

    claim = s.IntegerField()
    label = s.CharField()  # type: ignore[assignment]  # the base has an attribute of that name
    method = s.CharField()
    posterior = s.DictField(child=s.FloatField())
    entropy = s.FloatField()
    credible_90 = s.ListField(child=s.CharField())
    tied = s.BooleanField()
    votes = s.DictField(child=s.IntegerField())
    ruled = s.IntegerField()
    temperature = s.FloatField(allow_null=True)
    converged = s.BooleanField()
