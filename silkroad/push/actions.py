"""What people do about being woken, and whom the product wakes."""

from __future__ import annotations

from typing import NamedTuple

from silkroad.accounts import SessionEnded, session_is_known
from silkroad.conversations import MessageSent, is_there
from silkroad.engines.database import Committed, Transaction
from silkroad.engines.notify.subscription import Subscription
from silkroad.inboxes import inbox_by_id
from silkroad.kit.errors import refuse
from silkroad.privacy import assessments, consent, guardians
from silkroad.privacy.campaigns import CampaignOpened
from silkroad.privacy.consent import About, Agreed, ConsentChanged, Method, Subject
from silkroad.privacy.processors import is_on, maker_of
from silkroad.privacy.processors.events import ProcessorEnded
from silkroad.visitors import visitor_by_id
from silkroad.workspaces import parties_of, region_of, workspace_of

from . import devices, handovers, notices, store, wakes
from .devices import Device, HandOver, Owner, page_address
from .events import SweepPush
from .wakes import WAKE_LIFE, Missing, Wake, who_answers

# the installation's key


def keep_key(tx: Transaction, fresh: bytes) -> bytes:
    """Return the installation's private key; ``fresh`` becomes it at the first start."""
    return store.keep_key(tx, fresh)


def push_key_of(tx: Transaction, key: str | None) -> str | None:
    """Return the public key for browsers of this workspace; None when its push is off."""
    return key if workspace_of(tx).push else None


# one's own devices


class VisitorsBrowser(NamedTuple):
    """A visitor's push window: for which inbox, whose by a token, and the page to lead back to."""

    inbox_id: str
    token: str
    page: str | None
    agent: str


def add_device(
    tx: Transaction, subscription: Subscription, agent: str, agreed: Agreed | None
) -> Device:
    """Let the calling member be woken on this browser, who agrees now or did so before.

    Raises Refusal ``push_off``, ``consent_required``, ``notice_required``, ``feature_locked``.
    """
    _require_service(tx, subscription)
    owner = _caller(tx)
    _require_consent(tx, owner, subscription, agreed, "console")
    return devices.add(tx, owner, subscription, agent)


def list_devices(tx: Transaction) -> list[Device]:
    return devices.of(tx, _caller(tx))


def remove_device(tx: Transaction, device_id: str) -> None:
    """Forget one of the caller's devices; with the last one their consent is taken back.

    Raises Refusal ``not_found``.
    """
    devices.remove(tx, tx.scope.actor_id, device_id)
    if not devices.has_device(tx, tx.scope.actor_id):
        consent.withdraw(tx, consent.caller(tx), "wake_up", "console")


def hand_over(tx: Transaction, inbox_id: str) -> HandOver:
    """Give the calling visitor a token for their push window, where they will be asked.

    Raises Refusal ``push_off``, ``feature_locked``.
    """
    _require_push(tx)
    owner = _caller(tx)
    consent.ask(tx, _about(tx, owner, "", "push_window"), visitor_by_id(tx, owner.id).language)
    handed = handovers.begin(tx, inbox_id, owner)
    tx.enqueue(SweepPush(), delay=WAKE_LIFE)
    return handed


def subscribe(
    tx: Transaction, at: VisitorsBrowser, subscription: Subscription, agreed: Agreed | None
) -> Device:
    """Let the visitor who was given this token be woken by the answer, if they agree.

    Raises Refusal ``not_found``, ``invalid``, ``push_off``, ``consent_required``,
    ``notice_required``, ``feature_locked``.
    """
    _require_service(tx, subscription)
    owner = handovers.redeem(tx, at.inbox_id, at.token)
    if held := guardians.held(tx, owner.id):
        raise refuse(held)
    address = page_address(at.page, inbox_by_id(tx, at.inbox_id).allowed_origins)
    _require_consent(tx, owner, subscription, agreed, "push_window")
    return devices.add(tx, owner, subscription, at.agent, address)


def unsubscribe(tx: Transaction) -> None:
    """Wake the calling visitor nowhere any more: their consent is taken back."""
    consent.withdraw(tx, consent.caller(tx), "wake_up", "widget")
    devices.forget_owner(tx, tx.scope.actor_id, "unsubscribed")


def _caller(tx: Transaction) -> Owner:
    kind, session_id = tx.scope.actor_kind, tx.scope.session_id
    if kind not in {"member", "visitor"} or session_id is None:
        raise refuse("forbidden")
    return Owner("member" if kind == "member" else "visitor", tx.scope.actor_id, session_id)


def _about(tx: Transaction, owner: Owner, recipient: str, method: Method) -> About:
    return About(Subject(owner.kind, owner.id), "wake_up", recipient, parties_of(tx), method)


def _require_consent(
    tx: Transaction,
    owner: Owner,
    subscription: Subscription,
    agreed: Agreed | None,
    method: Method,
) -> None:
    """Take the owner's yes if there is one, and make sure that there is one now.

    It names who gets the wakes: whoever stands behind the push service.
    """
    recipient = maker_of(subscription.endpoint)
    if agreed:
        consent.give(tx, _about(tx, owner, recipient, method), agreed)
    consent.require(tx, owner.id, "wake_up", recipient, asked="devices.add")


def _require_push(tx: Transaction) -> None:
    assessments.require_open(tx, "web_push")
    if not workspace_of(tx).push:
        raise refuse("push_off")


def _require_service(tx: Transaction, subscription: Subscription) -> None:
    """Make sure that the company has this browser's own push service on, and nothing locks it."""
    assessments.require_open(tx, "web_push", subscription.service)
    if not is_on(tx, subscription.service, region_of(tx)):
        raise refuse("push_off", "The push service of this browser is off for this workspace.")


# what a woken device asks


def read_wake(tx: Transaction, wake_id: str) -> Wake:
    """Return what the calling member is woken for. Raises Refusal ``not_found``."""
    return notices.for_member(tx, wake_id) or wakes.for_member(tx, wake_id)


def read_visitors_wake(tx: Transaction, inbox_id: str, wake_id: str) -> Wake:
    """Return what a visitor's browser shows: nothing that was written.

    Raises Refusal ``not_found``, ``guardian_required``.
    """
    return notices.for_visitor(tx, inbox_id, wake_id) or wakes.for_visitor(tx, inbox_id, wake_id)


# housekeeping


def sweep(tx: Transaction, _job: SweepPush) -> None:
    """Delete what has expired."""
    wakes.sweep(tx)
    notices.sweep(tx)
    handovers.sweep(tx)


# whom the product wakes


def wake_absent(tx: Transaction, facts: list[Committed]) -> None:
    """Work through facts: forget the devices of who has gone or agrees no more, and ask for those
    who may miss a message, or that the policy has changed.

    Whether they really are absent is judged a little later; see ``wakes.take_up``.
    """
    if not devices.any_device(tx):
        return
    for told in facts:
        _forget(tx, told)
    if not workspace_of(tx).push:
        return
    for told in facts:
        if isinstance(told.fact, CampaignOpened) and told.at > tx.now - WAKE_LIFE:
            notices.ask(tx, told.fact.campaign_id)
    for fact in _newest(tx, facts):
        missing, people = _who_may_miss(tx, fact)
        if people and is_there(tx, fact.conversation_id):
            wakes.ask(tx, missing, people)


def _forget(tx: Transaction, told: Committed) -> None:
    match told.fact:
        case SessionEnded(session_id):
            _forget_who_has_gone(tx, session_id)
        case ProcessorEnded(processor=service):
            devices.forget_service(tx, service, told.at)
        case ConsentChanged(subject_id=owner_id):
            wakes.forget_unwanted(tx, owner_id)
        case _:
            pass  # nobody's devices depend on it


def _forget_who_has_gone(tx: Transaction, session_id: str) -> None:
    """Forget a session's devices, unless it only rests. A removed member's sessions end as well."""
    if not session_is_known(tx, session_id):
        devices.forget_session(tx, session_id)


def _newest(tx: Transaction, facts: list[Committed]) -> list[MessageSent]:
    """Return the last message of each side of a conversation, and every note."""
    found: dict[tuple[str, str, int], MessageSent] = {}
    for told in facts:
        fact = told.fact
        if isinstance(fact, MessageSent) and told.at > tx.now - WAKE_LIFE:
            note = fact.seq if fact.lane == "internal" else 0
            found[fact.conversation_id, fact.author_kind, note] = fact
    return list(found.values())


def _who_may_miss(tx: Transaction, fact: MessageSent) -> tuple[Missing, list[str]]:
    about = (fact.conversation_id, fact.seq)
    if fact.lane == "internal":
        others = [member_id for member_id in fact.mentions if member_id != fact.author_id]
        return Missing(about[0], "mention", about[1]), others
    if fact.author_kind == "visitor":
        people = who_answers(tx, fact.inbox_id, fact.assignee_id)
        return Missing(about[0], "question", about[1]), people
    return Missing(about[0], "answer", about[1]), [fact.visitor_id]
