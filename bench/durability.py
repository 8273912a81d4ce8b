"""Is an acknowledged message on the disk? Counted from outside, at the system calls."""

import shutil
import signal
import subprocess
import time

from bench.job import Job
from bench.machine import family
from bench.servers import Server

SECONDS = 1.0
ATTACH_SECONDS = 0.5


def syncs_per_message(server: Server) -> float | None:
    """One pair writes one message after the other, so each needs a sync of its own: at least 1.

    None when there is no `strace`, or when it may not attach."""
    strace = shutil.which("strace")
    if not strace:
        return None
    people = server.candidate.invite(server, 1, 0)
    trace = server.folder.parent / f"{server.folder.name}.syncs"
    everybody = [f"--attach={one}" for pid in server.pids for one in family(pid)]
    command = [strace, "-f", "-e", "trace=fdatasync,fsync", "-o", str(trace), *everybody]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracer:
        time.sleep(ATTACH_SECONDS)
        if tracer.poll() is not None:
            return None
        begun = trace.read_text().count("sync(")
        try:
            measured = server.load(
                Job(server.port, server.pids, people, seconds=SECONDS, warm_up=0.0)
            )
        finally:
            tracer.send_signal(signal.SIGINT)
    return (trace.read_text().count("sync(") - begun) / measured.messages
