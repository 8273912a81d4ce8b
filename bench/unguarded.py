"""Silkroad without its guard: nothing sealed, nobody asked for permission, nothing audited.

It exists to be measured against and for nothing else; only the bench can start it. What belongs
to the shape of the product stays: scopes still choose who hears what, and the outbox still holds
ids only.

    python -m bench.unguarded        (settings as for `silkroad serve`)
"""

import os
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import uvloop

from silkroad import serving
from silkroad.conversations import actions, store
from silkroad.engines.database import Transaction
from silkroad.kit import scope
from silkroad.kit.permissions import Permission, Role
from silkroad.settings import read_settings

EVERY_PERMISSION = frozenset(Permission)


def main() -> None:
    with ExitStack() as taken_out:
        for owner, name, instead in (
            (Transaction, "seal", stored_in_the_clear),
            (Transaction, "open_bytes", read_in_the_clear),
            (Transaction, "audit", unaudited),
            (scope, "permissions_of", anybody_may_do_anything),
            (actions, "reachable", store.find),
        ):
            taken_out.enter_context(patch.object(owner, name, instead))
        uvloop.run(serving.serve(read_settings(os.environ)))


def stored_in_the_clear(_tx: Transaction, *place_and_plain: Any) -> bytes:
    plain: str | bytes = place_and_plain[-1]
    return plain.encode() if isinstance(plain, str) else plain


def read_in_the_clear(_tx: Transaction, *place_and_stored: Any) -> bytes:
    stored: bytes = place_and_stored[-1]
    return stored


def unaudited(_tx: Transaction, _action: str, _target_id: str, **_detail: object) -> None:
    """Nothing is written down."""


def anybody_may_do_anything(_role: Role) -> frozenset[Permission]:
    return EVERY_PERMISSION


if __name__ == "__main__":
    main()
