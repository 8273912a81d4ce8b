"""Switching third parties on and off, and asking whether one is on. 1.8b, 1.8c, 2.1, 5.2."""

from __future__ import annotations

from collections.abc import Callable, Collection

from silkroad.engines.database import Transaction
from silkroad.engines.outbound import BlockReason, Field
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.languages import Language
from silkroad.kit.regions import leaves
from silkroad.privacy import assessments

from . import registry, store, transfers
from .events import EndExpired, ProcessorEnabled, ProcessorEnded
from .model import (
    Enabling,
    EnablingOne,
    Engagement,
    Given,
    Processor,
    Service,
    ThirdParties,
    ThirdParty,
)
from .registry import offered, there
from .telling import notice_hash, told
from .transfers import Transfer, TransferDraft

# what there is


def third_parties(
    tx: Transaction, language: Language, region: str, own: Collection[str]
) -> ThirdParties:
    """Return everything that a company in this region decides about, with how things stand.

    ``own`` are the operator's own push services.
    """
    engagements, decided = store.newest(tx), transfers.newest(tx)
    return ThirdParties(
        items=[
            _shown(tx, entry, language, region, engagements.get(entry.name), decided)
            for entry in there(own)
        ],
        region=region,
        bases=list(transfers.bases_of(region)),
    )


def _shown(
    tx: Transaction,
    entry: Processor,
    language: Language,
    region: str,
    last: Engagement | None,
    decided: dict[str, Transfer],
) -> ThirdParty:
    cells, abroad = told(entry, language), leaves(region, entry.region)
    state = last.state(tx.now, entry) if last else "off"
    if state == "on" and not _agreed(tx, entry.name):
        state = "locked"
    if state == "on" and _unrecorded(tx, entry, region):
        state = "unrecorded"
    return ThirdParty(
        name=entry.name,
        kind=entry.kind,
        product=cells.product,
        company=cells.company,
        purpose=cells.purpose,
        scenario=cells.scenario,
        data=[
            Given(
                field=field,
                told=words,
                needed=field in entry.required,
                covered=last is None or not last.covered or field in last.covered,
            )
            for field, words in zip(entry.fields, cells.data, strict=True)
        ],
        method=cells.method,
        place=cells.countries,
        policy_url=cells.policy_url,
        terms=cells.terms,
        notice_hash=notice_hash(entry, language, abroad=abroad),
        abroad=abroad,
        state=state,
        since=last.enabled_at if last else None,
        contract=last.contract if last else None,
        contract_until=last.contract_until if last else None,
        ended_at=last.ended_at if last else None,
        transfer=decided.get(entry.name),
    )


def is_on(tx: Transaction, name: str, region: str) -> bool:
    """Whether a company in this region has a third party on, so that something may go there.

    It is as it was shown, its contract is in force, and where it is abroad, a record says why.
    """
    return _agreed(tx, name) and not _unrecorded(tx, registry.PROCESSORS[name], region)


def any_on(tx: Transaction, service: Service, region: str) -> bool:
    """Whether a company in this region has anybody on who does this."""
    live = store.live(tx)
    doing = [e for e in offered() if e.service == service and e.name in live]
    return any(
        not assessments.is_locked(tx, service, entry.name) and not _unrecorded(tx, entry, region)
        for entry in doing
    )


def _agreed(tx: Transaction, name: str) -> bool:
    """Whether it is on as it was shown, under a contract in force, and nothing locks it."""
    return name in store.live(tx) and not assessments.is_locked(tx, *_features(name))


def _unrecorded(tx: Transaction, entry: Processor, region: str) -> bool:
    """Whether data would leave the region to it without a record of why it may, made before it was
    switched on: whoever did that was told where the data goes.
    """
    place = entry.region
    if not leaves(region, place):
        return False
    began = store.began(tx, entry.name)
    return began is None or not transfers.live(tx, entry.name, region, place, began)


def _features(name: str) -> list[str]:
    """Return by which names a third party may be locked: its own, and that of what it is for."""
    return [name, *(entry.service for entry in offered() if entry.name == name)]


def covered(tx: Transaction, name: str) -> frozenset[Field]:
    """Return what a company's contract with a third party covers now; nothing while it is off."""
    return store.live(tx).get(name, frozenset())


def barred(
    tx: Transaction, name: str, fields: frozenset[Field], region_of: Callable[[Transaction], str]
) -> BlockReason | None:
    """Say why these fields may not go to a third party now; ``region_of``: where the company is."""
    if not _agreed(tx, name):
        return "not_enabled"
    if not fields <= covered(tx, name):
        return "beyond_the_contract"
    if _unrecorded(tx, registry.PROCESSORS[name], region_of(tx)):
        return "leaves_the_region"
    return None


# on and off


def enable(tx: Transaction, name: str, given: Enabling, region: str) -> None:
    """Switch a third party on, or put it under another contract.

    Raises Refusal ``not_found``, ``notice_required`` unless exactly its current hand-over notice
    was shown, ``transfer_required`` where the data would leave its region without a record,
    ``feature_locked``, and ``invalid`` for a contract that is over already, or does not cover what
    the third party needs, or covers what it never gets.
    """
    entry = _offered(name)
    assessments.require_open(tx, name, entry.service)
    abroad = leaves(region, entry.region)
    if given.notice_hash != notice_hash(entry, given.language, abroad=abroad):
        raise refuse("notice_required", "Read who this is and what they get first.")
    if given.contract_until is not None and given.contract_until <= tx.now:
        raise invalid("$.contract_until", "This contract is over already.")
    if abroad and not transfers.live(tx, entry.name, region, entry.region, tx.now):
        raise refuse("transfer_required")
    joined = name not in store.live(tx)
    store.end(tx, name)
    _add(tx, entry, given, _checked(entry, given.fields))
    tx.emit(ProcessorEnabled(name, joined, tx.scope.actor_id))


def enable_several(tx: Transaction, parties: list[EnablingOne], region: str) -> None:
    """Switch several on in one action, all or none, so that people are told and asked once.

    Raises Refusal as ``enable`` does.
    """
    for given in parties:
        enable(tx, given.processor, given, region)


def _checked(entry: Processor, fields: list[Field] | None) -> frozenset[Field]:
    """Return what a contract covers. Raises Refusal ``invalid``."""
    covers = frozenset(entry.fields if fields is None else fields)
    if not entry.required <= covers <= set(entry.fields):
        raise invalid("$.fields", "A contract covers all that is needed, and nothing else.")
    return covers


def _add(tx: Transaction, entry: Processor, given: Enabling, covers: frozenset[Field]) -> None:
    until = given.contract_until
    engagement = Engagement(
        tx.new_id("eng"),
        entry.name,
        tx.now,
        tx.scope.actor_id,
        given.notice_hash,
        entry.facts,
        given.contract.strip(),
        until,
        None,
        covers,
    )
    store.add(tx, engagement)
    tx.audit("processor.enabled", engagement.id, processor=entry.name, notice=given.notice_hash)
    if until is not None:
        tx.enqueue(EndExpired(entry.name), delay=until - tx.now)


def end(tx: Transaction, name: str) -> None:
    """Switch a third party off: from this commit on nothing goes there. Clause 1.8b.

    Raises Refusal ``not_found`` for one that is off already.
    """
    if not store.end(tx, _offered(name).name):
        raise refuse("not_found")
    tx.audit("processor.ended", name)
    tx.emit(ProcessorEnded(name, tx.scope.actor_id))


def end_expired(tx: Transaction, job: EndExpired) -> None:
    """End what stands on a contract that is over. Clause 5.2."""
    if job.processor in store.over(tx):
        end(tx, job.processor)


# across borders


def record_transfer(tx: Transaction, draft: TransferDraft, region: str) -> Transfer:
    """Write down that data may go to a third party abroad.

    Raises Refusal ``not_found``, ``invalid`` for a ground that the region's law does not have, and
    where nothing would leave the region.
    """
    entry = _offered(draft.processor)
    if not leaves(region, entry.region):
        raise invalid("$.processor", "Nothing leaves your region there.")
    return transfers.record(tx, draft, region, entry.region)


def end_transfer(tx: Transaction, name: str, region: str) -> None:
    """Take such a decision back; what stood on it ends as well. Raises Refusal ``not_found``."""
    entry = _offered(name)
    if not transfers.end(tx, name):
        raise refuse("not_found")
    if leaves(region, entry.region) and name in store.running(tx):
        end(tx, name)


def _offered(name: str) -> Processor:
    for entry in offered():
        if entry.name == name:
            return entry
    raise refuse("not_found")
