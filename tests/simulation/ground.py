"""What a simulated installation begins with: a workspace, an inbox, and visitors in it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from silkroad import migrations, parts, wiring
from silkroad.engines.database import Transaction, World
from silkroad.engines.database.committer import Committer, Order
from silkroad.engines.database.outbox import decode
from silkroad.engines.database.sqlite import SqliteConnection
from silkroad.engines.keyring import KeyName, KeyNotLoaded, NewKey, SealKey
from silkroad.engines.keyring.sqlite import SqliteKeyring
from silkroad.inboxes import InboxDraft, create_inbox
from silkroad.installation import Controller, new_link
from silkroad.kit.clock import FrozenClock
from silkroad.kit.inventory import Purpose
from silkroad.kit.randomness import SeededRandomness
from silkroad.kit.scope import INSTALLATION, Scope, system
from silkroad.visitors import VisitorStart, begin
from silkroad.workspaces import Browser, admins_of, all_workspaces, founding, set_up

BEGINNING = 1_790_000_000_000
DRAFT = InboxDraft("Shop", "#0b6e4f", {"en": "Hello!"}, ["en"], [], None, [])
WRITERS = 4

assert parts.OPERATIONS  # importing the app makes every module's tables and statements


class Ground(NamedTuple):
    """Who is there."""

    workspace_id: str
    visitors: list[Scope]


def laid(folder: Path) -> Ground:
    """Make a database and a keyring in a folder, and people in them."""
    migrations.migrate(folder / "silkroad.db")
    decode.learn(wiring.EVERY_FACT)
    chance = SeededRandomness(0)
    keyring = keyring_in(folder, chance)
    keyring.persist([NewKey(KeyName(INSTALLATION, INSTALLATION), None, SealKey(b"i" * 32))])
    connection = SqliteConnection(folder / "silkroad.db", writes=True)
    committer = Committer(connection, World(FrozenClock(BEGINNING), chance, keyring))
    ground = commit(
        committer, keyring, Order(system(purpose=Purpose.REGISTRATION), _found, (), {}, None)
    )
    assert isinstance(ground, Ground)
    connection.close()
    keyring.close()
    return ground


def keyring_in(folder: Path, chance: SeededRandomness) -> SqliteKeyring:
    return SqliteKeyring(folder / "keyring.db", SealKey(b"r" * 32), chance)


def commit(committer: Committer, keyring: SqliteKeyring, order: Order) -> object:
    """Commit one order, loading the keys that it asks for. Raises what became of it."""
    while True:
        (outcome,) = committer.commit([order]).outcomes
        if isinstance(outcome.failure, KeyNotLoaded):
            keyring.load(outcome.failure.name)
        elif outcome.failure:
            raise outcome.failure
        else:
            return outcome.result


def _found(tx: Transaction) -> Ground:
    token = new_link(tx, "setup")
    controller = Controller(
        name="Linden Hosting",
        contact_email="privacy@linden.example",
        contact_phone=None,
        address=None,
    )
    founder = founding("Linden Tea", "eu", "Dafina", "+12015550100", "en")
    set_up(tx, token, controller, founder, Browser("", ""))
    workspace_id = all_workspaces(tx)[0]
    with tx.within(workspace_id):
        (admin,) = admins_of(tx)
        tx.scope = Scope(workspace_id, "admin", "member", admin, purpose=Purpose.CONVERSATION)
        inbox = create_inbox(tx, DRAFT)
        reached = frozenset({inbox.id})
        stranger = Scope(
            workspace_id,
            "anonymous",
            "anonymous",
            "anonymous",
            inbox_ids=reached,
            purpose=Purpose.CONVERSATION,
        )
        visitors = []
        for _ in range(WRITERS):
            tx.scope = stranger
            begun = begin(tx, inbox.id, VisitorStart("shown", "en"), "shown")
            visitors.append(
                Scope(
                    workspace_id,
                    "visitor",
                    "visitor",
                    begun.visitor_id,
                    session_id=begun.session_id,
                    inbox_ids=reached,
                    purpose=Purpose.CONVERSATION,
                )
            )
    return Ground(workspace_id, visitors)
