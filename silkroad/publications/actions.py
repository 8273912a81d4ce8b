"""Publishing, ending, and showing what is published. Clause 5.3."""

from __future__ import annotations

from silkroad.conversations import DECLARATIONS as CONVERSATIONS
from silkroad.conversations import page_of_messages, standing
from silkroad.engines.database import Transaction
from silkroad.kit.clock import DAY
from silkroad.kit.errors import refuse
from silkroad.kit.ids import token_hash
from silkroad.kit.inventory import REQUEST, Column, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.scope import Scope
from silkroad.privacy import assessments, guardians
from silkroad.workspaces import workspace_of

from . import store
from .events import ForgetPublication
from .model import (
    MOST_OPEN,
    PER_PAGE,
    PUBLISHED,
    CompanyPublication,
    CompanyPublications,
    Disclosure,
    MyPublications,
    Publication,
    PublicationNotice,
    PublicationRule,
    Publishing,
    Row,
    Said,
    Shown,
)
from .phrases import notice


def told_of(published: tuple[str, ...] = PUBLISHED) -> Disclosure:
    """Return what has to be told of these columns, from what is declared of them."""
    columns = [column for column in map(_column, published) if column.personal]
    kinds = tuple(dict.fromkeys(column.data for column in columns))
    return Disclosure(kinds, max(column.sensitivity or "S1" for column in columns))


def _column(place: str) -> Column:
    table, _, name = place.partition(".")
    return CONVERSATIONS[table][name]


TOLD = told_of()
FROM_THE_FIRST = -1
FEATURE = "publications"


# the company


def overview(tx: Transaction) -> CompanyPublications:
    """Return the company's rule and its visitors' newest links."""
    items = [
        CompanyPublication(publication=row.seen(tx.now), conversation_id=row.conversation_id)
        for row in store.all_of(tx)
    ]
    return CompanyPublications(store.allowed(tx), items)


def set_rule(tx: Transaction, rule: PublicationRule) -> CompanyPublications:
    """Let visitors publish, or not. A no ends every link that is open.

    Raises Refusal ``feature_locked`` for a yes to what an assessment has locked.
    """
    if rule.allowed:
        assessments.require_open(tx, FEATURE)
    store.set_rule(tx, allowed=rule.allowed)
    if not rule.allowed:
        store.end_all(tx)
    tx.audit("publication.rule", tx.scope.workspace_id, allowed=rule.allowed)
    return overview(tx)


def end_for_company(tx: Transaction, publication_id: str) -> CompanyPublications:
    """End a link. Raises Refusal ``not_found``."""
    _end(tx, store.one(tx, publication_id))
    return overview(tx)


# the visitor


def mine(tx: Transaction, language: Language) -> MyPublications:
    """Return what the caller may do and has done, and what they are to read before."""
    items = [row.seen(tx.now) for row in store.of_visitor(tx, tx.scope.actor_id)]
    return MyPublications(_may(tx), _notice(tx, language), items)


def publish(tx: Transaction, inbox_id: str, said: Publishing) -> tuple[Publication, str]:
    """Publish what was said until now; return the publication and the link's secret.

    Raises Refusal ``feature_locked``, ``publication_off``, ``notice_required`` when something
    else was read, ``not_found`` where nothing was said yet, ``too_many``.
    """
    assessments.require_open(tx, FEATURE)
    me = tx.scope.actor_id
    if not _may(tx):
        raise refuse("publication_off")
    if said.notice_hash != _notice(tx, said.language).hash:
        raise refuse("notice_required")
    with tx.doing(Purpose.CONVERSATION):
        at = standing(tx, inbox_id)
    if at.conversation_id is None:
        raise refuse("not_found")
    if store.open_of(tx, me) >= MOST_OPEN:
        raise refuse("too_many")
    token, ends = tx.new_token(), tx.now + said.days * DAY
    row = Row(tx.new_id("pub"), me, at.conversation_id, at.last_seq, tx.now, ends, None, TOLD)
    store.add(tx, row, inbox_id, token_hash(token), said.notice_hash, said.language)
    tx.enqueue(ForgetPublication(row.id), delay=ends - tx.now + (REQUEST.days or 0) * DAY)
    tx.audit("publication.made", row.id, sensitivity=TOLD.sensitivity)
    return row.seen(tx.now), token


def end_own(tx: Transaction, publication_id: str, language: Language) -> MyPublications:
    """End one of the caller's links: nobody reads there any more. Raises Refusal ``not_found``."""
    row = store.one(tx, publication_id)
    _end(tx, row if row and row.visitor_id == tx.scope.actor_id else None)
    return mine(tx, language)


def _end(tx: Transaction, row: Row | None) -> None:
    if row is None:
        raise refuse("not_found")
    store.end(tx, row.id)
    tx.audit("publication.ended", row.id)


def _may(tx: Transaction) -> bool:
    """Whether the caller may publish: the company lets them, and nothing shuts what they make."""
    return store.allowed(tx) and not _is_shut(tx, tx.scope.actor_id)


def _is_shut(tx: Transaction, visitor_id: str) -> bool:
    """Whether somebody's links open nothing for now: locked (8.6), or they may be a child (7a)."""
    return assessments.is_locked(tx, FEATURE) or guardians.may_be_child(tx, visitor_id)


def _notice(tx: Transaction, language: Language) -> PublicationNotice:
    return notice(language, workspace_of(tx).name, TOLD)


# whoever has the link


def found(tx: Transaction, inbox_id: str, token: str) -> Row:
    """Return what is published under a link.

    Raises Refusal ``not_found`` for a link that never was, and ``link_used`` for one that is over:
    also where its author was told of less than is shown by now, or is a child. For as long as an
    assessment locks publishing, or its author is asked for their age and has not said it, it opens
    nothing either: what may be a child's is not shown to everybody while nobody knows (5.3, 7a).
    """
    row = store.by_token(tx, inbox_id, token_hash(token))
    if row is None:
        raise refuse("not_found")
    over = row.state(tx.now) != "open" or row.told != TOLD
    if over or _is_shut(tx, row.visitor_id):
        raise refuse("link_used")
    return row


def author_of(row: Row, workspace_id: str, inbox_id: str) -> Scope:
    """Return the scope in which it is read: the author's, who sees nothing of the team's own."""
    inboxes = frozenset({inbox_id})
    talk = Purpose.CONVERSATION
    return Scope(
        workspace_id, "visitor", "visitor", row.visitor_id, inbox_ids=inboxes, purpose=talk
    )


def shown(tx: Transaction, row: Row, language: Language, after: int) -> Shown:
    """Return a page of a publication: what was said after a sequence number, and names nobody."""
    page = page_of_messages(tx, row.conversation_id, 0, after or FROM_THE_FIRST, PER_PAGE)
    messages = [
        Said(one.author.kind != "visitor", one.text, len(one.files), one.at)
        for one in page.items
        if one.seq <= row.last_seq
    ]
    last = after + len(messages)
    more = len(messages) == PER_PAGE and last < row.last_seq
    name = workspace_of(tx).name
    return Shown(name, language, row.expires_at, messages, after, last if more else None)


def forget(tx: Transaction, job: ForgetPublication) -> None:
    """Delete a record of disclosure."""
    store.forget(tx, job.publication_id)
