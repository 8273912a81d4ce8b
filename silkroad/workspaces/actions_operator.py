"""What the operator sees of workspaces: that they are there, and how many work in them. 2.2c.

And what all of them are told when the operator changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from silkroad import installation
from silkroad.engines.database import Transaction
from silkroad.installation import Controller
from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language
from silkroad.privacy import campaigns

from . import actions, store


class WorkspaceSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A workspace from outside."""

    id: str
    name: str
    region: str
    created_at: int
    members: int


Keep = Callable[[Transaction, Controller], dict[Language, str]]


class Overview(NamedTuple):
    """The installation and its workspaces."""

    controller: Controller
    workspaces: list[WorkspaceSummary]


def change_controller(
    tx: Transaction, controller: Controller, accepted: str | None, keep: Keep
) -> None:
    """Put another name or contact, and tell everybody of it. Clauses 5.4, 8.2, 8.5.

    ``keep`` keeps the policy of a controller and returns its versions. Whoever comes under another
    name takes the place of the one before only under the policy that people were promised: its
    version, in any language, is what they have ``accepted``. Raises Refusal ``invalid``,
    ``notice_required``.
    """
    before = installation.controller(tx)
    old = keep(tx, before)
    if controller.name != before.name:
        if accepted not in old.values():
            raise refuse("notice_required")
        tx.audit("installation.policy_accepted", tx.scope.workspace_id, policy=accepted)
    installation.change_controller(tx, controller)
    after = installation.controller(tx)
    span = campaigns.Span(old, keep(tx, after))
    campaigns.open_for_controller(tx, before, after, span, actions.all_workspaces)


def overview(tx: Transaction) -> Overview:
    """Return who answers for the installation, and which workspaces there are."""
    found = [_summary(tx, at, created_at) for at, created_at in store.every_workspace(tx)]
    return Overview(installation.controller(tx), found)


def _summary(tx: Transaction, workspace_id: str, created_at: int) -> WorkspaceSummary:
    with tx.within(workspace_id):
        workspace = actions.workspace_of(tx)
        return WorkspaceSummary(
            id=workspace.id,
            name=workspace.name,
            region=workspace.region,
            created_at=created_at,
            members=store.heads(tx),
        )
