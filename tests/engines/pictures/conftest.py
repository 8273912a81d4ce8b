"""Pictures are made anew on uvloop, as in the server."""

from __future__ import annotations

import pytest

from silkroad.engines.pictures import Pictures


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()
