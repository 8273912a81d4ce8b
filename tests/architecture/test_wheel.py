"""What is installed is what was tested: everything the server needs, and nothing else.

Builds the source package and the wheel from it, offline, as a distributor would. No Node can be
found while the wheel is made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names inside the wheel that was built from the source package."""
    out = tmp_path_factory.mktemp("dist")
    hatchling(ROOT, out, "sdist", path=os.environ["PATH"])
    with tarfile.open(next(out.glob("*.tar.gz"))) as archive:
        archive.extractall(out, filter="data")
    unpacked = next(path for path in out.iterdir() if path.is_dir())
    hatchling(unpacked, out, "wheel", path=str(BIN))
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        return archive.namelist()


def hatchling(folder: Path, out: Path, target: str, *, path: str) -> None:
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        target,
        "--directory",
        str(out),
    ]
    done = subprocess.run(
        build,
        cwd=folder,
        env={"PATH": path, "HOME": str(out)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_carries_every_file_of_the_server(wheel: list[str]) -> None:
    ours = {
        str(path.relative_to(ROOT)) for path in files() if path.is_relative_to(ROOT / "silkroad")
    }
    assert ours - set(wheel) == set()


def test_it_carries_the_built_web_files(wheel: list[str]) -> None:
    web = ROOT / "silkroad" / "web"
    built = {name(path) for path in web.rglob("*") if path.is_file()}
    assert {"silkroad/web/console/index.html", "silkroad/web/widget/widget.js"} <= built
    assert built - set(wheel) == set()


def test_it_carries_its_licence(wheel: list[str]) -> None:
    assert any(path.endswith(".dist-info/licenses/LICENSE") for path in wheel)


def test_it_carries_nothing_else(wheel: list[str]) -> None:
    strange = [path for path in wheel if not path.startswith(("silkroad/", "silkroad-"))]
    assert strange == []
    assert [path for path in wheel if "test" in Path(path).name or "__pycache__" in path] == []
