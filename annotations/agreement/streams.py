"""Votes that arrive at least once and in any order: the highest revision of a claim and reviewer wins, null withdraws."""

from collections import Counter
from collections.abc import Mapping

from annotations.agreement import patterns


class ConflictingRevision(ValueError):
    """One claim, reviewer and revision came with two different labels: no order of delivery can tell which is right."""


class Votes:
    """The state that the events lead to, whatever their order; its histogram equals one counted anew."""

    def __init__(self) -> None:
        self._latest: dict[str, dict[str, tuple[int, int | None]]] = {}
        self._pattern: dict[str, str] = {}
        self._histogram: Counter[str] = Counter()

    def apply(self, *, claim: str, reviewer: str, revision: int, label: int | None) -> bool:
        """True if the event changed the state. A claim's pattern is counted anew, never stepped by one."""
        votes = self._latest.setdefault(claim, {})
        known = votes.get(reviewer)
        if known is not None and known[0] == revision and known[1] != label:
            raise ConflictingRevision(f"claim {claim}, reviewer {reviewer}, revision {revision}: two different labels")
        if known is not None and known[0] >= revision:
            return False
        votes[reviewer] = (revision, label)
        counts = Counter(vote for _revision, vote in votes.values() if vote is not None)
        old, new = self._pattern.get(claim, ""), patterns.key(counts)
        if old == new:
            return True
        self._pattern[claim] = new
        self._histogram[new] += 1
        self._histogram[old] -= 1
        return True

    @property
    def histogram(self) -> Mapping[str, int]:
        """Claims of each pattern, without claims that nobody judges."""
        return {key: claims for key, claims in self._histogram.items() if key and claims > 0}

    def ratings(self) -> list[tuple[str, str, int]]:
        """(claim, reviewer, label) of every vote that stands."""
        return [
            (claim, reviewer, label)
            for claim, votes in sorted(self._latest.items())
            for reviewer, (_revision, label) in sorted(votes.items())
            if label is not None
        ]
