"""The tables of the installation itself: one row, where it stands, and links that open it once."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Statement, Transaction, Upsert, insert_into, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    LargeBinary,
    Table,
    Text,
    metadata,
)
from silkroad.kit.ids import token_hash
from silkroad.kit.scope import INSTALLATION

from .model import Controller

installation = Table(
    "installation",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("controller", LargeBinary, nullable=False),
    Column("set_up_at", BigInteger, nullable=False),
)
one_time_links = Table(
    "one_time_links",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
places = Table(
    "places",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("region", Text, nullable=False),
    Column("settled_at", BigInteger, nullable=False),
)

_l = one_time_links.c
_SET_UP = insert_into(installation)
_SAVE = Statement(
    update(installation).where(mine(installation)).values(controller=bindparam("sealed"))
)
_CONTROLLER = Statement(select(installation.c.controller).where(mine(installation)))
_ADD_LINK = insert_into(one_time_links)
_USE_LINK = Statement(
    delete(one_time_links)
    .where(
        mine(one_time_links),
        _l.token_hash == bindparam("hash"),
        _l.kind == bindparam("of_kind"),
        _l.expires_at > bindparam("now"),
    )
    .returning(_l.kind)
)
_DROP_LINKS = Statement(
    delete(one_time_links).where(mine(one_time_links), _l.kind == bindparam("of_kind"))
)

_MARK = Upsert(places, ("workspace_id",))
_REGION = Statement(select(places.c.region).where(mine(places)))


def set_up(tx: Transaction, controller: Controller) -> None:
    """Write the installation's one row; a second one violates its key."""
    tx.all(_SET_UP, controller=_sealed(tx, controller), set_up_at=tx.now)


def save_controller(tx: Transaction, controller: Controller) -> None:
    tx.all(_SAVE, sealed=_sealed(tx, controller))


def controller(tx: Transaction) -> Controller | None:
    row = tx.one(_CONTROLLER)
    if row is None:
        return None
    opened = tx.open(INSTALLATION, installation.c.controller, INSTALLATION, row[0])
    return msgspec.json.decode(opened, type=Controller)


def mark(tx: Transaction, region: str) -> None:
    """Write where the database stands; what is written already stays."""
    tx.all(_MARK, region=region, settled_at=tx.now)


def region(tx: Transaction) -> str | None:
    row = tx.one(_REGION)
    return row[0] if row else None


def add_link(tx: Transaction, kind: str, token: str, expires_at: int) -> None:
    """Keep the only open link of its kind."""
    tx.all(_DROP_LINKS, of_kind=kind)
    tx.all(_ADD_LINK, token_hash=token_hash(token), kind=kind, expires_at=expires_at)


def use_link(tx: Transaction, kind: str, token: str) -> bool:
    """Use a link up; False when it is not open."""
    return tx.one(_USE_LINK, of_kind=kind, hash=token_hash(token), now=tx.now) is not None


def drop_links(tx: Transaction, kind: str) -> None:
    tx.all(_DROP_LINKS, of_kind=kind)


def _sealed(tx: Transaction, controller: Controller) -> bytes:
    text = msgspec.json.encode(controller).decode()
    return tx.seal(INSTALLATION, installation.c.controller, INSTALLATION, text)
