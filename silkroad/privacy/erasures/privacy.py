"""What stays of whoever was erased: that they were, as an id and times. Clauses P.1, 6.1e."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    Beyond,
    DataClass,
    Declarations,
    Purpose,
    in_memory,
    nonpersonal,
    passing,
    personal,
)

_ERASED = personal(
    "visitor",
    DataClass.AUDIT,
    "S1",
    Purpose.RIGHTS,
    Purpose.ACCOUNTABILITY,
    source="use",
    basis="legal_duty",
    retention=WORKSPACE_LIFE,
    erasure="retain",  # without it a restored backup would bring them back
)

DECLARATIONS: Declarations = {
    "erasures": {
        "workspace_id": nonpersonal("the company's workspace"),
        "subject_id": _ERASED,
        "asked_at": _ERASED,
        "shredded_at": _ERASED,
        "erased_at": _ERASED,
    }
}

_WHO = {"subject_id": passing("visitor", Purpose.RIGHTS)}
_KEY = {"key_id": passing("requester", Purpose.RIGHTS)}

BEYOND: Beyond = {
    "event": {
        "PersonShutOut": _WHO,
        "KeysDestroyed": _WHO,
        "PersonErased": _WHO,
    },
    "job": {"ErasePerson": _WHO, "DestroyKey": _KEY, "SeeErasureThrough": _WHO},
    "memory": {
        "privacy.erasures.live": {
            "_under_way": in_memory("visitor", DataClass.AUDIT, Purpose.RIGHTS)
        }
    },
}
