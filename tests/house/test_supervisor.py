"""The supervisor with small programs: restarts with growing waits, reloads, kills what ignores it, leaves nothing."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from factcheck.supervisor import Part, Supervisor


def program(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z"
    except OSError:
        return True


def wait_for(true: object, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(true) and true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")


class Running:
    """The supervisor's loop in a thread, without its signal handlers."""

    def __init__(self, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("signal.signal", lambda *_args: None)
        self.supervisor = supervisor
        supervisor.start()
        self.thread = threading.Thread(target=supervisor.run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.supervisor.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


def test_lines_are_prefixed_and_the_dead_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    part = Part("worker", program("print('hello', flush=True); import time; time.sleep(0.1); raise SystemExit(3)"))
    running = Running(Supervisor([part], env={}, say=lines.append), monkeypatch)
    wait_for(lambda: sum("hello" in line for line in lines) >= 2)
    running.stop()
    assert "  worker | hello" in lines
    assert any("ended with status 3; starting again in 1 s" in line for line in lines)


def test_who_ignores_the_stop_is_killed_with_all_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    running = Running(Supervisor([Part("deaf", program(code), grace=0.5)], env={}, say=lines.append), monkeypatch)
    wait_for(lambda: any("| " in line for line in lines))
    grandchild = int(lines[0].split("| ")[1])
    pid = running.supervisor.processes()["deaf"]
    running.stop()
    assert any("killed" in line for line in lines)
    wait_for(lambda: gone(pid) and gone(grandchild))


def test_sources_that_changed_restart_the_workers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [True]
    parts = [
        Part("web", program("import time; time.sleep(60)")),
        Part("fetch", program("import time; time.sleep(60)"), reload=True),
    ]
    supervisor = Supervisor(parts, env={}, say=lambda _line: None, changed=lambda: bool(answers) and answers.pop())
    running = Running(supervisor, monkeypatch)
    before = supervisor.processes()
    wait_for(lambda: supervisor.processes().get("fetch", before["fetch"]) != before["fetch"])
    assert supervisor.processes()["web"] == before["web"]
    running.stop()


def test_children_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("the kernel's parent-death signal is Linux's")
    code = (
        "import sys, time; from factcheck.supervisor import Part, Supervisor;"
        "s = Supervisor([Part('a', [sys.executable, '-c', 'import time; time.sleep(60)'])], env={}); s.start();"
        "print(s.processes()['a'], flush=True); time.sleep(60)"
    )
    import subprocess

    env = {**os.environ, "FACTCHECK_DATA": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    wait_for(lambda: gone(pid))
