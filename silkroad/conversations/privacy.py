"""What is stored of conversations, and why. Clauses P.1, 1.2, 2.2b, 2.2c."""

from __future__ import annotations

from dataclasses import replace

from silkroad.kit.inventory import (
    CONVERSATION,
    Beyond,
    ByRow,
    DataClass,
    Declarations,
    Purpose,
    in_memory,
    nonpersonal,
    on_record,
    passing,
    personal,
)

_TALK = personal(
    ("visitor", "member"),
    DataClass.MESSAGE,
    "S1",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source="use",
    basis="contract",
    retention=CONVERSATION,
    erasure="delete",
)
_TOLD_BY_ROW = ByRow("author_kind", {"visitor": "subject", "member": "subject", "system": "use"})
_WORDS = personal(
    ("visitor", "member"),
    DataClass.MESSAGE,
    "S2",
    Purpose.CONVERSATION,
    Purpose.WAKE_UP,
    source=_TOLD_BY_ROW,
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
    source="use",
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

_PASSES = passing(("visitor", "member"), Purpose.CONVERSATION, Purpose.WAKE_UP)
_OF_TEAM = passing("member", Purpose.CONVERSATION, Purpose.WAKE_UP, Purpose.TEAMWORK)
_INBOX = nonpersonal("the channel")
_LANE = nonpersonal("public or internal")
_FEED = nonpersonal("place in the workspace's feed")
_ITS_OWN = nonpersonal("random id of the client's own")
_WHERE = {"conversation_id": _PASSES, "inbox_id": _INBOX, "visitor_id": _PASSES}
_IN_TURN = in_memory(("visitor", "member"), DataClass.OPERATION, Purpose.CONVERSATION)

BEYOND: Beyond = {
    "event": {
        "MessageSent": {
            **_WHERE,
            "lane": _LANE,
            "seq": _PASSES,
            "author_kind": _PASSES,
            "author_id": _PASSES,
            "assignee_id": _OF_TEAM,
            "mentions": _OF_TEAM,
        },
        "ConversationChanged": _WHERE,
        "ConversationRead": {
            **_WHERE,
            "reader_kind": _PASSES,
            "reader_id": _PASSES,
            "seq": _PASSES,
        },
    },
    "job": {"WakeSnoozed": {"conversation_id": _PASSES}},
    "audit": {
        "conversation.assigned": {"member_id": on_record("member")},
        "conversation.state": {"state": on_record("visitor", "member")},
    },
    "document": {
        "messages.body": dict.fromkeys(
            ("text", "files", "mentions", "name", "member_id", "until"), _WORDS
        )
    },
    "frame": {
        "SendFrame": {
            "id": _ITS_OWN,
            "conversation": _TALK,
            "text": _WORDS,
            "files": _TALK,
            "note": _LANE,
            "mentions": _OF_TEAM,
        },
        "ReadFrame": {"conversation": _TALK, "seq": _TALK},
        "TypingFrame": {"conversation": _PASSES, "on": _PASSES},
        "ResumeFrame": {"feed": _FEED, "conversation": _TALK, "seq": _TALK},
        "AckFrame": {
            "id": _ITS_OWN,
            "conversation": _TALK,
            "seq": _TALK,
            "at": _TALK,
            "position": _TALK,
        },
        "MessageFrame": {"message": _WORDS, "feed": _FEED},
        "ConversationFrame": {"feed": _FEED, "conversation": _WORDS},
        "ReadByFrame": {"conversation": _TALK, "reader": _TALK, "seq": _TALK, "feed": _FEED},
        "TypingByFrame": {"conversation": _PASSES, "author": _PASSES, "on": _PASSES},
        "GapFrame": {"feed": _FEED},
        "ResumedFrame": {"feed": _FEED, "seq": _TALK},
    },
    "word": {
        "typing": {
            "workspace_id": _WORKSPACE,
            **_WHERE,
            "author_kind": _PASSES,
            "author_id": _PASSES,
            "on": _PASSES,
        }
    },
    "memory": {
        "conversations.relay": {"listen.telling": _IN_TURN},
        "conversations.sockets": {
            "_places": in_memory("visitor", DataClass.OPERATION, Purpose.CONVERSATION),
        },
    },
}
