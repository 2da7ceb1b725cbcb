"""The keyboard: what each action's key is, and what a person put in its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from annotations.errors import InvalidFields, InvalidInput
from annotations.models import User


@dataclass(frozen=True, slots=True)
class Action:
    """`fixed`: its key is not changed, as people know it from everywhere."""

    name: str
    key: str
    label: str | Promise
    fixed: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("following", "j", gettext_lazy("next claim")),
    Action("previous", "k", gettext_lazy("previous claim")),
    Action("open", "enter", gettext_lazy("open the claim"), fixed=True),
    Action("escape", "escape", gettext_lazy("close, or drop the picked words"), fixed=True),
    Action("sentence_next", "n", gettext_lazy("pick the next sentence")),
    Action("sentence_previous", "shift+n", gettext_lazy("pick the sentence before")),
    Action("end_out", "]", gettext_lazy("the picked words end a word later")),
    Action("end_in", "[", gettext_lazy("the picked words end a word earlier")),
    Action("start_in", "shift+]", gettext_lazy("the picked words begin a word later")),
    Action("start_out", "shift+[", gettext_lazy("the picked words begin a word earlier")),
    Action("add", "c", gettext_lazy("a claim of the picked words")),
    Action("fit", "e", gettext_lazy("put the current claim on the picked words")),
    Action("verdict", "1-9", gettext_lazy("choose the verdict"), fixed=True),
    Action("source", "a", gettext_lazy("add a source")),
    Action("quote", "q", gettext_lazy("to the quote of a source")),
    Action("submit", "ctrl+enter", gettext_lazy("save, then the next unfinished claim")),
    Action("text", "t", gettext_lazy("between the text and the claims")),
    Action("search", "/", pgettext_lazy("key", "search")),
    Action("go_articles", "g a", gettext_lazy("go to the articles")),
    Action("go_review", "g r", gettext_lazy("go to the review queue")),
    Action("go_rulings", "g j", gettext_lazy("go to the rulings")),
    Action("help", "?", gettext_lazy("show the keys")),
)
_BY_NAME = {action.name: action for action in ACTIONS}
_KEY = re.compile(r"(?:g )?(?:ctrl\+)?(?:alt\+)?(?:shift\+)?(?:[a-z0-9]|[!-/:-@\[-`{-~]|[a-z]{2,12})")


def of(user: User) -> dict[str, str]:
    """Every action's key, "" for one that is switched off."""
    own = user.keys.get("keys", {})
    return {
        action.name: action.key if action.fixed and own.get(action.name) != "" else own.get(action.name, action.key)
        for action in ACTIONS
    }


def are_on(user: User) -> bool:
    """Whether keys that are pressed alone do anything at all (WCAG 2.1.4)."""
    return not user.keys.get("off", False)


def choose(user: User, *, on: bool, keys: Mapping[str, str]) -> User:
    """Keep a person's own keys; an empty one switches that action off. Refuses a key that two actions would have."""
    chosen = of(user) | {name: " ".join(key.casefold().split()) for name, key in keys.items() if name in _BY_NAME}
    found = []
    taken: dict[str, Action] = {}
    for action in ACTIONS:
        key = chosen[action.name]
        if key and not (action.fixed and key == action.key) and not _KEY.fullmatch(key):
            found.append(InvalidInput("no_key", _("This is no key."), pointer=f"/{action.name}"))
        elif key and key in taken:
            message = _("This key is taken: %s.") % taken[key].label
            found.append(InvalidInput("key_taken", message, pointer=f"/{action.name}"))
        if key:
            taken.setdefault(key, action)
    if found:
        raise InvalidFields(found)
    own = {name: key for name, key in chosen.items() if key != _BY_NAME[name].key}
    value = ({"keys": own} if own else {}) | ({} if on else {"off": True})
    if value != user.keys:
        User.objects.filter(pk=user.pk).update(keys=value)
        user.keys = value
    return user


def reset(user: User) -> User:
    """All as at first."""
    User.objects.filter(pk=user.pk).update(keys={})
    user.keys = {}
    return user
