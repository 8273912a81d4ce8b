"""The product, making figures only when it is told to. Only the tests can start it.

Each time it has counted people and is about to make their figures it says so, and waits until
there is a new file to go on with.

    python -m tests.clauses.section_d_7.slowly        (started as the tests start the product)
"""

from __future__ import annotations

import itertools
import os
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import uvloop

from silkroad.privacy.anonymous import anonymise
from silkroad.research import routes
from tests.harness import served

_times = itertools.count(1)


def go_on(data: Path, number: int) -> Path:
    """Return the file whose being there lets the figures be made, for the first time or again."""
    return data.parent / f"go-on-{number}"


def anonymise_slowly(*given: Any) -> Any:
    number = next(_times)
    print(f"counted {number}", flush=True)
    while not go_on(Path(os.environ["SILKROAD_DATA_DIR"]), number).exists():
        time.sleep(0.005)
    return anonymise(*given)


def main() -> None:
    with patch.object(routes, "anonymise", anonymise_slowly):
        uvloop.run(served.main())


if __name__ == "__main__":
    main()
