"""A peer: ejabberd from Debian's package, an XMPP server that one installs and runs.

Each pair has a persistent room with an archive, where visitor and agent are the only occupants. The
room reflects a message to both once the archive has stored it. The archive is on PostgreSQL, where
every message is synced before, or in an SQLite file with a write-ahead log. With its
usual journal ejabberd stores a hundred messages a second there, so that would be no fair race.
"""

import json
import shutil
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.grown_up import Shared
from bench.job import People, Sender
from bench.product import free_port
from bench.servers import Program, Server
from bench.xmpp_client import DOMAIN, ROOMS

PACKAGES = ("ejabberd", "erlang-p1-pgsql", "erlang-p1-sqlite3")
LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")
SCHEMAS = Path("/usr/share/ejabberd/sql")
SCHEDULING = ("+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none")
"""No busy waiting, which would be counted as work."""
PASSWORD = "as-simple-as-it-gets"  # noqa: S105 - of accounts that live as long as a round


def missing() -> str:
    """Say what to install before the peer can be measured; empty when it is all there."""
    if shutil.which("erl") and SCHEMAS.exists():
        return ""
    return (
        f"ejabberd is not installed: apt-get install --no-install-recommends {' '.join(PACKAGES)}"
    )


class Ejabberd:
    """The server with an archive; the rest of its state stays in its own Mnesia tables."""

    name = "ejabberd"

    def __init__(self, shared: Shared | None = None) -> None:
        self.shared = shared
        self.stores = [shared.postgres.pid] if shared else []
        self.ports: dict[Path, int] = {}
        self.known: dict[int, int] = {}

    def program(self, folder: Path) -> Program:
        port, self.ports[folder] = free_port(), free_port()
        config = settings(port, self.ports[folder]) | self.archive(folder)
        (folder / "ejabberd.yml").write_text(json.dumps(config))
        return Program(
            [
                *("erl", *SCHEDULING, "-noinput"),
                *("-mnesia", "dir", f'"{folder}/mnesia"'),
                *("-s", "ejabberd"),
                *("-eval", f'io:format("ready: http://127.0.0.1:{port}/~n").'),
            ],
            {
                "ERL_LIBS": str(LIBRARIES),
                "EJABBERD_CONFIG_PATH": str(folder / "ejabberd.yml"),
                "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
            },
            health="/api/status",
        )

    def archive(self, folder: Path) -> dict[str, object]:
        """Make an empty archive with the package's own schema; return the settings for it."""
        if self.shared is None:
            path = folder / "archive.sqlite"
            with closing(sqlite3.connect(path)) as file:
                file.execute("PRAGMA journal_mode = WAL")
                file.executescript((SCHEMAS / "lite.sql").read_text())
            return {"sql_type": "sqlite", "sql_database": str(path)}
        url = self.shared.postgres.fresh().owner
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute((SCHEMAS / "pg.sql").read_bytes())
        parts = urlsplit(url)
        return {
            "sql_type": "pgsql",
            "sql_server": parts.hostname,
            "sql_port": parts.port,
            "sql_database": parts.path.removeprefix("/"),
            "sql_username": parts.username,
            "sql_password": "",
        }

    def invite(self, server: Server, pairs: int, failing: int) -> People:
        assert failing == 0, "nothing fails here"
        known = self.known.get(server.pid, 0)
        for pair in range(known, pairs):
            for person in ("visitor", "agent"):
                register(server.port, f"{person}-{pair}")
        self.known[server.pid] = max(known, pairs)
        return People(
            senders=[Sender(login("visitor", pair), room(pair)) for pair in range(pairs)],
            receivers=[login("agent", pair) for pair in range(pairs)],
            speaks="xmpp",
            senders_port=self.ports[server.folder],
        )

    def invite_idle(self, server: Server, count: int) -> list[str]:
        raise NotImplementedError("idle sockets are not measured here")


def settings(api_port: int, port: int) -> dict[str, object]:
    """Nothing limits or slows it: no TLS, no shapers, no modules but those of the job."""
    local = {"ip": "127.0.0.1"}
    return {
        "loglevel": "warning",
        "hosts": [DOMAIN],
        "listen": [
            local | {"port": port, "module": "ejabberd_c2s", "starttls": False, "shaper": "none"},
            local
            | {
                "port": api_port,
                "module": "ejabberd_http",
                "request_handlers": {"/api": "mod_http_api"},
            },
        ],
        "auth_method": "internal",
        "disable_sasl_mechanisms": ["digest-md5", "X-OAUTH2"],
        "acl": {"here": {"ip": "127.0.0.0/8"}},
        "api_permissions": {"bench": {"who": [{"access": {"allow": "here"}}], "what": "*"}},
        "modules": {
            "mod_http_api": {},
            "mod_mam": {"default": "always", "db_type": "sql"},
            "mod_muc": {
                "host": ROOMS,
                "db_type": "mnesia",
                "history_size": 0,
                "min_message_interval": 0,
                "default_room_options": {"mam": True, "persistent": True},
            },
            "mod_stream_mgmt": {},
        },
    }


def register(port: int, user: str) -> None:
    body = {"user": user, "host": DOMAIN, "password": PASSWORD}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/register",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own server
        answer.read()


def login(person: str, pair: int) -> str:
    return json.dumps(
        {"user": f"{person}-{pair}", "password": PASSWORD, "room": room(pair), "nick": person}
    )


def room(pair: int) -> str:
    return f"talk-{pair}"
