"""Opening campaigns, in the transaction of what opens them, and noting whom they reached."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

import msgspec

from silkroad.engines.database import Committed, Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.ids import same_id
from silkroad.kit.inventory import Column, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.scope import INSTALLATION
from silkroad.privacy import consent, policy
from silkroad.privacy.assessments import AssessmentHigh
from silkroad.privacy.policy import Answerable
from silkroad.privacy.processors import PROCESSORS, Processor
from silkroad.privacy.processors.events import ProcessorEnabled, ProcessorEnded

from . import store
from .events import CampaignOpened
from .model import Came, Campaign, CampaignMark, CampaignWeight, Content, Homes, Key, Point, Span
from .points import CONSENTS, opened_by, points_of, purposes_of

Versions = Callable[[Transaction], Mapping[Language, str]]
"""Keeps the policy as it is in this transaction, in every language, and returns the hashes."""

Companies = Callable[[Transaction], Iterable[str]]

News = ProcessorEnabled | ProcessorEnded | AssessmentHigh
"""What a company did that its people are told of."""

MEMBER = "mbr_"
ACCOUNT = "acc_"

CONTACT: tuple[tuple[Key, str, str], ...] = (
    ("name", "name", "8.2"),
    ("email", "contact_email", "8.5"),
    ("phone", "contact_phone", "8.5"),
    ("address", "address", "8.5"),
)


def open_for_record(
    tx: Transaction,
    record: policy.releases.Record,
    versions: Versions,
    companies: Companies,
    columns: Mapping[str, Column],
) -> None:
    """Hold what the program declares against what was last told; a difference is told now.

    The first time nothing is told: nobody here knew anything else. Of the nodes that start together
    one opens the campaign. ``columns`` are declared, by ``table.column``. Clauses 8.1, 8.3, 8.4.
    """
    now = policy.releases.plain(record)
    name, shown = _hash(now), dict(versions(tx))
    before = store.told(tx)
    if before is None:
        store.remember(tx, name, now, shown)
        tx.audit("policy.remembered", name)
    elif before.hash == name:
        if before.versions != shown:
            store.show(tx, shown)
    elif store.move(tx, before.hash, name, now, shown):
        changes = policy.releases.changes_between(before.record, now)
        weight = policy.releases.weight_of(changes) or "editorial"
        tx.audit("policy.changed", name, weight=weight, changes=len(changes))
        if weight != "editorial":
            campaign = Campaign(
                same_id("cmp", before.hash, name, str(before.told_at)),
                weight,
                purposes_of(changes),
                tx.now,
                Content(
                    points_of(changes, before.record, now),
                    Span(before.versions, shown),
                    opened_by(before.record, now, columns, changes),
                ),
            )
            _open_everywhere(tx, campaign, companies)


def open_for_controller(
    tx: Transaction, before: Answerable, after: Answerable, span: Span, companies: Companies
) -> None:
    """Tell everybody that another one answers, or is reached in another way. Clauses 8.2, 8.5."""
    points = [
        Point(clause, "major", key, values=(_was(key, before, name), getattr(after, name) or ""))
        for key, name, clause in CONTACT
        if getattr(before, name) != getattr(after, name)
    ]
    if points:
        store.show(tx, span.after)
        campaign = Campaign(tx.new_id("cmp"), "major", (), tx.now, Content(points, span))
        _open_everywhere(tx, campaign, companies)


def _was(key: Key, before: Answerable, name: str) -> str:
    """Return who answered before; how they were reached is nobody's business any more."""
    return getattr(before, name) or "" if key == "name" else ""


def _open_everywhere(tx: Transaction, campaign: Campaign, companies: Companies) -> None:
    with tx.within(INSTALLATION):
        store.add(tx, campaign, content=True)
        tx.audit("campaign.opened", campaign.id, weight=campaign.weight)
    for workspace_id in companies(tx):
        with tx.within(workspace_id):
            _open(tx, campaign, content=False)


def _open(tx: Transaction, campaign: Campaign, *, content: bool) -> None:
    store.add(tx, campaign, content=content)
    consent.ask_anew(tx, campaign.purposes, campaign.opened_at)
    tx.emit(CampaignOpened(campaign.id))


def work_through(tx: Transaction, facts: list[Committed]) -> None:
    """Tell a company's people whom it has switched on or off since, and what is locked. 8.3, 8.6.

    What one press has switched is one campaign: people are told and asked once. What was agreed to
    after that press counts, however late this runs. Who pressed has read more.
    Facts from before there were campaigns say not who did it, and are nobody's news any more.
    """
    presses: dict[tuple[type[News], str, int], list[News]] = {}
    for told in facts:
        fact = told.fact
        if isinstance(fact, ProcessorEnabled | ProcessorEnded | AssessmentHigh) and fact.by:
            presses.setdefault((type(fact), fact.by, told.at), []).append(fact)
    for (_, by, at), pressed in presses.items():
        found = [campaign for fact in pressed if (campaign := _told_of(tx, fact, at))]
        if found:
            campaign = _as_one(found)
            tx.audit("campaign.opened", campaign.id, weight=campaign.weight)
            _open(tx, campaign, content=True)
            if by.startswith(MEMBER):
                store.mark(tx, campaign.id, by, "told_at", "read_at")


def _as_one(found: list[Campaign]) -> Campaign:
    """Return what one press changed as one campaign; all of it weighs the same."""
    purposes = tuple(dict.fromkeys(purpose for one in found for purpose in one.purposes))
    points = [point for one in found for point in one.content.points]
    return found[0]._replace(purposes=purposes, content=Content(points, Span()))


def _told_of(tx: Transaction, fact: News, at: int) -> Campaign | None:
    if isinstance(fact, AssessmentHigh):
        return _of_risk(tx, fact.feature, at)
    return _of_third_party(tx, fact, at)


def _of_third_party(
    tx: Transaction, fact: ProcessorEnabled | ProcessorEnded, at: int
) -> Campaign | None:
    """Return what to tell; nothing of another contract, nor of whom this version knows no more."""
    entry = PROCESSORS.get(fact.processor)
    joins = isinstance(fact, ProcessorEnabled)
    if entry is None or (isinstance(fact, ProcessorEnabled) and not fact.joined):
        return None
    weight: CampaignWeight = "major" if joins else "minor"
    key: Key = "joined" if joins else "ended"
    values = (*_named(entry), entry.purpose.value) if joins else _named(entry)
    point = Point("8.3", weight, key, entry.name, values)
    purposes = tuple(purpose for purpose in CONSENTS if joins and purpose == entry.purpose)
    return Campaign(tx.new_id("cmp"), weight, purposes, at, Content([point], Span()))


def _of_risk(tx: Transaction, feature: str, at: int) -> Campaign:
    """Nobody is asked anew: what is locked is closed for everybody."""
    party = PROCESSORS.get(feature)
    values = _named(party) if party else ()
    point = Point("8.6", "major", "locked", feature, values)
    return Campaign(tx.new_id("cmp"), "major", (), at, Content([point], Span()))


def _named(entry: Processor) -> tuple[str, str]:
    """Return a third party's product and company; the operator's own has no company's name."""
    return entry.product, entry.company if entry.kind == "third_party" else ""


def mark(tx: Transaction, campaign_id: str, mark: CampaignMark) -> None:
    """Note how far a campaign came with the caller. Raises Refusal ``not_found``."""
    subject = consent.caller(tx)
    if not store.is_there(tx, campaign_id):
        raise refuse("not_found")
    what = ("told_at", "read_at") if mark.state == "read" else ("told_at",)
    store.mark(tx, campaign_id, subject.id, *what)


def require_told(
    came_at: Came, homes_of: Homes, tx: Transaction, changes: frozenset[str], person: str
) -> None:
    """Raise Refusal ``changes_unread`` when somebody was not told of one of the changes. 1.8d.

    The owner of an account was told where it was on their screen in one of their companies.
    Anybody else is of the company that the act came from, or of the one that a link has led to.
    """
    if person.startswith(ACCOUNT):
        mine = homes_of(tx, person)
        untold = bool(mine) and all(_untold(came_at, tx, *at) & changes for at in mine)
    else:
        companies = {tx.home, tx.scope.workspace_id}
        untold = any(_untold(came_at, tx, at, person) & changes for at in companies)
    if untold:
        raise refuse("changes_unread")


def _untold(came_at: Came, tx: Transaction, workspace_id: str, subject_id: str) -> set[str]:
    with tx.within(workspace_id), tx.doing(Purpose.ACCOUNTABILITY):
        return store.untold(tx, subject_id, came_at(tx, subject_id))


def reached(tx: Transaction, campaign_id: str, subject_id: str) -> None:
    """Note that a push service took the wake-up about a campaign for somebody's device."""
    store.mark(tx, campaign_id, subject_id, "sent_at")


def _hash(record: policy.releases.Record) -> str:
    return hashlib.sha256(msgspec.json.encode(record, order="sorted")).hexdigest()[:32]
