"""What is stored of the installation itself. Clauses P.1, 9a."""

from __future__ import annotations

from silkroad.kit.inventory import (
    Beyond,
    Declarations,
    Purpose,
    nonpersonal,
    who_answers,
)

_CONTROLLER = who_answers(Purpose.OPERATION, Purpose.ACCOUNTABILITY)
_REGION = nonpersonal("where this database stands")

DECLARATIONS: Declarations = {
    "installation": {
        "workspace_id": nonpersonal("always the installation"),
        "controller": _CONTROLLER,
        "set_up_at": nonpersonal("when the installation was set up"),
    },
    "places": {
        "workspace_id": nonpersonal("always the installation"),
        "region": _REGION,
        "settled_at": nonpersonal("since when it stands there"),
    },
    "one_time_links": {
        "workspace_id": nonpersonal("always the installation"),
        "token_hash": nonpersonal("hash of a random token for whoever runs the server"),
        "kind": nonpersonal("what the link opens"),
        "expires_at": nonpersonal("when the link ends"),
    },
}

BEYOND: Beyond = {
    "audit": {"installation.settled": {"region": _REGION}},
    "document": {
        "installation.controller": dict.fromkeys(
            ("name", "contact_email", "contact_phone", "address"), _CONTROLLER
        )
    },
}
