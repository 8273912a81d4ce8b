"""What is stored of the installation itself. Clauses P.1, 9a."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    personal,
)

DECLARATIONS: Declarations = {
    "installation": {
        "workspace_id": nonpersonal("always the installation"),
        "controller": personal(
            "controller_contact",
            DataClass.CONTACT,
            "S1",
            Purpose.OPERATION,
            Purpose.ACCOUNTABILITY,
            source="subject",
            basis="legal_duty",
            retention=WORKSPACE_LIFE,
            erasure="retain",
            controller="operator",
            sealed=True,
        ),
        "set_up_at": nonpersonal("when the installation was set up"),
    },
    "places": {
        "workspace_id": nonpersonal("always the installation"),
        "region": nonpersonal("where this database stands"),
        "settled_at": nonpersonal("since when it stands there"),
    },
    "one_time_links": {
        "workspace_id": nonpersonal("always the installation"),
        "token_hash": nonpersonal("hash of a random token for whoever runs the server"),
        "kind": nonpersonal("what the link opens"),
        "expires_at": nonpersonal("when the link ends"),
    },
}
