"""A wake that waits to be sent is not sent once its owner has lost the access behind it. S5.

Every shop has somebody who is away and for whom a wake is queued. Then each loses it in another
way, time passes, and only the one to whom nothing happened is woken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.cast import Shop, VisitorOf, open_shop
from tests.fakes.push_service import Browser
from tests.harness.people import client_id
from tests.push.world import World

from .endings import (
    ENDS_A_SESSION,
    agrees_no_more,
    archived,
    device_removed,
    forgotten,
    no_administrator_any_more,
    out_by_the_inbox,
    out_by_the_member,
    taken_back,
    taken_over,
    unsubscribed,
)
from .enterprise import Street


class Waiting(NamedTuple):
    """Somebody for whom a wake is queued."""

    how: str
    shop: Shop
    browser: Browser


MEMBERS: list[Callable[[Shop], None]] = [
    *ENDS_A_SESSION,
    out_by_the_member,
    out_by_the_inbox,
    no_administrator_any_more,
    device_removed,
    agrees_no_more,
]
VISITORS: list[Callable[[Shop, VisitorOf], None]] = [
    forgotten,
    unsubscribed,
    taken_back,
    archived,
    taken_over,
]


def test_who_lost_access_is_not_woken_any_more(street: Street) -> None:
    nobody_is_woken_without_access(street.world)


def nobody_is_woken_without_access(world: World) -> None:
    stays, answered = member_waits(world), visitor_waits(world)[0]
    lost = []
    for ends in MEMBERS:
        waiting = member_waits(world, ends.__name__)
        ends(waiting.shop)
        lost.append(waiting)
    for end in VISITORS:
        waiting, visitor = visitor_waits(world, end.__name__)
        end(waiting.shop, visitor)
        lost.append(waiting)
    world.wakes(stays.browser)
    world.wakes(answered.browser)
    world.wakes_nobody()  # only waits until all that is due has been judged
    assert [waiting.how for waiting in lost if waiting.browser.messages] == []


def member_waits(world: World, how: str = "stays") -> Waiting:
    """Let a visitor ask while Arta is away: her device is to be woken in three seconds."""
    shop = open_shop(world.server, how)
    browser = world.device(shop.arta)
    shop.asks("Anybody there?")
    return Waiting(how, shop, browser)


def visitor_waits(world: World, how: str = "stays") -> tuple[Waiting, VisitorOf]:
    """Let Arta answer a visitor who has gone away with leave to be woken."""
    shop = open_shop(world.server, how)
    visitor, conversation = shop.asks("Anybody there?")
    browser = world.visitors_device(visitor)
    answer = {"client_id": client_id(), "text": "Yes"}
    shop.arta.post(f"/api/conversations/{conversation}/messages", answer)
    return Waiting(how, shop, browser), visitor
