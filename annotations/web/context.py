"""What every page's frame needs: the newsroom, the navigation, whether workers are alive."""

import json
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations import pulse
from annotations.lib import digits
from annotations.models import Member
from annotations.newsrooms import keys
from annotations.newsrooms.access import may
from annotations.reviews.noticing import talk_for
from annotations.web import leaves, tour

_COUNTED = {"review_queue": "review", "ruling_queue": "rulings"}


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page; `member` was put on the request by the page's door."""
    member: Member | None = getattr(request, "member", None)
    return {
        "member": member,
        "newsroom": member.newsroom if member else None,
        "nav": _navigation(request, member) if member else [],
        "mentions": SimpleLazyObject(lambda: talk_for(member)) if member else 0,
        "events_after": getattr(request, "events_after", ""),
        "workers": SimpleLazyObject(_workers),
        "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
        "digits_chosen": digits.chosen(),
        "tour": tour.of(request, member) if member else None,
        "keys": json.dumps(keys.of(member.user)) if member else "",
        "page_direction": "rtl" if get_language_bidi() else "ltr",
    }


def _navigation(request: HttpRequest, member: Member) -> list[dict[str, Any]]:
    entries = [
        ("dashboard", _("Desk"), "article.read"),
        ("articles", _("Articles"), "article.read"),
        ("intake", _("Intake"), "feed.manage"),
        ("review_queue", _("Review"), "queue.review"),
        ("ruling_queue", _("Rulings"), "ruling.read"),
        ("sources", _("Sources"), "source.read"),
        ("agreement", _("Agreement"), "agreement.read")
        if may(member, "agreement.read")
        else ("agreement_mine", _("My agreement"), "agreement.own"),
        ("publications", _("Published"), "publication.read"),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    counts, fresh = leaves.known(member, getattr(request, "events_after", ""))
    return [
        {
            "label": label,
            "url": reverse(name, args=[member.newsroom.slug]),
            "current": name == here,
            "count": f"nav-{_COUNTED[name]}" if name in _COUNTED else "",
            "n": counts.get(_COUNTED.get(name, ""), 0),
            "stale": not fresh,
        }
        for name, label, action in entries
        if may(member, action)
    ]


def _workers() -> dict[str, Any]:
    found: dict[str, Any] | None = cache.get("workers")
    if found is None:
        found = pulse.workers()
        cache.set("workers", found, 5)
    return found
