"""The product with a trap at its one way out. Only the tests can start it.

It refuses what the real way out refuses before it dials, and dials nobody. Whatever goes by another
way is refused and noted, too, with nobody as its recipient; only what a driver in C or Rust dials
(PostgreSQL, S3) is not seen.

    python -m tests.clauses.verbs.trapped        (started as the tests start the product)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import msgspec
import uvloop

from silkroad import app
from silkroad.engines.outbound import Recipient, Request, Response
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.engines.outbound.targets import Target
from tests.harness import served

from .leaving import Loop, watched
from .trap import Call, noted_in

TAKEN = 201


class Trap(HttpOutbound):
    """Notes where the real one dials."""

    async def _ask(
        self, recipient: Recipient, target: Target, request: Request, headers: Mapping[str, str]
    ) -> Response:
        url = f"{target.origin}{target.path}"
        note(Call(recipient.name, request.method, url, dict(headers), request.content))
        return Response(TAKEN)


def note(call: Call) -> None:
    with noted_in(Path(os.environ["SILKROAD_DATA_DIR"])).open("ab") as file:
        file.write(msgspec.json.encode(call) + b"\n")


def main() -> None:
    sys.addaudithook(watched(lambda leaves: note(Call("", "", leaves, {}, b""))))
    with patch.object(app, "HttpOutbound", Trap):
        uvloop.run(served.main(), loop_factory=Loop)


if __name__ == "__main__":
    main()
