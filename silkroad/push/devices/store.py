"""The table of devices: which browser of whom is woken where.

Where a device is reached and what browser it is lies sealed under its owner's key; an endpoint is
found again by a keyed blind index.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, or_, select, update

from silkroad.engines.database import Statement, Transaction, Upsert, mine
from silkroad.engines.database.tables import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    metadata,
    sealed_under,
)
from silkroad.engines.notify.subscription import Subscription

from .model import Device, Owner, OwnerKind, Whose

devices = Table(
    "devices",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("owner_kind", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("session_id", Text, nullable=False),
    Column("endpoint_index", LargeBinary, nullable=False),
    Column("endpoint", LargeBinary, nullable=False),
    Column("p256dh", LargeBinary, nullable=False),
    Column("auth", LargeBinary, nullable=False),
    Column("agent", LargeBinary, nullable=False),
    Column("page", LargeBinary),
    Column("rejections", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("service", Text),
    UniqueConstraint("workspace_id", "endpoint_index"),
    Index(None, "workspace_id", "owner_id"),
    Index(None, "workspace_id", "session_id"),
    info=sealed_under("owner_id", "id"),
)

_d = devices.c
_device = (mine(devices), _d.id == bindparam("device_id"))

_PUT = Upsert(
    devices,
    ("workspace_id", "id"),
    (
        "session_id",
        "endpoint",
        "p256dh",
        "auth",
        "agent",
        "page",
        "rejections",
        "created_at",
        "used_at",
        "service",
    ),
)
_BY_ENDPOINT = Statement(
    select(_d.id, _d.owner_id).where(
        mine(devices), _d.endpoint_index == bindparam("endpoint_index")
    )
)
_ANY = Statement(select(_d.id).where(mine(devices)).limit(1))
_OF_OWNER = Statement(
    select(_d.id, _d.agent, _d.created_at, _d.session_id)
    .where(mine(devices), _d.owner_id == bindparam("of_owner"))
    .order_by(_d.created_at.desc(), _d.id)
)
_LEAST_USED = Statement(
    select(_d.id)
    .where(mine(devices), _d.owner_id == bindparam("of_owner"))
    .order_by(_d.used_at.desc(), _d.created_at.desc())
    .offset(bindparam("kept"))
    .limit(100)
)
_OF_OWNERS = Statement(
    select(_d.id, _d.owner_kind, _d.owner_id).where(
        mine(devices), _d.owner_id.in_(bindparam("owner_ids", expanding=True))
    )
)
_EVERY = Statement(select(_d.id, _d.owner_kind, _d.owner_id).where(mine(devices)))
_OF_SESSION = Statement(
    select(_d.id).where(mine(devices), _d.session_id == bindparam("of_session"))
)
_OF_SERVICE = Statement(
    select(_d.id).where(
        mine(devices),
        _d.created_at <= bindparam("until"),
        or_(_d.service == bindparam("of_service"), _d.service.is_(None)),
    )
)
_WHERE_TO = Statement(
    select(_d.owner_id, _d.endpoint, _d.p256dh, _d.auth, _d.service).where(*_device)
)
_WHOSE = Statement(select(_d.owner_kind, _d.owner_id, _d.session_id, _d.page).where(*_device))
_TAKEN = Statement(update(devices).where(*_device).values(rejections=0, used_at=bindparam("at")))
_REJECTED = Statement(
    update(devices).where(*_device).values(rejections=_d.rejections + 1).returning(_d.rejections)
)
_FORGET = Statement(delete(devices).where(*_device).returning(_d.id))


def by_endpoint(tx: Transaction, subscription: Subscription) -> tuple[str, str] | None:
    """Return device and owner of an endpoint that is known already."""
    row = tx.one(_BY_ENDPOINT, endpoint_index=_index(tx, subscription))
    return (row[0], row[1]) if row else None


def put(
    tx: Transaction,
    device_id: str,
    owner: Owner,
    subscription: Subscription,
    agent: str,
    page: str | None,
) -> None:
    """Add a device, or renew the one with this id."""

    def seal(name: str, value: str | bytes) -> bytes:
        return tx.seal(owner.id, _d[name], device_id, value)

    tx.all(
        _PUT,
        id=device_id,
        owner_kind=owner.kind,
        owner_id=owner.id,
        session_id=owner.session_id,
        endpoint_index=_index(tx, subscription),
        endpoint=seal("endpoint", subscription.endpoint),
        p256dh=seal("p256dh", subscription.p256dh),
        auth=seal("auth", subscription.auth),
        agent=seal("agent", agent),
        page=None if page is None else seal("page", page),
        rejections=0,
        created_at=tx.now,
        used_at=tx.now,
        service=subscription.service or None,
    )


def any_device(tx: Transaction) -> bool:
    return tx.one(_ANY) is not None


def of_owner(tx: Transaction, owner_id: str, session_id: str | None) -> list[Device]:
    """Return somebody's devices, the newest first; those of the session are the current one."""
    return [
        Device(row[0], tx.open(owner_id, _d.agent, row[0], row[1]), row[2], row[3] == session_id)
        for row in tx.all(_OF_OWNER, of_owner=owner_id)
    ]


def ids_of(tx: Transaction, owner_id: str) -> list[str]:
    return [row[0] for row in tx.all(_OF_OWNER, of_owner=owner_id)]


def beyond(tx: Transaction, owner_id: str, kept: int) -> list[str]:
    """Return the devices that are too many for one person, all but the most recently used."""
    return [row[0] for row in tx.all(_LEAST_USED, of_owner=owner_id, kept=kept)]


def of_owners(tx: Transaction, owner_ids: list[str]) -> list[tuple[str, OwnerKind, str]]:
    """Return device, kind and id of the owner, for all of these people."""
    return [(row[0], row[1], row[2]) for row in tx.all(_OF_OWNERS, owner_ids=owner_ids)]


def every(tx: Transaction) -> list[tuple[str, OwnerKind, str]]:
    """Return device, kind and id of the owner, for everybody of the company."""
    return [(row[0], row[1], row[2]) for row in tx.all(_EVERY)]


def of_session(tx: Transaction, session_id: str) -> list[str]:
    return [row[0] for row in tx.all(_OF_SESSION, of_session=session_id)]


def of_service(tx: Transaction, service: str, until: int) -> list[str]:
    """Return what was added at a push service, or nobody knows at which, until then."""
    return [row[0] for row in tx.all(_OF_SERVICE, of_service=service, until=until)]


def subscription_of(tx: Transaction, device_id: str) -> Subscription | None:
    row = tx.one(_WHERE_TO, device_id=device_id)
    if row is None:
        return None
    owner_id, endpoint, p256dh, auth, service = row
    return Subscription(
        tx.open(owner_id, _d.endpoint, device_id, endpoint),
        tx.open_bytes(owner_id, _d.p256dh, device_id, p256dh),
        tx.open_bytes(owner_id, _d.auth, device_id, auth),
        service or "",
    )


def whose(tx: Transaction, device_id: str) -> Whose | None:
    """Return whose device it is, and where its notifications lead to."""
    row = tx.one(_WHOSE, device_id=device_id)
    if row is None:
        return None
    kind, owner_id, session_id, page = row
    address = tx.open(owner_id, _d.page, device_id, page) if page else None
    return Whose(kind, owner_id, session_id, address)


def taken(tx: Transaction, device_id: str) -> None:
    """Note that the push service took a wake for a device."""
    tx.all(_TAKEN, device_id=device_id, at=tx.now)


def rejected(tx: Transaction, device_id: str) -> int:
    """Count one more rejection in a row, and return how many there were."""
    row = tx.one(_REJECTED, device_id=device_id)
    return row[0] if row else 0


def forget(tx: Transaction, device_id: str) -> bool:
    """Delete a device and its wakes; False when it was gone already."""
    return bool(tx.all(_FORGET, device_id=device_id))


def _index(tx: Transaction, subscription: Subscription) -> bytes:
    return tx.blind(_d.endpoint_index, subscription.endpoint)
