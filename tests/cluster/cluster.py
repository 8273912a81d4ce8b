"""Several nodes of one installation, on one PostgreSQL and one NATS, behind one address."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from tests.harness.engines import Engine
from tests.harness.ports import free_port
from tests.harness.server import Server


class Cluster:
    """The nodes, as if a proxy stood before them: browsers know one address."""

    def __init__(self, data: Path, engine: Engine, bus_url: str, nodes: int = 2) -> None:
        address, settings = f"http://127.0.0.1:{free_port()}", engine.fresh()
        one = Engine(engine.name, settings=settings)
        self.nodes = [Server(data, on=one, bus_url=bus_url, base_url=address) for _ in range(nodes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            if node.process.poll() is None:
                node.stop()
