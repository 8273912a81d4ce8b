"""What the operator sees: every key of the log and every label of a metric. P.1, 1.2.2.1.

The log's allow-list is this very list: a key that is not declared here cannot be logged.
"""

from __future__ import annotations

from silkroad.kit.inventory import Beyond, nonpersonal

_COUNT = {"": nonpersonal("a number about all together")}
_WORD = nonpersonal("a word of the program's own")
_NUMBER = nonpersonal("a number about the program or a request")
_PYTHON = nonpersonal("which Python it runs on")

BEYOND: Beyond = {
    "log": {
        "log": {
            "event": _WORD,
            "level": nonpersonal("how grave it is"),
            "timestamp": nonpersonal("when the line was written"),
            "logger": nonpersonal("which library speaks"),
            "action": _WORD,
            "attempts": _NUMBER,
            "consumer": _WORD,
            "error": nonpersonal("the name of a kind of error, never its text"),
            "fact": nonpersonal("kind of fact"),
            "file": nonpersonal("which of the installation's own files"),
            "frame": nonpersonal("kind of frame"),
            "job": nonpersonal("kind of job"),
            "left_out": nonpersonal("names of keys that are not declared"),
            "operation": nonpersonal("name of a door"),
            "region": nonpersonal("where a store or a node says it stands"),
            "size": _NUMBER,
            "status": _WORD,
            "trace": nonpersonal("lines of the program's own code"),
        }
    },
    "metric": {
        **{
            f"silkroad_{name}": _COUNT
            for name in ("actions", "commits", "refusals", "writes_waiting", "sockets")
        },
        **{
            f"process_{name}": _COUNT
            for name in (
                "virtual_memory_bytes",
                "resident_memory_bytes",
                "start_time_seconds",
                "cpu_seconds",
                "open_fds",
                "max_fds",
            )
        },
        "python_info": dict.fromkeys(
            ("", "implementation", "major", "minor", "patchlevel", "version"), _PYTHON
        ),
    },
}
