"""One request and its answer on a connection of its own; every fault of the network is one of our outcomes."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2

from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.guard import GuardedBackend
from annotations.lib.fetching.results import Headers
from annotations.lib.fetching.urls import CheckedUrl


@contextmanager
def exchange(
    method: str,
    checked: CheckedUrl,
    backend: GuardedBackend,
    *,
    tls: ssl.SSLContext,
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
    timeouts = {"read": policy.read_seconds, "write": policy.read_seconds, "connect": policy.connect_seconds}
    try:
        with (  # without a pool, whose bookkeeping is for connections that are used again
            httpcore2.HTTPConnection(url.origin, ssl_context=tls, network_backend=backend) as connection,
            connection.stream(method, url, headers=sent, content=content, extensions={"timeout": timeouts}) as response,
        ):
            backend.heard.in_head = False
            yield response
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
