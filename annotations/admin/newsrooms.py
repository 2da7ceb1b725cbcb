"""Newsrooms, members, scales, tokens."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.reading import Reading
from annotations.errors import FactcheckError
from annotations.models import ApiToken, Label, Member, Newsroom, Scale
from annotations.newsrooms import operations


@admin.register(Newsroom)
class NewsroomAdmin(Reading):
    room = "id"
    list_display = ("name", "slug", "language", "sign_off_required", "reviews_wanted", "is_demo")
    readonly_fields = (
        "slug",
        "is_demo",
        "asks_archive",
        "created_at",
    )  # the switch stands on the settings page, logged

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)


@admin.register(Member)
class MemberAdmin(Reading):
    list_display = ("user", "role", "is_active", "newsroom", "created_at")
    list_filter = ("role", "is_active")
    search_fields = ("user__name", "user__email")
    actions = ("end", "renew")

    @admin.action(description=_("End the membership (the work stays)"))
    def end(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        self._change(request, chosen, is_active=False)

    @admin.action(description=_("Renew the membership"))
    def renew(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        self._change(request, chosen, is_active=True)

    def _change(self, request: HttpRequest, chosen: QuerySet[Member], **changes: Any) -> None:
        for member in chosen:
            try:
                operations.change_member(member, by=self.acting(request, member.newsroom_id), **changes)
            except FactcheckError as error:
                self.message_user(request, f"{member}: {error.message}", messages.ERROR)


if TYPE_CHECKING:
    Inline = admin.TabularInline[Label, Scale]
else:  # generic for the type checker only
    Inline = admin.TabularInline


class LabelInline(Inline):
    model = Label
    fields = ("order", "key", "names", "kind", "position", "rating", "needs_source")
    readonly_fields = fields
    ordering = ("order",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # reached through a scale that was scoped


@admin.register(Scale)
class ScaleAdmin(Reading):
    list_display = ("name", "version", "is_current", "newsroom", "created_at")
    inlines = (LabelInline,)


@admin.register(ApiToken)
class ApiTokenAdmin(Reading):
    room = "member__newsroom_id"
    list_display = ("name", "hint", "member", "last_used_at", "expires_at", "revoked_at")
    actions = ("revoke",)

    @admin.action(description=_("Revoke"))
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        for token in chosen.select_related("member"):
            operations.revoke_token(token, by=self.acting(request, token.member.newsroom_id))
