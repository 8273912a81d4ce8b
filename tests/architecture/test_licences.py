"""Everything Silkroad carries is free to use, change and pass on, without conditions on you.

Read from what the packages themselves say: the metadata of the installed Python packages and the
licence fields in the npm lock file.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.architecture.tree import ROOT

PERMISSIVE = {
    "0BSD",
    "Apache 2.0",
    "Apache License 2.0",
    "Apache License, Version 2.0",
    "Apache Software License",
    "Apache-2.0",
    "BSD",
    "BSD 2-Clause License",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "Dual License",  # python-dateutil: Apache-2.0 or BSD-3-Clause
    "ISC",
    "MIT",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "any-OSI",  # apsw: take whichever open licence you like
}

# Mozilla's licence asks that changes to these files stay open. We change none of them, they only
# help to build and test, and nothing of them reaches the wheel.
ONLY_BUILDING_AND_TESTING = {
    "axe-core",
    "certifi",
    "hypothesis",
    "lightningcss",
    "pathspec",
}

# psycopg is under the LGPL. It is an optional extra, used unchanged and never shipped with us.
OPTIONAL = {"psycopg", "psycopg-binary"}

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


@pytest.mark.parametrize("lock", ["runtime", "scale", "bootstrap", "dev"])
def test_python_packages_are_permissive(lock: str) -> None:
    names = PINNED.findall((ROOT / "requirements" / f"{lock}.txt").read_text())
    tolerated = {
        "runtime": set(),
        "scale": OPTIONAL,
    }.get(lock, OPTIONAL | ONLY_BUILDING_AND_TESTING)
    refused = {
        name: said
        for name in names
        if name not in tolerated and (found := installed(name))
        if not is_permissive(said := licence_of(found))
    }
    assert names
    assert refused == {}


def test_node_packages_are_permissive() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    refused = {
        name: entry.get("license", "unknown")
        for place, entry in packages.items()
        if (name := place.rpartition("node_modules/")[2])
        if not (entry.get("dev") and name.startswith(tuple(ONLY_BUILDING_AND_TESTING)))
        if not is_permissive(entry.get("license", "unknown"))
    }
    assert refused == {}


@pytest.mark.parametrize(
    ("expression", "accepted"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-2.0", False),
        ("AGPL-3.0-or-later", False),
        ("unknown", False),
    ],
)
def test_the_check_itself_can_tell(expression: str, *, accepted: bool) -> None:
    assert is_permissive(expression) is accepted


def is_permissive(expression: str) -> bool:
    """Read an SPDX expression: one of the OR parts must be wholly permissive."""
    choices = expression.strip("()").split(" OR ")
    return any(all(part in PERMISSIVE for part in choice.split(" AND ")) for choice in choices)


def installed(name: str) -> Distribution | None:
    """Return the package, or None for one that is locked for another kind of machine."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence_of(package: Distribution) -> str:
    """Return what the package says about itself: the expression, the field, or the classifiers."""
    said = package.metadata.json
    classifiers = [c.rpartition(" :: ")[2] for c in said.get("classifier", []) if "License ::" in c]
    named = said.get("license_expression") or said.get("license")
    return str(named or " AND ".join(classifiers) or "unknown")
