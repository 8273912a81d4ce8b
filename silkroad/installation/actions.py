"""Setting an installation up, and letting its operator in."""

from __future__ import annotations

import msgspec

from silkroad.accounts import of_the_installation, start_sweeping
from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.phones import normalised

from . import store
from .model import LIFE, Controller, LinkKind


@of_the_installation(Purpose.ACCOUNTABILITY)
def is_set_up(tx: Transaction) -> bool:
    return store.controller(tx) is not None


@of_the_installation(Purpose.ACCOUNTABILITY)
def set_up(tx: Transaction, token: str, controller: Controller) -> None:
    """Name the controller and their contact, with the one-time link. Clause 9a.

    Raises Refusal ``already_set_up``, ``link_used``, ``invalid``.
    """
    if store.controller(tx):
        raise refuse("already_set_up")
    if not store.use_link(tx, "setup", token):
        raise refuse("link_used")
    store.set_up(tx, checked(controller))
    start_sweeping(tx)
    tx.audit("installation.set_up", tx.scope.workspace_id)


@of_the_installation(Purpose.ACCOUNTABILITY)
def change_controller(tx: Transaction, controller: Controller) -> None:
    """Put another name or contact. Raises Refusal ``invalid``."""
    store.save_controller(tx, checked(controller))
    tx.audit("installation.controller_changed", tx.scope.workspace_id)


@of_the_installation(Purpose.ACCOUNTABILITY)
def controller(tx: Transaction) -> Controller:
    """Return who answers for this installation. Raises Refusal ``setup_required``."""
    known = store.controller(tx)
    if known is None:
        raise refuse("setup_required")
    return known


@of_the_installation(Purpose.ACCOUNTABILITY)
def here(tx: Transaction) -> str:
    """Return the region that this database is marked with; empty when nobody has said one."""
    return store.region(tx) or ""


@of_the_installation(Purpose.ACCOUNTABILITY)
def settle(tx: Transaction, region: str) -> str:
    """Mark this database with the region in which it stands; return the mark that it has.

    Once, and for good: whoever comes second finds the first one's. Clause 2.1.
    """
    if store.region(tx) is None:
        store.mark(tx, region)
        tx.audit("installation.settled", tx.scope.workspace_id, region=region)
    return store.region(tx) or region


def controller_name(tx: Transaction) -> str:
    return controller(tx).name


@of_the_installation(Purpose.ACCOUNTABILITY)
def new_link(tx: Transaction, kind: LinkKind) -> str:
    """Return the token of a new one-time link; an older one of its kind stops working.

    Raises Refusal ``already_set_up``, ``setup_required`` when it would open nothing.
    """
    if (kind == "setup") == is_set_up(tx):
        raise refuse("already_set_up" if kind == "setup" else "setup_required")
    token = tx.new_token()
    store.add_link(tx, kind, token, tx.now + LIFE[kind])
    return token


@of_the_installation(Purpose.ACCOUNTABILITY)
def enter_as_operator(tx: Transaction, token: str) -> None:
    """Use an operator's link. Raises Refusal ``link_used``."""
    if not store.use_link(tx, "operator", token):
        raise refuse("link_used")
    tx.audit("operator.entered", tx.scope.workspace_id)


def checked(controller: Controller) -> Controller:
    """Return the controller with the phone in one form. Raises Refusal ``invalid``."""
    phone = controller.contact_phone
    if phone is None:
        return controller
    return msgspec.structs.replace(
        controller, contact_phone=normalised(phone, "$.controller.contact_phone", mobile=False)
    )
