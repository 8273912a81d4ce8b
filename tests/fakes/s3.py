"""An S3 store on loopback, with empty buckets for whoever asks."""

from __future__ import annotations

import itertools
import logging
import os
import urllib.request
from typing import Self

from moto.server import ThreadedMotoServer

_numbers = itertools.count(1)


class S3:
    """``with S3() as store``: serves on ``endpoint``, at ``port``, until the block ends."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        self.endpoint, self.port = "", 0

    def __enter__(self) -> Self:
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)  # it would list every request
        self._server.start()
        host, self.port = self._server.get_host_and_port()
        self.endpoint = f"http://{host}:{self.port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    def fresh(self) -> str:
        """Make an empty bucket and return its name."""
        name = f"silkroad-{os.getpid()}-{next(_numbers)}"
        made = urllib.request.Request(f"{self.endpoint}/{name}", method="PUT")
        urllib.request.urlopen(made, timeout=10).close()
        return name
