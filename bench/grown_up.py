"""Silkroad on PostgreSQL and NATS: one node, with its database and its bus on the same core."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.machine import SERVER_CORE
from bench.product import Silkroad
from bench.servers import Program
from tests.harness.nats import Nats
from tests.harness.postgres import Postgres


class GrownUp(Silkroad):
    """The real command on a fresh database of one PostgreSQL, which all rounds share."""

    def __init__(self, shared: ExitStack) -> None:
        super().__init__()
        self.name = "silkroad on postgresql"
        with on_the_servers_core():
            self._postgres = shared.enter_context(Postgres())
            self._nats = shared.enter_context(Nats())

    def program(self, folder: Path) -> Program:
        command, environment = super().program(folder)
        urls = self._postgres.fresh()
        return Program(
            command,
            environment
            | {
                "SILKROAD_DATABASE_URL": urls.app,
                "SILKROAD_DATABASE_OWNER_URL": urls.owner,
                "SILKROAD_BUS_URL": self._nats.url,
            },
        )


@contextmanager
def on_the_servers_core() -> Iterator[None]:
    """Let what is started meanwhile share the core of the servers that are measured."""
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVER_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, everywhere)
