"""What open sockets carry and who is here: in memory, and between nodes. Clauses P.1, 1.2.2."""

from __future__ import annotations

from silkroad.kit.inventory import (
    Beyond,
    DataClass,
    Purpose,
    in_memory,
    nonpersonal,
    passing,
)

_HERE = in_memory(
    ("member", "visitor"), DataClass.OPERATION, Purpose.CONVERSATION, Purpose.TEAMWORK
)
_PRESENCE = passing(("member", "visitor"), Purpose.CONVERSATION, Purpose.TEAMWORK)
_FEED = nonpersonal("where a company's feed stands")
_WORKSPACES = nonpersonal("ids of companies, and numbers")
_NODE = nonpersonal("random id of a server")
_REFUSAL = nonpersonal("why something was refused, in words of the program")

BEYOND: Beyond = {
    "frame": {
        "Hello": {"ticket": passing(("member", "visitor"), Purpose.AUTHENTICATION)},
        "Welcome": {"feed": _FEED, "at": nonpersonal("the server's time"), "me": _PRESENCE},
        "ErrorFrame": {
            "id": nonpersonal("random id of the client's own"),
            "code": _REFUSAL,
            "detail": _REFUSAL,
            "retry_after": _REFUSAL,
        },
        "ChangedFrame": {"what": nonpersonal("which part of a screen is old"), "feed": _FEED},
        "PresenceFrame": {"member": _PRESENCE, "presence": _PRESENCE},
    },
    "word": {
        "feed": {"workspace_id": nonpersonal("the company's workspace"), "number": _FEED},
        "presence": {
            "node": _NODE,
            "here": _PRESENCE,
            "gone": _PRESENCE,
            "away": _PRESENCE,
            "leaving": _NODE,
        },
    },
    "memory": {
        "live.connection.Connection": {
            "_waiting": in_memory(
                ("visitor", "member"),
                DataClass.MESSAGE,
                Purpose.CONVERSATION,
                sensitivity="S2",
            )
        },
        "live.elsewhere.Elsewhere": {
            "_people": _HERE,
            "_heard_at": nonpersonal("when each server was heard last"),
        },
        "live.feeds.Feeds": {
            "_at": _WORKSPACES,
            "_looking": _WORKSPACES,
            "_wanted": _WORKSPACES,
            "_tasks": _WORKSPACES,
        },
        "live.hub.Hub": {
            "_by_workspace": _HERE,
            "_by_actor": _HERE,
            "_by_inbox": _HERE,
            "_manually_away": in_memory("member", DataClass.OPERATION, Purpose.TEAMWORK),
        },
        "live.socket.Socket": {"_operations": nonpersonal("which frames there are")},
        "live.tickets.memory.MemoryTickets": {
            "_out": in_memory(("visitor", "member"), DataClass.ACCOUNT, Purpose.AUTHENTICATION)
        },
    },
}
