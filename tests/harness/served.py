"""The product's own server as a process of its own, with two things handed in: a phone and a clock.

The phone writes each text message to standard output; the clock obeys ``move <ms>`` on standard
input. Everything else is what ``silkroad serve`` does.
"""

from __future__ import annotations

import asyncio
import os
import sys

import uvloop

from silkroad import installation, serving
from silkroad.engines.notify.sms import NotConfigured, Sms, Terminal
from silkroad.kit.clock import SystemClock
from silkroad.settings import read_settings
from silkroad.worker import Worker


class MovedClock:
    """The machine's clock, some way ahead or behind."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.ahead = 0

    def now(self) -> int:
        return self._real.now() + self.ahead


async def main() -> None:
    clock, told = MovedClock(), serving.stop_signal()
    phone: Sms = Terminal(sys.stdout) if os.environ.get("PHONE") else NotConfigured()
    async with serving.running(read_settings(os.environ), sms=phone, clock=clock) as server:
        if not server.house.set_up:
            print(f"setup: {await installation.set_up_link(server.house)}", flush=True)
        print(f"ready: {server.house.settings.origin}", flush=True)
        commands = asyncio.create_task(obey(clock, server.worker))
        await told.wait()
        commands.cancel()


async def obey(clock: MovedClock, worker: Worker) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        verb, amount = line.decode().split()
        if verb == "move":
            clock.ahead += int(amount)
            worker.nudge()  # it would look by itself within a second
            print(f"moved {amount}", flush=True)


if __name__ == "__main__":
    uvloop.run(main())
