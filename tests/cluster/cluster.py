"""Several nodes of one installation, on one PostgreSQL and one NATS, behind one address."""

from __future__ import annotations

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.harness.engines import Engine
from tests.harness.ports import free_port
from tests.harness.server import Server


class Cluster:
    """The nodes, as if a proxy stood before them: browsers know one address."""

    def __init__(self, data: Path, engine: Engine, bus_url: str, nodes: int = 2) -> None:
        self.data, self._bus_url = data, bus_url
        self._settings = engine.fresh()
        self._address = f"http://127.0.0.1:{free_port()}"
        self.nodes: list[Server] = []
        for _ in range(nodes):
            self.add_node()

    def add_node(self, **settings: str) -> Server:
        """Start one more node; its settings may lead over ways of its own."""
        one = Engine("postgresql", settings=self._settings)
        common = {"bus_url": self._bus_url, "base_url": self._address}
        node = Server(self.data, on=one, **{**common, **settings})  # type: ignore[arg-type]  # all of them are settings
        self.nodes.append(node)
        return node

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            if node.process.poll() is None:
                node.stop()

    def by_way_of(self, port: int, name: str) -> str:
        """Return one of the database's URLs, over another port."""
        url = urlsplit(self._settings[name])
        return url._replace(netloc=f"{url.username}@127.0.0.1:{port}").geturl()
