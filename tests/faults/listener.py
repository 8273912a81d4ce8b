"""A console that only listens, and asks for what it missed each time that it comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from tests.cast import Member
from tests.harness.people import Json

from .history import History
from .load import AGAIN_IN, LOST, Client, Wrong

NEVER = "never"
GLANCE = 0.2  # seconds, after which it looks up to see whether work is over


class Listener(Client):
    """``heard`` is each message's client id by its feed number, ``since`` where listening began.

    What was too much to tell is ``excused``: a console then loads it by HTTP.
    """

    def __init__(self, windows: Sequence[Member], history: History) -> None:
        super().__init__(windows, history)
        self.heard: dict[int, str | None] = {}
        self.since: int | None = None
        self.excused: list[range] = []
        self._has = self._top = self._live = 0
        self._behind = True

    async def act(self) -> None:
        try:
            await self._take(await self.hear(within=GLANCE))
        except LOST as lost:
            if not isinstance(lost, TimeoutError):
                self.lose()
                await asyncio.sleep(AGAIN_IN)

    async def look_back(self) -> None:
        """Come back once more, and hear all that there is."""
        while self.since is not None:
            frame = await self.insist(self._next)
            if frame["t"] in ("resumed", "gap"):
                return

    def lose(self) -> None:
        super().lose()
        self._live, self._behind = 0, True  # until it has asked for what it missed

    def faults(self, stored: dict[int, str | None]) -> list[str]:
        """Return what is wrong with what was told, by the messages that there are."""
        since = self.since if self.since is not None else max(stored, default=0)
        owed = {number: name for number, name in stored.items() if number > since}
        unheard = [
            f"unheard: {name} with feed number {number}"
            for number, name in owed.items()
            if self.heard.get(number, NEVER) != name and not self._excuses(number)
        ]
        unsaid = sorted(self.heard.keys() - stored.keys())
        return unheard + [f"heard from nowhere: feed number {number}" for number in unsaid]

    def _excuses(self, number: int) -> bool:
        return any(number in gap for gap in self.excused)

    async def _next(self) -> Json:
        frame = await self.hear()
        await self._take(frame)
        return frame

    async def _take(self, frame: Json) -> None:
        match frame["t"]:
            case "welcome":
                await self._begin(frame["feed"])
            case "message":
                self._note(frame["feed"], frame["message"]["client_id"])
            case "gap":
                self.excused.append(range(self._has + 1, frame["feed"] + 1))
                self._top, self._behind = frame["feed"], False
            case "resumed":
                self._behind = False
            case "error":
                raise Wrong(str(frame))
            case _:
                pass  # a listener has no use for it
        self._top = max(self._top, frame.get("feed") or 0)
        if not self._behind:
            self._has = self._top

    async def _begin(self, feed: int) -> None:
        if self.since is None:
            self.since, self._behind = feed, False
            return
        await (await self.line()).send(json.dumps({"t": "resume", "feed": self._has}))

    def _note(self, number: int, name: str | None) -> None:
        """Note a message. While all is told again, what is new may come twice, but alike."""
        if self.heard.setdefault(number, name) != name:
            self.history.wrongs.append(f"feed: {number} was {self.heard[number]}, is {name}")
        if self._behind:
            return
        if number <= self._live:
            self.history.wrongs.append(f"feed: {number} was told after {self._live}")
        self._live = number
        self.did("hear")
