"""Playing the demo: found the shop once, then serve it with its website beside it."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import NamedTuple

from silkroad.app import Server
from silkroad.conversations import list_conversations
from silkroad.engines.notify.sms import Terminal
from silkroad.inboxes import list_inboxes
from silkroad.kit.clock import SystemClock
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import Scope, system
from silkroad.serving import DEMO_MARK, listening, running, stop_signal
from silkroad.settings import BadSettings, Settings
from silkroad.workspaces import all_workspaces

from .founding import PEOPLE, found_shop
from .shop import shop_site
from .telling import tell_talks

MARKED = "This folder holds a demo. `silkroad serve` does not serve it.\n"


class DemoClock:
    """The machine's clock, turned back while the demo's past is told."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self._told: int | None = None

    def now(self) -> int:
        return self._real.now() if self._told is None else self._told

    def tell(self, at: int | None) -> None:
        """Stand at a time in the past; None: back to the present."""
        self._told = at


class Stage(NamedTuple):
    """Where the demo plays."""

    workspace_id: str
    inbox_id: str
    color: str


async def serve_demo(settings: Settings) -> None:
    """Serve the demo until SIGTERM or SIGINT. Raises BadSettings on a store that is real."""
    refuse_real_data(settings.data_dir)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    (settings.data_dir / DEMO_MARK).write_text(MARKED)
    clock, told = DemoClock(), stop_signal()
    async with running(settings, sms=Terminal(sys.stdout), clock=clock, demo=True) as server:
        stage = await _stage(server, clock)
        async with contextlib.AsyncExitStack() as shop:
            port = settings.demo_shop_port or settings.port + 1
            site = shop_site(settings.origin, stage.inbox_id, stage.color)
            await shop.enter_async_context(listening(site, settings.host, port))
            _say_where(settings, port)
            await told.wait()


def refuse_real_data(data: Path) -> None:
    """Raise BadSettings when the folder holds a store that was not born as a demo."""
    if (data / "silkroad.db").exists() and not (data / DEMO_MARK).exists():
        raise BadSettings(
            f"{data} holds real data, and the demo never touches that. "
            "Set SILKROAD_DATA_DIR to another folder for the demo."
        )


async def _stage(server: Server, clock: DemoClock) -> Stage:
    house = server.house
    if not house.set_up:
        await found_shop(house)
        house.set_up = True
    (workspace_id,) = await house.db.read(system(), all_workspaces)
    admin = Scope(workspace_id, "admin", "member", "demo", purpose=Purpose.CONVERSATION)
    (inbox,) = await house.db.read(admin, list_inboxes)
    if not (await house.db.read(admin, list_conversations, "closed", "", "", 1)).items:
        await tell_talks(house, workspace_id, inbox.id, clock)
    return Stage(workspace_id, inbox.id, inbox.color)


def _say_where(settings: Settings, shop_port: int) -> None:
    shop = f"http://localhost:{shop_port}"
    people = "\n".join(f"    {p.name:<12} {p.phone}   ({p.role})" for p in PEOPLE)
    print(
        f"""
  The demo shop, as a visitor      {shop}
  The console, as an agent         {settings.origin}

  Sign in to the console with one of these phones; the one-time code appears here:
{people}
"""
    )
    print(f"ready: {settings.origin}", flush=True)
