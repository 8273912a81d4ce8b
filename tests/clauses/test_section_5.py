"""Section 5: nothing is shared or handed over but as the policy says."""

from __future__ import annotations

from pathlib import Path

import pytest

from silkroad.kit.clock import DAY
from tests.cast import Shop, open_shop, set_up, yes_to
from tests.harness.engines import Engine
from tests.harness.people import Refused

from .test_verbs import DEVICE, everything
from .verbs.routes import frames, routes
from .verbs.trap import calls, trapped


def test_where_nobody_was_let_in_nothing_leaves(tmp_path: Path, engine: Engine) -> None:
    """Everybody at every door and with every frame, and a day and its night after. Clause 5.0."""
    with trapped(tmp_path / "data", on=engine) as server:
        set_up(server)
        shop = open_shop(server, push=False)
        visitor, conversation = shop.asks("Is the jasmine tea organic?")
        with pytest.raises(Refused, match="push_off"):
            shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
        ids = everything(shop, visitor, conversation)
        for line in (shop.wei.socket(), visitor.line()):
            frames(line, ids)
        for person in (visitor, shop.arta, shop.admin):
            assert len(routes(person, ids)) > 100
        days_and_nights(shop)
        assert calls(server) == []


def days_and_nights(shop: Shop) -> None:
    """Let a day go by, with all that it brings."""
    shop.server.let_pass(DAY)
    shop.server.rest()
