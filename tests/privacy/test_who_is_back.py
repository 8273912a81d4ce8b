"""Who comes back after a change is counted once, and let in even where nobody can note it. 8.0a."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from silkroad.http import House
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope
from silkroad.privacy.campaigns import came_back

MIRA = Scope("wsp_linden", "visitor", "visitor", "vis_mira", purpose=Purpose.CONVERSATION)


class Desk:
    """A database in which one campaign does not know yet that somebody is back."""

    def __init__(self) -> None:
        self.full = True
        self.looks: list[Scope] = []
        self.notes: list[Scope] = []

    async def read(self, scope: Scope, _: Callable[..., Any], *__: object) -> set[str]:
        self.looks.append(scope)
        return {"cmp_one"}

    async def write(self, scope: Scope, _: Callable[..., Any], *__: object) -> None:
        if self.full:
            raise refuse("storage_full")
        self.notes.append(scope)


@pytest.mark.anyio
async def test_a_full_disk_keeps_nobody_out_and_is_tried_again() -> None:
    desk = Desk()
    house: House = SimpleNamespace(db=desk, came_at=None)  # type: ignore[assignment]  # all it needs
    await came_back(house, MIRA)
    assert desk.notes == []
    desk.full = False
    for _ in range(3):
        await came_back(house, MIRA)
    assert [scope.actor_id for scope in desk.notes] == ["vis_mira"]
    assert len(desk.looks) == 2, "once noted, it is a look into memory"
    assert {scope.purpose for scope in desk.looks} == {Purpose.ACCOUNTABILITY}


@pytest.mark.anyio
async def test_only_visitors_who_can_be_told_are_looked_at() -> None:
    desk = Desk()
    house: House = SimpleNamespace(db=desk, came_at=None)  # type: ignore[assignment]  # as above
    for scope in (
        Scope("wsp_linden", "agent", "member", "mbr_arta"),
        Scope("wsp_linden", "anonymous", "anonymous", "anonymous"),
    ):
        await came_back(house, scope)
    assert desk.looks == []
    held = replace(MIRA, actor_id="vis_child", held="guardian_required")
    await came_back(house, held)
    assert len(desk.looks) == 1, "it is told to them all the same"
