"""Starting, moving, killing and restarting the real server process."""

from __future__ import annotations

import os
import queue
import re
import signal
import threading
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import urlsplit

from .engines import SQLITE, Engine, superuser_of
from .nursery import Child, nursery
from .ports import free_port

READY_WITHIN = 30.0
ANSWER_WITHIN = 10.0


class Server:
    """One server on a data folder; it can be stopped, killed and started again on the same port.

    One that starts ``afresh`` takes as long for it as at an operator's.
    """

    def __init__(
        self,
        data: Path,
        *,
        phone: bool = True,
        program: tuple[str, ...] = ("tests.harness.served",),
        on: Engine = SQLITE,
        afresh: bool = False,
        **settings: str,
    ) -> None:
        self.program, self.afresh = program, afresh
        self.data = data
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.errors: Path = data.parent / f"{data.name}.log"
        self._phone = phone
        self._settings = on.fresh() | settings
        self.origin = self._settings.get("base_url", self.address)
        self.own_push = "private_targets" in self._settings
        self.engine, self.superuser_url = on.name, superuser_of(self._settings)
        self._lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self.setup_token = ""
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def start(self) -> None:
        environment = self.environment()
        environment |= {"PHONE": "1"} if self._phone else {}
        with self.errors.open("ab") as log:
            self._spawn(environment, log)
        self.wait_for(r"^ready: ", READY_WITHIN)

    def environment(self) -> dict[str, str]:
        """Return its settings as a terminal beside it has them."""
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith("SILKROAD_")},
            "SILKROAD_PORT": str(self.port),
            "SILKROAD_DATA_DIR": str(self.data),
            "SILKROAD_TRUSTED_PROXIES": "127.0.0.1",
            "SILKROAD_FRAMES_PER_SECOND": "500",
            **{f"SILKROAD_{key.upper()}": value for key, value in self._settings.items()},
        }

    def _spawn(self, environment: dict[str, str], log: BinaryIO) -> None:
        self.process = nursery().bear(self.program, environment, log, afresh=self.afresh)
        self._ear = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._ear.start()

    def code(self, phone: str) -> str:
        """Return the one-time code of the last text message to a phone."""
        line = self.wait_for(rf"^SMS to {re.escape(phone)}: .*\b\d{{6}}\b")
        codes = re.findall(r"\b\d{6}\b", line)
        return str(codes[-1])

    def move_clock(self, milliseconds: int) -> None:
        """Move the server's clock."""
        self._tell(f"move {milliseconds}", f"^moved {milliseconds}")

    def let_pass(self, milliseconds: int) -> None:
        """Let days go by for the server, as they do: it sees each of them come."""
        self._tell(f"pass {milliseconds}", f"^passed {milliseconds}")

    def queue(self, workspace_id: str, kind: str, body: str) -> None:
        """Queue a job as the product itself would; ``body`` is JSON without spaces."""
        self._tell(f"queue {workspace_id} {kind} {body}", f"^queued {kind}")

    def cover(
        self, workspace_id: str, subject_id: str, purpose: str, data: str, field: str = ""
    ) -> str:
        """Ask, as a gate would, under which exception something may be done without consent."""
        asked = f"cover {workspace_id} {subject_id} {purpose} {data} {field}".rstrip()
        return self._tell(asked, r"^covered by ").removeprefix("covered by ")

    def rest(self) -> None:
        """Wait until every fact was heard, and every job that is due has been done or put off."""
        self._tell("rest", "^rested")

    def _tell(self, command: str, answer: str) -> str:
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self.wait_for(answer)

    def memory(self) -> int:
        """Return how many bytes of memory the process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (held,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
        return int(held) * 1024

    def kill(self) -> None:
        """End the process as a power cut would: no goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self._ended(self.process.wait())

    def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self._ended(self.process.wait(timeout=20))

    def _ended(self, code: int) -> int:
        self._ear.join()
        self.process.stdin.close()
        self.process.stdout.close()
        return code

    def wait_for(self, pattern: str, within: float = ANSWER_WITHIN) -> str:
        """Return the next line that the server prints and that matches."""
        while True:
            try:
                line = self._lines.get(timeout=within)
            except queue.Empty:
                said = self.errors.read_text()[-3000:]
                raise AssertionError(f"no line like {pattern!r}; the log ends:\n{said}") from None
            self.heard.append(line)
            if line.startswith("setup: "):
                self.setup_token = urlsplit(line.removeprefix("setup: ").strip()).fragment
            if re.search(pattern, line):
                return line

    def _listen(self, process: Child) -> None:
        for line in process.stdout:
            self._lines.put(line.rstrip("\n"))
