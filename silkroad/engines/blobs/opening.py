"""Which store of blobs a server has: a folder beside its data, or a bucket that nodes share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from silkroad.engines.disk import private_lines
from silkroad.settings import BadSettings, Settings, is_loopback

from . import Blobs
from .folder import FolderBlobs

SHAPE = "SILKROAD_BLOBS_URL must look like s3://bucket/prefix?endpoint=https://host&region=name"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


def open_blobs(settings: Settings, environment: Mapping[str, str] = os.environ) -> Blobs:
    """Return the store; what the address leaves open is in ``AWS_*``. Raises BadSettings."""
    if not settings.blobs_url:
        return FolderBlobs(settings.data_dir / "blobs")
    try:
        from .s3 import Bucket, S3Blobs  # noqa: PLC0415 - obstore is an extra
    except ImportError as missing:
        raise BadSettings(
            "SILKROAD_BLOBS_URL needs obstore: install silkroad with its extra `s3`."
        ) from missing
    name, prefix, endpoint, region = _address(settings.blobs_url, environment)
    if endpoint.rstrip("/") not in settings.private:
        _refuse_plain(endpoint)
    return S3Blobs(Bucket(name, prefix, endpoint, region, _keys(settings.blobs_key_file)))


def host_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """Return the host that is asked; empty for a folder. Raises BadSettings.

    Amazon's own has the bucket's region in its name; that of any other endpoint only signs.
    """
    if not settings.blobs_url:
        return ""
    _, _, endpoint, region = _address(settings.blobs_url, environment)
    try:
        host = urlsplit(endpoint).hostname or ""
    except ValueError:
        raise BadSettings(SHAPE) from None
    return f"s3.{region}.amazonaws.com" if host in {"", "s3.amazonaws.com"} else host


def _address(url: str, environment: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Return bucket, prefix, endpoint and region, with what the environment adds."""
    name, prefix, wishes = _taken_apart(url)
    endpoint = wishes.get("endpoint") or _first(environment, ENDPOINTS)
    region = wishes.get("region") or _first(environment, REGIONS) or "us-east-1"
    return name, prefix, endpoint, region


def _taken_apart(url: str) -> tuple[str, str, dict[str, str]]:
    """Return bucket, prefix, and what was asked for. Nothing of it is put into a message."""
    try:
        parts = urlsplit(url)
        wishes = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise BadSettings(SHAPE) from None
    known = wishes.keys() <= {"endpoint", "region"}
    if parts.scheme != "s3" or not parts.netloc or {"@", ":"} & {*parts.netloc} or not known:
        raise BadSettings(SHAPE)
    return parts.netloc, parts.path.strip("/"), wishes


def _refuse_plain(endpoint: str) -> None:
    """Sealed as they are, blobs and their names still travel under TLS, except within a machine.

    The operator may name an address of their own network that is spoken to in plain http.
    """
    try:
        parts = urlsplit(endpoint)
        inside = parts.scheme == "http" and is_loopback(parts.hostname or "")
    except ValueError:
        raise BadSettings(SHAPE) from None
    if endpoint and "@" in parts.netloc:
        raise BadSettings(SHAPE)
    if endpoint and not inside and (parts.scheme != "https" or not parts.hostname):
        raise BadSettings("The endpoint of SILKROAD_BLOBS_URL must begin with https://")


def _keys(file: Path | None) -> tuple[str, str] | None:
    if file is None:
        return None
    lines = private_lines(file, "SILKROAD_BLOBS_KEY_FILE")
    if len(lines) != 2 or not all(lines):  # noqa: PLR2004 - the two lines that it says
        raise BadSettings(f"{file} must have two lines: the access key id and the secret")
    return lines[0], lines[1]


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")
