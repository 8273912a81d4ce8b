"""What the made-up recipients of these tests get, and what is sent to them."""

from __future__ import annotations

from silkroad.engines.outbound import Field

GETS = frozenset({Field.SERVER_ADDRESS})
