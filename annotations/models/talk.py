"""What people say about a claim: comments among those who have judged it, and whom the desk asked about it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claims import Claim
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.rows import Actor, one_of, paired


class Comment(models.Model):
    """One comment on a claim, or a reply to one (one level deep). A deleted one stays as a row without its text."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="comments", verbose_name=_("claim"))
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", verbose_name=_("author"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    text = models.TextField(_("text"), blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = Actor(verbose_name=_("resolved by"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            CheckConstraint(condition=Q(deleted_at__isnull=True) | Q(text=""), name="comment_deleted_is_empty"),
            CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True), name="comment_resolved_is_thread"
            ),
            CheckConstraint(condition=~Q(parent=F("id")), name="comment_not_its_own_reply"),
            paired("resolved_at", "resolved_by", name="comment_resolved_paired"),
        ]
        indexes = [models.Index(fields=["claim", "id"], name="comment_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id} #{self.pk}"


class NoticeKind(models.TextChoices):
    MENTION = "mention", _("Mention")
    REPLY = "reply", _("Reply")


class Notice(models.Model):
    """This member is meant by the comment. They are told once they may see the claim's reviews, never before."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notices", verbose_name=_("comment"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("member"))
    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind.choices)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            UniqueConstraint(fields=["comment", "member"], name="notice_once"),
            one_of("kind", NoticeKind, name="notice_kind_known"),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["member", "-id"], name="notice_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.member_id}"


class ContactMeans(models.TextChoices):
    MAIL = "mail", _("Mail")
    PHONE = "phone", _("Telephone")
    SOCIAL = "social", _("Social media")
    IN_PERSON = "in_person", _("In person")
    OTHER = "other", _("Another way")


class ContactStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    NO_ANSWER = "no_answer", _("No answer")
    DECLINED = "declined", _("Declined to answer")


class Contact(models.Model):
    """One entry of the log of whom the desk asked about a claim. Never changed: a correction is a new entry that replaces it."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="contacts", verbose_name=_("claim"))
    replaces = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    whom = models.CharField(_("who was asked"), max_length=300)
    contacted_on = models.DateField(_("asked on"))
    means = models.CharField(_("by what means"), max_length=9, choices=ContactMeans.choices)
    asked = models.TextField(_("what was asked"))
    deadline = models.DateField(_("answer wanted by"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=ContactStatus.choices, default=ContactStatus.WAITING)
    answer = models.TextField(_("the answer"), blank=True)
    why = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    # Its author was reviewing the claim: to whoever may still review it, the entry would name another reviewer.
    within_review = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(_("to be published since"), null=True, blank=True)
    published_by = Actor(verbose_name=_("to be published, said"))
    created_at = models.DateTimeField(_("entered"), default=timezone.now)
    created_by = Actor(verbose_name=_("entered by"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            one_of("means", ContactMeans, name="contact_means_known"),
            one_of("status", ContactStatus, name="contact_status_known"),
            CheckConstraint(condition=~Q(status="answered") | ~Q(answer=""), name="contact_answered_has_answer"),
            CheckConstraint(condition=~Q(replaces=F("id")), name="contact_not_its_own_correction"),
            paired("published_at", "published_by", name="contact_published_paired"),
        ]
        indexes = [models.Index(fields=["claim", "id"], name="contact_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.contacted_on}"
