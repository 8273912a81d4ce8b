"""The table of requests. What says something of a person is sealed under the request's key.

A proof has a key of its own below that one, which is destroyed when the proof is deleted; so is the
request's, when that is forgotten. Whatever is left of their bytes elsewhere opens no more. 9b.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update

from silkroad.engines.database import Statement, Transaction, insert_into, mine
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
)
from silkroad.kit.ids import token_hash
from silkroad.kit.languages import Language
from silkroad.privacy import erasures

from . import messages
from .model import (
    CODE_TRIES,
    MOST_SHOWN,
    WAITING,
    Asked,
    Deadlines,
    IdentityCheck,
    Outcome,
    Place,
    RequestKind,
    RequestState,
    VerifiedBy,
)


class Request(NamedTuple):
    """A request's row; ``reach`` and ``proof`` are still sealed."""

    id: str
    kind: RequestKind
    state: RequestState
    language: Language
    visitor_id: str | None
    reach: bytes | None
    asked: Asked | None
    verified_by: VerifiedBy | None
    proof: bytes | None
    proof_key: str | None
    outcome: Outcome | None
    received_at: int
    due_at: int
    warned_at: int | None
    breached_at: int | None
    answered_at: int | None
    bound_at: int | None
    copied_at: int | None
    closed_at: int | None


contact_requests = Table(
    "contact_requests",
    metadata,
    Column("workspace_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("visitor_id", Text),
    Column("reach", LargeBinary),
    Column("asked", Text),
    Column("verified_by", Text),
    Column("code_hash", LargeBinary),
    Column("code_tries", Integer, nullable=False),
    Column("code_expires_at", BigInteger),
    Column("proof", LargeBinary),
    Column("proof_at", BigInteger),
    Column("proof_key", Text),
    Column("outcome", Text),
    Column("received_at", BigInteger, nullable=False),
    Column("warn_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("warned_at", BigInteger),
    Column("breached_at", BigInteger),
    Column("answered_at", BigInteger),
    Column("bound_at", BigInteger),
    Column("copied_at", BigInteger),
    Column("closed_at", BigInteger),
    UniqueConstraint("workspace_id", "token_hash"),
    Index(None, "token_hash"),
    Index(None, "workspace_id", "state", "due_at"),
)

_r = contact_requests.c
_ONE = (mine(contact_requests), _r.id == bindparam("of_id"))
_OWED = (*_ONE, _r.state.in_(sorted(WAITING)))
_SEEN = tuple(_r[name] for name in Request._fields)
_FORGOTTEN = {"proof": None, "proof_at": None, "proof_key": None}
_NO_PROOF = {**_FORGOTTEN, "code_hash": None, "code_expires_at": None}
_LATER = ("answered_at", "bound_at", "copied_at", "closed_at")
_PROOF_KEY = Statement(select(_r.proof_key).where(*_ONE).with_for_update())
_ADD = insert_into(contact_requests)
_GET = Statement(select(*_SEEN).where(*_ONE))
_HOLD = Statement(select(*_SEEN).where(*_ONE).with_for_update())
_LISTED = select(*_SEEN).where(mine(contact_requests)).limit(MOST_SHOWN)
_OPEN = Statement(_LISTED.where(_r.state != "closed").order_by(_r.due_at, _r.id))
_CLOSED = Statement(_LISTED.where(_r.state == "closed").order_by(_r.closed_at.desc(), _r.id))
_NEXT_OF = Statement(
    select(*_SEEN)
    .where(mine(contact_requests), _r.visitor_id == bindparam("of_visitor"))
    .where(_r.kind != "guardian", _r.id > bindparam("after_id"))
    .order_by(_r.id)
    .limit(1)
)
_BY_TOKEN = Statement(
    select(_r.workspace_id, _r.id).where(_r.token_hash == bindparam("hash")),
    across="the secret link tells the workspace: its bearer has no account anywhere",
)
_ASK = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(
        state="identity_asked",
        asked=bindparam("check"),
        code_hash=bindparam("hash"),
        code_tries=0,
        code_expires_at=bindparam("expires_at"),
        **_FORGOTTEN,
    )
)
_TRY = Statement(
    update(contact_requests)
    .where(*_ONE, _r.code_tries < bindparam("most"), _r.code_expires_at > bindparam("now"))
    .values(code_tries=_r.code_tries + 1)
    .returning(_r.code_hash, _r.code_tries)
)
_GIVE_PROOF = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(proof=bindparam("sealed"), proof_at=bindparam("now"), proof_key=bindparam("key"))
)
_VERIFY = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(state="verified", verified_by=bindparam("how"), asked=None, **_NO_PROOF)
)
_BIND = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(visitor_id=bindparam("to_visitor"), bound_at=bindparam("now"))
)
_COPIED = Statement(update(contact_requests).where(*_ONE).values(copied_at=bindparam("now")))
_REJECT = Statement(
    update(contact_requests).where(*_ONE).values(state="received", asked=None, **_NO_PROOF)
)
_OLD_PROOF = Statement(
    select(_r.id).where(*_ONE, _r.proof_at <= bindparam("before")).with_for_update()
)
_ANSWERED = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(state="answered", asked=None, answered_at=bindparam("now"), **_NO_PROOF)
)
_AGAIN = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(
        state=bindparam("to_state"),
        asked=bindparam("to_ask"),
        warn_at=bindparam("new_warn_at"),
        due_at=bindparam("new_due_at"),
        warned_at=None,
        breached_at=None,
    )
)
_WARN = Statement(
    update(contact_requests)
    .where(*_OWED, _r.warned_at.is_(None), _r.warn_at <= bindparam("now"))
    .values(warned_at=bindparam("now"))
    .returning(_r.id)
)
_BREACH = Statement(
    update(contact_requests)
    .where(*_OWED, _r.breached_at.is_(None), _r.due_at <= bindparam("now"))
    .values(breached_at=bindparam("now"))
    .returning(_r.id)
)
_CLOSE = Statement(
    update(contact_requests)
    .where(*_ONE)
    .values(
        state="closed",
        asked=None,
        outcome=bindparam("how"),
        closed_at=bindparam("now"),
        **_NO_PROOF,
    )
)
_OVER = Statement(select(_r.id).where(*_ONE, _r.closed_at <= bindparam("before")))
_DROP = Statement(delete(contact_requests).where(*_ONE))


class NewRow(NamedTuple):
    """What a new request is made of."""

    id: str
    token: str
    kind: RequestKind
    language: Language
    reach: str | None
    visitor_id: str | None
    at: Deadlines
    for_guardian: bool = False


def add(tx: Transaction, new: NewRow) -> None:
    """Write a request down; whoever comes from their own chat is verified by it.

    One that a child asks for waits for their guardian instead.
    """
    verified = new.visitor_id is not None and not new.for_guardian
    nothing: dict[str, Any] = dict.fromkeys(
        (*_NO_PROOF, "outcome", "warned_at", "breached_at", *_LATER)
    )
    tx.all(
        _ADD,
        id=new.id,
        token_hash=token_hash(new.token),
        kind=new.kind,
        state="identity_asked" if new.for_guardian else "verified" if verified else "received",
        asked="consent" if new.for_guardian else None,
        language=new.language,
        visitor_id=new.visitor_id,
        reach=tx.seal(new.id, _r.reach, new.id, new.reach) if new.reach else None,
        verified_by="session" if verified else None,
        code_tries=0,
        received_at=tx.now,
        warn_at=new.at.warn_at,
        due_at=new.at.due_at,
        **nothing,
    )


def one(tx: Transaction, request_id: str) -> Request | None:
    row = tx.one(_GET, of_id=request_id)
    return Request(*row) if row else None


def hold(tx: Transaction, request_id: str) -> Request | None:
    """Return a request that nobody else changes until the commit."""
    row = tx.one(_HOLD, of_id=request_id)
    return Request(*row) if row else None


def reach_of(tx: Transaction, request: Request) -> str | None:
    """Return how somebody wants to be reached, opened."""
    sealed = request.reach
    return None if sealed is None else tx.open(request.id, _r.reach, request.id, sealed)


def proof_of(tx: Transaction, request: Request) -> str | None:
    """Return what somebody proves themselves with, revealed."""
    sealed, key = request.proof, request.proof_key
    return tx.reveal(key, _r.proof, request.id, sealed) if sealed and key else None


def listed(tx: Transaction, *, closed: bool) -> list[Request]:
    return [Request(*row) for row in tx.all(_CLOSED if closed else _OPEN)]


def next_of(tx: Transaction, visitor_id: str, after: str) -> Request | None:
    """Return the first request of a visitor's own behind an id; none of their guardian's."""
    row = tx.one(_NEXT_OF, of_visitor=visitor_id, after_id=after)
    return Request(*row) if row else None


def place_of(tx: Transaction, token: str) -> Place | None:
    rows = tx.across(_BY_TOKEN, hash=token_hash(token))
    return Place(*rows[0]) if rows else None


def ask(
    tx: Transaction, request_id: str, check: IdentityCheck, code: str | None, expires_at: int
) -> None:
    """Note what is asked for; a code is kept as a keyed hash that names its request."""
    hashed = code_hash(tx, request_id, code) if code else None
    until = expires_at if code else None
    _end_proof(tx, request_id, _ASK, check=check, hash=hashed, expires_at=until)


def count_try(tx: Transaction, request_id: str) -> tuple[bytes, int] | None:
    """Count a try of the code; return its hash and the tries by now, None when it is over."""
    row = tx.one(_TRY, of_id=request_id, most=CODE_TRIES, now=tx.now)
    return (row[0], row[1]) if row else None


def code_hash(tx: Transaction, request_id: str, code: str) -> bytes:
    return tx.blind(_r.code_hash, f"{request_id}:{code}")


def vouched(tx: Transaction, visitor_id: str, expires_at: int) -> bytes:
    """Return what shows that a visitor was here until a time."""
    return tx.blind(_r.visitor_id, f"{visitor_id}:{expires_at}")


def give_proof(tx: Transaction, request_id: str, proof: str) -> None:
    """Keep a proof under a key of its own."""
    key_id = tx.new_id("prf")
    tx.mint(key_id, request_id)
    sealed = tx.seal(key_id, _r.proof, request_id, proof)
    tx.all(_GIVE_PROOF, of_id=request_id, sealed=sealed, key=key_id, now=tx.now)


def _end_proof(tx: Transaction, request_id: str, statement: Statement, **values: Any) -> None:
    """Run what takes a proof out of its row, and let the proof's key be destroyed as well. 9b."""
    row = tx.one(_PROOF_KEY, of_id=request_id)
    if row and row[0]:
        erasures.shred(tx, row[0])
    tx.all(statement, of_id=request_id, **values)


def verify(tx: Transaction, request_id: str, how: VerifiedBy) -> None:
    """Note that somebody is who they say; what showed it is gone with this."""
    _end_proof(tx, request_id, _VERIFY, how=how)


def bind(tx: Transaction, request_id: str, visitor_id: str) -> None:
    """Note whose data a request is about, as the team says."""
    tx.all(_BIND, of_id=request_id, to_visitor=visitor_id, now=tx.now)


def copied(tx: Transaction, request_id: str) -> None:
    """Note that a copy was handed out by a request."""
    tx.all(_COPIED, of_id=request_id, now=tx.now)


def reject(tx: Transaction, request_id: str) -> None:
    """Note that a proof does not do; it is gone with this."""
    _end_proof(tx, request_id, _REJECT)


def forget_proof(tx: Transaction, request_id: str, before: int) -> bool:
    """Delete a proof that was given before a time; False when there is none."""
    if tx.one(_OLD_PROOF, of_id=request_id, before=before) is None:
        return False
    reject(tx, request_id)
    return True


def answered(tx: Transaction, request_id: str) -> None:
    _end_proof(tx, request_id, _ANSWERED, now=tx.now)


def again(
    tx: Transaction,
    request_id: str,
    state: RequestState,
    at: Deadlines,
    asked: Asked | None = None,
) -> None:
    """Let a request wait for us once more, with a clock of its own."""
    times = {"new_warn_at": at.warn_at, "new_due_at": at.due_at}
    tx.all(_AGAIN, of_id=request_id, to_state=state, to_ask=asked, **times)


def warn(tx: Transaction, request_id: str) -> bool:
    """Note the warning, once; False when none is due."""
    return tx.one(_WARN, of_id=request_id, now=tx.now) is not None


def breach(tx: Transaction, request_id: str) -> bool:
    """Note that the time is over, once; False when it is not, or an answer was given."""
    return tx.one(_BREACH, of_id=request_id, now=tx.now) is not None


def close(tx: Transaction, request_id: str, outcome: Outcome) -> None:
    _end_proof(tx, request_id, _CLOSE, how=outcome, now=tx.now)


def drop_if_over(tx: Transaction, request_id: str, before: int) -> bool:
    """Delete a request that was closed before a time, messages first; False when it was not."""
    if tx.one(_OVER, of_id=request_id, before=before) is None:
        return False
    messages.drop(tx, request_id)
    tx.all(_DROP, of_id=request_id)
    erasures.shred(tx, request_id)
    return True
