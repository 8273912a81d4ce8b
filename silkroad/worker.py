"""The worker: queued jobs, facts that others work through, and the clock's own tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import structlog

from silkroad.engines.database import (
    Committed,
    Database,
    Job,
    Transaction,
    outbox,
    queue,
    timekeeping,
)
from silkroad.engines.database.queue import Leased
from silkroad.kit.clock import MINUTE, SECOND, Clock
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import system

log = structlog.get_logger()

AT_ONCE = 20
FACTS_AT_ONCE = 500
LONGEST_NAP = 1.0
GATHER = 0.25
RETRY = 5 * SECOND
LOOK_AT_THE_CLOCK = MINUTE
MOST_TRIES = 10

JobAction = Callable[[Transaction, Any], None]
Errand = Callable[[str, Any], Awaitable[None]]


class Consumer(NamedTuple):
    """What works through every fact, and why."""

    purpose: Purpose
    consume: Callable[[Transaction, list[Committed]], None]


class Worker:
    """Runs actions for jobs, errands (jobs that need the network), and consumers of facts.

    ``errands`` get the workspace and the job, and settle it themselves by writing; when one
    raises, the job runs again later.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        *,
        actions: Mapping[type[Job], JobAction],
        errands: Mapping[type[Job], Errand],
        consumers: Mapping[str, Consumer],
    ) -> None:
        self._db = db
        self._clock = clock
        self._kinds = {kind.__name__: kind for kind in (*actions, *errands)}
        self._actions = actions
        self._errands = errands
        self._consumers = consumers
        self._errands_out: set[asyncio.Task[None]] = set()
        self._nudge = asyncio.Event()
        self._looked = -LOOK_AT_THE_CLOCK
        self._highest = 0
        self._believed = True

    def nudge(self) -> None:
        """Look now: something was committed."""
        self._nudge.set()

    async def run(self) -> None:
        """Work until cancelled. A failure is logged and tried again; it never ends the worker."""
        while True:
            try:
                busy = await self._round()
            except Exception as failure:  # noqa: BLE001 - it never ends the worker
                log.warning("worker_round_failed", error=type(failure).__name__)
                busy = False
            if not busy:
                await self._nap()

    async def _round(self) -> bool:
        busy = False
        await self.look_at_the_clock()
        for name, consumer in self._consumers.items():
            for workspace_id in await self._db.read(system(), outbox.behind, name):
                busy = await self._feed(name, consumer, workspace_id) or busy
        room = AT_ONCE - len(self._errands_out)
        if room > 0 and await self._db.read(system(), _any_due):
            taken = await self._db.write(system(), queue.lease, room)
            busy = busy or bool(taken)
            for leased in taken:
                await self._begin(leased)
        return busy

    async def look_at_the_clock(self) -> None:
        """Once a minute: note the time, unless the clock has leapt; then nothing is deleted."""
        if abs(self._clock.now() - self._looked) < LOOK_AT_THE_CLOCK:
            return
        self._highest = await self._db.write(system(), timekeeping.observe)
        self._looked = self._clock.now()
        believed = self._looked - self._highest <= timekeeping.LEAP
        if believed != self._believed:
            log.warning("clock_is_right_again" if believed else "clock_jumped")
        self._believed = believed

    async def _feed(self, name: str, consumer: Consumer, workspace_id: str) -> bool:
        """Let a consumer work on; one workspace's trouble does not stop the others."""
        scope = system(workspace_id)
        try:
            step = await self._db.read(scope, outbox.unseen, name, FACTS_AT_ONCE)
            scope = scope.doing(consumer.purpose)
            await self._db.write(scope, _consume, name, consumer, step)
        except Exception as failure:  # noqa: BLE001 - the next round tries again
            log.warning("consumer_failed", consumer=name, error=type(failure).__name__)
            return False
        return True

    async def _begin(self, leased: Leased) -> None:
        """Do a job; an errand goes its own way, so that a slow one holds up nobody."""
        if self._kinds.get(leased.kind) not in self._errands:
            await self._do(leased)
            return
        errand = asyncio.create_task(self._do(leased))
        self._errands_out.add(errand)
        errand.add_done_callback(self._errands_out.discard)

    async def _do(self, leased: Leased) -> None:
        scope = system(leased.workspace_id)
        kind = self._kinds.get(leased.kind)
        try:
            if kind is None or self._is_hopeless(kind, leased):
                log.error("job_given_up", job=leased.kind, attempts=leased.attempts)
                await self._db.write(scope, queue.done, leased.id)
            elif kind in self._errands:
                await self._errands[kind](leased.workspace_id, leased.job(kind))
                await self._db.write(scope, queue.done, leased.id)
            elif kind.sweeps:
                await self._clean_up(leased, kind)
            else:
                doing = scope.doing(kind.purpose)
                await self._db.write(doing, _act, self._actions[kind], leased, kind)
        except Exception as failure:  # noqa: BLE001 - whatever it was, the job runs again
            code = failure.code if isinstance(failure, Refusal) else type(failure).__name__
            log.warning("job_failed", job=leased.kind, error=code)
            await self._db.write(
                scope, queue.later, leased.id, RETRY * 2 ** min(leased.attempts, MOST_TRIES)
            )

    def _is_hopeless(self, kind: type[Job], leased: Leased) -> bool:
        return kind in self._errands and leased.attempts >= MOST_TRIES and not kind.owed

    async def _clean_up(self, leased: Leased, kind: type[Job]) -> None:
        action, scope = self._actions[kind], system(leased.workspace_id, kind.purpose)
        if not await self._db.write(scope, _sweep, action, leased, kind, self._highest):
            self._believed = False
            log.warning("clock_jumped", job=leased.kind)

    async def _nap(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_NAP):
                await self._nudge.wait()
        except TimeoutError:
            return
        await asyncio.sleep(GATHER)  # one round serves many commits
        self._nudge.clear()


def _any_due(tx: Transaction) -> bool:
    at = queue.next_run(tx)
    return at is not None and at <= tx.now


def _consume(tx: Transaction, name: str, consumer: Consumer, step: outbox.Step) -> None:
    if outbox.position(tx, name) == step.start:  # else another node has worked through them
        consumer.consume(tx, step.facts)
        outbox.move_to(tx, name, step.position)


def _act(tx: Transaction, action: JobAction, leased: Leased, kind: type[Job]) -> None:
    action(tx, leased.job(kind))
    queue.done(tx, leased.id)


def _sweep(tx: Transaction, action: JobAction, leased: Leased, kind: type[Job], mark: int) -> bool:
    """Delete what is old, if the clock can be believed; else hold the job."""
    if timekeeping.leapt(tx, mark):
        queue.hold(tx, leased.id)
        return False
    _act(tx, action, leased, kind)
    return True
