"""Everything the process reads from its environment, typed, in one place.

Each variable is described in docs/operations.md; a house test compares the two.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from annotations.lib.fetching.addresses import parse_allowed
from annotations.lib.fetching.proxying import Proxy, parse_proxy
from annotations.lib.fetching.urls import parse_names

BASE = Path(__file__).resolve().parent.parent


class BadEnvironment(Exception):
    """A variable holds something that cannot work; the message says which and what to write."""


@dataclass(frozen=True)
class Environment:
    """The variables, parsed. Defaults serve `make run` on a bare machine."""

    data: Path
    static: Path
    secret_key: str
    debug: bool
    allowed_hosts: list[str]
    host: str
    port: int
    database_url: str
    redis_url: str
    public_url: str
    allowed_names: str
    allowed_ranges: str
    email_url: str
    from_email: str
    log_format: str
    trusted_proxies: list[str] = field(default_factory=list)
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""
    llm_seconds: int = 20
    storage_url: str = ""
    archive_url: str = ""
    archive_key: str = ""
    fetch_proxy: Proxy | None = None
    fetch_workers: int = 8
    compute_workers: int = 2
    events_poll_ms: int = 500


VARIABLES = (
    "FACTCHECK_DATA",
    "FACTCHECK_STATIC",
    "FACTCHECK_SECRET_KEY",
    "FACTCHECK_DEBUG",
    "FACTCHECK_ALLOWED_HOSTS",
    "FACTCHECK_HOST",
    "FACTCHECK_PORT",
    "FACTCHECK_LOG_FORMAT",
    "FACTCHECK_ARCHIVE_URL",
    "FACTCHECK_ARCHIVE_KEY",
    "FACTCHECK_FETCH_PROXY",
    "FACTCHECK_FETCH_WORKERS",
    "FACTCHECK_COMPUTE_WORKERS",
    "FACTCHECK_EVENTS_POLL_MS",
    "FACTCHECK_LLM_URL",
    "FACTCHECK_LLM_MODEL",
    "FACTCHECK_LLM_KEY",
    "FACTCHECK_LLM_SECONDS",
    "DATABASE_URL",
    "REDIS_URL",
    "STORAGE_URL",
    "PUBLIC_URL",
    "SOURCES_ALLOWED_HOSTS",
    "SOURCES_ALLOWED_RANGES",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "TRUSTED_PROXIES",
)


def read() -> Environment:
    """Read the environment; raises BadEnvironment with the variable's name and the remedy."""
    get = os.environ.get
    data = Path(get("FACTCHECK_DATA") or BASE / "var").expanduser().resolve()
    host = get("FACTCHECK_HOST") or "127.0.0.1"
    port = _number("FACTCHECK_PORT", default=8000, least=1, most=65535)
    public_url = (get("PUBLIC_URL") or f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}").rstrip("/")  # noqa: S104
    if urlsplit(public_url).scheme not in ("http", "https") or not urlsplit(public_url).hostname:
        raise BadEnvironment("PUBLIC_URL must be a full address such as https://checks.example.org")
    hosts = _words("FACTCHECK_ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
    public_host = urlsplit(public_url).hostname
    if public_host and public_host not in hosts:
        hosts.append(public_host)
    return Environment(
        data=data,
        static=Path(get("FACTCHECK_STATIC") or data / "static"),
        secret_key=get("FACTCHECK_SECRET_KEY") or "",
        debug=_flag("FACTCHECK_DEBUG"),
        allowed_hosts=hosts,
        host=host,
        port=port,
        database_url=get("DATABASE_URL") or "",
        redis_url=get("REDIS_URL") or "",
        public_url=public_url,
        allowed_names=_tried("SOURCES_ALLOWED_HOSTS", parse_names),
        allowed_ranges=_tried("SOURCES_ALLOWED_RANGES", parse_allowed),
        email_url=get("EMAIL_URL") or "",
        from_email=get("DEFAULT_FROM_EMAIL") or f"factcheck@{public_host}",
        log_format=_choice("FACTCHECK_LOG_FORMAT", "console", "json"),
        trusted_proxies=_words("TRUSTED_PROXIES"),
        llm_url=_llm_url(),
        llm_model=get("FACTCHECK_LLM_MODEL") or "",
        llm_key=get("FACTCHECK_LLM_KEY") or "",
        llm_seconds=_number("FACTCHECK_LLM_SECONDS", default=20, least=1, most=40),
        storage_url=(get("STORAGE_URL") or "").strip(),
        archive_url=_archive_url(),
        archive_key=(get("FACTCHECK_ARCHIVE_KEY") or "").strip(),
        fetch_proxy=_proxy(),
        fetch_workers=_number("FACTCHECK_FETCH_WORKERS", default=8, least=1, most=256),
        compute_workers=_number("FACTCHECK_COMPUTE_WORKERS", default=2, least=1, most=256),
        events_poll_ms=_number("FACTCHECK_EVENTS_POLL_MS", default=500, least=50, most=60_000),
    )


def _llm_url() -> str:
    url = (os.environ.get("FACTCHECK_LLM_URL") or "").rstrip("/")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise BadEnvironment("FACTCHECK_LLM_URL must be a base address such as http://127.0.0.1:8080/v1")
    if url and not os.environ.get("FACTCHECK_LLM_MODEL"):
        raise BadEnvironment("FACTCHECK_LLM_URL is set, so FACTCHECK_LLM_MODEL must name a model")
    return url


def _archive_url() -> str:
    url = (os.environ.get("FACTCHECK_ARCHIVE_URL") or "").strip().rstrip("/")
    key = (os.environ.get("FACTCHECK_ARCHIVE_KEY") or "").strip()
    parts = urlsplit(url)
    plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment or "@" in url)
    if url and not plain:
        raise BadEnvironment("FACTCHECK_ARCHIVE_URL must be a base address such as https://web.archive.org")
    if key and not re.fullmatch(r"[!-9;-~]+:[!-9;-~]+", key):
        raise BadEnvironment("FACTCHECK_ARCHIVE_KEY must look like ACCESS:SECRET")
    if key and parts.scheme != "https":
        raise BadEnvironment("FACTCHECK_ARCHIVE_KEY is set, so FACTCHECK_ARCHIVE_URL must be an https address")
    return url


def make_folders(env: Environment) -> None:
    """The data folder, for its owner alone; raises BadEnvironment where it cannot be made."""
    try:
        (env.data / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadEnvironment(
            f"cannot write to the data folder {env.data}: {error.strerror}. "
            "Set FACTCHECK_DATA to a folder you may write to"
        ) from error


def secret_key(env: Environment) -> str:
    """The configured key, else one made once and kept in the data folder, readable by its owner alone."""
    if env.secret_key:
        if len(env.secret_key) < 32:
            raise BadEnvironment("FACTCHECK_SECRET_KEY is too short: use at least 32 random characters")
        return env.secret_key
    path = env.data / "secret_key"
    try:
        # O_EXCL: two processes starting together must end up with one key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _stored_key(path)
    except OSError as error:
        raise BadEnvironment(
            f"cannot write to the data folder {env.data}: {error.strerror}. Set FACTCHECK_DATA to a folder you may write to"
        ) from error
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(64))
    return _stored_key(path)


def _stored_key(path: Path) -> str:
    for _ in range(50):  # the other process may be between create and write
        key = path.read_text().strip()
        if key:
            return key
        time.sleep(0.02)
    raise BadEnvironment(f"the secret key file {path} is empty: delete it and start again")


def database(env: Environment) -> dict[str, object]:
    """Django's DATABASES entry for DATABASE_URL, else SQLite in the data folder."""
    url = env.database_url
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(env.data / "factcheck.sqlite3"),
            "OPTIONS": {
                # IMMEDIATE takes the write lock at BEGIN: a later upgrade could only fail with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadEnvironment("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # The pool bounds connections: sync views under ASGI would otherwise open one for each thread.
        "OPTIONS": {**dict(parse_qsl(parts.query)), "pool": {"min_size": 1, "max_size": 10, "timeout": 20}},
        "CONN_MAX_AGE": 0,
    }


def broker_socket(env: Environment) -> Path:
    """Where the embedded broker listens. A socket's path must stay below 108 bytes, so a long one moves to /tmp."""
    path = env.data / "run" / "broker.sock"
    if len(str(path).encode()) < 100:
        return path
    short = Path("/tmp") / f"factcheck-{os.getuid()}-{hashlib.sha256(str(env.data).encode()).hexdigest()[:12]}"  # noqa: S108
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid() or short.stat().st_mode & 0o077:
        raise BadEnvironment(f"{short} belongs to somebody else: choose a shorter FACTCHECK_DATA")
    return short / "broker.sock"


def email(env: Environment) -> dict[str, object]:
    """EMAIL_* settings for EMAIL_URL (smtp:// or smtps://user:password@host:port); empty means mails go to the log."""
    if not env.email_url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(env.email_url)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise BadEnvironment("EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def _tried(name: str, parse: Callable[[str], object]) -> str:
    text = os.environ.get(name) or ""
    try:
        parse(text)
    except ValueError as error:
        raise BadEnvironment(str(error)) from error
    return text


def _proxy() -> Proxy | None:
    try:
        return parse_proxy((os.environ.get("FACTCHECK_FETCH_PROXY") or "").strip())
    except ValueError as error:  # says what is wrong, never the value: it may hold a password
        raise BadEnvironment(
            f"FACTCHECK_FETCH_PROXY: {error}. Write http://proxy.example.org:3128 or http://user:password@proxy.example.org:3128"
        ) from None


def _words(name: str) -> list[str]:
    return (os.environ.get(name) or "").replace(",", " ").split()


def _flag(name: str) -> bool:
    value = (os.environ.get(name) or "0").lower()
    if value not in ("0", "1", "true", "false", "yes", "no"):
        raise BadEnvironment(f"{name} must be 1 or 0")
    return value in ("1", "true", "yes")


def _choice(name: str, *choices: str) -> str:
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise BadEnvironment(f"{name} must be one of: {', '.join(choices)}")
    return value


def _number(name: str, *, default: int, least: int, most: int) -> int:
    raw = os.environ.get(name) or str(default)
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
        raise BadEnvironment(f"{name} must be a whole number from {least} to {most}")
    return int(raw)
