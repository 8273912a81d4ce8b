"""What is stored of conversations, and why. Clauses P.1, 1.2, 2.2b, 2.2c."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    CONVERSATION,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

_TALK = personal(
    "visitor",
    DataClass.MESSAGE,
    "S1",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    basis="contract",
    retention=CONVERSATION,
    erasure="delete",
)
_WORDS = personal(
    "visitor",
    DataClass.MESSAGE,
    "S2",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    basis="contract",
    retention=CONVERSATION,
    erasure="shred",
    sealed=True,
)
_COURSE = replace(_TALK, purposes=_TALK.purposes | {Purpose.RESEARCH})
_WORK = personal(
    "member",
    DataClass.WORK_ROLE,
    "S1",
    Purpose.TEAMWORK,
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    basis="contract",
    retention=CONVERSATION,
    erasure="pseudonymise",
)
_WORKSPACE = nonpersonal("the company's workspace")

DECLARATIONS: Declarations = {
    "conversations": {
        "workspace_id": _WORKSPACE,
        "id": _COURSE,
        "inbox_id": nonpersonal("the channel"),
        "visitor_id": _COURSE,
        "state": _COURSE,
        "snoozed_until": _TALK,
        "assignee_id": _WORK,
        "waiting_since": _TALK,
        "last_seq": _TALK,
        "last_internal": _TALK,
        "visitor_total": _TALK,
        "visitor_read_seq": _TALK,
        "agent_read_seq": _TALK,
        "created_at": _COURSE,
        "updated_at": _TALK,
    },
    "messages": {
        "row": nonpersonal("the database's own row number; nobody sees it"),
        "workspace_id": _WORKSPACE,
        "conversation_id": _TALK,
        "lane": nonpersonal("public or internal"),
        "seq": _TALK,
        "position": _TALK,
        "author_kind": _COURSE,
        "author_id": _TALK,
        "client_id": _TALK,
        "kind": nonpersonal("text, note or event"),
        "body": _WORDS,
        "visitor_total": _TALK,
        "at": _COURSE,
    },
    "reads": {
        "workspace_id": _WORKSPACE,
        "conversation_id": _TALK,
        "member_id": _WORK,
        "seq": _WORK,
        "visitor_total": _WORK,
        "at": _WORK,
    },
}
