"""The stores that an installation can be moved to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.stores import Stores
from tests.fakes.s3 import S3
from tests.harness.postgres import Postgres


@pytest.fixture(scope="session")
def stores(postgres: Postgres, s3: S3, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    key_file: Path = tmp_path_factory.mktemp("s3") / "key"
    key_file.touch(mode=0o600)
    key_file.write_text("silkroad\nsecret\n")
    return Stores(postgres, s3, key_file)
