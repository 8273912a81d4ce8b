"""Silkroad as a candidate: the real command on an empty folder, with people made by its own API."""

import re
import socket
import sys
from pathlib import Path

from bench.job import People
from bench.people import Company
from bench.servers import Program, Server

SETUP_LINK = re.compile(r"/setup#(\S+)")


class Silkroad:
    """`silkroad serve`; or, ``unguarded`` or ``ungated``, the assembly with that taken out."""

    def __init__(self, less: str = "") -> None:
        self.name = f"silkroad, {less}" if less else "silkroad"
        self.command = (
            [sys.executable, "-m", f"bench.{less}"]
            if less
            else [str(Path(sys.executable).with_name("silkroad")), "serve"]
        )
        self.stores: list[int] = []
        self.companies: dict[int, Company] = {}

    def program(self, folder: Path) -> Program:
        environment = {
            "SILKROAD_DATA_DIR": str(folder),
            "SILKROAD_PORT": str(free_port()),
            # every visitor comes from an address of their own, as they would through a proxy
            "SILKROAD_TRUSTED_PROXIES": "127.0.0.1",
            # nobody types hundreds of messages a second; this bench does
            "SILKROAD_FRAMES_PER_SECOND": "10000",
            "SILKROAD_LOG_LEVEL": "warning",
        }
        return Program(self.command, environment)

    def invite(self, server: Server, pairs: int, failing: int) -> People:
        company = self.company(server)
        desks = [company.desk(number) for number in range(pairs)]
        people = People(
            senders=[desk.sender(fails=i < failing) for i, desk in enumerate(desks)],
            receivers=[desk.receiver() for desk in desks],
        )
        company.line.hang_up()
        return people

    def invite_idle(self, server: Server, count: int) -> list[str]:
        company = self.company(server)
        hellos = [company.passer_by() for _ in range(count)]
        company.line.hang_up()
        return hellos

    def company(self, server: Server) -> Company:
        if server.pid not in self.companies:
            (token,) = SETUP_LINK.findall("\n".join(server.lines))
            self.companies[server.pid] = Company(server.port, token)
        return self.companies[server.pid]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
