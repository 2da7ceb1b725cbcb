"""The log's cursor: a line that commits late is never passed over."""

import threading
import time

import pytest
from django.db import connection, transaction

from annotations import events
from annotations.models import Event
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
