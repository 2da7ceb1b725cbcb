"""The people of a newsroom: who is in it, and letting somebody in."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from annotations.errors import FactcheckError
from annotations.models import Member, User
from annotations.models.newsrooms import Role
from annotations.newsrooms import operations, queries
from annotations.web.pages import form, page, problems


@never_cache  # a password is shown this once
@page("member.manage")
def members(request: HttpRequest, member: Member) -> HttpResponse:
    """Adding a person who is new here shows their first password, once; they change it after signing in."""
    typed: dict[str, str] = {"role": Role.REVIEWER}
    found: dict[str, str] = {}
    added, password = None, ""
    if request.method == "POST":
        typed |= {name: str(value).strip() for name, value in form(request).items()}
        fresh = not User.objects.filter(email__iexact=typed.get("email", "")).exists()
        password = secrets.token_urlsafe(12) if fresh else ""
        try:
            added = operations.add_member(
                member.newsroom,
                email=typed.get("email", ""),
                name=typed.get("name", "") or typed.get("email", ""),
                role=typed.get("role", ""),
                by=member,
                password=password or None,
            )
            typed = {"role": Role.REVIEWER}
        except FactcheckError as error:
            found = problems(error)
    context = {
        "rows": queries.active_members(member.newsroom),
        "roles": Role.choices,
        "typed": typed,
        "problems": found,
        "added": added,
        "password": password if added else "",
    }
    return render(request, "newsrooms/members.html", context, status=422 if found else 200)
