"""The files that put Silkroad into containers, read once."""

from __future__ import annotations

import yaml

from tests.architecture.tree import ROOT

IMAGE = (ROOT / "Dockerfile").read_text()
SMALL = yaml.safe_load((ROOT / "compose.yaml").read_text())
SCALE = yaml.safe_load((ROOT / "compose.scale.yaml").read_text())
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
OBJECTS = [thing for path in MANIFESTS for thing in yaml.safe_load_all(path.read_text())]
