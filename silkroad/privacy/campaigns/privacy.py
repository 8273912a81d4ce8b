"""What is stored of campaigns, and why. Clauses P.1, 8.0."""

from __future__ import annotations

from silkroad.kit.inventory import (
    CONVERSATION,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    in_memory,
    nonpersonal,
    personal,
    who_answers,
)

_INSTALLATION = nonpersonal("always the installation")
_PLACE = nonpersonal("the company's workspace, or the installation")
_REACHED = personal(
    ("visitor", "member"),
    DataClass.CONSENT,
    "S1",
    Purpose.ACCOUNTABILITY,
    source="use",
    basis="legal_duty",
    retention=CONVERSATION,
    erasure="delete",
)

_WEIGHT = nonpersonal("how grave a change is")
_CONTENT = who_answers(Purpose.ACCOUNTABILITY)

DECLARATIONS: Declarations = {
    "told_records": {
        "workspace_id": _INSTALLATION,
        "hash": nonpersonal("hash of what a version of the program declares"),
        "record": nonpersonal("what a version of the program declares"),
        "versions": nonpersonal("hashes of public texts"),
        "told_at": nonpersonal("when it was told"),
    },
    "campaigns": {
        "workspace_id": _PLACE,
        "id": nonpersonal("random id of a campaign"),
        "weight": _WEIGHT,
        "purposes": nonpersonal("what everybody is asked about anew"),
        "opened_at": nonpersonal("when it was opened"),
        "content": _CONTENT,
    },
    "campaign_people": {
        "workspace_id": _PLACE,
        "campaign_id": nonpersonal("random id of a campaign"),
        "subject_id": _REACHED,
        "told_at": _REACHED,
        "read_at": _REACHED,
        "sent_at": _REACHED,
    },
}

BEYOND: Beyond = {
    "event": {"CampaignOpened": {"campaign_id": nonpersonal("random id of a campaign")}},
    "audit": {
        "policy.changed": {"weight": _WEIGHT, "changes": nonpersonal("how many changes")},
        "campaign.opened": {"weight": _WEIGHT},
    },
    "document": {
        "campaigns.content": dict.fromkeys(
            (
                *(f"points.{name}" for name in ("clause", "weight", "key", "about", "values")),
                *("span.before", "span.after", "opened.stored", "opened.used", "opened.changed"),
            ),
            _CONTENT,
        )
    },
    "memory": {
        "privacy.campaigns.live": {
            "BACK": in_memory(
                "visitor", DataClass.CONSENT, Purpose.ACCOUNTABILITY, basis="legal_duty"
            )
        }
    },
}
