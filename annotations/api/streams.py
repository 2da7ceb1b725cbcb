"""One reader of the log for all event streams of a process: one question a tick, told on in memory.

The table is the truth: a stream catches up from its cursor by a question of its own and then joins the reader, whose lines
are put aside for it from before that question on; what comes twice is known by its place. So nothing falls in between.
"""

import asyncio
import contextvars
import json
import signal
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass
from types import FrameType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.utils import timezone

from annotations import events
from annotations.events import Place
from annotations.models import Event, Member
from annotations.newsrooms.access import may
from annotations.reviews import hearing

T = TypeVar("T")
log = structlog.get_logger("factcheck.events")
RETRY_MS = 3000
COMMENT_SECONDS = 15  # a sign of life on a quiet stream; proxies cut what is silent for long
CHECK_SECONDS = 5  # how old what we know of logins and memberships may be
MOST_WAITING = 1000  # lines put aside for a browser that does not take them; it resumes by its cursor
BATCH = 500
LONGEST_PAUSE = 5.0
_BUSY = (0.05, 0.1, 0.2)  # seconds until a database that is busy for a moment is asked again


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose stream it is: the login that opened it, and the member as they were then."""

    member: Member
    session_key: str
    session_hash: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.member.pk, self.session_key, self.session_hash


@dataclass(frozen=True, slots=True)
class Told:
    """One line, ready to be sent to any number of streams."""

    event: Event
    place: Place
    text: bytes


def line(event: Event) -> dict[str, Any]:
    """What is told: ids and kinds, never values."""
    return {
        "id": event.pk,
        "kind": event.kind,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "article_id": event.article_ref,
        "claim_id": event.claim_ref,
        "at": event.at.isoformat(),
    }


def told(event: Event) -> Told:
    """`event`: one that was read in turn."""
    text = f"id: {event.pk}\nevent: change\ndata: {json.dumps(line(event))}\n\n".encode()
    return Told(event, Place(event.turn, event.pk), text)  # type: ignore[attr-defined]  # set by events.behind


class Stream:
    """One browser's stream."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.member = caller.member
        self.ended = False
        self._waiting = 0
        self._queue: asyncio.Queue[list[Told]] = asyncio.Queue()

    def hear(self, lines: Sequence[Told], withheld: set[tuple[int, int]]) -> None:
        """Put aside what the member may hear."""
        open_to = [each for each in lines if events.may_hear(self.member, each.event)]
        mine = [each for each in open_to if (self.member.pk, each.event.pk) not in withheld]
        if not mine or self.ended:
            return
        self._waiting += len(mine)
        if self._waiting > MOST_WAITING:
            self.end()
        else:
            self._queue.put_nowait(mine)

    def end(self) -> None:
        """It sends nothing more; the browser asks again, and is let in or not."""
        self.ended = True
        self._queue.put_nowait([])

    async def parts(self, hub: "Hub", cursor: int | None) -> AsyncGenerator[bytes, None]:
        """What is sent: first what was written behind the cursor until now, then what the reader tells."""
        at = await hub.ask(_start, self.member, cursor)
        yield f"retry: {RETRY_MS}\nid: {at.pk}\n\n".encode()
        behind = cursor is not None
        while behind and not self.ended:
            lines, found = await hub.ask(_missed, self.member, at)
            behind = len(lines) == BATCH
            if lines:
                at = lines[-1].place
            text = b"".join(each.text for each in lines if (self.member.pk, each.event.pk) not in found)
            if text:
                yield text
        while not self.ended:
            try:
                heard = await asyncio.wait_for(self._queue.get(), COMMENT_SECONDS)
            except TimeoutError:
                yield b"event: here\ndata: 1\n\n"
                continue
            self._waiting -= len(heard)
            new = [each for each in heard if each.place > at]
            if new and not self.ended:
                at = new[-1].place
                yield b"".join(each.text for each in new)


class Hub:
    """The reader and its streams, of one event loop."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.closing = False
        self._at = Place(0, 0)
        self._task: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="events")

    async def ask(self, question: Callable[..., T], *given: Any) -> T:
        """A short question to the database, whose connection goes back at once: hundreds of streams share two."""

        def asked() -> T:
            try:
                return question(*given)
            finally:
                connection.close()

        loop = asyncio.get_running_loop()
        for pause in _BUSY:
            try:
                return await loop.run_in_executor(self._threads, asked)
            except OperationalError:
                await asyncio.sleep(pause)
        return await loop.run_in_executor(self._threads, asked)

    def full(self, member: Member) -> bool:
        """Whether this person has as many streams here as one may."""
        theirs = sum(stream.member.user_id == member.user_id and not stream.ended for stream in self.streams)
        return theirs >= settings.EVENTS_STREAMS_EACH

    async def follow(self, caller: Caller, cursor: int | None) -> AsyncIterator[bytes]:
        """A stream, for as long as the login lives and the server runs."""
        stream = Stream(caller)
        try:
            if await self._open(stream):
                async with aclosing(stream.parts(self, cursor)) as parts:
                    async for part in parts:
                        yield part
        except Exception as error:  # the database is away: the browser asks again in a moment
            log.warning("stream_cut", error=type(error).__name__)
        finally:
            self.streams.discard(stream)

    async def _open(self, stream: Stream) -> bool:
        async with self._opening:
            if self.closing or self.full(stream.member):
                return False
            if self._task is None or self._task.done():
                self._at = await self.ask(events.latest)
                # Not in the context of the request that happens to be the first.
                self._task = asyncio.create_task(self._run(), context=contextvars.Context())
            self.streams.add(stream)
            return True

    async def _run(self) -> None:
        """Reads while anybody listens. When the database is away, it asks less often and goes on when it is back."""
        failures, checked = 0, time.monotonic()
        pause = settings.EVENTS_POLL_SECONDS
        while not self.closing:
            await asyncio.sleep(pause)
            if not self.streams:
                return
            try:
                if time.monotonic() - checked >= CHECK_SECONDS:
                    await self._check()
                    checked = time.monotonic()
                await self._tick()
                failures, pause = 0, settings.EVENTS_POLL_SECONDS
            except Exception as error:
                failures += 1
                pause = min(settings.EVENTS_POLL_SECONDS * 2**failures, LONGEST_PAUSE)
                if failures == 1:
                    log.warning("reader_failed", error=type(error).__name__)

    async def _tick(self) -> None:
        full = True
        while full:
            lines, withheld = await self.ask(_read, self._at, [stream.member for stream in self.streams])
            if lines:
                self._at = lines[-1].place
                for stream in list(self.streams):
                    stream.hear(lines, withheld)
            full = len(lines) == BATCH

    async def _check(self) -> None:
        """Logins and memberships anew; who lost theirs hears nothing more."""
        standing = await self.ask(_standing, [stream.caller for stream in self.streams])
        for stream in list(self.streams):
            stream.member = standing.get(stream.caller.key, stream.member) or stream.member
            if standing.get(stream.caller.key, stream.member) is None:
                stream.end()

    def close(self) -> None:
        """The server stops: open streams would hold it for its whole grace time."""
        self.closing = True
        for stream in self.streams:
            stream.end()


def _start(member: Member, cursor: int | None) -> Place:
    return events.place(hearing.latest_id(member) if cursor is None else cursor)


def _missed(member: Member, at: Place) -> tuple[list[Told], set[tuple[int, int]]]:
    rows = events.behind(events.visible_to(member), at, limit=BATCH)
    return [told(row) for row in rows], hearing.withheld([member], rows)


def _read(at: Place, members: list[Member]) -> tuple[list[Told], set[tuple[int, int]]]:
    rows = events.fresh(at, limit=BATCH)
    return [told(row) for row in rows], hearing.withheld(members, rows)


def _standing(callers: list[Caller]) -> dict[tuple[int, str, str], Member | None]:
    """Each caller's member as they are now; None when login or membership ended."""
    wanted = {caller.member.pk for caller in callers}
    members = {row.pk: row for row in Member.objects.filter(pk__in=wanted).select_related("user", "newsroom")}
    keys = {caller.session_key for caller in callers}
    live = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    sessions = set(live.values_list("session_key", flat=True))
    found: dict[tuple[int, str, str], Member | None] = {}
    for caller in callers:
        member = members.get(caller.member.pk)
        still = member is not None and may(member, "event.read") and caller.session_key in sessions
        found[caller.key] = member if still and _same_login(caller, member) else None
    return found


def _same_login(caller: Caller, member: Member | None) -> bool:
    """A new password ends the logins that were made with the old one."""
    return member is not None and member.user.get_session_auth_hash() == caller.session_hash


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub() -> Hub:
    """The running loop's."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        _close_with_server(loop, _hubs[loop])
    return _hubs[loop]


def _close_with_server(loop: asyncio.AbstractEventLoop, found: Hub) -> None:
    """The server's own handlers of the signals that stop it are called as before, after ours has ended the streams."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        handler = signal.getsignal(number)
        if not callable(handler) or handler is signal.default_int_handler:
            continue

        def stop(got: int, frame: FrameType | None, server: Callable[[int, FrameType | None], Any] = handler) -> None:
            loop.call_soon_threadsafe(found.close)
            server(got, frame)

        signal.signal(number, stop)
