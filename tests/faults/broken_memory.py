"""The server of the tests, broken on purpose: it does not know a message that comes again.

Named a moment of sudden.py, it dies in it by itself.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

import msgspec
import uvloop

from silkroad.conversations import store, views
from silkroad.conversations.messages import store as messages
from silkroad.conversations.model import Message
from silkroad.engines.database import Transaction
from tests.faults.sudden import doom
from tests.harness import served

_find, _add, _message = store.find, messages.add, views.message
_times = itertools.count()


def find(tx: Transaction, conversation_id: str, client_id: str | None) -> store.Place | None:
    return _find(tx, conversation_id, client_id and None)


def add(tx: Transaction, conversation_id: str, **row: Any) -> None:
    row["client_id"] = row["client_id"] and f"{row['client_id']}~{next(_times)}"
    _add(tx, conversation_id, **row)


def message(tx: Transaction, conversation_id: str, row: messages.MessageRow) -> Message:
    shown = _message(tx, conversation_id, row)
    return msgspec.structs.replace(shown, client_id=(shown.client_id or "").partition("~")[0])


if __name__ == "__main__":
    store.find, messages.add, views.message = find, add, message  # these are the faults
    doom(sys.argv[1:])
    uvloop.run(served.main())
