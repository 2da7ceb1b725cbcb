"""Bodies kept compressed under their hash in the "captures" storage. Writing the same body twice keeps one."""

import hashlib
import io

import zstandard
from django.core.files.base import ContentFile
from django.core.files.storage import storages

LEVEL = 3  # as small as gzip -6 at a sixth of its time


def digest(body: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


def name_of(sha256: str) -> str:
    """Where a body lies in the storage."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.zst"


def keep(body: bytes) -> str:
    """Store the body unless it is there; returns its SHA-256."""
    sha256 = digest(body)
    storage = storages["captures"]
    if not storage.exists(name_of(sha256)):
        saved = storage.save(name_of(sha256), ContentFile(zstandard.ZstdCompressor(level=LEVEL).compress(body)))
        if saved != name_of(sha256):  # another worker stored the same body in between
            storage.delete(saved)
    return sha256


def read(sha256: str, *, limit: int = 100_000_000) -> bytes:
    """The body; raises FileNotFoundError, or ValueError when it decompresses beyond `limit` bytes."""
    with storages["captures"].open(name_of(sha256)) as stored:
        packed = io.BytesIO(stored.read())
    with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
        body = reader.read(limit + 1)
    if len(body) > limit:
        raise ValueError("the kept body is larger than the limit")
    return body
