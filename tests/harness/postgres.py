"""A real PostgreSQL of the tests' own: Debian's, on a folder and a port that nobody else has.

PostgreSQL refuses to run as root, so root becomes somebody else for it. Each test run has one
cluster, and each test that asks a database of its own in it, with two roles: the owner, who made
the tables, and the server's, who neither owns them nor passes the guard.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import psycopg

from .ports import free_port

_numbers = itertools.count(1)
SUPERUSER = "postgres"
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "max_locks_per_transaction": "256",
}


class Postgres:
    """One cluster. ``url`` is its superuser's; ``fresh`` makes databases for servers."""

    def __init__(self, **settings: str) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="silkroad-pg-"))
        self.port = free_port()
        self._settings = SETTINGS | settings

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._home, "nobody", "nogroup")
        self._run("initdb", f"-U{SUPERUSER}", "-Atrust", "-EUTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop("immediate")
        shutil.rmtree(self._home, ignore_errors=True)

    def url(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        options += f" -p {self.port} -k {self._home} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "start", "-w", "-l", str(self._home / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is a crash."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    @property
    def pid(self) -> int:
        """Return the process whose children serve the connections."""
        return int((self._home / "data" / "postmaster.pid").read_text().split()[0])

    def fresh(self) -> Urls:
        """Make an empty database with an owner and a server's role of its own."""
        name = f"silkroad_{os.getpid()}_{next(_numbers)}"
        owner, app = f"{name}_owner", f"{name}_app"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for role in (owner, app):
                connection.execute(f'CREATE ROLE "{role}" LOGIN')
            connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
        return Urls(self.url(name, app), self.url(name, owner), self.url(name))

    def _run(self, program: str, *arguments: str) -> None:
        as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        command = [str(binaries() / program), "-D", str(self._home / "data"), *arguments]
        subprocess.run(
            [*(as_nobody if os.geteuid() == 0 else []), *command],
            check=True,
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class Urls:
    """The three ways into one database."""

    def __init__(self, app: str, owner: str, superuser: str) -> None:
        self.app, self.owner, self.superuser = app, owner, superuser


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent


def _version(path: Path) -> int:
    return int(path.parts[-3])
