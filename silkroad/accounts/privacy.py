"""What is stored of accounts, and why. Clauses P.1, 1.2, 1.2.1, 3.1."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    ACCOUNT_LIFE,
    SESSION,
    SHORT,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    in_memory,
    nonpersonal,
    on_record,
    passing,
    personal,
)

_INSTALLATION = nonpersonal("always the installation")
_ACCOUNT = personal(
    "member",
    DataClass.ACCOUNT,
    "S1",
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    source="subject",
    basis="contract",
    retention=ACCOUNT_LIFE,
    erasure="delete",
    controller="operator",
)
_PHONE = personal(
    "member",
    DataClass.CONTACT,
    "S1",
    Purpose.REGISTRATION,
    Purpose.AUTHENTICATION,
    source="subject",
    basis="contract",
    retention=ACCOUNT_LIFE,
    erasure="shred",
    controller="operator",
    sealed=True,
)
_SECRET = personal(
    "member",
    DataClass.ACCOUNT,
    "S2",
    Purpose.AUTHENTICATION,
    source="subject",
    basis="contract",
    retention=ACCOUNT_LIFE,
    erasure="shred",
    export="exclude",
    controller="operator",
    sealed=True,
)
_CREDENTIAL = personal(
    "member",
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    source="use",
    basis="contract",
    retention=ACCOUNT_LIFE,
    erasure="delete",
    controller="operator",
)
_SESSION = personal(
    "member",
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    Purpose.SECURITY,
    source="use",
    basis="contract",
    retention=SESSION,
    erasure="delete",
    controller="operator",
)
_SESSION_HASH = personal(
    "member",
    DataClass.ACCOUNT,
    "S1",
    Purpose.AUTHENTICATION,
    source="use",
    basis="contract",
    retention=SESSION,
    erasure="delete",
    export="exclude",
    controller="operator",
)
_BROWSER = personal(
    "member",
    DataClass.DEVICE,
    "S1",
    Purpose.SECURITY,
    Purpose.AUTHENTICATION,
    source="use",
    basis="legitimate_interest",
    retention=SESSION,
    erasure="shred",
    controller="operator",
    sealed=True,
)
_CODE = personal(
    "member",
    DataClass.CONTACT,
    "S1",
    Purpose.AUTHENTICATION,
    source="use",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
    controller="operator",
)
_CODE_PHONE = personal(
    "member",
    DataClass.CONTACT,
    "S1",
    Purpose.AUTHENTICATION,
    source="subject",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
    controller="operator",
    sealed=True,
)
_TRY = personal(
    "member",
    DataClass.NETWORK,
    "S1",
    Purpose.SECURITY,
    source="use",
    basis="legitimate_interest",
    retention=SHORT,
    erasure="delete",
    export="exclude",
    controller="operator",
)

DECLARATIONS: Declarations = {
    "accounts": {
        "workspace_id": _INSTALLATION,
        "id": _ACCOUNT,
        "phone": _PHONE,
        "phone_index": _ACCOUNT,
        "proved_at": _ACCOUNT,
        "created_at": _ACCOUNT,
    },
    "passwords": {
        "workspace_id": _INSTALLATION,
        "account_id": _CREDENTIAL,
        "hash": _SECRET,
        "changed_at": _CREDENTIAL,
    },
    "authenticators": {
        "workspace_id": _INSTALLATION,
        "account_id": _CREDENTIAL,
        "secret": _SECRET,
        "last_step": _CREDENTIAL,
        "confirmed_at": _CREDENTIAL,
    },
    "passkeys": {
        "workspace_id": _INSTALLATION,
        "id": _CREDENTIAL,
        "account_id": _CREDENTIAL,
        "credential_index": _CREDENTIAL,
        "credential_id": _SECRET,
        "public_key": _SECRET,
        "name": replace(_BROWSER, source="subject"),
        "sign_count": _CREDENTIAL,
        "created_at": _CREDENTIAL,
    },
    "passkey_challenges": {
        "workspace_id": _INSTALLATION,
        "id": _CODE,
        "account_id": _CODE,
        "challenge": nonpersonal("random bytes, used once within five minutes"),
        "expires_at": _CODE,
    },
    "sessions": {
        "workspace_id": _INSTALLATION,
        "id": _SESSION,
        "kind": _SESSION,
        "account_id": _SESSION,
        "home": _SESSION,
        "role": _SESSION,
        "token_hash": _SESSION_HASH,
        "former_hash": _SESSION_HASH,
        "former_until": _SESSION_HASH,
        "agent": _BROWSER,
        "created_at": _SESSION,
        "fresh_at": _SESSION,
        "seen_at": _SESSION,
        "ended_at": _SESSION,
    },
    "code_challenges": {
        "workspace_id": _INSTALLATION,
        "id": _CODE,
        "purpose": _CODE,
        "phone": _CODE_PHONE,
        "code_hash": _CODE,
        "tries": _CODE,
        "expires_at": _CODE,
        "used_at": _CODE,
    },
    "tries": {
        "workspace_id": _INSTALLATION,
        "id": _TRY,
        "what": _TRY,
        "who": _TRY,
        "at": _TRY,
    },
}

_SESSION_OF = passing(("member", "visitor"), Purpose.AUTHENTICATION)

BEYOND: Beyond = {
    "event": {"SessionEnded": {"session_id": _SESSION_OF}},
    "job": {"SweepAccounts": {}},
    "audit": {"session.others_revoked": {"ended": on_record("member")}},
    "memory": {
        "accounts.routes_proofs": {
            "_sending": in_memory(
                "member", DataClass.CONTACT, Purpose.AUTHENTICATION, controller="operator"
            )
        }
    },
}
