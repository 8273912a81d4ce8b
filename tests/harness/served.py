"""The product's own server as a process of its own, with two things handed in: a phone and a clock.

The phone writes each text message to standard output; the clock obeys ``move <ms>`` on standard
input, or ``pass <ms>`` when the server should see the days come. There too a test may queue a job
as the product would, ``queue <workspace> <kind> <body>``, ask for an exception to consent as a gate
would, ``cover <workspace> <person> <purpose> <data> <field>``, and wait until all that is due has
been done, ``rest``. Everything else is what ``silkroad serve`` does.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import msgspec
import uvloop

from silkroad import installation, serving
from silkroad.app import Server
from silkroad.engines.database import Job, Row, Statement, Transaction, outbox, queue
from silkroad.engines.notify.sms import NotConfigured, Sms, Terminal
from silkroad.kit.clock import DAY, SystemClock
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.scope import system
from silkroad.privacy.exceptions import Living, covered
from silkroad.settings import read_settings
from silkroad.worker import Worker


class MovedClock:
    """The machine's clock, some way ahead or behind."""

    def __init__(self) -> None:
        self._real = SystemClock()
        self.ahead = 0

    def now(self) -> int:
        return self._real.now() + self.ahead


class Rounds:
    """The worker's rounds: what one has taken up is no longer due, and not done before its end."""

    def __init__(self, worker: Worker) -> None:
        self._round, self.under_way = worker._round, False
        worker._round = self  # type: ignore[method-assign]  # a server of the tests is watched

    async def __call__(self) -> bool:
        self.under_way = True
        try:
            return await self._round()
        finally:
            self.under_way = False


def doubt_what_is_foreseen() -> None:
    """Ask again what an action has been told ahead, and let it fail if the answer is another."""
    ask = Transaction.all

    def ask_again(tx: Transaction, statement: Statement, **values: Any) -> list[Row]:
        known = tx._known
        rows = ask(tx, statement, **values)
        if known is not None and rows is known.rows:
            assert ask(tx, statement, **values) == rows, "what was foreseen does not hold"
        return rows

    Transaction.all = ask_again  # type: ignore[assignment,method-assign]  # a server of the tests doubts it


async def main() -> None:
    doubt_what_is_foreseen()
    clock, told = MovedClock(), serving.stop_signal()
    phone: Sms = Terminal(sys.stdout) if os.environ.get("PHONE") else NotConfigured()
    async with serving.running(read_settings(os.environ), sms=phone, clock=clock) as server:
        if not server.house.set_up:
            print(f"setup: {await installation.set_up_link(server.house)}", flush=True)
        print(f"ready: {server.house.settings.origin}", flush=True)
        commands = asyncio.create_task(obey(clock, server))
        await told.wait()
        commands.cancel()


async def obey(clock: MovedClock, server: Server) -> None:
    rounds = Rounds(server.worker)
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        verb, *words = line.decode().split()
        match verb:
            case "move":
                clock.ahead += int(words[0])
                server.worker.nudge()  # it would look by itself within a second
                print(f"moved {words[0]}", flush=True)
            case "pass":
                await let_pass(clock, server, int(words[0]))
                print(f"passed {words[0]}", flush=True)
            case "queue":
                workspace_id, kind, body = words
                await server.house.db.write(system(workspace_id), queue_job, kind, body)
                print(f"queued {kind}", flush=True)
            case "cover":
                workspace_id, *about = words
                living = await server.house.db.write(system(workspace_id), covered_by, *about)
                print(f"covered by {living.code if living else 'nothing'}", flush=True)
            case _:
                await at_rest(server, rounds)
                print("rested", flush=True)


async def let_pass(clock: MovedClock, server: Server, time: int) -> None:
    """Move the hands by half a day at a time, and let the worker see each of them."""
    for start in range(0, time, DAY // 2):
        clock.ahead += min(DAY // 2, time - start)
        await server.worker.look_at_the_clock()
    server.worker.nudge()


def queue_job(tx: Transaction, kind: str, body: str) -> None:
    (known,) = (job for job in Job.__subclasses__() if job.__name__ == kind)
    tx.enqueue(msgspec.json.decode(body, type=known))


def covered_by(
    tx: Transaction, subject_id: str, purpose: str, data: str, field: str = ""
) -> Living | None:
    kinds = Purpose(purpose), DataClass(data)
    return covered(tx, subject_id, *kinds, asked="the test", field=field)


async def at_rest(server: Server, rounds: Rounds) -> None:
    """Wait until every fact was heard and no job is due or under way.

    A job that failed waits for its next time.
    """
    while rounds.under_way or await busy(server) or rounds.under_way:
        server.worker.nudge()
        await asyncio.sleep(0.01)


async def busy(server: Server) -> bool:
    db, worker = server.house.db, server.worker
    behind = [await db.read(system(), outbox.behind, name) for name in worker._consumers]
    due = await db.read(system(), anything_due)
    return due or any(behind) or bool(worker._errands_out)


def anything_due(tx: Transaction) -> bool:
    at = queue.next_run(tx)
    return at is not None and at <= tx.now


if __name__ == "__main__":
    uvloop.run(main())
