"""Uploaded files in a bucket of an S3-compatible server, where every application server finds them."""

import errno
from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from driversite.media import CACHE_CONTROL, type_of

# An editor waits for an upload, so an unreachable server is given up soon. Only Amazon's own servers know the newer
# checksums, and a bucket in the path works without a certificate for each bucket's name.
CLIENT = Config(
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@contextmanager
def as_of_a_disk():
    """A server that fails is to its caller what a failing disk is, who knows what to tell an editor."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(errno.EIO, f"The storage did not do it: {error}") from error


class BucketStorage(S3Storage):
    """Names are never given twice, addresses never expire, and who may read is the bucket's own rule."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "public": "",
            "client_config": CLIENT,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": False,
            # What is larger than a rendition goes through the disk, not through memory.
            "max_memory_size": 2 * 1024 * 1024,
        }

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Below MEDIA_URL, or straight at the bucket's public address; nothing is asked of the server."""
        base = f"{self.public}/" if self.public else settings.MEDIA_URL
        return base + filepath_to_uri(name).lstrip("/")

    def get_object_parameters(self, name):
        return {"CacheControl": CACHE_CONTROL, "ContentType": type_of(name) or self.default_content_type}

    def _open(self, name, mode="rb"):
        with as_of_a_disk():
            return super()._open(name, mode)

    def _save(self, name, content):
        with as_of_a_disk():
            return super()._save(name, content)

    def delete(self, name):
        with as_of_a_disk():
            super().delete(name)

    def exists(self, name):
        with as_of_a_disk():
            return super().exists(name)

    def listdir(self, name):
        with as_of_a_disk():
            return super().listdir(name)

    def size(self, name):
        with as_of_a_disk():
            return super().size(name)
