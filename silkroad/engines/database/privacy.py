"""What the ground itself stores: facts, jobs and audit entries hold ids only. Clauses P.1, 3.3."""

from __future__ import annotations

from silkroad.kit.inventory import (
    SHORT,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    in_memory,
    nonpersonal,
    on_record,
    personal,
)

_FACT = personal(
    ("visitor", "member"),
    DataClass.OPERATION,
    "S1",
    Purpose.CONVERSATION,
    Purpose.OPERATION,
    source="use",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)
_JOB = personal(
    ("visitor", "member"),
    DataClass.OPERATION,
    "S1",
    Purpose.OPERATION,
    source="use",
    basis="contract",
    retention=SHORT,
    erasure="delete",
    export="exclude",
)
_AUDIT = on_record("member", "visitor")
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
        "detail": on_record("member", "visitor", "invitee", "requester"),
    },
}

_ACTS = in_memory(
    ("visitor", "member", "requester"),
    DataClass.MESSAGE,
    Purpose.CONVERSATION,
    Purpose.RIGHTS,
    sensitivity="S2",
)
_IDS = in_memory(("visitor", "member"), DataClass.OPERATION, Purpose.CONVERSATION)
_TOLD = in_memory(("visitor", "member"), DataClass.CONSENT, Purpose.ACCOUNTABILITY)
_FEEDS = nonpersonal("where each company's feed stands")
_PROGRAM = nonpersonal("what the program itself consists of")

BEYOND: Beyond = {
    "audit": {"sensitive.revealed": {"column": nonpersonal("name of a column of ours")}},
    "memory": {
        "engines.database.Database": {"_writers": _PROGRAM},
        "engines.database.driver.Readers": {"_open": _PROGRAM},
        "engines.database.foresight": {"ANNOUNCED": _PROGRAM},
        "engines.database.foresight.Foresight": {"_about": _IDS, "_known": _IDS},
        "engines.database.ledger.Page": {"rows": _IDS, "before": _FEEDS},
        "engines.database.ledger.Ledger": {"_last": _FEEDS, "_rows": _IDS},
        "engines.database.news": {"_NOTHING": _PROGRAM},
        "engines.database.news.News": {
            **dict.fromkeys(("_stored", "_used", "_acts"), _PROGRAM),
            "_heard": _TOLD,
        },
        "engines.database.postgres.connection.PostgresConnection": {
            "_locked": nonpersonal("ids of companies"),
            "_kinds": _PROGRAM,
        },
        "engines.database.postgres.pipeline.Pipeline": {"_names": _PROGRAM, "_waiting": _PROGRAM},
        "engines.database.purposes": dict.fromkeys(
            ("_columns", "_sensitive", "_figures"), _PROGRAM
        ),
        "engines.database.seals": dict.fromkeys(("_sealed", "_personal"), _PROGRAM),
        "engines.database.sources": {"_sources": _PROGRAM},
        "engines.database.trail": {"_keys": _PROGRAM},
        "engines.database.statement": {"EVERY_STATEMENT": _PROGRAM},
        "engines.database.statement.Statement": {"_compiled": _PROGRAM},
        "engines.database.transaction.Transaction": {"_told": _ACTS, "new_keys": _IDS},
        "engines.database.writer.Writer": {"_orders": _ACTS},
    },
}
