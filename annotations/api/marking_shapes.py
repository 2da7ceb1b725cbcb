"""The shapes of double markings."""

from typing import Any

from rest_framework import serializers as s

from annotations.api.claim_shapes import SpanIn
from annotations.api.shapes import MOST
from annotations.models.markings import DoublingState, MarkerState, Outcome


class DoublingIn(s.Serializer[Any]):
    """`members`: who marks it; places that are left are for the first who take one."""

    places = s.IntegerField(min_value=2, max_value=10, default=2)
    members = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), max_length=10, default=list)


class DoublingOut(s.Serializer[Any]):
    """`own`: the caller's place, "" without one; `free`: places that nobody has taken."""

    article = s.IntegerField(source="article_id")
    state = s.ChoiceField(choices=DoublingState.choices)
    version = s.IntegerField(allow_null=True, help_text="number of the version that is marked")
    places = s.IntegerField()
    free = s.IntegerField()
    own = s.ChoiceField(choices=[("", ""), *MarkerState.choices], allow_blank=True)
    reason = s.CharField()


class CloseIn(s.Serializer[Any]):
    """Closing before all are done needs a reason."""

    reason = s.CharField(max_length=500)


class MarkIn(s.Serializer[Any]):
    """A claim as one finds it: the server slices the text itself and answers 409 when it differs."""

    spans = s.ListField(child=SpanIn(), min_length=1, max_length=20)
    restated = s.CharField(required=False, allow_blank=True, max_length=5000)
    note = s.CharField(required=False, allow_blank=True, max_length=500)


class MarkChange(s.Serializer[Any]):
    spans = s.ListField(child=SpanIn(), min_length=1, max_length=20, required=False)
    restated = s.CharField(required=False, allow_blank=True, max_length=5000)
    note = s.CharField(required=False, allow_blank=True, max_length=500)


class MarkSpan(s.Serializer[Any]):
    start = s.IntegerField()
    end = s.IntegerField()
    exact = s.CharField()


class MarkOut(s.Serializer[Any]):
    id = s.IntegerField()
    spans = MarkSpan(many=True)
    restated = s.CharField()
    note = s.CharField()
    row_version = s.IntegerField()


class CellOut(s.Serializer[Any]):
    """One person's mark in a row; null where they marked nothing there. `claim`: what became of it."""

    member = s.IntegerField()
    mark = MarkOut(allow_null=True)
    outcome = s.ChoiceField(choices=[("", ""), *Outcome.choices], allow_blank=True)
    claim = s.IntegerField(allow_null=True)


class RowOut(s.Serializer[Any]):
    """`alike`: all marked these very words and restated them alike. `open`: an editor has not decided on it."""

    marks = s.ListField(child=s.IntegerField())
    kind = s.ChoiceField(choices=["same", "overlap", "only"])
    alike = s.BooleanField()
    iou = s.FloatField(allow_null=True)
    open = s.BooleanField()
    cells = CellOut(many=True)


class DecisionIn(s.Serializer[Any]):
    """On one row (`marks` as listed): `take` some of its marks, or `spans` set by hand, or neither: leave it out.

    `alike` alone: take every row that all marked alike.
    """

    alike = s.BooleanField(default=False)
    marks = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), max_length=10, default=list)
    take = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), max_length=10, default=list)
    spans = s.ListField(child=SpanIn(), max_length=20, default=list)
    restated = s.CharField(default="", allow_blank=True, max_length=5000)


class DecidedOut(s.Serializer[Any]):
    """The ids of the claims that came of it."""

    claims = s.ListField(child=s.IntegerField())
    state = s.ChoiceField(choices=DoublingState.choices)
