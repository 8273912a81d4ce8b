"""What is stored to wake somebody, and why. Clauses P.1, 1.7, 2.0."""

from __future__ import annotations

from silkroad.kit.inventory import (
    SESSION,
    SHORT,
    Column,
    DataClass,
    Declarations,
    Erasure,
    Purpose,
    Retention,
    nonpersonal,
    personal,
)


def _known(erasure: Erasure, retention: Retention = SESSION, *, sealed: bool = False) -> Column:
    """Return the declaration of what is known of a device: somebody asked to be woken on it."""
    return personal(
        "visitor",
        DataClass.DEVICE,
        "S1",
        Purpose.WAKE_UP,
        basis="consent",
        retention=retention,
        erasure=erasure,
        sealed=sealed,
    )


_DEVICE = _known("delete")
_SEALED = _known("shred", sealed=True)
_WAKE = _known("delete", SHORT)
_WORKSPACE = nonpersonal("the company's workspace")

DECLARATIONS: Declarations = {
    "vapid_keys": {
        "workspace_id": nonpersonal("always the installation"),
        "private_key": nonpersonal("the installation's sealed key towards push services"),
        "created_at": nonpersonal("when the key was made"),
    },
    "devices": {
        "workspace_id": _WORKSPACE,
        "id": _DEVICE,
        "owner_kind": nonpersonal("member or visitor"),
        "owner_id": _DEVICE,
        "session_id": _DEVICE,
        "endpoint_index": _DEVICE,
        "endpoint": _SEALED,
        "p256dh": _SEALED,
        "auth": _SEALED,
        "agent": _SEALED,
        "page": _SEALED,
        "rejections": nonpersonal("how often a push service would not take a message"),
        "created_at": _DEVICE,
        "used_at": _DEVICE,
        "service": _DEVICE,
    },
    "wakes": {
        "workspace_id": _WORKSPACE,
        "id": _WAKE,
        "device_id": _WAKE,
        "conversation_id": _WAKE,
        "kind": nonpersonal("question, mention or answer"),
        "seq": _WAKE,
        "created_at": _WAKE,
        "due_at": nonpersonal("when it is looked at next"),
        "sent_at": _WAKE,
        "expires_at": _WAKE,
    },
    "notices": {
        "workspace_id": _WORKSPACE,
        "id": _WAKE,
        "device_id": _WAKE,
        "campaign_id": nonpersonal("random id of a campaign"),
        "expires_at": _WAKE,
    },
    "handovers": {
        "workspace_id": _WORKSPACE,
        "token_hash": _WAKE,
        "inbox_id": nonpersonal("the channel"),
        "visitor_id": _WAKE,
        "session_id": _WAKE,
        "expires_at": _WAKE,
    },
}
