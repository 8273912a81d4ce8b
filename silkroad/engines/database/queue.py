"""The job queue: leased, so that a job whose worker died runs again, and none runs twice at once.

A job's handler is an action; it and the job's removal are one transaction.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import bindparam, delete, select, update

from silkroad.kit.clock import MINUTE

from .statement import Statement, mine
from .tables import jobs
from .transaction import Job, Transaction

LEASE = 2 * MINUTE
HELD = 2**62
"""When a job runs that waits for the clock to be right again: at no time that is."""

_j = jobs.c
_DUE = Statement(
    select(_j.workspace_id, _j.id, _j.kind, _j.body, _j.attempts)
    .where(_j.run_at <= bindparam("now"))
    .order_by(_j.run_at)
    .limit(bindparam("most")),
    across="the worker serves every workspace; each job then runs in its own",
)
_LEASE = Statement(
    update(jobs)
    .where(_j.workspace_id == bindparam("of"), _j.id == bindparam("job_id"))
    .values(run_at=bindparam("until"), attempts=_j.attempts + 1),
    across="leasing names the workspace of the job itself",
)
_NEXT_RUN = Statement(
    select(_j.run_at).order_by(_j.run_at).limit(1), across="when the worker has to wake up"
)
_DONE = Statement(delete(jobs).where(mine(jobs), _j.id == bindparam("job_id")))
_LATER = Statement(
    update(jobs).where(mine(jobs), _j.id == bindparam("job_id")).values(run_at=bindparam("at"))
)
_RELEASE = Statement(
    update(jobs).where(_j.run_at == bindparam("held")).values(run_at=bindparam("now")),
    across="the clock is the same for every workspace",
)


class Leased(NamedTuple):
    """A job that is this worker's until the lease ends."""

    workspace_id: str
    id: str
    kind: str
    body: bytes
    attempts: int

    def job(self, kind: type[Job]) -> Any:
        return msgspec.json.decode(self.body, type=kind)


def lease(tx: Transaction, most: int) -> list[Leased]:
    """Take up to ``most`` due jobs; nobody else gets them for two minutes."""
    taken = [Leased(*row) for row in tx.across(_DUE, now=tx.now, most=most)]
    for job in taken:
        tx.across(_LEASE, of=job.workspace_id, job_id=job.id, until=tx.now + LEASE)
    return taken


def next_run(tx: Transaction) -> int | None:
    """Return when the next job is due (ms)."""
    rows = tx.across(_NEXT_RUN)
    return rows[0][0] if rows else None


def done(tx: Transaction, job_id: str) -> None:
    tx.all(_DONE, job_id=job_id)


def later(tx: Transaction, job_id: str, delay: int) -> None:
    """Put a job off by ``delay`` ms."""
    tx.all(_LATER, job_id=job_id, at=tx.now + delay)


def hold(tx: Transaction, job_id: str) -> None:
    """Keep a job until all that is held is released."""
    tx.all(_LATER, job_id=job_id, at=HELD)


def release(tx: Transaction) -> None:
    """Make what is held due now."""
    tx.across(_RELEASE, held=HELD, now=tx.now)
