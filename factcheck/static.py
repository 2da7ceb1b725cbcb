"""Collects static files when their sources changed: hashing and compressing all of them takes seconds."""

import hashlib
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

# Files of packages that no page of ours asks for.
UNUSED = ["rest_framework", "redoc", "*swagger-ui-es-bundle*", "swagger-ui.js*"]


def collect_if_changed() -> bool:
    """True when they were collected."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    digest = _digest()
    if stamp.exists() and stamp.read_text() == digest:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return True


def _digest() -> str:
    found = hashlib.sha256()
    for name, version in sorted((str(item.metadata["Name"]), item.version) for item in distributions()):
        found.update(f"{name}=={version}\n".encode())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
