"""What the engines hold beyond the database: keys, files, copies, bytes on their way. P.1, 3.2."""

from __future__ import annotations

from silkroad.kit.inventory import (
    BACKUP,
    KEY,
    Beyond,
    DataClass,
    Purpose,
    Subject,
    in_memory,
    nonpersonal,
    personal,
)

_EVERYBODY: tuple[Subject, ...] = ("visitor", "member", "invitee", "requester")
_KEY = personal(  # named by the id of whomever or whatever it protects
    _EVERYBODY,
    DataClass.OPERATION,
    "S1",
    Purpose.SECURITY,
    source="use",
    basis="legitimate_interest",
    retention=KEY,
    erasure="delete",
    export="exclude",
)
_COPY = personal(
    _EVERYBODY,
    DataClass.OPERATION,
    "S2",
    Purpose.OPERATION,
    source="use",
    basis="legitimate_interest",
    retention=BACKUP,
    erasure="retain",
    export="exclude",
    sealed=True,
)
_COPIED = in_memory(
    _EVERYBODY,
    DataClass.OPERATION,
    Purpose.OPERATION,
    basis="legitimate_interest",
    sensitivity="S2",
)
_SENT = in_memory(("visitor", "member"), DataClass.DEVICE, Purpose.WAKE_UP, basis="consent")
_KEY_IN_USE = in_memory(
    _EVERYBODY, DataClass.OPERATION, Purpose.SECURITY, basis="legitimate_interest"
)
_PROGRAM = nonpersonal("what the program itself consists of")

BEYOND: Beyond = {
    "keyring": {
        "keys": {
            "workspace_id": nonpersonal("the company's workspace"),
            "key_id": _KEY,
            "parent_id": _KEY,
            "version": nonpersonal("which kind of key"),
            "wrapped": _KEY,
        },
        "destroyed": {
            "one": nonpersonal("there is one row"),
            "times": nonpersonal("how many keys were destroyed"),
        },
        "place": {
            "one": nonpersonal("there is one row"),
            "region": nonpersonal("where this keyring stands"),
        },
    },
    "bucket": {
        "DEMO": {"": nonpersonal("that nobody real is in this folder")},
        "lock": {"": nonpersonal("held by the one process that works here")},
        "moved": {"": nonpersonal("that the data has gone elsewhere")},
        "silkroad.db": {"": nonpersonal("each of its columns is declared by itself")},
        "keys": {
            "keyring.db": nonpersonal("each of its columns is declared by itself"),
            "root.key": nonpersonal("the installation's root key"),
        },
        "backup": {
            "began": _PROGRAM,
            "rows": _COPY,
            "keys": _COPY,
            "blob": _COPY,
            "ended": _PROGRAM,
        },
    },
    "memory": {
        "archive.keys": {"unopened.opened": _COPIED},
        "archive.parts.MovingFiles": {"_mine": _COPIED, "_there": _COPIED},
        "archive.parts.MovingKeys": {"_there": _COPIED},
        "archive.seal.SealedReader": {"_opened": _COPIED},
        "archive.seal.SealedWriter": {"_unsealed": _COPIED},
        "engines.bus.nats.NatsBus": {
            "_listeners": _PROGRAM,
            "_unsent": in_memory(("visitor", "member"), DataClass.OPERATION, Purpose.CONVERSATION),
        },
        "engines.keyring.seal.SealKey": {"_indexes": _KEY_IN_USE},
        "engines.keyring.wrapped.WrappedKeyring": {"_memory": _KEY_IN_USE},
        "engines.notify.vapid.Vapid": {
            "_cards": nonpersonal("what the installation shows to push services")
        },
        "engines.outbound.Request": {"headers": _SENT},
        "engines.outbound.Response": {"headers": _SENT},
        "engines.outbound.client.HttpOutbound": {"_recipients": _PROGRAM, "_pools": _PROGRAM},
        "engines.pictures._Child": {
            "said": in_memory(
                ("visitor", "member"), DataClass.FILE, Purpose.CONVERSATION, sensitivity="S2"
            )
        },
    },
}
