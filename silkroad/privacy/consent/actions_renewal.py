"""Asking anew: after a major change of the policy an earlier yes does not count. Clause 8.0b."""

from __future__ import annotations

from collections.abc import Iterable

from silkroad.engines.database import Transaction

from . import actions, store
from .events import RenewConsents
from .model import ConsentPurpose, Standing
from .scoped import to_account_for

AT_ONCE = 200


@to_account_for
def ask_anew(tx: Transaction, purposes: Iterable[ConsentPurpose], since: int) -> None:
    """Close these purposes for everybody of the company who agreed before ``since``.

    The gate is shut with this commit; the ledger and whoever depends on it follow.
    """
    for purpose in purposes:
        store.renew(tx, purpose, since)
        tx.enqueue(RenewConsents(purpose, since))


@to_account_for
def supersede(tx: Transaction, job: RenewConsents) -> None:
    """Write down, a few at a time, that these consents are superseded."""
    found = store.stale(tx, job.about, job.since, AT_ONCE)
    for record_id in found:
        actions.supersede(tx, record_id, job.since)
    if len(found) == AT_ONCE:
        tx.enqueue(job)


@to_account_for
def awaited(tx: Transaction, subject_id: str) -> list[ConsentPurpose]:
    """Return the purposes that somebody agreed to once and is asked about anew."""
    by_purpose: dict[ConsentPurpose, list[Standing]] = {}
    for standing in store.standings(tx, subject_id):
        if standing.purpose != "conversation":  # a guardian's to give: no campaign asks for it
            by_purpose.setdefault(standing.purpose, []).append(standing)
    return sorted(purpose for purpose, known in by_purpose.items() if _waits(known, tx.now))


@to_account_for
def chose(tx: Transaction, purposes: Iterable[ConsentPurpose], since: int) -> set[str]:
    """Return who has answered each of these purposes since then."""
    answered = [store.answered(tx, purpose, since) for purpose in purposes]
    return set.intersection(*answered) if answered else set()


def _waits(known: list[Standing], now: int) -> bool:
    """Whether the last word was a superseded yes; to have the question on the screen is no word."""
    answers = [standing for standing in known if standing.event != "requested"]
    newest = max(answers, key=lambda standing: standing.at, default=None)
    lives = any(standing.lives(now) for standing in answers)
    return newest is not None and newest.event == "superseded" and not lives
