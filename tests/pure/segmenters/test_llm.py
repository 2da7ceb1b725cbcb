"""Claims suggested by a language model: every one quotes its sentence word for word, and no fault costs the article."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from annotations.claims import segmenters
from annotations.claims.segmenters import llm
from annotations.lib.fetching.completions import Endpoint, NoAnswer, complete

TEXT = "عنوان\n\nكلف الجسر 18 مليونا، وافتتحه الرئيس في مايو. Cars pay nothing 🙂 there."
Answer = Callable[[list[dict[str, Any]]], Any]


class FakeModel:
    """An OpenAI-compatible endpoint on loopback; `answer` gets the numbered sentences."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _sentences: {"claims": []}
        self.status, self.delay = 200, 0.0
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.asked.append(body)
                fake.keys.append(self.headers.get("Authorization", ""))
                time.sleep(fake.delay)
                content = fake.answer(json.loads(body["messages"][1]["content"]))
                content = content if isinstance(content, str) else json.dumps(content)
                packed = json.dumps({"model": "tiny-7", "choices": [{"message": {"content": content}}]}).encode()
                self.send_response(fake.status)
                self.send_header("Content-Length", str(len(packed)))
                self.end_headers()
                try:
                    self.wfile.write(packed)
                except OSError:
                    return

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.endpoint = Endpoint(f"http://127.0.0.1:{self.server.server_port}/v1", "tiny", "secret", seconds=0.5)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    fake = FakeModel()
    monkeypatch.setattr(llm.PLUGIN, "endpoint", fake.endpoint)
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


def split() -> tuple[list[segmenters.Unit], dict[str, Any]]:
    units = segmenters.get("llm").split(TEXT, "ar")
    segmenters.check_units(TEXT, units)
    return list(units), getattr(units, "run", {})


def test_off_unless_an_endpoint_is_set() -> None:
    assert "llm" not in segmenters.names()
    assert segmenters.get("llm").name == "sentences"


def test_claims_stand_beside_their_words(model: FakeModel) -> None:
    model.answer = lambda sentences: {
        "claims": [
            {
                "sentence": sentences[0]["sentence"],
                "quote": "كلف الجسر 18 مليونا",
                "claim": "كلف الجسر 18 مليون دينار.",
            },
            {"sentence": sentences[0]["sentence"], "quote": "وافتتحه الرئيس في مايو", "claim": "افتتح الرئيس الجسر."},
            {
                "sentence": sentences[1]["sentence"],
                "quote": "Cars pay nothing",
                "claim": "Cars pay nothing on the bridge.",
            },
        ]
    }
    units, run = split()
    assert "llm" in segmenters.names()
    assert [[(TEXT[part.span.start : part.span.end], part.restated) for part in unit.parts] for unit in units] == [
        [],
        [("كلف الجسر 18 مليونا", "كلف الجسر 18 مليون دينار."), ("وافتتحه الرئيس في مايو", "افتتح الرئيس الجسر.")],
        [("Cars pay nothing", "Cars pay nothing on the bridge.")],
    ]
    assert run == {"prompt": llm.PROMPT_HASH, "model": "tiny-7", "kept": 3, "dropped": 0, "unread": 0}
    assert model.asked[0]["temperature"] == 0
    assert model.keys == ["Bearer secret"]


def test_what_is_not_quoted_word_for_word_is_dropped_and_counted(model: FakeModel) -> None:
    model.answer = lambda sentences: {
        "claims": [
            {"sentence": sentences[0]["sentence"], "quote": "كلف الجسر 19 مليونا", "claim": "made up"},
            {"sentence": sentences[0]["sentence"], "quote": "Cars pay nothing", "claim": "of another sentence"},
            {"sentence": 99, "quote": "x", "claim": "y"},
            {"sentence": sentences[1]["sentence"], "quote": 5, "claim": "y"},
            {"sentence": sentences[1]["sentence"], "quote": "there", "claim": "y" * 2000},
            "nonsense",
            {"sentence": sentences[1]["sentence"], "quote": " nothing ", "claim": "kept"},
        ]
    }
    units, run = split()
    assert (run["kept"], run["dropped"]) == (1, 6)
    assert [part.restated for unit in units for part in unit.parts if part.restated] == ["kept"]


@pytest.mark.parametrize(
    ("answer", "status", "delay", "failure"),
    [
        ("not json at all", 200, 0.0, "not_json"),
        ("{}", 500, 0.0, "status_500"),
        ("{}", 200, 0.9, "timeout"),
    ],
)
def test_when_the_model_fails_the_rules_stand(
    model: FakeModel, answer: str, status: int, delay: float, failure: str
) -> None:
    model.answer, model.status, model.delay = (lambda _sentences: answer), status, delay
    units, run = split()
    assert (run["failure"], run["unread"]) == (failure, 2)
    assert len(model.asked) == 2  # one further try
    assert units == list(segmenters.get("sentences").split(TEXT, "ar"))


def test_odd_but_valid_answers(model: FakeModel) -> None:
    for odd in ("[]", '{"claims": null}', '{"claims": {"a": 1}}', '```json\n{"claims": []}\n```', "5"):
        model.answer = lambda _sentences, odd=odd: odd  # type: ignore[misc]
        _units, run = split()
        assert "failure" not in run, odd


@pytest.mark.parametrize("said", ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"])
def test_a_head_or_a_body_in_drops_meets_the_clock(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with suppress(OSError):
                while True:
                    caller, _address = server.accept()
                    with suppress(OSError), caller:
                        caller.sendall(said.encode())
                        while True:
                            caller.sendall(b"x")
                            time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        endpoint = Endpoint(f"http://localhost:{server.getsockname()[1]}/v1", "tiny", seconds=0.4)
        started = time.monotonic()
        with pytest.raises(NoAnswer, match="timeout"):
            complete(endpoint, system="x", user="y")
        assert time.monotonic() - started < 2


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm.PLUGIN, "endpoint", Endpoint("http://127.0.0.1:9/v1", "tiny", seconds=1))
    _units, run = split()
    assert run["failure"] == "unreachable"
