"""What is stored of the policy itself. Clauses P.1, 3.5, 8.0a."""

from __future__ import annotations

from silkroad.kit.inventory import (
    Beyond,
    Declarations,
    Purpose,
    nonpersonal,
    who_answers,
)

_PLACE = nonpersonal("the company whose short notice it is, or the installation")

DECLARATIONS: Declarations = {
    "notice_versions": {
        "workspace_id": _PLACE,
        "hash": nonpersonal("hash of a public text"),
        "language": nonpersonal("language of a public text"),
        "text": who_answers(Purpose.ACCOUNTABILITY),
        "effective_from": nonpersonal("when a public text was first shown"),
        "about": nonpersonal("whether it is a question that people answer"),
    },
    "certificates": {
        "workspace_id": _PLACE,
        "id": nonpersonal("random id of a certificate"),
        "name": nonpersonal("what the installation is certified for"),
        "issuer": nonpersonal("who certified it"),
        "reference": nonpersonal("number of the certificate"),
        "valid_until": nonpersonal("when the certificate runs out"),
        "added_at": nonpersonal("when it was entered"),
    },
}

BEYOND: Beyond = {
    "audit": {
        "policy.shown": {"language": nonpersonal("in which language a policy is written")},
        "certificate.added": {"valid_until": nonpersonal("when a certificate ends")},
    },
    "memory": {
        "privacy.policy.routes.Policy": {
            "_kept": nonpersonal("hashes of public texts"),
            "_hosts": nonpersonal("where the installation's own data lies"),
        },
        "privacy.policy.short": dict.fromkeys(
            ("_facts", "_known"), nonpersonal("what the program itself consists of")
        ),
    },
}
