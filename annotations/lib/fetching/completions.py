"""Asking a language model over an OpenAI-compatible endpoint: one POST, no redirects, a time limit, a size limit.

The endpoint is the operator's own choice (an environment variable), so it may lie on loopback; nobody else can name one.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from annotations.lib.fetching.addresses import literal_address
from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.client import system_tls
from annotations.lib.fetching.exchange import body_of, exchange, head_of
from annotations.lib.fetching.guard import Budget, GuardedBackend, GuardedStream
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.resolving import local_resolver, resolve
from annotations.lib.fetching.urls import CheckedUrl

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
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("Content-Length", str(len(body))),
    ]
    if endpoint.key:
        headers.append(("Authorization", f"Bearer {endpoint.key}"))
    limits = Policy(
        dns_seconds=seconds,
        connect_seconds=seconds,
        read_seconds=seconds,
        total_seconds=seconds,
        most_wire=MOST_BYTES,
        most_body=MOST_BYTES,
    )
    try:
        where = _place(f"{endpoint.url.rstrip('/')}/chat/completions")
        tls = system_tls() if where.scheme == "https" else None
        named = _Named(Budget(limits), resolver=local_resolver)
        with exchange("POST", where, named, tls=tls, headers=tuple(headers), content=body) as response:
            if response.status != 200:
                raise NoAnswer(f"status_{response.status}")
            return body_of(response, head_of(response), limits)
    except Ended as error:
        raise NoAnswer(error.outcome if error.outcome in ("timeout", "too_large") else "unreachable") from error
    except (ValueError, OSError) as error:
        raise NoAnswer("unreachable") from error


class _Named(GuardedBackend):
    """Dials what the operator named, which is not judged; the clock and the count of bytes hold here too."""

    def connect_tcp(self, host: str, port: int, *_unused: Any, **_ignored: Any) -> httpcore2.NetworkStream:
        literal = literal_address(host)
        seconds = self.budget.seconds(self.budget.policy.dns_seconds)
        address = literal or resolve(self.resolver, host, port, seconds)[0]
        return GuardedStream(self._connected(address, port), self.budget, self.heard)


def _place(url: str) -> CheckedUrl:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return CheckedUrl(url, parts.scheme, parts.hostname or "", port, target)


def _bare(content: str) -> str:
    """Without the fence that some models put around JSON."""
    stripped = content.strip()
    if stripped.startswith("```"):
        stripped = stripped.split("\n", 1)[-1].rsplit("```", 1)[0]
    return stripped
