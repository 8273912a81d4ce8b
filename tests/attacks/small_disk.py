"""The product's server on a disk of its own that is small: data and log lie on it together.

The disk is a file system in memory, in a mount namespace that ends with the server. Where the
system lets nobody have one, ``namespaces_work`` says so, and a limit on the size of files remains.
"""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
from pathlib import Path

from tests.harness.server import Server

LOG = "server.log"
BLOCK = 64 * 1024


def main() -> None:
    """Become the server, on a new disk of so many bytes."""
    size, data = sys.argv[1], os.environ["SILKROAD_DATA_DIR"]
    Path(data).mkdir(parents=True, exist_ok=True)
    served = f"exec {shlex.quote(sys.executable)} -m tests.harness.served"
    disk = f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(data)}"
    log = shlex.quote(f"{data}/{LOG}")
    os.execvp("unshare", ["unshare", "-rm", "sh", "-c", f"{disk} && {served} 2>>{log}"])  # noqa: S606 - a program of the system, by its name


def namespaces_work() -> bool:
    """Whether this user may have a mount namespace with a disk in it."""
    mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


class Disk:
    """The disk under a server, which can be filled and emptied from outside."""

    def __init__(self, server: Server) -> None:
        self.root = Path(f"/proc/{server.process.pid}/root{server.data}")
        self._ballast = self.root / "ballast"

    def fill(self, but: int = 0) -> None:
        """Put a file on it that takes all room, ``but`` so many bytes."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(BLOCK))
            except OSError:
                file.truncate(max(0, file.tell() - but))

    def free(self) -> None:
        """Take that file away again."""
        self._ballast.unlink()


class Limited:
    """The same for a server on an ordinary disk, whose files may not be written to or grow."""

    def __init__(self, server: Server) -> None:
        self.root = server.data
        self._process = server.process.pid

    def fill(self, but: int = 0) -> None:
        """Refuse every write from now on; ``but``: writes up to this place in a file go through."""
        resource.prlimit(self._process, resource.RLIMIT_FSIZE, (but, resource.RLIM_INFINITY))

    def free(self) -> None:
        self.fill(but=resource.RLIM_INFINITY)


if __name__ == "__main__":
    main()
