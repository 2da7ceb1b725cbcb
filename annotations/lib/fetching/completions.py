"""Asking a language model over an OpenAI-compatible endpoint: one POST, no redirects, a time limit, a size limit.

The endpoint is the operator's own choice (an environment variable), so it may lie on loopback; nobody else can name one.
"""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore2

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`url` is the base, e.g. http://127.0.0.1:8080/v1; `key` may be empty. `seconds`: for one question."""

    url: str
    model: str
    key: str = ""
    seconds: float = 20.0


class NoAnswer(Exception):
    """`code`: unreachable, timeout, status_<n>, too_large or not_json."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def complete(endpoint: Endpoint, *, system: str, user: str, seconds: float | None = None) -> tuple[Any, str]:
    """The model's JSON answer and the model's name as it says it; raises NoAnswer."""
    body = json.dumps(
        {
            "model": endpoint.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        }
    ).encode()
    answer = _post(endpoint, body, min(seconds or endpoint.seconds, endpoint.seconds))
    try:
        outer = json.loads(answer)
        inner = outer["choices"][0]["message"]["content"]
        return json.loads(_bare(inner)), str(outer.get("model") or endpoint.model)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise NoAnswer("not_json") from error


def _post(endpoint: Endpoint, body: bytes, seconds: float) -> bytes:
    headers = [
        ("Host", urlsplit(endpoint.url).netloc),
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("Content-Length", str(len(body))),
    ]
    if endpoint.key:
        headers.append(("Authorization", f"Bearer {endpoint.key}"))
    until = time.monotonic() + seconds
    limits = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    try:
        with (
            httpcore2.ConnectionPool(max_keepalive_connections=0) as pool,
            pool.stream(
                "POST",
                f"{endpoint.url.rstrip('/')}/chat/completions",
                headers=headers,
                content=body,
                extensions={"timeout": limits},
            ) as response,
        ):
            if response.status != 200:
                raise NoAnswer(f"status_{response.status}")
            answer = bytearray()
            for chunk in response.iter_stream():
                answer += chunk
                if len(answer) > MOST_BYTES:
                    raise NoAnswer("too_large")
                if time.monotonic() > until:
                    raise NoAnswer("timeout")
            return bytes(answer)
    except httpcore2.TimeoutException as error:
        raise NoAnswer("timeout") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError) as error:
        raise NoAnswer("unreachable") from error


def _bare(content: str) -> str:
    """Without the fence that some models put around JSON."""
    stripped = content.strip()
    if stripped.startswith("```"):
        stripped = stripped.split("\n", 1)[-1].rsplit("```", 1)[0]
    return stripped
