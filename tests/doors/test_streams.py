"""Many streams on one reader of the log: nothing lost, nothing doubled, nobody who may not."""

import asyncio
import gc
import json
import re
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError
from django.test import AsyncClient, Client

from annotations import events
from annotations.api import streams
from annotations.models import Member
from annotations.reviews import disclosing
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def line(desk: factories.Desk) -> int:
    return events.record(
        "test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=5, claim_id=9
    ).pk


class Browser:
    """A stream of one person, read line by line."""

    def __init__(self, member: Any) -> None:
        self.member = member
        self.client = AsyncClient()

    async def open(self, after: int | None = None) -> "Browser":
        await sync_to_async(self.client.force_login)(self.member.user)
        answer = await self.client.get(
            "/api/v1/events" + (f"?after={after}" if after is not None else ""),
            headers={"accept": "text/event-stream"},
        )
        assert answer.status_code == 200
        self.answer = answer
        self.parts: AsyncIterator[bytes] = aiter(answer.streaming_content)  # type: ignore[arg-type]
        self.head = (await anext(self.parts)).decode()
        self.heard: list[int] = []
        return self

    async def hear(self, count: int) -> list[int]:
        """The ids of the next `count` lines."""
        while len(self.heard) < count:
            part = (await asyncio.wait_for(anext(self.parts), 10)).decode()
            self.heard += [json.loads(text)["id"] for text in re.findall(r"event: change\ndata: (.*)\n", part)]
        found, self.heard = self.heard[:count], self.heard[count:]
        return found

    async def over(self) -> bool:
        """Whether the stream ends by itself, telling nothing more."""
        try:
            while True:
                part = await asyncio.wait_for(anext(self.parts), 10)
                assert b"event: change" not in part
        except StopAsyncIteration:
            return True

    async def close(self) -> None:
        """As the server does when the browser goes away."""
        await self.answer._iterator.aclose()  # type: ignore[union-attr]
        del self.answer, self.parts  # the test client's wrapper holds the stream itself
        gc.collect()


def lines(desk: factories.Desk, count: int) -> list[int]:
    return [line(desk) for _each in range(count)]


@pytest.fixture
def quick(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EVENTS_POLL_SECONDS = 0.05
    monkeypatch.setattr(streams, "CHECK_SECONDS", 0.1)


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_one_question_a_tick_whatever_the_number_of_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await sync_to_async(factories.desk)()
    asked: list[int] = []
    fresh = events.fresh

    def counted(start: events.Place, *, limit: int = 500) -> list[Any]:
        asked.append(threading.get_ident())
        return fresh(start, limit=limit)

    monkeypatch.setattr(events, "fresh", counted)
    people = [desk.admin, desk.editor, desk.second, *desk.reviewers]
    browsers = [await Browser(member).open() for member in people for _each in range(2)]
    before, begun = len(asked), asyncio.get_running_loop().time()
    written = await sync_to_async(lines)(desk, 3)
    assert [await browser.hear(3) for browser in browsers] == [written] * len(browsers)
    ticks = (asyncio.get_running_loop().time() - begun) / 0.05
    assert len(asked) - before <= ticks + 1
    for browser in browsers:
        await browser.close()
    for _each in range(100):
        if not streams.hub().streams:
            break
        await asyncio.sleep(0.02)
    assert not streams.hub().streams


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_nothing_is_lost_or_doubled_while_lines_are_written() -> None:
    """Streams open from older and newer cursors while another thread writes without a pause."""
    desk = await sync_to_async(factories.desk)()
    start = await sync_to_async(events.latest_id)(desk.editor)
    written: list[int] = []

    def write() -> None:
        while len(written) < 120:
            with suppress(OperationalError):  # the tests' SQLite in memory locks whole tables
                written.append(line(desk))

    writing = asyncio.create_task(sync_to_async(write, thread_sensitive=False)())
    opened = []
    for place in range(8):
        seen = written[-1] if place % 2 and written else start
        opened.append((seen, await Browser(desk.reviewers[place % 3]).open(seen)))
        await asyncio.sleep(0.02)
    await writing
    for seen, browser in opened:
        due = [number for number in written if number > seen]
        assert await browser.hear(len(due)) == due
        await browser.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_a_stream_ends_with_the_login_the_membership_and_the_server() -> None:
    desk = await sync_to_async(factories.desk)()
    out, gone, locked, stays = [await Browser(member).open() for member in (*desk.reviewers, desk.editor)]
    await sync_to_async(out.client.logout)()
    await Member.objects.filter(pk=gone.member.pk).aupdate(is_active=False)
    user = locked.member.user
    user.set_password("another-harbour-10")
    await user.asave()
    await asyncio.sleep(0.5)
    await sync_to_async(line)(desk)
    assert [await each.over() for each in (out, gone, locked)] == [True, True, True]
    assert len(await stays.hear(1)) == 1
    streams.hub().close()
    assert await stays.over()
    late = await AsyncClient().get("/api/v1/events", headers={"accept": "text/event-stream"})
    assert late.status_code == 401


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_a_new_role_counts_from_then_on() -> None:
    desk = await sync_to_async(factories.desk)()
    editor = await Browser(desk.editor).open()

    def for_editors() -> int:
        return events.record(
            "test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=1, audience="editors"
        ).pk

    first = await sync_to_async(for_editors)()
    assert await editor.hear(1) == [first]
    await Member.objects.filter(pk=desk.editor.pk).aupdate(role="reviewer")
    await asyncio.sleep(0.5)
    await sync_to_async(for_editors)()
    told = await sync_to_async(line)(desk)
    assert await editor.hear(1) == [told]
    await editor.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_the_database_goes_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await sync_to_async(factories.desk)()
    browser = await Browser(desk.reviewers[0]).open()
    fresh, failed = events.fresh, []

    def away(start: events.Place, *, limit: int = 500) -> list[Any]:
        failed.append(1)
        raise OperationalError("the database is away")

    monkeypatch.setattr(events, "fresh", away)
    number = await sync_to_async(line)(desk)
    while len(failed) < 3:
        await asyncio.sleep(0.05)
    monkeypatch.setattr(events, "fresh", fresh)
    assert await browser.hear(1) == [number]
    await browser.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_who_does_not_take_what_is_told_is_cut_and_resumes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_WAITING", 5)
    desk = await sync_to_async(factories.desk)()
    slow = await Browser(desk.reviewers[0]).open()
    ahead = asyncio.create_task(slow.hear(1))
    await asyncio.sleep(0.1)
    written = await sync_to_async(lines)(desk, 1)
    assert await ahead == written
    written = await sync_to_async(lines)(desk, 12)
    await asyncio.sleep(0.4)
    assert await slow.over()
    again = await Browser(desk.reviewers[0]).open(written[0] - 1)
    assert await again.hear(12) == written
    await again.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_so_many_streams_a_person(settings: Any) -> None:
    settings.EVENTS_STREAMS_EACH = 2
    desk = await sync_to_async(factories.desk)()
    first, second = [await Browser(desk.reviewers[0]).open() for _each in range(2)]
    refused = await first.client.get("/api/v1/events", headers={"accept": "text/event-stream"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    other = await Browser(desk.reviewers[1]).open()
    await second.close()
    third = await Browser(desk.reviewers[0]).open()
    for browser in (first, other, third):
        await browser.close()


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_an_editor_who_may_still_review_hears_nothing_of_others(run_jobs: Any) -> None:
    desk = await sync_to_async(factories.desk)()

    def made() -> Any:
        article = factories.article(desk)
        run_jobs()
        claim = factories.open_claim(desk, article, 0)
        disclosing.disclose(claim, by=desk.second)
        return claim

    claim = await sync_to_async(made)()
    start = await sync_to_async(events.latest_id)(desk.editor)
    blind, seeing = await Browser(desk.editor).open(), await Browser(desk.second).open()
    await sync_to_async(factories.submit)(claim, desk.reviewers[0])
    await seeing.hear(1)
    marker = await sync_to_async(line)(desk)
    assert await blind.hear(1) == [marker]
    for browser in (blind, seeing):
        await browser.close()

    def polled(member: Any) -> set[str]:
        client = Client()
        client.force_login(member.user)
        return {row["kind"] for row in client.get(f"/api/v1/events?after={start}").json()["results"]}

    assert "review.submitted" not in await sync_to_async(polled)(desk.editor)
    assert "review.submitted" in await sync_to_async(polled)(desk.second)
    assert "review.submitted" in await sync_to_async(polled)(desk.reviewers[0])
