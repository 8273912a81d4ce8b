"""What a woken device is told: a member hears who asks what, a visitor that there is an answer."""

from __future__ import annotations

from silkroad.conversations import conversation_for, message_by_seq, reachable
from silkroad.engines.database import Transaction
from silkroad.inboxes import inbox_by_id
from silkroad.kit.errors import refuse
from silkroad.kit.languages import Language
from silkroad.privacy import guardians
from silkroad.push import devices
from silkroad.push.devices import Whose
from silkroad.visitors import visitor_by_id
from silkroad.workspaces import member_language

from . import store
from .model import Wake, shortened
from .phrases import WORDS
from .store import WakeRow


def for_member(tx: Transaction, wake_id: str) -> Wake:
    """Return what the calling member is woken for. Raises Refusal ``not_found``."""
    wake, device = _found(tx, wake_id)
    if device.owner_id != tx.scope.actor_id:
        raise refuse("not_found")
    language = member_language(tx, device.owner_id)
    title, body = (_mention if wake.kind == "mention" else _question)(tx, wake, language)
    return Wake(title, body, f"/c/{wake.conversation_id}", wake.conversation_id, language)


def for_visitor(tx: Transaction, inbox_id: str, wake_id: str) -> Wake:
    """Return what a visitor's browser shows: nothing that was written.

    The id is all that is asked for, because the worker does not see the visitor's cookie.
    Raises Refusal ``not_found``, ``guardian_required``.
    """
    wake, device = _found(tx, wake_id)
    here = reachable(tx, wake.conversation_id).inbox_id == inbox_id
    if device.owner_kind != "visitor" or not here:
        raise refuse("not_found")
    if held := guardians.held(tx, device.owner_id):
        raise refuse(held)
    language = visitor_by_id(tx, device.owner_id).language
    inbox = inbox_by_id(tx, inbox_id)
    return Wake(inbox.name, WORDS[language].answer, device.page or "", inbox_id, language)


def policy_words(language: Language) -> tuple[str, str]:
    """Return the title and the text of a notification about a changed policy."""
    words = WORDS[language]
    return words.policy_title, words.policy


def _found(tx: Transaction, wake_id: str) -> tuple[WakeRow, Whose]:
    wake = store.one(tx, wake_id)
    device = devices.whose(tx, wake.device_id) if wake else None
    if wake is None or device is None:
        raise refuse("not_found")
    return wake, device


def _question(tx: Transaction, wake: WakeRow, language: Language) -> tuple[str, str]:
    words = WORDS[language]
    conversation = conversation_for(tx, wake.conversation_id)
    title, last = conversation.visitor.name or words.visitor, conversation.preview
    if last is None or last.author.kind != "visitor":
        return title, words.question
    return title, shortened(last.text) or words.file


def _mention(tx: Transaction, wake: WakeRow, language: Language) -> tuple[str, str]:
    words = WORDS[language]
    reachable(tx, wake.conversation_id)
    note = message_by_seq(tx, wake.conversation_id, "internal", wake.seq)
    title = words.mention.replace("{name}", note.author.name or words.colleague)
    return title, shortened(note.text) or words.file
