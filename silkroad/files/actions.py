"""What is done with files. Who may reach the conversation is the caller's question, asked first."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.engines.keyring import sealing_context
from silkroad.kit.clock import DAY
from silkroad.kit.errors import invalid, refuse

from . import store
from .model import FileInfo, Prepared
from .store import StoredFile

MOST_A_DAY = 200
MOST_BYTES_A_DAY = 300 * 1024 * 1024


def store_file(
    tx: Transaction, file_id: str, conversation_id: str, prepared: Prepared
) -> tuple[FileInfo, bytes]:
    """Record a file of a conversation; return it and its sealed content, for the blob store.

    Raises Refusal ``too_many`` beyond a day's quota.
    """
    count, size = store.sent_since(tx, conversation_id, tx.now - DAY)
    if count >= MOST_A_DAY or size + len(prepared.data) > MOST_BYTES_A_DAY:
        raise refuse("too_many")
    tx.mint(file_id, conversation_id)
    store.add(tx, file_id, conversation_id, prepared)
    sealed = tx.key(file_id).seal(prepared.data, _place(tx, file_id), tx.random(12))
    return file_info(tx, file_id), sealed


def open_file(tx: Transaction, file_id: str) -> StoredFile:
    """Return a file of this workspace. Raises Refusal ``not_found``."""
    found = store.one(tx, file_id)
    if found is None:
        raise refuse("not_found")
    return found


def open_content(tx: Transaction, file_id: str, sealed: bytes) -> bytes:
    """Return the plain content of a file's blob."""
    return tx.key(file_id).open(sealed, _place(tx, file_id))


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


def _place(tx: Transaction, file_id: str) -> bytes:
    return sealing_context(tx.scope.workspace_id, "files", file_id, "content", 1)
