"""What all admin lists share: staff sees the newsrooms they are an admin of, nothing is deleted, work is not edited by hand."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from annotations.models import Member
from annotations.models.newsrooms import Role


def user_id(request: HttpRequest) -> int:
    """0 for nobody: matches no row."""
    return request.user.pk or 0


def administered(request: HttpRequest) -> list[int]:
    """Ids of the newsrooms whose admin this user is. A superuser is the host's admin, not a desk's: no exception."""
    return list(
        Member.objects.filter(user_id=user_id(request), role=Role.ADMIN, is_active=True).values_list(
            "newsroom_id", flat=True
        )
    )


if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:  # generic for the type checker only
    Base = admin.ModelAdmin


class Reading(Base):
    """Lists and details, scoped to the admin's newsrooms. `room` is the lookup of the newsroom's id."""

    room = "newsroom_id"
    list_per_page = 50
    show_full_result_count = False
    actions_selection_counter = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**{f"{self.room}__in": administered(request)}).order_by("-pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False) and administered(request))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def acting(self, request: HttpRequest, newsroom_id: int) -> Member:
        """Who acts, for the operations."""
        return Member.objects.select_related("user", "newsroom").get(
            user_id=user_id(request), newsroom_id=newsroom_id, is_active=True
        )
