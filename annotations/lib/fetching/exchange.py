"""One request and its answer on a connection of its own; every fault of the network is one of our outcomes."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2

from annotations.lib.fetching import bodies, grammar, heads
from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.guard import GuardedBackend
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.results import Headers
from annotations.lib.fetching.urls import CheckedUrl, UrlRefused

grammar.mend()
ENDINGS = (UrlRefused, Ended)  # how a request may end before its answer is whole


def outcome_of(error: Exception) -> str:
    """The outcome that one of ENDINGS is recorded as."""
    return error.outcome if isinstance(error, Ended) else "blocked_url"


def head_of(response: httpcore2.Response) -> Headers:
    """The answer's headers; raises Ended for a head that is none."""
    found = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
    heads.check(response.extensions["http_version"], response.status, found)
    return found


def body_of(response: httpcore2.Response, headers: Headers, policy: Policy) -> bytes:
    """The answer's body, decoded, under the policy's caps; raises Ended."""
    if heads.declared_length(headers) > policy.most_wire:
        raise Ended("too_large")
    return bodies.decoded(response.iter_stream(), headers, most=policy.most_body)


@contextmanager
def exchange(
    method: str,
    checked: CheckedUrl,
    backend: GuardedBackend,
    *,
    tls: ssl.SSLContext | None,
    headers: Headers,
    content: bytes | None = None,
) -> Iterator[httpcore2.Response]:
    """The answer, its body still to be read inside; Host is added. Raises Ended, and what the guard raises."""
    host = f"[{checked.host}]" if ":" in checked.host else checked.host
    usual = checked.port == (443 if checked.scheme == "https" else 80)
    named = ("Host", host if usual else f"{host}:{checked.port}")
    url = httpcore2.URL(
        scheme=checked.scheme.encode(), host=checked.host.encode(), port=checked.port, target=checked.target.encode()
    )
    sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in (named, *headers)]
    policy = backend.budget.policy
    timeouts = {"read": policy.read_seconds, "write": policy.read_seconds}
    try:
        stream = backend.connect_tcp(checked.host, checked.port)
        try:
            if tls is not None:
                stream = stream.start_tls(tls, checked.host, policy.connect_seconds)
            # Neither a pool, whose bookkeeping is for connections that are used again, nor HTTPConnection, which turns to
            # HTTP/2 when a host picks it unasked.
            with httpcore2.HTTP11Connection(url.origin, stream).stream(
                method, url, headers=sent, content=content, extensions={"timeout": timeouts}
            ) as response:
                backend.heard.in_head = False
                yield response
        finally:
            stream.close()
    except httpcore2.ConnectError as error:
        raise Ended("connect_failed") from error
    except httpcore2.TimeoutException as error:
        raise Ended("timeout") from error
    except httpcore2.RemoteProtocolError as error:
        if backend.heard.broke_off:
            raise Ended("truncated" if backend.heard.size else "reset") from error
        raise Ended("protocol_error") from error
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ValueError) as error:
        raise Ended("protocol_error") from error
    except httpcore2.NetworkError as error:
        raise Ended("reset") from error
