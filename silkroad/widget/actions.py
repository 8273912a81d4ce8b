"""What the frame shows, and what happens when the visitor first acts."""

from __future__ import annotations

from typing import NamedTuple

from silkroad.conversations import MOST_FILES, MOST_TEXT, standing
from silkroad.engines.database import Transaction
from silkroad.files import MOST_BYTES
from silkroad.inboxes import Inbox, inbox_by_id, office_hours_of
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import Language, choose
from silkroad.kit.scope import Scope
from silkroad.privacy import contact, guardians, policy
from silkroad.privacy.policy import Listed
from silkroad.push import forget_session, has_device, push_key_of
from silkroad.visitors import VisitorStart, begin, forget_browser, visitor_by_id
from silkroad.workspaces import workspace_of

from .model import GuardianQuestion, Limits, VisitorState, WidgetConfig, WidgetInbox
from .notice import Notice, notice


class Surroundings(NamedTuple):
    """What the transaction cannot know: the controller, the policy's address, the push key."""

    controller: str
    policy_url: str
    push_key: str | None


def configuration(
    tx: Transaction, inbox_id: str, wish: str, accepted: str, around: Surroundings
) -> WidgetConfig:
    """Return all that the frame needs. Raises Refusal ``not_found``, ``archived``."""
    inbox = _open_inbox(tx, inbox_id)
    offered = tuple(inbox.languages)
    known = tx.scope.actor_kind == "visitor"
    held = tx.scope.held or None
    visitor = visitor_state(tx, inbox_id) if known and not held else None
    language = choose(wish or (visitor.visitor.language if visitor else "") or accepted, offered)
    hours = office_hours_of(inbox, tx.now)
    return WidgetConfig(
        inbox=WidgetInbox(
            id=inbox.id,
            name=inbox.name,
            color=inbox.color,
            greeting=_greeting(inbox, language),
            languages=inbox.languages,
        ),
        language=language,
        open=hours.open,
        opens_at=hours.opens_at,
        notice=current_notice(tx, language, around),
        contact_url=_contact_url(tx, inbox_id, around, known=visitor is not None),
        ask_birth_date=guardians.asks(tx) and visitor is None,
        held=held,
        push_key=push_key_of(tx, around.push_key),
        limits=Limits(text=MOST_TEXT, file_bytes=MOST_BYTES, files=MOST_FILES),
        visitor=visitor,
    )


def _contact_url(tx: Transaction, inbox_id: str, around: Surroundings, *, known: bool) -> str:
    """Return where to ask and complain; whoever chats here brings along that it is theirs."""
    proof = f"&voucher={contact.vouch(tx)}" if known else ""
    return f"{around.policy_url}/contact?inbox={inbox_id}{proof}"


def current_notice(tx: Transaction, language: Language, around: Surroundings) -> Notice:
    """Return the notice of this workspace as it is now."""
    company, asks_age = workspace_of(tx).name, guardians.asks(tx)
    return notice(language, company, around.controller, around.policy_url, asks_age=asks_age)


def _keep(tx: Transaction, shown: Notice) -> None:
    """Keep what somebody has before them, for ever and unchanged. Clause 8.0a."""
    with tx.doing(Purpose.ACCOUNTABILITY):
        policy.keep(tx, shown.hash, shown.language, shown.text)


def shown_once(tx: Transaction, language: Language) -> list[tuple[Listed, str]]:
    """Return every version of the notice that somebody was shown in a language, newest first."""
    return [
        (version, policy.kept(tx, version.hash).text) for version in policy.versions(tx, language)
    ]


def start(
    tx: Transaction, inbox_id: str, body: VisitorStart, around: Surroundings
) -> tuple[str, str, str]:
    """Let the visitor in; return token, visitor id and session id. See ``visitors.begin``."""
    shown = current_notice(tx, body.language, around)
    asked = guardians.admit(tx, body.birth_date)
    begun = begin(tx, inbox_id, body, shown.hash)
    _keep(tx, shown)
    if asked:
        guardians.note_old_enough(tx, begun.visitor_id)
    return begun.token, begun.visitor_id, begun.session_id


def ask_guardian(
    tx: Transaction, inbox_id: str, body: GuardianQuestion, around: Surroundings
) -> tuple[str, str]:
    """Let a child in as far as the question to their guardian; return cookie and link tokens. 7a.

    Raises Refusal ``notice_required``, ``invalid``, ``wrong_step``, ``archived``.
    """
    shown = current_notice(tx, body.language, around)
    with tx.doing(Purpose.CONVERSATION):
        begun = begin(tx, inbox_id, VisitorStart(body.notice_hash, body.language), shown.hash)
    _keep(tx, shown)
    request_id, token = contact.ask_guardian(tx, begun.visitor_id, body.language)
    guardians.await_guardian(tx, begun.visitor_id, body.birth_date, request_id)
    return begun.token, token


def forget(tx: Transaction) -> None:
    """End the visitor's session on this browser, and wake them there no more."""
    forget_browser(tx)
    if tx.scope.session_id:
        forget_session(tx, tx.scope.session_id)


def visitor_state(tx: Transaction, inbox_id: str) -> VisitorState:
    """Return the calling visitor and where their conversation stands."""
    visitor = visitor_by_id(tx, tx.scope.actor_id)
    at = standing(tx, inbox_id)
    return VisitorState(
        visitor=visitor,
        conversation_id=at.conversation_id,
        last_seq=at.last_seq,
        read_seq=at.read_seq,
        unread=max(0, at.last_seq - at.read_seq),
        agent_read_seq=at.agent_read_seq,
        push=has_device(tx, visitor.id),
    )


def as_visitor(scope: Scope, visitor_id: str, session_id: str) -> Scope:
    """Return the scope of a visitor who has just been let in."""
    return Scope(
        scope.workspace_id,
        "visitor",
        "visitor",
        visitor_id,
        session_id=session_id,
        inbox_ids=scope.inbox_ids,
        purpose=scope.purpose,
    )


def origins_of(tx: Transaction, inbox_id: str) -> list[str]:
    """Return the sites that may embed an inbox."""
    return _open_inbox(tx, inbox_id).allowed_origins


def _open_inbox(tx: Transaction, inbox_id: str) -> Inbox:
    inbox = inbox_by_id(tx, inbox_id)
    if inbox.archived_at is not None:
        raise refuse("archived")
    return inbox


def _greeting(inbox: Inbox, language: Language) -> str:
    return inbox.greeting.get(language) or next(iter(inbox.greeting.values()), "")
