"""The domain's refusals. Doors translate them: a problem document, a form message, an exit status."""

from datetime import datetime
from typing import Any


class FactcheckError(Exception):
    """A refusal with a stable `code` for programs and a sentence for people that says what to do.

    `pointer` is a JSON pointer to the field at fault ("" when none is).
    """

    status = 400

    def __init__(self, code: str, message: str, *, pointer: str = "", **details: Any) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.pointer = pointer
        self.details = details


class InvalidInput(FactcheckError):
    """What came in cannot be used as it is."""

    status = 422


class InvalidFields(FactcheckError):
    """Several fields are at fault; `problems` holds one InvalidInput each."""

    status = 422

    def __init__(self, problems: list[InvalidInput]) -> None:
        super().__init__("invalid", "; ".join(str(problem.message) for problem in problems))
        self.problems = problems


class NotFound(FactcheckError):
    """No such row in this newsroom (a row of another newsroom looks the same)."""

    status = 404


class NotAllowed(FactcheckError):
    """The member's role, the token's scope or blindness forbids it."""

    status = 403


class Conflict(FactcheckError):
    """The row is no longer in the state that the action starts from."""

    status = 409


class TextDiffers(Conflict):
    """The quote sent is not what stands at these offsets; `details["actual"]` is."""


class Duplicate(Conflict):
    """It is there already; `details["existing"]` is its id."""


class StaleVersion(FactcheckError):
    """Somebody saved in between; `details["current"]` holds what is there now."""

    status = 412


class TooLarge(FactcheckError):
    """Above a limit that the message names."""

    status = 413


class RetryLater(FactcheckError):
    """Raised inside a job: a passing fault; the work row is due again at `at`."""

    status = 503

    def __init__(self, code: str, message: str, *, at: datetime) -> None:
        super().__init__(code, message)
        self.at = at
