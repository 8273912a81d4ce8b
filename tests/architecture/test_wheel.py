"""What is installed is what was tested: everything the server needs, and nothing else.

Builds the source package and the wheel from it, offline, as a distributor would, then installs the
wheel and serves from it. From the source package on, no Node can be found.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.privacy.clauses import SECTIONS, Outcome, fingerprints, record
from tests.architecture.tree import ROOT, files, name

PIP_OFFLINE = [
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-index",
    "--no-deps",
]
SERVE = "import sys; from silkroad.cli import main; sys.argv[1:] = ['serve']; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source package."""
    out = tmp_path_factory.mktemp("dist")
    python(ROOT, *BUILD, "sdist", "--directory", str(out), PATH=os.environ["PATH"])
    subprocess.run(["tar", "-xzf", next(out.glob("*.tar.gz")), "-C", out], check=True)
    unpacked = next(path for path in out.iterdir() if path.is_dir())
    python(unpacked, *BUILD, "wheel", "--directory", str(out))
    return next(out.glob("*.whl"))


BUILD = ("hatchling", "build", "--target")


@pytest.fixture(scope="module")
def inside(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture
def site(wheel: Path, tmp_path: Path) -> Path:
    """Where the wheel is installed, and nothing else of ours."""
    python(tmp_path, *PIP_OFFLINE, "--target", str(tmp_path / "site"), str(wheel))
    return tmp_path / "site"


@pytest.fixture
def address(site: Path, tmp_path: Path) -> Iterator[str]:
    """Where a server answers that was started from the installed wheel alone."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=tmp_path,
        env={
            "PATH": "",
            "PYTHONPATH": str(site),
            "SILKROAD_PORT": str(free_port()),
            "SILKROAD_DATA_DIR": str(tmp_path / "data"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    said = []
    try:
        for line in server.stdout:
            said.append(line)
            if ready := re.match(r"ready: (http://\S+)", line):
                yield ready[1]
                break
        else:
            pytest.fail("".join(said))
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert server.returncode == 0


def test_it_carries_every_file_of_the_server(inside: set[str]) -> None:
    ours = {path for path in map(name, files()) if path.startswith("silkroad/")}
    assert ours - inside == set()


def test_it_carries_the_built_web_files(inside: set[str]) -> None:
    web = ROOT / "silkroad" / "web"
    built = {name(path) for path in web.rglob("*") if path.is_file()}
    assert {"silkroad/web/console/index.html", "silkroad/web/widget/widget.js"} <= built
    assert built - inside == set()


def test_it_carries_its_licence(inside: set[str]) -> None:
    assert any(path.endswith(".dist-info/licenses/LICENSE") for path in inside)


def test_it_carries_nothing_else(inside: set[str]) -> None:
    strange = [path for path in inside if not path.startswith(("silkroad/", "silkroad-"))]
    assert strange == []
    assert [path for path in inside if "test" in Path(path).name or "__pycache__" in path] == []


@pytest.mark.prove
def test_once_installed_it_serves_console_and_widget_without_node(address: str) -> None:
    console = fetch(f"{address}/")
    assert b"<!doctype html>" in console.lower()
    scripts = re.findall(rb'src="(/[^"]+\.js)"', console)
    assert scripts
    assert all(fetch(address + script.decode()) for script in scripts)
    assert fetch(f"{address}/service-worker.js")
    assert fetch(f"{address}/widget.js")


@pytest.mark.prove
def test_once_installed_it_knows_what_was_proven_where_it_was_made(
    site: Path, tmp_path: Path
) -> None:
    clauses = [clause for section in SECTIONS.values() for clause in section.clause]
    passed: dict[str, Outcome] = {test: "passed" for one in clauses for test in one.tests}
    results = tmp_path / "tests.json"
    results.write_bytes(record(fingerprints(ROOT), passed))
    command = (sys.executable, "-m", "silkroad", "clauses", "--results", str(results))
    shown = subprocess.run(
        [*command, "--check", "--json"],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    states = {row["id"]: row["state"] for row in json.loads(shown.stdout)}
    assert states == {clause.id: clause.claim for clause in clauses}


def python(folder: Path, *module: str, **environment: str) -> None:
    """Run a module of ours in a folder; without a PATH, it finds no other program."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=folder,
        env={"PATH": "", "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.status == 200
        content: bytes = answer.read()
        return content
