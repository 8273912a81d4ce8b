"""Several nodes of one installation, started one after the other and ended together.

Says what the last one has said when it is ready: its set-up link is the one that counts. Reads
`Nodes` as JSON from the variable `NODES`.

    NODES='{"command": [...], "environments": [{...}, {...}]}' python -m bench.two_nodes
"""

import os
import signal
import subprocess
import sys

import msgspec

READY = "ready: "


class Nodes(msgspec.Struct):
    """One command, and what each of its processes finds in its environment besides."""

    command: list[str]
    environments: list[dict[str, str]]


def main() -> None:
    nodes = msgspec.json.decode(os.environ["NODES"], type=Nodes)
    # ending is said to the whole group; who waits for the others ends last
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    started = []
    for environment in nodes.environments:
        process = subprocess.Popen(
            nodes.command,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=listen_again,  # noqa: PLW1509 - this process has no other threads
        )
        started.append((process, said_until_ready(process)))
    print(*started[-1][1], sep="\n", flush=True)
    sys.exit(max(process.wait() for process, _ in started))


def listen_again() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def said_until_ready(process: subprocess.Popen[str]) -> list[str]:
    """Return what it said, "ready" last. Raises RuntimeError when it ends before."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith(READY):
            return said
    raise RuntimeError(f"a node did not start: {said}")


if __name__ == "__main__":
    main()
