"""Start everything: broker, web, workers and beat, under one supervisor."""

import contextlib
import fcntl
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from annotations.demo.building import sign_ins, summary
from annotations.models import Newsroom
from annotations.newsrooms import first
from factcheck import broker, env
from factcheck.static import collect_if_changed
from factcheck.supervisor import Part, Supervisor

READY_SECONDS = 60
DEMO_SECONDS = 120


class Command(BaseCommand):
    help = "Start web, workers, beat and (without REDIS_URL) a broker. Ctrl-C stops them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dev", action="store_true", help="reload on changes")
        parser.add_argument(
            "--check", action="store_true", help="start, wait until all works, say so, stop; status 0 or 1"
        )
        parser.add_argument("--no-demo", action="store_true", help="no demonstration newsroom at the first start")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = settings.ENV.host, settings.ENV.port
        if options["check"]:
            port = _free_port()
        with _alone(Path(settings.DATA)):
            _refuse_taken(host, port)
            call_command("migrate", verbosity=0, interactive=False)
            collect_if_changed()
            made = "" if options["no_demo"] else self._demo(host, port)
            connection.close()
            self._supervise(host, port, made, dev=options["dev"], check=options["check"])

    def _demo(self, host: str, port: int) -> str:
        """Seed the demonstration on a database without a newsroom; the passwords that were made, or ""."""
        if Newsroom.objects.exists() or not first.needed():
            return ""
        settings.PUBLIC_URL = _public_url(host, port)
        settings.SOURCES_ALLOWED_RANGES = _with_own_pages(port)
        call_command("seed_demo", verbosity=0)
        return sign_ins(reset=True)

    def _supervise(self, host: str, port: int, made: str, *, dev: bool, check: bool) -> None:
        environment = {"FACTCHECK_PORT": str(port), "PUBLIC_URL": _public_url(host, port), **_demo_ranges(port)}
        settings.PUBLIC_URL = environment["PUBLIC_URL"]
        changed = Changes("annotations", "factcheck").since_last if dev else None
        supervisor = Supervisor(_parts(host, port, dev=dev), env=environment, say=self._say, changed=changed)
        outcome: list[str] = []
        supervisor.start()
        watcher = threading.Thread(
            target=self._announce, args=(supervisor, host, port, made, check, outcome), daemon=True
        )
        watcher.start()
        supervisor.run()
        if check and outcome:
            raise CommandError(outcome[0])

    def _announce(
        self, supervisor: Supervisor, host: str, port: int, made: str, check: bool, outcome: list[str]
    ) -> None:
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
        failing = _wait_ready(address)
        if failing:
            outcome.append(f"not ready after {READY_SECONDS} s: {failing}")
            self._say(outcome[0])
        else:
            self._say(f"\nFactcheck runs: {address}/\n{made or _sign_in_help(address)}")
            told = _wait_summary()
            if told.missing:
                outcome.append(f"the demonstration did not finish: {told.missing}")
            self._say(f"Demonstration: {told.text}" if told.text else "")
        connection.close()
        if check:
            supervisor.stop()

    def _say(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


class Changes:
    """Whether a Python file below these folders of the project changed since one last asked."""

    def __init__(self, *folders: str) -> None:
        self.folders = [settings.BASE_DIR / folder for folder in folders]
        self.newest = self._newest()

    def _newest(self) -> float:
        return max(path.stat().st_mtime for folder in self.folders for path in folder.rglob("*.py"))

    def since_last(self) -> bool:
        before, self.newest = self.newest, self._newest()
        return self.newest > before


def _parts(host: str, port: int, *, dev: bool) -> list[Part]:
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "factcheck"]
    worker = [*celery, "worker", "-l", "warning", "--without-gossip", "--without-mingle"]
    web = [python, "-m", "uvicorn", "factcheck.asgi:application", "--host", host, "--port", str(port)]
    web += ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3"]
    if dev:
        web += ["--reload", "--reload-dir", "annotations", "--reload-dir", "factcheck"]
    fetchers, computers = str(settings.ENV.fetch_workers), str(settings.ENV.compute_workers)
    parts = [
        Part("web", web),
        Part("fetch", [*worker, "-Q", "fetch", "-c", fetchers, "-n", "fetch@embedded"], grace=30, reload=True),
        Part(
            "compute",
            [*worker, "-Q", "compute,export,deliver", "-c", computers, "-n", "compute@embedded"],
            grace=30,
            reload=True,
        ),
        Part("beat", [*celery, "beat", "-l", "warning", "--pidfile="], reload=True),
    ]
    if not settings.ENV.redis_url:
        socket_path = env.broker_socket(settings.ENV)
        try:
            server = broker.find_server()
        except broker.NoBroker as error:
            raise CommandError(str(error)) from error
        broker.stop_leftover(socket_path)
        parts.insert(
            0, Part("broker", broker.command(server, socket=socket_path, folder=Path(settings.DATA) / "broker"))
        )
    return parts


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One `up` for each data folder."""
    with open(data / "run" / "up.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(f"it runs already on the data folder {data}") from error
        yield


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"port {port} is taken by another program: choose one, for example FACTCHECK_PORT={port + 1} make run"
            ) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _public_url(host: str, port: int) -> str:
    if os.environ.get("PUBLIC_URL"):
        return str(settings.PUBLIC_URL)
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104


def _demo_ranges(port: int) -> dict[str, str]:
    """Only where a demonstration is: its own reference pages, on its own port, and nothing else on loopback."""
    demo = Newsroom.objects.filter(is_demo=True).exists()
    return {"SOURCES_ALLOWED_RANGES": _with_own_pages(port)} if demo else {}


def _with_own_pages(port: int) -> str:
    return f"{settings.ENV.allowed_ranges} 127.0.0.1/32:{port}".strip()


def _sign_in_help(address: str) -> str:
    if first.needed():
        return f"First set-up: {address}/setup/?code={first.setup_code()}"
    return "Sign-ins of the demonstration: manage.py demo_logins --reset makes new ones."


def _wait_ready(address: str) -> str:
    """ "" when /readyz says all is well, else its last answer."""
    deadline, last = time.monotonic() + READY_SECONDS, "no answer"
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310  our own address
                answer.read()
                return ""
        except urllib.error.HTTPError as error:
            last = error.read().decode(errors="replace")[:500]
        except OSError as error:
            last = str(error)
        time.sleep(0.3)
    return last


def _wait_summary() -> Any:
    """What the demonstration has done, from the database's rows, once its jobs are through."""
    deadline = time.monotonic() + DEMO_SECONDS
    told = summary()
    while told.missing and time.monotonic() < deadline:
        time.sleep(0.5)
        told = summary()
    return told
