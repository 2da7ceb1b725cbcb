"""Sets the project up with Python alone, then runs a verb of the Makefile. Standard library only.

The syntax stays readable to old Pythons, so that they can say in one line what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python")
LEAST = (3, 11)
TESTS = ["tests/pure", "tests/stages", "tests/doors", "tests/house"]


def stop(text):
    """One clear line, no trace."""
    sys.stderr.write("factcheck: " + text + "\n")
    sys.exit(2)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def good_python():
    """This Python if it is new enough, else a newer one on PATH."""
    if sys.version_info >= LEAST:
        return sys.executable
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            return found
    stop(
        "Python 3.11 or newer is needed, this is %d.%d. Install it, or name it: make PYTHON=/path/to/python3.11"
        % sys.version_info[:2]
    )


def run(command, **options):
    """Run in the project's folder; its status is ours when it fails."""
    status = subprocess.call(command, cwd=ROOT, **options)
    if status:
        sys.exit(status)


def version_of(python):
    try:
        out = subprocess.check_output(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return out.decode().strip()


def make_venv():
    """The virtual environment; made anew when it is broken or of too old a Python."""
    have = version_of(PYTHON) if os.path.exists(PYTHON) else ""
    if have and tuple(int(part) for part in have.split(".")) >= LEAST:
        return
    python = good_python()
    if not os.access(ROOT, os.W_OK):
        stop(f"cannot write to {ROOT}: copy the project to a folder of your own")
    shutil.rmtree(VENV, ignore_errors=True)
    probe = subprocess.run(
        [python, "-c", "import ensurepip, venv"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if probe.returncode:
        stop(f"this Python has no ensurepip: install the package python{version_of(python)}-venv, then start again")
    say("Creating .venv with Python " + version_of(python))
    if subprocess.call([python, "-m", "venv", VENV]):
        stop("the virtual environment could not be made: is the disk full?")


def install(name):
    """Install a lock file, with its hashes, unless just that one is installed."""
    path = os.path.join(ROOT, *name.split("/"))
    stamp = os.path.join(VENV, "." + name.replace("/", "-") + ".sha256")
    with open(path, "rb") as source:
        digest = hashlib.sha256(source.read()).hexdigest()
    if os.path.exists(stamp):
        with open(stamp) as kept:
            if kept.read() == digest:
                return
    say("Installing " + name)
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", path]
    else:
        command = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", path]
    if subprocess.call(command, cwd=ROOT):
        stop(f"the packages of {name} could not be installed: see the lines above (is the network there?)")
    with open(stamp, "w") as kept:
        kept.write(digest)


def setup(tests=False):
    make_venv()
    install("requirements.txt")
    if tests:
        install("tests/requirements.txt")


def tool(name):
    return os.path.join(BIN, name)


def pytest(*arguments):
    run([PYTHON, "-m", "pytest", *list(arguments)])


def do_setup(arguments):
    setup(tests=True)


def do_run(arguments):
    setup()
    manage = [PYTHON, os.path.join(ROOT, "manage.py"), "up", *arguments]
    if os.name == "nt":
        run(manage)
    os.chdir(ROOT)
    os.execv(PYTHON, manage)  # signals reach the supervisor itself


def do_test(arguments):
    setup(tests=True)
    # One more than cores: some tests wait, but each process costs 13 s of its own.
    pytest("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal", *(arguments or TESTS))


def do_check(arguments):
    setup(tests=True)
    run([tool("ruff"), "check", "."])
    run([tool("ruff"), "format", "--check", "."])
    run([tool("mypy")])
    run([tool("lint-imports")])
    run([PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"])


def do_fix(arguments):
    setup(tests=True)
    run([tool("ruff"), "check", "--fix", "."])
    run([tool("ruff"), "format", "."])


def do_browser(arguments):
    setup(tests=True)
    # Each process drives a product and a browser of its own.
    pytest("tests/browser", "-n", str(max(1, min(4, (os.cpu_count() or 1)))), "--dist", "loadfile", *arguments)


def do_screens(arguments):
    setup(tests=True)
    os.environ["FACTCHECK_SCREENS"] = os.path.join(ROOT, "screens")
    pytest("tests/browser/test_screens.py", "-q", *arguments)


def do_faults(arguments):
    setup(tests=True)
    # Each process drives a product of its own, which waits most of the time.
    pytest("tests/faults", "-n", "2", "--dist", "loadfile", *arguments)


def do_bench(arguments):
    setup(tests=True)
    os.environ["FACTCHECK_PEERS"] = peers()
    pytest("tests/benchmarks", "-s", "-q", *arguments)


def peers():
    """The Python of an environment with the packages that ours is measured beside; "" when it cannot be made."""
    folder = os.path.join(ROOT, ".venv-bench")
    python = os.path.join(folder, *PYTHON.split(os.sep)[-2:])
    lock = os.path.join(ROOT, "tests", "benchmarks", "requirements.txt")
    done = os.path.join(folder, ".complete")
    if os.path.exists(done) and os.path.getmtime(done) > os.path.getmtime(lock):
        return python
    say("Installing the packages to measure beside")
    commands = ([PYTHON, "-m", "venv", folder], [python, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock])
    if any(subprocess.call(command, cwd=ROOT) for command in commands):
        say("... not possible here: ours is measured alone")
        return ""
    open(done, "w").close()
    return python


def do_openapi(arguments):
    setup(tests=True)
    run([PYTHON, "manage.py", "spectacular", "--file", "docs/openapi.yaml", "--validate"])


def do_catalogue(arguments):
    setup(tests=True)
    run([PYTHON, "-m", "tests.catalogue"])


def do_lock(arguments):
    uv = shutil.which("uv") or stop("uv is needed to compile the lock files")
    lock = [
        uv,
        "pip",
        "compile",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "-q",
    ]
    run([*lock, "pyproject.toml", "-o", "requirements.txt"])
    run([*lock, "tests/requirements.in", "-o", "tests/requirements.txt"])


def main():
    verbs = {name[3:]: act for name, act in globals().items() if name.startswith("do_")}
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb not in verbs:
        stop("choose one of: " + ", ".join(sorted(verbs)))
    try:
        verbs[verb](sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(f"{error.filename or ROOT}: {error.strerror}")


if __name__ == "__main__":
    main()
