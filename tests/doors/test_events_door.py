"""The event address: a stream for browsers, JSON with an ETag for everybody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from annotations import events
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def line(desk: factories.Desk) -> int:
    return events.record(
        "test.line", newsroom_id=desk.newsroom.pk, by=None, subject="test", subject_id=5, claim_id=9
    ).pk


def test_polling_with_an_etag() -> None:
    desk = factories.desk()
    client = Client()
    client.force_login(desk.reviewers[0].user)
    start = client.get("/api/v1/events").json()["last"]
    quiet = client.get(f"/api/v1/events?after={start}")
    assert quiet.json()["results"] == []
    again = client.get(f"/api/v1/events?after={start}", headers={"if-none-match": quiet["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    number = line(desk)
    found = client.get(f"/api/v1/events?after={start}", headers={"if-none-match": quiet["ETag"]}).json()
    assert [(row["id"], row["kind"], row["claim_id"]) for row in found["results"]] == [(number, "test.line", 9)]
    assert set(found["results"][0]) == {"id", "kind", "subject", "subject_id", "article_id", "claim_id", "at"}


@pytest.mark.anyio
async def test_the_stream(settings: Any) -> None:
    settings.EVENTS_POLL_SECONDS = 0.05
    desk = await sync_to_async(factories.desk)()
    client = AsyncClient()
    await sync_to_async(client.force_login)(desk.reviewers[0].user)
    first = await sync_to_async(line)(desk)
    answer = await client.get(
        "/api/v1/events", headers={"accept": "text/event-stream", "last-event-id": str(first - 1)}
    )
    assert answer["Content-Type"] == "text/event-stream"
    assert "no-transform" in answer["Cache-Control"]
    stream: AsyncIterator[bytes] = aiter(answer.streaming_content)  # type: ignore[arg-type]
    assert (await anext(stream)).startswith(b"retry: 3000")
    told = (await asyncio.wait_for(anext(stream), 5)).decode()
    assert told.startswith(f"id: {first}\nevent: change\n")
    assert json.loads(told.split("data: ", 1)[1])["subject_id"] == 5
    second = await sync_to_async(line)(desk)
    assert f"id: {second}" in (await asyncio.wait_for(anext(stream), 5)).decode()


@pytest.mark.anyio
async def test_nobody_gets_no_stream() -> None:
    await sync_to_async(factories.desk)()
    answer = await AsyncClient().get("/api/v1/events", headers={"accept": "text/event-stream"})
    assert answer.status_code == 401


def test_another_newsrooms_stream_is_not_given() -> None:
    factories.desk()
    other = factories.desk("orlen")
    client = Client()
    client.force_login(other.admin.user)
    assert client.get("/api/v1/events?newsroom=marjan&after=0").status_code in (401, 403)


def test_a_process_that_cannot_stream_says_so() -> None:
    desk = factories.desk()
    client = Client()
    client.force_login(desk.reviewers[0].user)
    assert client.get("/api/v1/events", headers={"accept": "text/event-stream"}).status_code == 406
