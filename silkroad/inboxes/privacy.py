"""What is stored of inboxes: the company's own public settings, nothing about a person."""

from __future__ import annotations

from silkroad.kit.inventory import Beyond, Declarations, nonpersonal, secret

DECLARATIONS: Declarations = {
    "inboxes": {
        "workspace_id": nonpersonal("the company's workspace"),
        "id": nonpersonal("random id of a channel"),
        "name": nonpersonal("the company's name for its channel"),
        "settings": nonpersonal("colour, greeting, sites and hours that the company publishes"),
        "identity_secret": secret("a secret between the company's site and its inbox"),
        "created_at": nonpersonal("when the channel was made"),
        "archived_at": nonpersonal("when the channel was closed"),
    }
}

_INBOX = nonpersonal("random id of a channel")

BEYOND: Beyond = {
    "event": {"InboxesChanged": {"inbox_id": _INBOX}, "InboxArchived": {"inbox_id": _INBOX}}
}
