"""Where kept bodies lie: files in the data folder, or an S3-compatible store that STORAGE_URL names."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from factcheck.env import BadEnvironment, Environment

FORM = "s3://KEY:SECRET@bucket/prefix?endpoint=https://minio.example.org&region=eu-central-1"
_KNOWN = frozenset({"endpoint", "region", "addressing"})
_INSTALL = "STORAGE_URL names an S3 store, which needs two more packages: pip install 'django-storages[s3]'"


def entries(env: Environment) -> dict[str, dict[str, Any]]:
    """The entries of STORAGES for kept bodies; raises BadEnvironment, which never repeats the secret."""
    if not env.storage_url:
        options = {"location": str(env.data / "captures"), "base_url": None}
        return {"captures": {"BACKEND": "annotations.lib.whole_files.WholeFiles", "OPTIONS": options}}
    options = _s3(env.storage_url)
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise BadEnvironment(_INSTALL)
    return {
        "captures": {"BACKEND": "factcheck.s3.S3Captures", "OPTIONS": options},
        # What the store does not take at the moment waits here (annotations/sources/waiting.py).
        "waiting": {"BACKEND": "annotations.sources.waiting.Room"},
    }


def _s3(url: str) -> dict[str, Any]:
    scheme, _sep, rest = url.partition("://")
    if scheme != "s3" or not rest:
        raise BadEnvironment(f"STORAGE_URL must look like {FORM}")
    place, _mark, query = rest.partition("?")
    authority, _slash, path = place.partition("/")
    given, at, bucket = authority.rpartition("@")
    if "@" in path or "#" in rest:
        raise BadEnvironment(
            "STORAGE_URL: write / @ # : ? and % in the key and the secret as %2F %40 %23 %3A %3F and %25"
        )
    key, _colon, secret = given.partition(":")
    if at and not (key and secret):
        raise BadEnvironment("STORAGE_URL must give both KEY:SECRET before the @, or neither")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}", bucket):
        raise BadEnvironment(f"STORAGE_URL names no bucket. It must look like {FORM}")
    prefix = unquote(path).strip("/")
    if any(part in ("", ".", "..") for part in prefix.split("/")) and prefix:
        raise BadEnvironment("STORAGE_URL: the prefix must be a plain path such as factcheck/captures")
    more = _query(query)
    return {
        "bucket_name": bucket,
        "location": prefix,
        "access_key": unquote(key) or None,
        "secret_key": unquote(secret) or None,
        "endpoint_url": more.get("endpoint"),
        "region_name": more.get("region"),
        # Stores of one's own rarely have a host name for each bucket; Amazon wants one.
        "addressing_style": more.get("addressing") or ("path" if more.get("endpoint") else "auto"),
    }


def _query(query: str) -> dict[str, str]:
    pairs = parse_qsl(query, keep_blank_values=True)
    unknown = sorted({name for name, _value in pairs} - _KNOWN)
    if unknown:
        raise BadEnvironment(f"STORAGE_URL: {', '.join(unknown)} is not known. It must look like {FORM}")
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadEnvironment("STORAGE_URL says the same thing twice")
    if "endpoint" in found:
        _endpoint(found["endpoint"])
    if not re.fullmatch(r"[a-z0-9-]+", found.get("region", "none")):
        raise BadEnvironment("STORAGE_URL: region must be a word such as eu-central-1")
    if found.get("addressing", "path") not in ("path", "virtual"):
        raise BadEnvironment("STORAGE_URL: addressing must be path or virtual")
    return found


def _endpoint(endpoint: str) -> None:
    try:
        parts = urlsplit(endpoint)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadEnvironment("STORAGE_URL: endpoint must be a plain address such as https://minio.example.org")
