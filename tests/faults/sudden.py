"""The server of the tests that dies by itself, in a moment that a kill from outside seldom hits.

    python -m tests.faults.sudden after_commit        (started as the tests start the product)

It dies once it has been ready, in one of the next such moments. Told of none, it lives.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

import uvloop

from silkroad.app import Server
from silkroad.engines.blobs.folder import FolderBlobs
from silkroad.engines.database.committer import Committer
from silkroad.engines.database.ledger import Ledger
from silkroad.engines.keyring.sqlite import SqliteKeyring
from tests.harness import served
from tests.harness.served import MovedClock


class Moment(NamedTuple):
    """Before or after a call; one of about so many is the last."""

    owner: type
    call: str
    after: bool
    of: int


MOMENTS = {
    "before_commit": Moment(Ledger, "write", after=True, of=40),
    "after_commit": Moment(Committer, "commit", after=True, of=40),
    "between_key_and_row": Moment(SqliteKeyring, "persist", after=True, of=4),
    "between_row_and_content": Moment(FolderBlobs, "put", after=False, of=4),
    "before_content_has_its_name": Moment(Path, "replace", after=False, of=4),
}


def doom(moments: list[str]) -> None:
    """Let this process die in these moments."""
    for moment in moments:
        Fate(MOMENTS[moment]).plant()


class Fate:
    """Dies in a moment, when it is due."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._chance = random.Random(os.getpid())
        self._ready = False

    def plant(self) -> None:
        """Put the end where it belongs; it waits until the server has said that it is ready."""
        owner, call, after, _ = self._moment
        real, obey = getattr(owner, call), served.obey

        def last(*values: Any, **named: Any) -> Any:
            if not after:
                self.come()
            done = real(*values, **named)
            if after:
                self.come()
            return done

        async def ready(clock: MovedClock, server: Server) -> None:
            self._ready = True
            await obey(clock, server)

        setattr(owner, call, last)
        served.obey = ready

    def come(self) -> None:
        if self._ready and self._chance.randrange(self._moment.of) == 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    doom(sys.argv[1:])
    uvloop.run(served.main())
