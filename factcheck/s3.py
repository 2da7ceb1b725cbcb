"""Kept bodies in an S3-compatible store. Imported only when STORAGE_URL is set: its packages are an extra."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from annotations.lib.blobs import Away

# A request ends within 15 seconds, its one repetition included: a job that has fetched (30 s) and asked twice must
# still come to leave the body in the waiting room before its soft time limit (60 s).
CONNECT_SECONDS, READ_SECONDS, TRIES = 2, 5, 2


class S3Captures(S3Storage):  # type: ignore[misc]  # untyped package
    """One request for each act. A PUT is taken whole or not at all, its hash signed, so no half object can stand.

    No object gets an access list: the store's default is private, and buckets of today refuse requests that carry one.
    No address of an object is ever given out. The store's own faults are `Away`, an OSError.
    """

    def __init__(self, **options: Any) -> None:
        style = options.pop("addressing_style", "auto")
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            signature_version="s3v4",
            s3={"addressing_style": style, "payload_signing_enabled": True},
            # The SDK's newer checksums are chunked trailers, which many compatible stores do not understand.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, default_acl=None, file_overwrite=True, gzip=False, **options)

    def size(self, name: str) -> int:
        """Bytes as stored; FileNotFoundError."""
        with _told(name):
            return int(self._client.head_object(**self._at(name))["ContentLength"])

    def exists(self, name: str) -> bool:
        try:
            self.size(name)
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        with _told(name):
            self._client.delete_object(**self._at(name))

    def url(self, name: str | None, *args: Any, **options: Any) -> NoReturn:
        raise ValueError("kept bodies have no address of their own")

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        with _told(name):
            return ContentFile(self._client.get_object(**self._at(name))["Body"].read(), name=name)

    def _save(self, name: str, content: Any) -> str:
        with _told(name, writing=True):
            self._client.put_object(**self._at(name), Body=content.read(), ContentType="application/zstd")
        return name

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}


@contextmanager
def _told(name: str, *, writing: bool = False) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        code = str(error.response.get("Error", {}).get("Code", ""))
        # Keys that may not list the bucket get 403 for what is not there; writing then says what is really wrong.
        absent = (status == 404 and code != "NoSuchBucket") or (status == 403 and error.operation_name == "HeadObject")
        if absent and not writing:
            raise FileNotFoundError(name) from error
        raise Away(f"the store answered {status} {code}") from error
    except BotoCoreError as error:
        raise Away(f"the store cannot be asked: {type(error).__name__}") from error
