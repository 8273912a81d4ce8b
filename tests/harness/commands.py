"""The command line as an operator types it, with the settings of a server or of another place."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .engines import Engine
from .nursery import nursery

COMMAND = (sys.executable, "-m", "silkroad")


@dataclass
class Operator:
    """Somebody at a terminal, with a data folder, a root key and perhaps a database."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    def types(self, *words: str | Path, expecting: int = 0) -> str:
        """Run a command to its end and return all that it said."""
        done = nursery().run(*map(str, words), environment=self.environment())
        said = done.stderr + done.stdout  # the bars, then what came of it
        assert done.returncode == expecting, said
        return said

    def begins(self, *words: str | Path, stderr: int) -> subprocess.Popen[bytes]:
        """Start a command that says its progress into a pipe."""
        return subprocess.Popen(
            [*COMMAND, *map(str, words)],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )

    @property
    def engine(self) -> Engine:
        """What a server stands on that is started with the same settings."""
        return Engine("as the operator has it", settings=self.settings)

    def environment(self) -> dict[str, str]:
        own = {"data_dir": str(self.data), **self.settings}
        others = {k: v for k, v in os.environ.items() if not k.startswith("SILKROAD_")}
        return others | {f"SILKROAD_{name.upper()}": value for name, value in own.items()}
