"""How a fetch ended, hop by hop, and what follows from it."""

from dataclasses import dataclass

_RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_RESTRICTED_STATUS = frozenset(
    {401, 402, 403, 407, 440, 449, 451, 999}
)  # 999: what a large network answers to whom it takes for a robot
# A proxy that refuses is the operator's to mend; the source is not given up for it at once.
_RETRY = frozenset({"dns_failure", "connect_failed", "timeout", "reset", "proxy_unreachable", "proxy_refused"})
_BLOCKED = frozenset({"blocked_url", "blocked_address", "blocked_port"})
Headers = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Hop:
    """One request of a fetch. `judged`: every address of the name and why it is refused ("": it is not).

    `peer`: the address that was dialled last, or asked of the proxy.
    """

    url: str
    status: int = 0  # 0: no answer
    judged: tuple[tuple[str, str], ...] = ()
    peer: str = ""
    wire_bytes: int = 0
    elapsed_ms: int = 0


@dataclass(frozen=True, slots=True)
class FetchResult:
    """How a fetch ended, over all its hops. Sizes in bytes."""

    outcome: str
    submitted_url: str
    final_url: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    request_headers: Headers = ()
    response_headers: Headers = ()
    body: bytes = b""
    wire_bytes: int = 0
    elapsed_ms: int = 0
    downgraded: bool = False  # https led to http
    retry_after: float | None = None  # seconds, a month at the most

    @property
    def chain(self) -> tuple[tuple[str, int], ...]:
        """Each hop's URL and status (0: no answer)."""
        return tuple((hop.url, hop.status) for hop in self.hops)

    @property
    def peer(self) -> str:
        """The address that was dialled last, "" when none was."""
        return self.hops[-1].peer if self.hops else ""

    @property
    def kind(self) -> str:
        """What follows: "ready", "retry", "needs_copy" (a person can bring one), "blocked", or "failed"."""
        if self.outcome in ("ok", "not_modified"):
            return "ready"
        if self.outcome in _BLOCKED:
            return "blocked"
        if self.outcome in _RETRY or (self.outcome == "http_error" and self.status in _RETRY_STATUS):
            return "retry"
        if self.outcome == "http_error" and self.status in _RESTRICTED_STATUS:
            return "needs_copy"
        return "failed"

    def header(self, name: str) -> str:
        """The first header of this name, "" without one."""
        return next((value for key, value in self.response_headers if key.lower() == name.lower()), "")
