"""The stores of blobs that there are. Each passes the same contract; another one is added here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.folder import FolderBlobs

STORES: dict[str, Callable[[Path], Blobs]] = {
    "folder": lambda place: FolderBlobs(place / "blobs"),
}


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(params=STORES)
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """An empty store."""
    return STORES[request.param](tmp_path)
