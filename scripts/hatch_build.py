"""Puts the built web files into every package, so that installing one needs no Node.

Where silkroad/web/ is there already (after `make web`, or inside a source package) it is taken
as it is; otherwise Node builds it now; without either the build stops and says so.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGES = ("console/index.html", "widget/frame.html")
INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]


class WebFiles(BuildHookInterface[Any]):
    """Runs before each package is put together; an editable install reads the clone instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        if version != "editable" and not self.are_built():
            self.build()

    def are_built(self) -> bool:
        return all(Path(self.root, "silkroad", "web", page).exists() for page in PAGES)

    def build(self) -> None:
        npm, sources = shutil.which("npm"), Path(self.root, "web")
        if npm is None or not sources.exists():
            raise RuntimeError("silkroad/web/ is missing: run `make web` or install Node 20.")
        for command in (INSTALL, ["run", "build"]):
            subprocess.run([npm, *command], cwd=sources, check=True)
