"""What a guardian agrees to for a child, and takes back, in the same ledger. Clause 7a."""

from __future__ import annotations

from typing import NamedTuple, get_args

from silkroad.engines.database import Transaction
from silkroad.kit.parties import Parties

from . import store
from .actions import WITHDRAWAL, keep, withdraw, write_again
from .events import ExpireConsent
from .model import SCHEMA, Agreed, ConsentPurpose, ConsentRecord, Subject, need_of
from .scoped import to_account_for


class ForChild(NamedTuple):
    """A guardian's written yes that was looked at.

    ``evidence`` is the request that holds it; it lives ``until`` (ms) the child is of age.
    """

    child_id: str
    agreed: Agreed
    relationship: str
    evidence: str
    until: int


@to_account_for
def give_for_child(tx: Transaction, given: ForChild, parties: Parties) -> None:
    """Write down that a guardian agrees that a child may write; another one is superseded."""
    before = store.standing(tx, given.child_id, "conversation", "")
    if before and before.lives(tx.now):
        write_again(tx, before, "superseded", "guardian")
    need = need_of("conversation")
    record = ConsentRecord(
        record_id=tx.new_id("cns"),
        schema_version=SCHEMA,
        event="given",
        at=tx.now,
        subject_kind="visitor",
        subject_id=given.child_id,
        purpose="conversation",
        data=sorted(need.data),
        controller=parties.controller,
        recipient="",
        notice_hash=given.agreed.notice_hash,
        language=given.agreed.language,
        retention=need.retention.name,
        retention_days=need.retention.days,
        jurisdiction=parties.region,
        method="guardian",
        withdrawal=WITHDRAWAL["guardian"],
        expires_at=given.until,
        relationship=given.relationship,
        evidence=given.evidence,
    )
    keep(tx, record)
    tx.enqueue(ExpireConsent(record.record_id), delay=given.until - tx.now)


@to_account_for
def withdraw_for_child(tx: Transaction, child_id: str) -> None:
    """Write down that a guardian takes it back, and with it what the child agreed to since.

    Whoever is of age by now has agreed to that for themselves.
    """
    before = store.standing(tx, child_id, "conversation", "")
    if before and before.event == "expired":
        return
    if before and before.event == "given":
        write_again(tx, before, "withdrawn", "guardian")
    for purpose in get_args(ConsentPurpose):
        withdraw(tx, Subject("visitor", child_id), purpose, "guardian")
