"""What one process of the fault tests has to itself on servers that all share: a database, and one of Redis's."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg

NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
DATABASE = f"factcheck_faults_{NUMBER}"
VARIABLES = {"DATABASE_URL": f"/{DATABASE}", "REDIS_URL": f"/{5 + NUMBER}"}


def point_there() -> None:
    """Before the settings read them."""
    for name, path in VARIABLES.items():
        if os.environ.get(name):
            os.environ[name] = urlunsplit(urlsplit(os.environ[name])._replace(path=path))


def empty_database() -> None:
    """On PostgreSQL; a file of SQLite lies in the test's own folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
