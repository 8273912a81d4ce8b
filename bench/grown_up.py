"""Silkroad on PostgreSQL and NATS: one node or two, with database and bus on the same core."""

import sys
from contextlib import ExitStack
from pathlib import Path

import msgspec

from bench.job import People
from bench.machine import SERVER_CORE, on_core
from bench.product import Silkroad, free_port
from bench.servers import Program, Server
from bench.two_nodes import Nodes
from tests.harness.nats import Nats
from tests.harness.postgres import Postgres


class Shared:
    """One PostgreSQL and one NATS, which all rounds and all who need them share.

    PostgreSQL looks at its tables once a minute, and until it has seen their sizes it may walk the
    wrong index. Here it looks every second, so that nobody is measured in that first minute.
    """

    def __init__(self, until: ExitStack) -> None:
        with on_core(SERVER_CORE):
            self.postgres = until.enter_context(Postgres(autovacuum_naptime="1s"))
            self.nats = until.enter_context(Nats())

    def settings(self) -> dict[str, str]:
        """Return the way to a fresh database, and to the bus."""
        urls = self.postgres.fresh()
        return {
            "SILKROAD_DATABASE_URL": urls.app,
            "SILKROAD_DATABASE_OWNER_URL": urls.owner,
            "SILKROAD_BUS_URL": self.nats.url,
        }


class GrownUp(Silkroad):
    """One node: the real command on a fresh database."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self.name = "silkroad on postgresql"
        self.shared = shared
        self.stores = [shared.postgres.pid, shared.nats.pid]

    def program(self, folder: Path) -> Program:
        program = super().program(folder)
        return program._replace(environment=program.environment | self.shared.settings())


class TwoNodes(GrownUp):
    """Visitors are on one node and agents on the other, so every message crosses the bus."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self.name = "silkroad on two nodes"
        self.agents_ports: dict[Path, int] = {}

    def program(self, folder: Path) -> Program:
        program = super().program(folder)
        environment = program.environment
        port = self.agents_ports[folder] = free_port()
        everywhere = environment | {
            "SILKROAD_BASE_URL": f"http://127.0.0.1:{environment['SILKROAD_PORT']}",
            "SILKROAD_KEYRING_URL": self.shared.postgres.fresh().owner,
            "SILKROAD_ROOT_KEY_FILE": str(folder / "root.key"),
        }
        nodes = Nodes(
            program.command,
            [
                node | {"SILKROAD_DATA_DIR": str(folder / name)}
                for name, node in (
                    ("agents", everywhere | {"SILKROAD_PORT": str(port)}),
                    ("visitors", everywhere),
                )
            ],
        )
        return Program(
            [sys.executable, "-m", "bench.two_nodes"],
            {"NODES": msgspec.json.encode(nodes).decode()},
        )

    def invite(self, server: Server, pairs: int, failing: int) -> People:
        people = super().invite(server, pairs, failing)
        people.receivers_port = self.agents_ports[server.folder]
        return people
