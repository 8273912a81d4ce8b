"""One short session of a server in which one call to the disk may fail, and what is wrong then."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from silkroad import conversations
from silkroad.kit.errors import Refusal

from .failing import Failing, Fuse
from .judge import faults
from .log import Log
from .scene import Company, Visitor, opened

SOON = 2.0  # seconds, until everybody has an answer
STORAGE = {"storage_full", "storage_failed"}
_numbers = itertools.count()


@dataclass
class Session:
    """Start, found a company, let a visitor in, write, read, stop; each twice if need be."""

    folder: Path
    fuse: Fuse
    found: list[str] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    started_at: int = 0
    stopping: bool = False
    """APSW raises from ``close`` what a VFS made in Python raises; SQLite itself says nothing."""

    async def run(self) -> list[str]:
        """Return what was wrong, in the session and with what it left behind."""
        vfs = Failing(f"failing-{next(_numbers)}", self.fuse)
        log = Log()
        try:
            await self._once(vfs.name, log)
        except Exception:  # noqa: BLE001 - a start may fail in any way; the next one may not
            if not self.stopping:
                await self._once(vfs.name, log)
        return self.found + faults(self.folder, log.promises(), self.tried)

    async def _once(self, vfs: str, log: Log) -> None:
        async with opened(self.folder, 5, vfs) as db:
            company = Company(db, log, Random(1), self.tried)
            self.started_at = len(self.fuse.calls)
            await self._get(company.found)
            visitor = await self._get(company.let_in) if company.inbox_id else None
            if visitor:
                for number in range(4):
                    await self._get(company.send, visitor, f"message-{number}")
                await self._get(self._read, company, visitor)
            self.stopping = True

    async def _read(self, company: Company, visitor: Visitor) -> None:
        page = conversations.page_of_messages
        if visitor.conversation_id:
            await company.db.read(visitor.scope, page, visitor.conversation_id, 0, 0, 10)

    async def _get(self, what: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        """Do something; where the disk did not let it happen, try once more."""
        for last in (False, True):
            in_doubt = self._sync_failed("silkroad.db")
            try:
                result = await asyncio.wait_for(what(*arguments), SOON)
            except Refusal as no:
                if no.code not in STORAGE:
                    self.found.append(f"refused with {no.code}")
                elif last and not self._sync_failed():
                    self.found.append("refused after the disk was well again")
            except TimeoutError:
                self.found.append(f"no answer after {self.fuse.blown}")
            except Exception as raw:  # noqa: BLE001 - that is what is looked for
                self.found.append(f"not a refusal: {raw!r}")
            else:
                if in_doubt and what != self._read:
                    self.found.append("acknowledged after a sync had failed")
                return result
        return None

    def _sync_failed(self, name: str = "") -> bool:
        """Whether a sync failed (of this file or its log) since the start was done."""
        fuse = self.fuse
        late = fuse.at is not None and fuse.at >= self.started_at
        return late and fuse.blown == "xSync" and name in fuse.file
