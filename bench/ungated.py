"""Silkroad without its questions of purpose and source: anything serves any purpose.

It exists to be measured against and for nothing else: what do the gates of the privacy floor cost
the way of a message? The other gates (consent, third parties) do not stand on that way.

    python -m bench.ungated        (settings as for `silkroad serve`)
"""

import os
from contextlib import ExitStack
from unittest.mock import patch

import uvloop

from silkroad import serving
from silkroad.engines.database import Statement, Transaction, transaction
from silkroad.kit.inventory import EVERY_PURPOSE, Purpose
from silkroad.kit.scope import Scope
from silkroad.settings import read_settings


def main() -> None:
    with ExitStack() as taken_out:
        for owner, name, instead in (
            (Transaction, "_serve", nobody_asks),
            (transaction, "of_column", open_for_everything),
            (Scope, "doing", still_the_same),
        ):
            taken_out.enter_context(patch.object(owner, name, instead))
        uvloop.run(serving.serve(read_settings(os.environ)))


def nobody_asks(_tx: Transaction, _statement: Statement, _values: object) -> None:
    """Whatever it shows, and wherever it comes from."""


def open_for_everything(_column: object) -> int:
    return EVERY_PURPOSE


def still_the_same(scope: Scope, _purpose: Purpose) -> Scope:
    return scope


if __name__ == "__main__":
    main()
