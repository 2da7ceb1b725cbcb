"""The product's settings with a data folder of the tests' own, and without what a test must not wait for."""

import os
import tempfile

os.environ["FACTCHECK_DATA"] = tempfile.mkdtemp(prefix="factcheck-tests-")
os.environ["PUBLIC_URL"] = "https://checks.example.org"
os.environ["FACTCHECK_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ.pop("SOURCES_ALLOWED_RANGES", None)
os.environ.pop("STORAGE_URL", None)
os.environ.pop("FACTCHECK_ARCHIVE_URL", None)
os.environ.pop("FACTCHECK_ARCHIVE_KEY", None)

from factcheck.settings import *  # noqa: F403
from factcheck.settings import DATA, DATABASES, STATIC_ROOT
from factcheck.settings import STORAGES as _STORAGES

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as users have it: SQLite in memory locks whole tables between threads, and waits for none of them.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

STATIC_ROOT.mkdir(exist_ok=True)  # or each client says that it is missing
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SOURCES_HOST_GAP = 0.0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
LOGGING = {"version": 1, "disable_existing_loggers": False}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "checks.example.org"]
