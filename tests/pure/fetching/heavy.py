"""What a fetch worker does with the heaviest bodies, in a process of its own: `python -m tests.pure.fetching.heavy PORT PATH…`.

It imports what a Celery worker of the project imports, fetches each path under the product's own limits, keeps what is
ready as a capture's body is kept, and prints the outcomes and its peak memory as JSON.
"""

import json
import os
import resource
import sys
import tempfile


def peak_bytes() -> int:
    """The most this process had in memory. Not ru_maxrss where that counts what the parent had before the start (Linux)."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(port: int, paths: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["FACTCHECK_DATA"] = tempfile.mkdtemp()
    import django

    django.setup()
    from celery import current_app

    import factcheck.celery  # noqa: F401
    from annotations.lib import blobs, outbound
    from annotations.lib.fetching.client import GuardedFetcher

    current_app.loader.import_default_modules()
    idle = peak_bytes()
    fetcher = GuardedFetcher(
        outbound.policy(), resolver=lambda _host, _port: ["93.184.216.34"], dial_map=lambda _a, _p: ("127.0.0.1", port)
    )
    outcomes = {}
    for path in paths:
        result = fetcher.fetch(f"http://example.com{path}")
        outcomes[path] = result.outcome
        if result.kind == "ready":
            blobs.keep(result.body)
    print(json.dumps({"outcomes": outcomes, "idle": idle, "peak": peak_bytes()}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
