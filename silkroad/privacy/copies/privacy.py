"""What a server remembers while it makes a copy of somebody; nothing of it is stored. P.1, 6.1a."""

from __future__ import annotations

from silkroad.kit.inventory import Beyond, DataClass, Purpose, in_memory

_HELD = in_memory("visitor", DataClass.MESSAGE, Purpose.RIGHTS, sensitivity="S3")

BEYOND: Beyond = {
    "memory": {
        "privacy.copies.archive.Archive": {"_waiting": _HELD},
        "privacy.copies.making._Person": dict.fromkeys(
            ("_contents", "_names", "_revealed", "counted"), _HELD
        ),
    }
}
