"""A real nats-server of the tests' own, Debian's."""

from __future__ import annotations

import socket
import subprocess
import time
from typing import Self

from .ports import free_port

PROGRAM = "/usr/sbin/nats-server"
ANSWERS_WITHIN = 10.0


class Nats:
    """One nats-server on a port of its own; it can be killed and started again there."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [PROGRAM, "-a", "127.0.0.1", "-p", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up = time.monotonic() + ANSWERS_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.05)
            else:
                return

    @property
    def pid(self) -> int:
        assert self._process, "it does not run"
        return self._process.pid

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
