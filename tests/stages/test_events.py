"""The log's cursor: a line that commits late is never passed over."""

import itertools
import threading
import time

import pytest
from django.db import connection, transaction

from annotations import events
from annotations.models import Event, Member
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def record(desk: factories.Desk, number: int) -> Event:
    return events.record("test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=number)


def told(desk: factories.Desk, after: int) -> list[int]:
    return [event.subject_id for event in events.after(desk.reviewers[0], after) if event.kind == "test.line"]


def test_in_order_and_from_the_cursor() -> None:
    desk = factories.desk()
    first = record(desk, 1)
    record(desk, 2)
    assert told(desk, 0) == [1, 2]
    assert told(desk, first.pk) == [2]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time: lines appear in order")
@pytest.mark.whole_server
def test_two_overlapping_transactions() -> None:
    """The earlier id commits later: until then the reader is told of neither, and then of both."""
    desk = factories.desk()
    written, go = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(desk, 1)
                written.set()
                go.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    record(desk, 2)
    early = told(desk, 0)
    go.set()
    thread.join()
    assert early == []
    deadline = time.monotonic() + 30  # other tests on the same server may hold lines back for a moment
    while told(desk, 0) != [1, 2] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert told(desk, 0) == [1, 2]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time: lines appear in order")
@pytest.mark.whole_server
def test_a_seal_waits_for_earlier_ids() -> None:
    """One begins, a second writes a line and stays open, the first writes a later one and ends: the chain takes neither yet."""
    desk = factories.desk()
    while events.seal(desk.newsroom):
        continue
    begun, early, late, go = (threading.Event() for _each in range(4))

    def first() -> None:
        with transaction.atomic():
            Member.objects.filter(pk=desk.editor.pk).update(is_active=True)  # so that it has its number
            begun.set()
            early.wait(10)
            record(desk, 2)
        late.set()
        connection.close()

    def second() -> None:
        begun.wait(10)
        with transaction.atomic():
            record(desk, 1)
            early.set()
            go.wait(20)
        connection.close()

    threads = [threading.Thread(target=each) for each in (first, second)]
    for thread in threads:
        thread.start()
    late.wait(10)
    sealed = events.seal(desk.newsroom)
    go.set()
    for thread in threads:
        thread.join()
    ids = list(Event.objects.filter(kind="test.line").order_by("subject_id").values_list("pk", flat=True))
    assert ids == sorted(ids)
    after = events.seal(desk.newsroom)
    assert events.broken_seal(desk.newsroom) is None
    assert (sealed, after and (after.count, after.last_event)) == (None, (2, ids[1]))


def test_who_is_told() -> None:
    desk = factories.desk()
    rana, rolf = desk.reviewers[:2]
    events.record("test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=1, audience="editors")
    events.record("test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=2, to=rana.user_id)
    heard = {
        member.pk: [event.subject_id for event in events.after(member, 0) if event.kind == "test.line"]
        for member in (rana, rolf, desk.editor)
    }
    assert heard == {rana.pk: [2], rolf.pk: [], desk.editor.pk: [1]}


def test_one_line_in_memory_as_in_the_table() -> None:
    """Every audience × who wrote it × whom it is for × every role, here and elsewhere: two ways to say one rule."""
    desk, other = factories.desk(), factories.desk("orlen")
    members = [desk.admin, desk.editor, *desk.reviewers, other.editor, other.reviewers[0]]
    written = []
    for audience, by, to in itertools.product(
        ("members", "editors", "one"), (None, desk.reviewers[0], desk.editor), (None, desk.reviewers[1].user_id)
    ):
        row = events.record(
            "test.line", newsroom_id=desk.newsroom.pk, by=by, subject="test", subject_id=1, audience=audience, to=to
        )
        written.append(row.pk)
    lines = list(Event.objects.filter(pk__in=written).order_by("pk"))
    for member in members:
        in_table = list(events.visible_to(member).filter(pk__in=written).order_by("pk").values_list("pk", flat=True))
        assert [line.pk for line in lines if events.may_hear(member, line)] == in_table


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer at a time: lines appear in order")
@pytest.mark.whole_server
def test_an_earlier_id_of_a_later_transaction() -> None:
    """The later id is told first, and the earlier one, which is committed after it, is not passed over."""
    desk = factories.desk()
    begun, written, over = threading.Event(), threading.Event(), threading.Event()

    def late() -> None:
        try:
            begun.wait(10)
            with transaction.atomic():
                record(desk, 2)
                written.set()
                over.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    thread.start()
    with transaction.atomic():
        first = record(desk, 1)  # this transaction's number is the earlier one
        begun.set()
        written.wait(10)
        last = record(desk, 3)  # its id is higher than that of the other, which stays open
    deadline = time.monotonic() + 30
    while told(desk, 0) != [1, 3] and time.monotonic() < deadline:
        time.sleep(0.1)
    reader = events.fresh(events.place(first.pk))
    over.set()
    thread.join()
    assert [row.subject_id for row in reader] == [3]
    while told(desk, last.pk) != [2] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert told(desk, last.pk) == [2]
    assert [row.subject_id for row in events.fresh(events.place(last.pk))] == [2]


def test_another_newsroom_hears_nothing() -> None:
    desk, other = factories.desk(), factories.desk("orlen")
    record(desk, 1)
    assert told(other, 0) == []


def test_the_seal_breaks_when_a_line_is_changed_or_removed() -> None:
    desk = factories.desk()
    record(desk, 1)
    first = events.seal(desk.newsroom)
    assert first is not None
    assert events.seal(desk.newsroom) is None
    line = record(desk, 2)
    second = events.seal(desk.newsroom)
    assert events.broken_seal(desk.newsroom) is None
    Event.objects.filter(pk=line.pk).update(kind="other")
    assert events.broken_seal(desk.newsroom) == second
    Event.objects.filter(pk=line.pk).update(kind="test.line")
    assert events.broken_seal(desk.newsroom) is None
    Event.objects.filter(pk=line.pk).delete()
    assert events.broken_seal(desk.newsroom) == second
