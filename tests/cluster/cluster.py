"""Several nodes of one installation on the grown-up engines, behind one address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from silkroad.engines.blobs.s3 import Bucket, S3Blobs
from tests.fakes.s3 import S3
from tests.harness.engines import Engine
from tests.harness.nats import Nats
from tests.harness.people import Json, Line
from tests.harness.ports import free_port
from tests.harness.postgres import Postgres
from tests.harness.server import Server

KEYS = ("silkroad", "secret")


@dataclass(frozen=True)
class Shared:
    """What the nodes share: database and keyring, bus, and a store of files."""

    postgres: Postgres
    nats: Nats
    s3: S3

    def fresh(self) -> dict[str, str]:
        """Return the settings of an installation that has nothing yet."""
        urls, keys = self.postgres.fresh(), self.postgres.fresh()
        return {
            "database_url": urls.app,
            "database_owner_url": urls.owner,
            "keyring_url": keys.owner,
            "bus_url": self.nats.url,
            "blobs_url": f"s3://{self.s3.fresh()}?endpoint={self.s3.endpoint}",
        }


class Cluster:
    """The nodes, as if a proxy stood before them: browsers know one address.

    Each has a folder of its own, with nothing in it but what one could lose.
    """

    def __init__(self, folder: Path, shared: Shared, nodes: int = 2) -> None:
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._settings = shared.fresh() | {
            "base_url": f"http://127.0.0.1:{free_port()}",
            "root_key_file": str(folder / "root.key"),
            "blobs_key_file": str(folder / "s3"),
        }
        key = Path(self._settings["blobs_key_file"])
        key.touch(mode=0o600)
        key.write_text("\n".join(KEYS))
        self.nodes: list[Server] = []
        for _ in range(nodes):
            self.add_node()

    def add_node(self, **settings: str) -> Server:
        """Start one more node; its settings may lead over ways of its own."""
        on = Engine("postgresql", settings=self._settings | settings)
        node = Server(self._folder / f"node-{len(self.nodes)}", on=on)
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

    def files_by_way_of(self, port: int) -> str:
        """Return the address of the files, over another port."""
        where, _, _endpoint = self._settings["blobs_url"].partition("?")
        return f"{where}?endpoint=http://127.0.0.1:{port}"

    def bucket(self) -> S3Blobs:
        """Return the store of files itself, for a look past the product."""
        name, _, endpoint = self._settings["blobs_url"].partition("?endpoint=")
        return S3Blobs(Bucket(name.removeprefix("s3://"), endpoint=endpoint, keys=KEYS))


def after_the_greeting(line: Line, within: float = 5.0) -> Json:
    """Return the next message but "Hello", whose hint may come just after a socket was opened."""
    while True:
        frame = line.hear("message", within=within)
        if frame["message"]["text"] != "Hello":
            return frame
