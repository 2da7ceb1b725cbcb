"""Bodies kept compressed under their hash in the "captures" storage. Writing the same body twice keeps one.

A body that the storage does not take at the moment waits in the "waiting" storage, where there is one, so that it is not
lost: only from the network could it come again, and there it may be another by then.
"""

import hashlib
import io
import threading
from contextlib import suppress
from datetime import timedelta

import structlog
import zstandard
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import FactcheckError, RetryLater
from annotations.lib.problems import words
from annotations.lib.whole_files import WholeFiles

log = structlog.get_logger(__name__)

LEVEL = 3  # as small as gzip -6 at a sixth of its time
MOST = 100_000_000  # bytes of a body
_own = threading.local()
_FRAME = b"\x28\xb5\x2f\xfd" + b"\x80\x38"  # its magic; four bytes of size follow, the window is a block
_BLOCK = 131_072  # bytes
PAUSE = timedelta(minutes=1)  # before a storage without an answer is asked again


class Away(OSError):
    """The storage cannot be reached, or will not do it now. It is not a word about the body."""


class DamagedBody(FactcheckError):
    """What was put into the storage is not what lies there, or nothing does."""

    status = 500


def digest(body: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


def name_of(sha256: str) -> str:
    """Where a body lies in the storage: 256 folders, a million bodies are 4,000 in each."""
    return f"{sha256[:2]}/{sha256}.zst"


def _older_name_of(sha256: str) -> str:
    """Where it was put before: most bodies made a folder of their own there, which cost as much as the body."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.zst"


def keep(body: bytes, *, anew: bool = False, settled: bool = True) -> str:
    """Store the body unless it is there; returns its SHA-256. RetryLater when there is no place for it at the moment.

    `anew`: what lies there is known to be damaged and is replaced, whatever its size. Without `settled` it is written as it
    came, where there is a disk, and a power cut may take it: for a body that can come again, whose next job reads it and calls
    `settle` before anybody relies on it.
    """
    sha256 = digest(body)
    as_it_came = not settled and isinstance(storages["captures"], WholeFiles)
    packed = _framed(body) if as_it_came else _compressor().compress(body)
    try:
        put(sha256, packed, anew=anew, settled=settled)
    except OSError as error:
        log.warning("store_away", sha256=sha256, error=str(error))
        if not _may_wait():
            raise _later() from error
        storages["waiting"].save(name_of(sha256), ContentFile(_compressor().compress(body) if as_it_came else packed))
    return sha256


def _framed(body: bytes) -> bytes:
    """A Zstandard frame of raw blocks (RFC 8878, 3.1.1): any reader unpacks it, and nobody's time went into packing."""
    parts = [_FRAME, len(body).to_bytes(4, "little")]
    for start in range(0, len(body) or 1, _BLOCK):
        block = body[start : start + _BLOCK]
        parts += ((len(block) << 3 | (start + _BLOCK >= len(body))).to_bytes(3, "little"), block)
    return b"".join(parts)


def _compressor() -> zstandard.ZstdCompressor:
    """One for each thread: its tables cost as much to make as a page to compress."""
    found: zstandard.ZstdCompressor | None = getattr(_own, "compressor", None)
    if found is None:
        found = _own.compressor = zstandard.ZstdCompressor(level=LEVEL)
    return found


def put(sha256: str, packed: bytes, *, anew: bool = False, settled: bool = True) -> None:
    """Write a compressed body under its hash, once; OSError when the storage does not take it.

    What is there of the same size is taken for the body (one cheap question); of another size, it is read and judged.
    """
    storage, name = storages["captures"], name_of(sha256)
    try:
        if not anew and (storage.size(name) == len(packed) or _stands(sha256)):
            if settled:  # another's job may not have come to it yet
                _settle(storage, name, packed)
            return
    except FileNotFoundError:
        pass
    if isinstance(storage, WholeFiles) and not settled:
        storage.save_unsettled(name, ContentFile(packed))
    else:
        storage.save(name, ContentFile(packed))


def settle(sha256: str, body: bytes) -> None:
    """What `keep` stored is packed, and outlives a power cut from here on; RetryLater when the disk does not take it."""
    try:
        _settle(storages["captures"], name_of(sha256), _compressor().compress(body))
    except OSError as error:
        raise _later() from error


def _settle(storage: Storage, name: str, packed: bytes) -> None:
    if not isinstance(storage, WholeFiles):
        return  # a store over the network has seen to it by itself
    with suppress(FileNotFoundError):  # put there long ago, under its older name
        if storage.size(name) == len(packed):
            storage.settle(name)
        else:
            storage.save(name, ContentFile(packed))


def _stands(sha256: str) -> bool:
    packed = _stored(sha256)
    try:
        return digest(_unpacked(packed, sha256, MOST)) == sha256
    except (DamagedBody, ValueError):
        log.error("stored_body_replaced", sha256=sha256)
        return False


def read(sha256: str, *, limit: int = MOST) -> bytes:
    """The body, its hash verified.

    DamagedBody when it is not what was stored, or is gone; RetryLater when the storage does not answer; ValueError when it
    unpacks to more than `limit` bytes.
    """
    try:
        packed = _packed(sha256)
    except FileNotFoundError as error:
        raise _damaged("body_missing", sha256) from error
    body = _unpacked(packed, sha256, limit)
    if digest(body) != sha256:
        raise _damaged("body_damaged", sha256)
    return body


def _packed(sha256: str) -> bytes:
    failure: OSError | None = None
    try:
        return _stored(sha256)
    except FileNotFoundError:
        pass
    except OSError as error:
        failure = error
    if _may_wait():
        try:
            return _opened("waiting", name_of(sha256))
        except FileNotFoundError:
            pass
    if failure is not None:
        raise _later() from failure
    try:
        return _stored(sha256)  # the waiting room may have been emptied into it between the two looks
    except Away as error:
        raise _later() from error


def _stored(sha256: str) -> bytes:
    try:
        return _opened("captures", name_of(sha256))
    except FileNotFoundError:
        return _opened("captures", _older_name_of(sha256))


def _opened(room: str, name: str) -> bytes:
    with storages[room].open(name) as stored:
        return bytes(stored.read())


def _unpacked(packed: bytes, sha256: str, limit: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)) as reader:
            body = reader.read(limit + 1)
    except zstandard.ZstdError as error:
        raise _damaged("body_damaged", sha256) from error
    if len(body) > limit:
        raise ValueError("the kept body is larger than the limit")
    return body


def _may_wait() -> bool:
    return "waiting" in storages.backends


def _damaged(code: str, sha256: str) -> DamagedBody:
    log.error(code, sha256=sha256)
    return DamagedBody(code, words(code))


def _later() -> RetryLater:
    return RetryLater(
        "store_away",
        _("The storage of the kept copies does not answer. Try again in a minute."),
        at=timezone.now() + PAUSE,
    )
