"""What is stored to wake somebody, and why. Clauses P.1, 1.7, 2.0."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    SESSION,
    SHORT,
    Beyond,
    Column,
    DataClass,
    Declarations,
    Erasure,
    Purpose,
    Retention,
    in_memory,
    nonpersonal,
    on_record,
    passing,
    personal,
    secret,
)


def _known(erasure: Erasure, retention: Retention = SESSION, *, sealed: bool = False) -> Column:
    """Return the declaration of what is known of a device: somebody asked to be woken on it."""
    return personal(
        ("visitor", "member"),
        DataClass.DEVICE,
        "S1",
        Purpose.WAKE_UP,
        source="use",
        basis="consent",
        retention=retention,
        erasure=erasure,
        sealed=sealed,
    )


_DEVICE = _known("delete")
_SEALED = _known("shred", sealed=True)
_SECRET = replace(_SEALED, export="exclude")  # who has it can write to the device
_WAKE = _known("delete", SHORT)
_WORKSPACE = nonpersonal("the company's workspace")

DECLARATIONS: Declarations = {
    "vapid_keys": {
        "workspace_id": nonpersonal("always the installation"),
        "private_key": secret("the installation's key towards push services"),
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
        "p256dh": _SECRET,
        "auth": _SECRET,
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

_OWNER = passing(("visitor", "member"), Purpose.WAKE_UP)
_OWNER_KIND = nonpersonal("member or visitor")
_TRIES = nonpersonal("how often it was tried")

BEYOND: Beyond = {
    "job": {
        "SendWake": {
            "wake_id": _OWNER,
            "owner_kind": _OWNER_KIND,
            "owner_id": _OWNER,
            "looks": nonpersonal("how often somebody seemed to be here"),
            "tries": _TRIES,
        },
        "SendNotice": {
            "notice_id": _OWNER,
            "owner_kind": _OWNER_KIND,
            "owner_id": _OWNER,
            "tries": _TRIES,
        },
        "SweepPush": {},
    },
    "audit": {
        "device.added": {"owner_id": on_record("visitor", "member")},
        "device.removed": {"why": on_record("visitor", "member")},
    },
    "memory": {
        "push.jobs.Courier": {
            "_senders": in_memory(
                "controller_contact",
                DataClass.CONTACT,
                Purpose.ACCOUNTABILITY,
                basis="legal_duty",
                controller="operator",
            )
        },
        "push.key": {
            "services": nonpersonal("the push services that there are"),
            "_public": nonpersonal("the installation's public key"),
        },
    },
}
