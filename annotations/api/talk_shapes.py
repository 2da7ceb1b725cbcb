"""Shapes of comments, contacts, the guideline and the checklist."""

from typing import Any

from rest_framework import serializers as s

from annotations.api.shapes import MOST, ByLanguage
from annotations.models.talk import ContactMeans, ContactStatus, NoticeKind
from annotations.newsrooms.guidelines import MOST_ITEM_CHARACTERS


class PersonNamed(s.Serializer[Any]):
    id = s.IntegerField(help_text="of the member")
    name = s.CharField()


class CommentEdit(s.Serializer[Any]):
    """`mentions`: ids of members who are told; "@name" in the text means them too."""

    text = s.CharField(max_length=20_000)
    mentions = s.ListField(child=s.IntegerField(min_value=1, max_value=MOST), max_length=100, required=False)


class CommentIn(CommentEdit):
    """`reply_to`: a comment of the same claim; threads are one level deep."""

    reply_to = s.IntegerField(required=False, allow_null=True, min_value=1, max_value=MOST)


class CommentOut(s.Serializer[Any]):
    """Plain text. A deleted comment keeps its place, without its text."""

    id = s.IntegerField()
    claim = s.IntegerField()
    thread = s.IntegerField(help_text="id of the thread's first comment")
    author = PersonNamed(allow_null=True)
    text = s.CharField()
    mentions = PersonNamed(many=True)
    created_at = s.DateTimeField()
    edited_at = s.DateTimeField(allow_null=True)
    deleted = s.BooleanField()
    resolved_at = s.DateTimeField(allow_null=True)
    row_version = s.IntegerField()


class NoticeOut(s.Serializer[Any]):
    id = s.IntegerField()
    kind = s.ChoiceField(choices=NoticeKind.choices)
    claim = s.IntegerField(source="comment.claim_id")
    comment = s.IntegerField(source="comment_id")
    author = s.CharField()
    created_at = s.DateTimeField()
    read_at = s.DateTimeField(allow_null=True)


class ContactIn(s.Serializer[Any]):
    """`answer` belongs to the status answered."""

    whom = s.CharField(max_length=300)
    contacted_on = s.DateField()
    means = s.ChoiceField(choices=ContactMeans.choices)
    asked = s.CharField(max_length=5_000)
    deadline = s.DateField(required=False, allow_null=True)
    status = s.ChoiceField(choices=ContactStatus.choices, required=False)
    answer = s.CharField(required=False, allow_blank=True, max_length=10_000)


class ContactCorrection(ContactIn):
    """The whole entry anew; what is left out stays. `why` is needed when more than status and answer change."""

    whom = s.CharField(required=False, max_length=300)
    contacted_on = s.DateField(required=False)
    means = s.ChoiceField(choices=ContactMeans.choices, required=False)
    asked = s.CharField(required=False, max_length=5_000)
    why = s.CharField(required=False, allow_blank=True, max_length=300)


class ContactRow(s.Serializer[Any]):
    id = s.IntegerField()
    whom = s.CharField()
    contacted_on = s.DateField()
    means = s.ChoiceField(choices=ContactMeans.choices)
    asked = s.CharField()
    deadline = s.DateField(allow_null=True)
    status = s.ChoiceField(choices=ContactStatus.choices)
    answer = s.CharField()
    why = s.CharField()
    entered_at = s.DateTimeField()
    entered_by = s.CharField(help_text="empty to whoever may not see the claim's reviews")


class ContactOut(ContactRow):
    """`before`: the entries that this one replaced, newest first."""

    claim = s.IntegerField()
    is_late = s.BooleanField()
    to_publish = s.BooleanField(
        help_text="readers are told with the next publication or correction; false to whoever may not see the reviews"
    )
    before = ContactRow(many=True)


class ToPublish(s.Serializer[Any]):
    to_publish = s.BooleanField()


class GuidelineOut(s.Serializer[Any]):
    """`html`: the text with its marks read, safe to show."""

    language = s.CharField()
    version = s.IntegerField()
    text = s.CharField()
    html = s.CharField()
    is_current = s.BooleanField()
    created_at = s.DateTimeField()


class GuidelineIn(s.Serializer[Any]):
    """By language of the interface; a language that is left out stays, an empty text takes it out of use."""

    texts = ByLanguage(child=s.CharField(allow_blank=True, max_length=60_000, trim_whitespace=False))


class CheckItemIn(s.Serializer[Any]):
    """Without a key it is a new line."""

    key = s.SlugField(required=False, allow_blank=True, max_length=60)
    texts = ByLanguage(child=s.CharField(allow_blank=True, max_length=MOST_ITEM_CHARACTERS))
    is_required = s.BooleanField(required=False, default=False)


class ChecklistIn(s.Serializer[Any]):
    items = CheckItemIn(many=True)


class CheckItemOut(s.Serializer[Any]):
    key = s.CharField()
    texts = s.JSONField()
    is_required = s.BooleanField()


class ChecklistOut(s.Serializer[Any]):
    """Version 0 is the empty one that a newsroom begins with."""

    version = s.IntegerField()
    items = CheckItemOut(many=True)
