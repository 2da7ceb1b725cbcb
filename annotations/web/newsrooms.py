"""The desk: where to begin, API tokens, and the very first admin."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from annotations.articles import queries as articles
from annotations.claims import queries as claims
from annotations.claims.markings.queries import hidden_claims
from annotations.demo import samples
from annotations.errors import FactcheckError, InvalidInput, NotFound
from annotations.models import Claim, Member, User
from annotations.models.sources import SourceLife
from annotations.newsrooms import access, guidelines, operations, queries
from annotations.newsrooms.first import create_first, needed, setup_code
from annotations.reviews import queries as reviews
from annotations.rulings import queries as rulings
from annotations.rulings import rechecks
from annotations.sources import queries as sources
from annotations.web import doubling
from annotations.web.pages import page, problems, refusal, whole

_MOST_DAYS = 3650  # of a token


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """To the one newsroom, a choice of several, the set-up of the first, or the sign-in."""
    if needed():
        return redirect("setup")
    if not isinstance(request.user, User):
        return redirect("account_login")
    rooms = access.newsrooms_of(request.user)
    if len(rooms) == 1:
        return redirect("dashboard", rooms[0].slug)
    return render(request, "newsrooms/choose.html", {"rooms": rooms})


@never_cache
@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """The first admin and newsroom. Whoever can read the data folder's code may do it, nobody else."""
    if not needed():
        return refusal(request, NotFound("set_up", _("This installation is set up. Sign in.")))
    typed = {"code": request.GET.get("code", ""), "language": request.LANGUAGE_CODE}
    found: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: str(value).strip() for name, value in request.POST.items()}
        try:
            member = _first(typed)
        except FactcheckError as error:
            found = problems(error)
        else:
            login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("dashboard", member.newsroom.slug)
    return render(request, "newsrooms/setup.html", {"typed": typed, "problems": found}, status=422 if found else 200)


def _first(typed: dict[str, str]) -> Member:
    if not secrets.compare_digest(typed.get("code", "").encode(), setup_code().encode()):
        raise InvalidInput("bad_code", _("This is not the set-up code that the start printed."), pointer="/code")
    try:
        validate_password(typed.get("password", ""))
    except ValidationError as error:
        raise InvalidInput("weak_password", " ".join(error.messages), pointer="/password") from error
    return create_first(
        **{
            name: typed.get(name, "")
            for name in ("email", "name", "password", "newsroom", "url", "contact", "language")
        }
    )


@page("article.read")
def dashboard(request: HttpRequest, member: Member) -> HttpResponse:
    """What waits for this member."""
    queue = _worded(reviews.queue(member, limit=5))
    context: dict[str, Any] = {
        "articles": articles.with_progress(member, hidden=hidden_claims(member, at="claims__"))[:5],
        "queue": queue,
        "queue_why": reviews.why_empty(member) if not queue else None,
    } | doubling.waiting(member)
    if member.may_edit:
        context |= {
            "steps": first_steps(member, kinds := samples.kinds(member)),
            "sample_loaded": True in kinds,
            "undecided": _worded(claims.undecided(member)[:5]),
            "changed": _worded(claims.to_look_at(member)[:5]),
            "to_rule": _worded(rulings.to_rule(member, limit=5)),
            "to_sign_off": rulings.to_sign_off(member)[:5],
            "rechecks": rechecks.count(member),
            "troubled": [(life, SourceLife(life).label, count) for life, count in sources.troubled(member).items()],
        }
    return render(request, "newsrooms/dashboard.html", context)


def first_steps(member: Member, kinds: set[bool]) -> list[dict[str, Any]]:
    """What a new newsroom does first, and what of it is done; none once all is, or where this member put them away."""
    if member.hides_first_steps or member.newsroom.is_demo:
        return []
    slug, is_admin = member.newsroom.slug, access.may(member, "member.manage")
    settings_page = reverse("settings", args=[slug]) if is_admin else ""
    steps = [
        {
            "text": _("Bring in the first article"),
            "done": False in kinds,
            "url": reverse("article_add", args=[slug]),
        },
        {
            "text": _("Invite people: a claim wants two reviewers, and a ruling a second person"),
            "done": queries.active_members(member.newsroom).count() > 2,
            "url": reverse("members", args=[slug]) if is_admin else "",
        },
        {
            "text": _("Write down how your newsroom checks: its guideline"),
            "done": guidelines.guideline(member.newsroom) is not None,
            "url": settings_page,
        },
    ]
    return [] if all(step["done"] for step in steps) else steps


def _worded(rows: Iterable[Claim]) -> list[dict[str, Any]]:
    """Each with its wording of now: a claim keeps the words of earlier versions too."""
    return [{"claim": claim, "words": claims.wording(claim)} for claim in rows]


@never_cache  # a key is shown this once
@page("token.own")
def tokens(request: HttpRequest, member: Member) -> HttpResponse:
    """One's own API tokens; a new key is shown once."""
    key, found = "", {}
    if request.method == "POST":
        try:
            days = _days(request.POST.get("days", "").strip())
            _row, key = operations.issue_token(
                member,
                by=member,
                name=request.POST.get("name", ""),
                scopes=request.POST.getlist("scopes"),
                expires_at=timezone.now() + timedelta(days=days) if days else None,
            )
        except FactcheckError as error:
            found = problems(error)
    context: dict[str, Any] = {
        "tokens": queries.tokens_of(member),
        "key": key,
        "problems": found,
        "scopes": sorted(access.SCOPES),
    }
    return render(request, "newsrooms/tokens.html", context, status=422 if found else 200)


def _days(typed: str) -> int:
    """How long the key is to open doors; 0: until it is revoked. What is no number must not mean for ever."""
    days = whole(typed or "0")
    if days is None or days > _MOST_DAYS:
        message = _("Give the days as a whole number up to %d, or leave the field empty.") % _MOST_DAYS
        raise InvalidInput("bad_days", message, pointer="/days")
    return days


@require_POST
@page("token.own")
def revoke_token(request: HttpRequest, member: Member, token_id: int) -> HttpResponse:
    token = queries.tokens_of(member).filter(pk=token_id).first()
    if token is None:
        raise NotFound("no_token", _("There is no such token."))
    operations.revoke_token(token, by=member)
    return redirect("tokens", member.newsroom.slug)
