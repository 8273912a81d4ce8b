"""Section 8.3: of whom a company switches on in one go, its people are told and asked once."""

from __future__ import annotations

import pytest

from tests.cast import Member, Shop, open_shop, question, record_transfer, third_party, yes_to
from tests.clauses.campaigns import news
from tests.harness.people import Json, Refused
from tests.harness.server import Server

from .test_verbs import DEVICE


@pytest.fixture
def shop(own_server: Server) -> Shop:
    shop = open_shop(own_server)
    own_server.rest()
    assert news(shop.arta) == []
    return shop


def several(admin: Member, *names: str) -> Json:
    """Return what an administrator sends who has read of each and gives each its contract.

    Why data may leave the region for them is recorded before.
    """
    for name in names:
        record_transfer(admin, name)
    return {
        "parties": [
            {
                "processor": name,
                "notice_hash": third_party(admin, name)["notice_hash"],
                "language": "en",
                "contract": f"Terms of {name}",
            }
            for name in names
        ]
    }


def test_several_that_join_together_are_told_and_asked_about_once(shop: Shop) -> None:
    shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
    assert question(shop.arta)["state"] == "given"
    shop.admin.put("/api/processors", several(shop.admin, "mozilla_push", "apple_push"))
    shop.server.rest()
    (told,) = news(shop.arta)
    assert (told["text"]["weight"], told["asked"]) == ("major", ["wake_up"])
    assert [line.partition(" to wake")[0] for line in told["text"]["lines"]] == [
        "This company now uses Mozilla Push Service (autopush) (Mozilla Corporation)",
        "This company now uses Apple Push Notification service (Apple Inc.)",
    ]
    assert question(shop.arta)["state"] == "expired"
    assert news(shop.admin) == [], "who pressed has read more than that"
    for name in ("mozilla_push", "apple_push"):
        shown = third_party(shop.admin, name)
        assert (shown["state"], shown["contract"]) == ("on", f"Terms of {name}")
    shop.admin.put("/api/processors", several(shop.admin, "microsoft_push"))
    shop.server.rest()
    assert len(news(shop.arta)) == 2, "another press is other news"


def test_all_of_them_or_none(shop: Shop) -> None:
    """Nobody comes along with the others whose notice was not shown, or who has no contract."""
    wrongs: list[Json] = [{"notice_hash": "0" * 32}, {"contract": " "}, {"fields": []}]
    for wrong in wrongs:
        body = several(shop.admin, "mozilla_push", "apple_push")
        body["parties"][1] |= wrong
        with pytest.raises(Refused):
            shop.admin.put("/api/processors", body)
    with pytest.raises(Refused) as nobody:
        shop.admin.put("/api/processors", {"parties": []})
    assert nobody.value.status == 422
    shop.server.rest()
    states = {third_party(shop.admin, name)["state"] for name in ("mozilla_push", "apple_push")}
    assert states == {"off"}
    assert news(shop.arta) == []
