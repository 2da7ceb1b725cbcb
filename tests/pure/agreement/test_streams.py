"""Events at least once and in any order lead to one state, whose figures equal those counted anew."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement.metrics import metrics
from annotations.agreement.patterns import Declared, key
from annotations.agreement.streams import ConflictingRevision, Votes

DECLARED = Declared((0, 1, 2, None))
Event = tuple[str, str, int, int | None]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What happened, in order: each claim and reviewer counts its revisions up."""
    found: list[Event] = []
    for claim in "pqrs":
        for reviewer in "abc":
            labels = draw(st.lists(st.none() | st.integers(0, 3), max_size=4))
            found += [(claim, reviewer, revision, label) for revision, label in enumerate(labels, start=1)]
    return found


def replay(events: list[Event]) -> Votes:
    state = Votes()
    for claim, reviewer, revision, label in events:
        state.apply(claim=claim, reviewer=reviewer, revision=revision, label=label)
    return state


def anew(events: list[Event]) -> dict[str, int]:
    latest: dict[tuple[str, str], tuple[int, int | None]] = {}
    for claim, reviewer, revision, label in events:
        if revision > latest.get((claim, reviewer), (0, None))[0]:
            latest[claim, reviewer] = (revision, label)
    counts: dict[str, Counter[int]] = {}
    for (claim, _reviewer), (_revision, label) in latest.items():
        if label is not None:
            counts.setdefault(claim, Counter())[label] += 1
    return dict(Counter(key(one) for one in counts.values()))


@settings(deadline=None)
@given(history=histories(), random=st.randoms(use_true_random=False), copies=st.integers(1, 3))
def test_any_delivery_leads_to_the_same_state(history: list[Event], random, copies: int) -> None:  # type: ignore[no-untyped-def]
    delivered = history * copies
    random.shuffle(delivered)
    state = replay(delivered)
    assert state.histogram == replay(history).histogram == anew(history)
    for metric in metrics().values():
        assert metric.score(state.histogram, DECLARED) == metric.score(anew(history), DECLARED)


@settings(deadline=None)
@given(history=histories(), random=st.randoms(use_true_random=False))
def test_every_checkpoint_equals_a_full_recount(history: list[Event], random) -> None:  # type: ignore[no-untyped-def]
    delivered = [*history, *history[: len(history) // 2]]
    random.shuffle(delivered)
    state = Votes()
    for number, (claim, reviewer, revision, label) in enumerate(delivered, start=1):
        state.apply(claim=claim, reviewer=reviewer, revision=revision, label=label)
        assert state.histogram == anew(delivered[:number])


def test_withdrawal_and_duplicates() -> None:
    state = Votes()
    assert state.apply(claim="p", reviewer="a", revision=2, label=1)
    assert not state.apply(claim="p", reviewer="a", revision=2, label=1)
    assert not state.apply(claim="p", reviewer="a", revision=1, label=0)
    assert state.ratings() == [("p", "a", 1)]
    assert state.apply(claim="p", reviewer="a", revision=3, label=None)
    assert state.histogram == {}


def test_one_revision_with_two_labels_is_an_error() -> None:
    state = replay([("p", "a", 1, 0)])
    with pytest.raises(ConflictingRevision, match="revision 1"):
        state.apply(claim="p", reviewer="a", revision=1, label=2)
