"""Runs the parts as child processes: prefixed logs, restart with growing wait, ordered stop, nothing left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_PR_SET_PDEATHSIG = 1
_COLOURS = {"web": "36", "fetch": "33", "compute": "35", "beat": "34", "broker": "32"}
MOST_WAIT = 30.0
HEALTHY_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One child. Parts start in the order given and stop in the reverse."""

    name: str
    command: Sequence[str]
    stop_signal: int = signal.SIGTERM
    grace: float = 10.0
    reload: bool = False


@dataclass(slots=True)
class _Child:
    part: Part
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)


class Supervisor:
    """`run()` returns when `stop()` was asked for, by a signal or by the caller."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        env: Mapping[str, str],
        say: Callable[[str], None] = print,
        changed: Callable[[], bool] | None = None,
    ) -> None:
        """`changed`: asked each second in development; True restarts every part that says `reload`."""
        self.children = [_Child(part) for part in parts]
        self.env = {**os.environ, **env, "PYTHONUNBUFFERED": "1"}
        self.say = say
        self.changed = changed
        self._stopping = threading.Event()
        self._print = threading.Lock()

    def start(self) -> None:
        for child in self.children:
            self._start(child)

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Watch the children until told to stop, then end them in reverse order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: self.stop())
        try:
            asked = time.monotonic()
            while not self._stopping.wait(0.2):
                for child in self.children:
                    self._watch(child)
                if self.changed and time.monotonic() - asked > 1.0:
                    asked = time.monotonic()
                    if self.changed():
                        self._reload()
        finally:
            self.end()

    def end(self) -> None:
        """End all children; whoever ignores the polite signal is killed after its grace, with all it started."""
        self._stopping.set()
        for child in reversed(self.children):
            self._end(child)

    def processes(self) -> dict[str, int]:
        return {child.part.name: child.process.pid for child in self.children if child.process is not None}

    def _start(self, child: _Child) -> None:
        child.process = subprocess.Popen(  # noqa: S603  our own commands, no shell
            list(child.part.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.env,
            start_new_session=True,  # a group of its own: Ctrl-C reaches us alone, and we can end the whole of it
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        child.started = time.monotonic()
        threading.Thread(target=self._relay, args=(child,), daemon=True).start()

    def _relay(self, child: _Child) -> None:
        process = child.process
        assert process is not None
        assert process.stdout is not None
        colour = _COLOURS.get(child.part.name, "37") if sys.stdout.isatty() else ""
        prefix = f"\033[{colour}m{child.part.name:>8}\033[0m" if colour else f"{child.part.name:>8}"
        for line in process.stdout:
            with self._print:
                self.say(f"{prefix} | {line.decode(errors='replace').rstrip()}")

    def _watch(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due:
                self._start(child)
            return
        status = child.process.poll()
        if status is None:
            if child.failures and now - child.started > HEALTHY_AFTER:
                child.failures = 0
            return
        _kill_group(child.process)  # what it started goes with it
        wait = min(MOST_WAIT, 2.0**child.failures)
        child.failures += 1
        child.due = now + wait
        child.process = None
        with self._print:
            self.say(f"{child.part.name:>8} | ended with status {status}; starting again in {wait:.0f} s")

    def _reload(self) -> None:
        self.say("  reload | sources changed")
        for child in self.children:
            if child.part.reload:
                self._end(child)
                self._start(child)

    def _end(self, child: _Child) -> None:
        process = child.process
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(child.part.stop_signal)
            try:
                process.wait(child.part.grace)
            except subprocess.TimeoutExpired:
                self.say(f"{child.part.name:>8} | did not stop in {child.part.grace:.0f} s: killed")
        _kill_group(process)
        process.wait()
        child.process = None


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _die_with_parent() -> None:
    """Linux: when the supervisor is killed, its children are told to end."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
