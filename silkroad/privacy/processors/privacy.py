"""What is stored of a company's third parties. Clauses P.1, 1.8b, 5.2."""

from __future__ import annotations

from silkroad.kit.inventory import (
    WORKSPACE_LIFE,
    Beyond,
    Column,
    DataClass,
    Declarations,
    Purpose,
    nonpersonal,
    on_record,
    passing,
    personal,
    secret,
)

_TENANT = nonpersonal("the company's workspace")
_WHO = nonpersonal("which third party")
_SEALED = secret("reference to a paper of the company's")


def _by(data: DataClass) -> Column:
    """Return the declaration of an administrator's decision."""
    return personal(
        "member",
        data,
        "S1",
        Purpose.ACCOUNTABILITY,
        source="use",
        basis="legal_duty",
        retention=WORKSPACE_LIFE,
        erasure="pseudonymise",
    )


DECLARATIONS: Declarations = {
    "engagements": {
        "workspace_id": _TENANT,
        "id": nonpersonal("random id of an engagement"),
        "processor": _WHO,
        "enabled_at": nonpersonal("when it was switched on"),
        "enabled_by": _by(DataClass.AUDIT),
        "notice_hash": _by(DataClass.CONSENT),
        "facts": nonpersonal("what was told of it, as a hash"),
        "contract": _SEALED,
        "fields": nonpersonal("which fields the contract covers"),
        "contract_until": nonpersonal("when the contract ends"),
        "ended_at": nonpersonal("when it was switched off"),
        "ended_by": _by(DataClass.AUDIT),
    },
    "transfers": {
        "workspace_id": _TENANT,
        "id": nonpersonal("random id of a transfer record"),
        "processor": _WHO,
        "origin": nonpersonal("the region that data leaves"),
        "destination": nonpersonal("the region that it goes to"),
        "basis": nonpersonal("on what ground"),
        "assessment": _SEALED,
        "decided_at": nonpersonal("when it was decided"),
        "decided_by": _by(DataClass.AUDIT),
        "ended_at": nonpersonal("when it was taken back"),
    },
}

_WHO_DID = passing("member", Purpose.ACCOUNTABILITY)

BEYOND: Beyond = {
    "event": {
        "ProcessorEnabled": {
            "processor": _WHO,
            "joined": nonpersonal("whether it was off before"),
            "by": _WHO_DID,
        },
        "ProcessorEnded": {"processor": _WHO, "by": _WHO_DID},
    },
    "audit": {
        "processor.enabled": {"processor": _WHO, "notice": on_record("member")},
        "transfer.recorded": {"processor": _WHO, "basis": nonpersonal("on what ground")},
        "transfer.ended": {"processor": _WHO},
    },
    "job": {"EndExpired": {"processor": _WHO}},
}
