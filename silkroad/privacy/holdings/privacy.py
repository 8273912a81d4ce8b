"""What the holdings remember: statements about tables, and nothing of anybody. Clause P.1."""

from __future__ import annotations

from silkroad.kit.inventory import Beyond, nonpersonal

_PROGRAM = nonpersonal("what the program itself consists of")

BEYOND: Beyond = {
    "memory": {
        "privacy.holdings.registry": {"_known": _PROGRAM},
        "privacy.holdings.store.Holding": dict.fromkeys(
            ("_forget_who", "_keys", "fields", "forgetting", "rooms", "sealing_keys"), _PROGRAM
        ),
        "privacy.holdings.store.Holdings": dict.fromkeys(("_found", "copied", "erased"), _PROGRAM),
    }
}
