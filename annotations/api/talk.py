"""claims/{id}/comments, comments/{id}, mentions; claims/{id}/contacts, contacts/{id}; guideline, checklist"""

from dataclasses import replace
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions
from annotations.api import talk_shapes as shapes
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.claims import queries as claims
from annotations.lib.marked_text import to_html
from annotations.models import Checklist, Comment, Contact, Member
from annotations.newsrooms import guidelines
from annotations.newsrooms.guidelines import Item
from annotations.reviews import contacting, noticing, talking
from annotations.reviews.contacting import Entry, Shown


def comment_out(row: Comment) -> dict[str, Any]:
    same = ("id", "text", "created_at", "edited_at", "resolved_at", "row_version")
    return {name: getattr(row, name) for name in same} | {
        "claim": row.claim_id,
        "thread": row.parent_id or row.pk,
        "author": _named(row.author),
        "mentions": [_named(notice.member) for notice in row.notices.all()],
        "deleted": row.deleted_at is not None,
    }


def _named(member: Member | None) -> dict[str, Any] | None:
    return {"id": member.pk, "name": str(member.user)} if member else None


class Comments(Operation):
    @operation(shapes.CommentOut, many=True, operation_id="comments_list")
    def get(self, request: Request, claim_id: int) -> Response:
        """Oldest first; 403 to whoever may not see the claim's reviews."""
        member = self.may(request, "comment.read")
        found = talking.threads(member, claims.get(member, claim_id))
        rows = [row for thread in found for row in (thread.first, *thread.replies)]
        return Response({"results": shapes.CommentOut(map(comment_out, rows), many=True).data, "next": None})

    @operation(shapes.CommentOut, status=201, takes=shapes.CommentIn, operation_id="comments_write")
    def post(self, request: Request, claim_id: int) -> Response:
        """Write a comment or a reply; who is meant is told once they may see the claim's reviews."""
        member = self.may(request, "comment.write")
        claim = claims.get(member, claim_id)
        values = self.taken(request, shapes.CommentIn)
        target = values.get("reply_to")
        row = talking.say(
            claim,
            values["text"],
            by=member,
            mentions=values.get("mentions", ()),
            reply_to=talking.get(member, target) if target else None,
        )
        return Response(shapes.CommentOut(comment_out(row)).data, status=201, headers={"ETag": f'"{row.row_version}"'})


class CommentDetail(Operation):
    @operation(shapes.CommentOut, takes=shapes.CommentEdit, parameters=IF_MATCH, operation_id="comments_edit")
    def patch(self, request: Request, comment_id: int) -> Response:
        """Change one's own comment; it then says that it was edited."""
        member = self.may(request, "comment.write")
        row = talking.get(member, comment_id)
        values = self.taken(request, shapes.CommentEdit)
        row = talking.edit(
            row,
            values["text"],
            by=member,
            row_version=conventions.precondition(request),
            mentions=values.get("mentions", ()),
        )
        return conventions.tagged(shapes.CommentOut(comment_out(row)).data, row.row_version)

    @operation(None, status=204, operation_id="comments_delete")
    def delete(self, request: Request, comment_id: int) -> Response:
        """Erase the text of one's own comment; its place stays."""
        member = self.may(request, "comment.write")
        talking.delete(talking.get(member, comment_id), by=member)
        return Response(status=204)


class CommentResolution(Operation):
    @operation(shapes.CommentOut, operation_id="comments_resolve")
    def put(self, request: Request, comment_id: int) -> Response:
        """Settle a thread, at its first comment."""
        return self._resolve(request, comment_id, on=True)

    @operation(shapes.CommentOut, operation_id="comments_reopen")
    def delete(self, request: Request, comment_id: int) -> Response:
        """Open it again."""
        return self._resolve(request, comment_id, on=False)

    def _resolve(self, request: Request, comment_id: int, *, on: bool) -> Response:
        member = self.may(request, "comment.write")
        row = talking.resolve(talking.get(member, comment_id), by=member, on=on)
        return conventions.tagged(shapes.CommentOut(comment_out(row)).data, row.row_version)


class Mentions(Operation):
    @operation(shapes.NoticeOut, many=True, operation_id="mentions_list")
    def get(self, request: Request) -> Response:
        """Mentions of the caller and replies to them, unread first; `unread` counts."""
        member = self.may(request, "comment.read")
        rows = noticing.latest(member)
        for row in rows:
            row.author = str(row.comment.author.user) if row.comment.author else ""  # type: ignore[attr-defined]
        results = shapes.NoticeOut(rows, many=True).data
        return Response({"results": results, "next": None, "unread": noticing.talk_for(member)})

    @operation(None, status=204, operation_id="mentions_read")
    def put(self, request: Request) -> Response:
        """All that are there now are read."""
        noticing.mark_read(self.may(request, "comment.write"))
        return Response(status=204)


def _row(row: Contact, *, names: bool) -> dict[str, Any]:
    same = ("id", "whom", "contacted_on", "means", "asked", "deadline", "status", "answer", "why")
    return {name: getattr(row, name) for name in same} | {
        "entered_at": row.created_at,
        "entered_by": str(row.created_by) if names and row.created_by else "",
    }


def contact_out(shown: Shown) -> dict[str, Any]:
    return _row(shown.entry, names=shown.names) | {
        "claim": shown.entry.claim_id,
        "is_late": shown.is_late,
        "to_publish": shown.names and shown.entry.published_at is not None,
        "before": [_row(row, names=shown.names) for row in shown.before],
    }


def _one(member: Member, row: Contact, status: int = 200) -> Response:
    shown = next(found for found in contacting.of_claim(member, row.claim) if found.entry.pk == row.pk)
    return Response(shapes.ContactOut(contact_out(shown)).data, status=status)


class Contacts(Operation):
    @operation(shapes.ContactOut, many=True, operation_id="contacts_list")
    def get(self, request: Request, claim_id: int) -> Response:
        """Whom the desk asked about the claim, as far as the caller may read it."""
        member = self.may(request, "contact.read")
        rows = map(contact_out, contacting.of_claim(member, claims.get(member, claim_id)))
        return Response({"results": shapes.ContactOut(rows, many=True).data, "next": None})

    @operation(shapes.ContactOut, status=201, takes=shapes.ContactIn, operation_id="contacts_enter")
    def post(self, request: Request, claim_id: int) -> Response:
        """Enter a contact; it is never changed, only replaced by a correction."""
        member = self.may(request, "contact.write")
        claim = claims.get(member, claim_id)
        return _one(
            member, contacting.enter(claim, Entry(**self.taken(request, shapes.ContactIn)), by=member), status=201
        )


class ContactCorrections(Operation):
    @operation(shapes.ContactOut, takes=shapes.ContactCorrection, operation_id="contacts_correct")
    def post(self, request: Request, contact_id: int) -> Response:
        """An answer, or a correction: a new entry that replaces this one, which stays to be read."""
        member = self.may(request, "contact.write")
        row = contacting.get(member, contact_id)
        values = self.taken(request, shapes.ContactCorrection)
        why = values.pop("why", "")
        return _one(member, contacting.correct(row, replace(contacting.of(row), **values), by=member, why=why))


class ContactPublication(Operation):
    @operation(shapes.ContactOut, takes=shapes.ToPublish, operation_id="contacts_publish")
    def put(self, request: Request, contact_id: int) -> Response:
        """Whether readers are told of it; a tick holds for the words that were there, a correction takes it off."""
        member = self.may(request, "contact.publish")
        row = contacting.get(member, contact_id)
        on = self.taken(request, shapes.ToPublish)["to_publish"]
        return _one(member, contacting.publish(row, by=member, on=on))


class GuidelineText(Operation):
    @operation(shapes.GuidelineOut, many=True, operation_id="guideline_read")
    def get(self, request: Request) -> Response:
        """All versions of the newsroom's guideline, each language's newest first."""
        return self._all(self.may(request, "guideline.read"))

    @operation(shapes.GuidelineOut, many=True, takes=shapes.GuidelineIn, operation_id="guideline_write")
    def put(self, request: Request) -> Response:
        """New versions of the languages whose text differs."""
        member = self.may(request, "guideline.manage")
        guidelines.write_guideline(self.taken(request, shapes.GuidelineIn)["texts"], by=member)
        return self._all(member)

    def _all(self, member: Member) -> Response:
        same = ("language", "version", "text", "is_current", "created_at")
        rows = [
            {name: getattr(row, name) for name in same} | {"html": to_html(row.text)}
            for row in guidelines.guidelines(member.newsroom)
        ]
        return Response({"results": shapes.GuidelineOut(rows, many=True).data, "next": None})


def _checklist(found: Checklist | None) -> Response:
    version = found.version if found else 0
    body = shapes.ChecklistOut({"version": version, "items": guidelines.items(found)}).data
    return conventions.tagged(body, version)


class ChecklistDetail(Operation):
    @operation(shapes.ChecklistOut, operation_id="checklist_read")
    def get(self, request: Request) -> Response:
        """What reviewers tick; `checks` of a review holds the keys."""
        return _checklist(guidelines.checklist(self.may(request, "guideline.read").newsroom))

    @operation(shapes.ChecklistOut, takes=shapes.ChecklistIn, parameters=IF_MATCH, operation_id="checklist_write")
    def put(self, request: Request) -> Response:
        """A new version with these lines in this order, where they differ."""
        member = self.may(request, "guideline.manage")
        rows = [Item(**row) for row in self.taken(request, shapes.ChecklistIn)["items"]]
        return _checklist(guidelines.write_checklist(rows, by=member, version=conventions.precondition(request)))
