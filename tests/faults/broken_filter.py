"""The server of the tests, broken on purpose: one statement has lost its tenant's filter."""

from __future__ import annotations

import uvloop
from sqlalchemy import select

from silkroad.engines.database import Statement
from silkroad.inboxes import store
from tests.harness import served

if __name__ == "__main__":
    store._ALL = Statement(select(store.inboxes), across="planted, to be found")
    uvloop.run(served.main())
