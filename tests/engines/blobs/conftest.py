"""The stores of blobs that there are. Each passes the same contract; another one is added here."""

from __future__ import annotations

from pathlib import Path

import pytest

from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.engines.blobs.s3 import Bucket, S3Blobs
from tests.fakes.s3 import S3

KEYS = ("silkroad", "a secret of the test's")


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture
def bucket(s3: S3) -> Bucket:
    """An empty one."""
    return Bucket(s3.fresh(), "files/of ours", s3.endpoint, keys=KEYS)


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """An empty store."""
    if request.param == "s3":
        return S3Blobs(request.getfixturevalue("bucket"))
    return FolderBlobs(tmp_path / "blobs")
