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
    "event": {"InboxesChanged": {"inbox_id": _INBOX}, "InboxArchived": {"inbox_id": _INBOX}},
    "document": {
        "inboxes.settings": {
            "color": nonpersonal("the colour of the chat"),
            "greeting": nonpersonal("what the company says first, by language"),
            "languages": nonpersonal("in which languages the company answers"),
            "allowed_origins": nonpersonal("the company's own sites"),
            **dict.fromkeys(
                ("office_hours.timezone", "office_hours.days.opens", "office_hours.days.closes"),
                nonpersonal("when the company's office is open"),
            ),
        }
    },
}
