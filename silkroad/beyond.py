"""Everything that is held beyond the tables, of every module. Clause P.1.

Its events, jobs and frames, what its audit trail and its JSON values say, what it logs and counts,
its files, what it remembers, what it leaves in browsers, and the keyring. The tables are in
``parts.py``.
"""

from __future__ import annotations

from typing import get_args

from silkroad.accounts import privacy as accounts
from silkroad.conversations import privacy as conversations
from silkroad.diagnostics import privacy as diagnostics
from silkroad.engines import privacy as engines
from silkroad.engines.database import privacy as database
from silkroad.files import privacy as files
from silkroad.http import privacy as http
from silkroad.inboxes import privacy as inboxes
from silkroad.installation import privacy as installation
from silkroad.kit.inventory import Beyond, Declarations, Place, nonpersonal
from silkroad.live import privacy as live
from silkroad.privacy.assessments import privacy as assessments
from silkroad.privacy.campaigns import privacy as campaigns
from silkroad.privacy.consent import privacy as consent
from silkroad.privacy.contact import privacy as contact
from silkroad.privacy.copies import privacy as copies
from silkroad.privacy.erasures import privacy as erasures
from silkroad.privacy.exceptions import privacy as exceptions
from silkroad.privacy.grants import privacy as grants
from silkroad.privacy.guardians import privacy as guardians
from silkroad.privacy.holdings import privacy as holdings
from silkroad.privacy.imports import privacy as imports
from silkroad.privacy.policy import privacy as policy
from silkroad.privacy.processors import privacy as processors
from silkroad.publications import privacy as publications
from silkroad.push import privacy as push
from silkroad.research import privacy as research
from silkroad.widget import privacy as widget
from silkroad.workspaces import privacy as workspaces

_PROGRAM = nonpersonal("what the program itself consists of")
OWN: Beyond = {
    "browser": {
        "console/src/preferences.ts": {
            "localStorage": nonpersonal("how a browser likes the console; it names nobody")
        },
        "console/src/service-worker.ts": {"caches": _PROGRAM},
    },
    "memory": {
        "kit.permissions": {"permissions_of": _PROGRAM},
        "privacy.clauses.places": {"_definitions": _PROGRAM},
        "worker.Worker": {"_kinds": _PROGRAM, "_errands_out": _PROGRAM},
    },
}

BEYOND: list[Beyond] = [
    OWN,
    engines.BEYOND,
    database.BEYOND,
    live.BEYOND,
    http.BEYOND,
    processors.BEYOND,
    assessments.BEYOND,
    policy.BEYOND,
    consent.BEYOND,
    campaigns.BEYOND,
    exceptions.BEYOND,
    imports.BEYOND,
    grants.BEYOND,
    installation.BEYOND,
    contact.BEYOND,
    guardians.BEYOND,
    holdings.BEYOND,
    copies.BEYOND,
    erasures.BEYOND,
    files.BEYOND,
    accounts.BEYOND,
    workspaces.BEYOND,
    inboxes.BEYOND,
    conversations.BEYOND,
    publications.BEYOND,
    push.BEYOND,
    research.BEYOND,
    widget.BEYOND,
    diagnostics.BEYOND,
]


def held_in(place: Place, beyond: list[Beyond]) -> list[Declarations]:
    """Return what every module declares of one place."""
    return [held[place] for held in beyond if place in held]


DECLARATIONS: list[Declarations] = [
    {f"{place} {thing}": fields for thing, fields in held.items()}
    for place in get_args(Place)
    for held in held_in(place, BEYOND)
]
"""All of it, each thing called by where it is: ``event MessageSent``."""
