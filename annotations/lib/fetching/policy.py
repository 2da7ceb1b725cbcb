"""What a fetch may cost and where it may go."""

from dataclasses import dataclass

from annotations.lib.fetching.addresses import AllowedRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Limits of one fetch over all its hops. Times in seconds, sizes in bytes."""

    user_agent: str = "Factcheck"
    allowed: tuple[AllowedRange, ...] = ()
    # Names in either are as `own_host` writes them; ".example.org": that name and all below it.
    allowed_hosts: frozenset[str] = frozenset()  # single-label or internal names that the operator opens
    own_hosts: frozenset[str] = frozenset()
    dns_seconds: float = 5.0
    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 30.0
    most_redirects: int = 5
    most_dials: int = 3
    most_wire: int = 12_000_000
    most_body: int = 25_000_000
