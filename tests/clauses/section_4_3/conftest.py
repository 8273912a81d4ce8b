"""A board for each test."""

from __future__ import annotations

import pytest

from tests.cast import Shop, open_shop
from tests.harness.server import Server

from .board import Board, meet


@pytest.fixture
def board(shop: Shop) -> Board:
    return meet(shop)


@pytest.fixture
def own_board(own_server: Server) -> Board:
    return meet(open_shop(own_server))
