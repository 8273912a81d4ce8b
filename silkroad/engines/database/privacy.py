"""What the ground itself stores: facts, jobs and audit entries hold ids only. Clauses P.1, 3.3."""

from __future__ import annotations

from silkroad.kit.inventory import (
    LOG,
    SHORT,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_FACT = personal(
    "visitor",
    DataClass.OPERATION,
    "S1",
    Purpose.CONVERSATION,
    Purpose.OPERATION,
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)
_JOB = personal(
    "member",
    DataClass.OPERATION,
    "S1",
    Purpose.OPERATION,
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)
_AUDIT = personal(
    "member",
    DataClass.AUDIT,
    "S1",
    Purpose.ACCOUNTABILITY,
    basis="legal_duty",
    retention=LOG,
    erasure="retain",
)
_WORKSPACE = nonpersonal("the company's workspace")
_ROW = nonpersonal("the database's own row number; nobody sees it")

DECLARATIONS: Declarations = {
    "feeds": {"workspace_id": _WORKSPACE, "last": nonpersonal("how many facts there are")},
    "facts": {
        "row": _ROW,
        "workspace_id": _WORKSPACE,
        "number": nonpersonal("place in the feed"),
        "kind": nonpersonal("kind of fact"),
        "body": _FACT,
        "at": _FACT,
    },
    "consumers": {
        "workspace_id": _WORKSPACE,
        "consumer": nonpersonal("a part of the product"),
        "position": nonpersonal("how far it has come"),
    },
    "jobs": {
        "workspace_id": _WORKSPACE,
        "id": nonpersonal("random id of a job"),
        "kind": nonpersonal("kind of job"),
        "body": _JOB,
        "run_at": nonpersonal("when it runs"),
        "attempts": nonpersonal("how often it was tried"),
        "created_at": nonpersonal("when it was queued"),
    },
    "audit_entries": {
        "row": _ROW,
        "workspace_id": _WORKSPACE,
        "at": _AUDIT,
        "actor_kind": _AUDIT,
        "actor_id": _AUDIT,
        "action": _AUDIT,
        "target_id": _AUDIT,
        "detail": _AUDIT,
    },
}
