"""One served process: uvicorn around the assembled server, metrics beside it, a graceful stop.

It prints one line beginning ``ready: http://`` when it serves.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import resource
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from silkroad import installation
from silkroad.app import Server, open_house, open_server
from silkroad.diagnostics import configure_logs, metrics_app
from silkroad.engines.database import timekeeping
from silkroad.engines.database.folder import having
from silkroad.engines.notify.sms import Sms
from silkroad.kit.clock import Clock
from silkroad.kit.scope import system
from silkroad.settings import BadSettings, Settings


class CannotListen(BadSettings):
    """Somebody else has the port, or the address is not this machine's."""


LARGEST_FRAME = 64 * 1024
GRACE_SECONDS = 10
STUCK_FOR = 30_000  # ms until the kernel drops a reader who takes nothing
MOST_UNSENT = 128 * 1024
"""Bytes that the kernel takes of a socket ahead of its reader; by itself it takes megabytes."""
DEMO_MARK = "DEMO"


def refuse_demo_data(data: Path) -> None:
    """Raise BadSettings when the folder is a demo's: it is never served as a real one."""
    if (data / DEMO_MARK).exists():
        raise BadSettings(f"{data} holds a demo. Set SILKROAD_DATA_DIR to another folder.")


async def serve(settings: Settings) -> None:
    """Serve an installation until it is told to stop. Raises BadSettings on a demo's store."""
    refuse_demo_data(settings.data_dir)
    told = stop_signal()
    async with running(settings) as server:
        if not server.house.set_up:
            print(f"Set this installation up: {await installation.set_up_link(server.house)}")
        print(f"ready: {settings.origin}", flush=True)
        await told.wait()


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    *,
    sms: Sms | None = None,
    clock: Clock | None = None,
    demo: bool = False,
) -> AsyncIterator[Server]:
    """Open the server and listen; on the way out, stop listening first and lose nothing."""
    configure_logs(settings.log_level)
    open_as_many_files_as_allowed()
    alone = contextlib.nullcontext() if settings.database_url else having(settings.data_dir)
    with alone:
        async with _running(settings, sms, clock, demo) as server:
            yield server


@contextlib.asynccontextmanager
async def _running(
    settings: Settings, sms: Sms | None, clock: Clock | None, demo: bool
) -> AsyncIterator[Server]:
    async with contextlib.AsyncExitStack() as opened:
        with telling_of_new_root_key(settings):
            house = await opened.enter_async_context(
                open_house(settings, sms=sms, clock=clock, demo=demo)
            )
        server = await opened.enter_async_context(open_server(house))
        if await house.db.read(system(), timekeeping.is_wild):
            print(
                "The clock is more than a day ahead of what was seen here last. If it is right, "
                "run `silkroad confirm-clock`; until then everything works, but nothing is "
                "deleted by age.",
                flush=True,
            )
        await opened.enter_async_context(
            listening(server.app, settings.host, settings.port, settings.trusted_proxies)
        )
        if settings.metrics_port:
            app = metrics_app(server.house)
            await opened.enter_async_context(listening(app, settings.host, settings.metrics_port))
        gc.collect()  # what start-up has made stays: do not walk it again and again
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        yield server
        server.house.hub.end_all()


@contextlib.contextmanager
def telling_of_new_root_key(settings: Settings) -> Iterator[None]:
    """Print where a root key was made, also when the start fails after that."""
    new = not settings.root_key.exists()
    try:
        yield
    finally:
        if new and settings.root_key.exists():
            print(about_new_root_key(settings), flush=True)


def about_new_root_key(settings: Settings) -> str:
    """Say where it is, and what must not be lost."""
    both = "it and the key that SILKROAD_ROOT_URL names" if settings.root_url else "it"
    return (
        f"A root key was made: {settings.root_key}\n"
        f"Back it up now, apart from the data: without {both} nothing here can be read again."
    )


@contextlib.asynccontextmanager
async def listening(app: ASGIApp, host: str, port: int, proxies: str = "") -> AsyncIterator[None]:
    """Serve an ASGI application on a port, from here to the end of the block."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        interface="asgi3",
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    try:
        door = socket.create_server((host, port), backlog=2048)
    except OSError as taken:
        raise CannotListen(f"cannot listen on {host}:{port}: {taken.strerror}") from taken
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STUCK_FOR)
    listener = _Listener(config)
    serving = asyncio.create_task(listener.serve([door]))
    await listener.listens.wait()
    try:
        yield
    finally:
        listener.should_exit = True
        await serving


class _Listener(uvicorn.Server):
    """Uvicorn without signal handlers, because the process decides when to stop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def open_as_many_files_as_allowed() -> None:
    """Each socket is an open file, and the usual 1,024 are fewer than a shop's visitors."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def stop_signal() -> asyncio.Event:
    """Return what is set by SIGINT or SIGTERM. Ask before saying that the server is ready."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told
