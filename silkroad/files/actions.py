"""What is done with files. Who may reach the conversation is the caller's question, asked first."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.kit.clock import DAY, MINUTE
from silkroad.kit.errors import invalid, refuse

from . import store
from .events import DropContent
from .model import FileInfo, Prepared
from .store import StoredFile

MOST_A_DAY = 200
MOST_BYTES_A_DAY = 300 * 1024 * 1024
UNDER_WAY = MINUTE
"""How long bytes for the store of blobs may still be on their way after nobody waits for them."""


def store_file(tx: Transaction, conversation_id: str, prepared: Prepared) -> FileInfo:
    """Record a file of a conversation and make its key; its content is kept next.

    Raises Refusal ``too_many`` beyond a day's quota.
    """
    count, size = store.sent_since(tx, conversation_id, tx.now - DAY)
    if count >= MOST_A_DAY or size + len(prepared.data) > MOST_BYTES_A_DAY:
        raise refuse("too_many")
    file_id = tx.new_id("fil")
    tx.mint(file_id, conversation_id)
    store.add(tx, file_id, conversation_id, prepared)
    return file_info(tx, file_id)


def drop_file(tx: Transaction, file_id: str) -> None:
    """Forget a file whose content could not be kept: it was never told of, and fills no quota.

    What arrives in the store of blobs after all is deleted later.
    """
    store.drop(tx, file_id)
    tx.enqueue(DropContent(file_id), delay=UNDER_WAY)


def is_stored(tx: Transaction, file_id: str) -> bool:
    """Whether this workspace has such a file."""
    return store.one(tx, file_id) is not None


def open_file(tx: Transaction, file_id: str) -> StoredFile:
    """Return a file of this workspace. Raises Refusal ``not_found``."""
    found = store.one(tx, file_id)
    if found is None:
        raise refuse("not_found")
    return found


def file_info(tx: Transaction, file_id: str) -> FileInfo:
    return open_file(tx, file_id).info


def attach(tx: Transaction, conversation_id: str, file_ids: list[str], lane: str) -> list[FileInfo]:
    """Let a message carry files that its author uploaded to the same conversation and never sent.

    Raises Refusal ``invalid``.
    """
    infos = []
    for place, file_id in enumerate(file_ids):
        found = store.one(tx, file_id)
        if (
            found is None
            or found.conversation_id != conversation_id
            or found.uploader_id != tx.scope.actor_id
            or found.lane is not None
        ):
            raise invalid(f"$.file_ids[{place}]", "This file cannot be sent here.")
        store.attach(tx, file_id, lane)
        infos.append(found.info)
    return infos
