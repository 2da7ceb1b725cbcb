"""Sign-in by invitation: nobody makes an account for themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up is closed; everything else is allauth's."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
