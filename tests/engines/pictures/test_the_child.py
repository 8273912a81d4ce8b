"""The process that decodes: what it may do, and what happens to others when it goes wrong."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from silkroad.engines.pictures import CHILD, Pictures
from silkroad.kit.errors import Refusal
from tests.uploads.pictures import plain

pytestmark = pytest.mark.anyio

MEGABYTE = 1024 * 1024
LIMITS = {
    "Max address space": 256 * MEGABYTE,
    "Max cpu time": 5,
    "Max file size": 0,
    "Max core file size": 0,
    "Max open files": 0,
    "Max processes": 0,
}


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    """The program itself, waiting for its picture; by mistake it got an open file."""
    with (
        Path("/dev/zero").open("rb") as file,
        subprocess.Popen(
            [sys.executable, "-I", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[file.fileno()],
        ) as running,
    ):
        yield running
        running.kill()


def limits(pid: int) -> dict[str, int]:
    """Return the hard limits of a process, as the kernel sees them."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {
        name: int(hard) if hard.isdigit() else sys.maxsize
        for name, hard in ((line[:26].strip(), line[47:68].strip()) for line in lines)
    }


def test_before_it_reads_a_byte_all_doors_are_closed(child: subprocess.Popen[bytes]) -> None:
    while limits(child.pid)["Max open files"] and child.poll() is None:
        os.sched_yield()
    found = limits(child.pid)
    assert {name: found[name] for name in LIMITS} == LIMITS
    assert {path.name for path in files_in(Path(f"/proc/{child.pid}/fd"))} == {"0", "1", "2"}
    assert os.getpriority(os.PRIO_PROCESS, child.pid) > os.getpriority(os.PRIO_PROCESS, 0)
    answer, _ = child.communicate(plain("PNG"))
    assert answer.startswith(b"image/png 120 80\n\x89PNG")


def pretend(folder: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Put another program in the child's place."""
    path = folder / "child.py"
    path.write_text(
        f"import json, os, pathlib, sys\nhere = pathlib.Path({str(folder)!r})\n{program}"
    )
    monkeypatch.setattr("silkroad.engines.pictures.CHILD", path)


async def refused(pictures: Pictures) -> str:
    with pytest.raises(Refusal) as no:
        await pictures.clean(plain("PNG"))
    return f"{no.value.code}: {no.value.detail}"


async def test_it_gets_nothing_of_the_servers_surroundings(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILKROAD_SECRET", "not for decoders")
    monkeypatch.setenv("PYTHONPATH", "/not/for/decoders")
    pretend(
        tmp_path,
        monkeypatch,
        "told = {'env': dict(os.environ), 'cwd': os.getcwd(), 'path': sys.path}\n"
        "(here / 'told').write_text(json.dumps(told))\n",
    )
    await refused(pictures)
    told = json.loads((tmp_path / "told").read_text())
    assert set(told["env"]) <= {"LC_CTYPE"}  # set by Python itself
    assert told["cwd"] == "/"
    assert not {"", "/not/for/decoders", str(tmp_path), str(CHILD.parent)} & set(told["path"])


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("sys.exit(1)", "damaged"),
        ("os.abort()", "damaged"),
        ("os.kill(os.getpid(), 9)", "too much memory or time"),
        ("print('large', end='')", "64 megapixels"),
        ("sys.stdin.buffer.read(); print('image/png 9 9')", "damaged"),
        ("print('image/png 9 9\\n<html>')", "damaged"),
        ("print('text/html 9 9\\n<html>')", "damaged"),
        ("print('image/svg+xml 9 9\\n<svg>')", "damaged"),
        ("sys.stdout.buffer.write(b'image/png 99999 9\\n\\x89PNG\\r\\n')", "damaged"),
        (
            "sys.stdout.buffer.write(b'image/png 9 9\\n\\x89PNG\\r\\n' + bytes(40_000_000))",
            "too much",
        ),
    ],
)
async def test_whatever_it_says_or_does_the_server_goes_on(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    with monkeypatch.context() as taken_over:
        pretend(tmp_path, taken_over, program)
        answer = await refused(pictures)
    assert answer.startswith("unsupported_media: ")
    assert why in answer
    assert (await pictures.clean(plain("PNG"))).width == 120


NEVER_ENDS = "(here / str(os.getpid())).touch()\nwhile True: pass"
SAYS_TOO_MUCH = (
    "(here / str(os.getpid())).touch()\nwhile True: sys.stdout.buffer.write(bytes(65536))"
)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def started(folder: Path) -> list[int]:
    return [int(path.name) for path in files_in(folder) if path.name.isdigit()]


def first_started(folder: Path) -> int:
    while not started(folder):
        os.sched_yield()
    return started(folder)[0]


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("program", [NEVER_ENDS, SAYS_TOO_MUCH])
async def test_one_that_never_ends_is_killed(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    pretend(tmp_path, monkeypatch, program)
    monkeypatch.setattr("silkroad.engines.pictures.SECONDS", 0.5)
    assert "too much memory or time" in await refused(pictures)
    [pid] = started(tmp_path)
    assert not alive(pid)


async def test_one_that_nobody_waits_for_any_more_is_killed(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, monkeypatch, NEVER_ENDS)
    upload = asyncio.create_task(pictures.clean(plain("PNG")))
    pid = await asyncio.to_thread(first_started, tmp_path)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    deadline = time.monotonic() + 5  # one that is just being started goes a moment later
    while alive(pid):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_two_work_at_once_the_next_wait_and_too_many_are_sent_away(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each child writes down how many it sees at work, and stays until it has seen company."""
    pretend(
        tmp_path,
        monkeypatch,
        "me = here / str(os.getpid())\nme.touch()\n"
        "def at_work(): return len([p for p in here.iterdir() if p.name.isdigit()])\n"
        "while at_work() < 2 and not (here / 'alone').exists(): pass\n"
        "(here / f'saw-{at_work()}').touch()\n"
        "sys.stdin.buffer.read()\nme.unlink()\n(here / 'alone').touch()\n"
        "sys.stdout.buffer.write(b'image/png 9 9\\n\\x89PNG\\r\\n')\n",
    )
    uploads = [asyncio.create_task(pictures.clean(b"")) for _ in range(20)]
    done = await asyncio.gather(*uploads, return_exceptions=True)
    sent_away = [answer for answer in done if isinstance(answer, Refusal)]
    assert [(no.code, no.retry_after) for no in sent_away] == [("unavailable", 5)] * 12
    assert len(done) - len(sent_away) == 8
    saw = {path.name for path in files_in(tmp_path) if path.name.startswith("saw-")}
    assert "saw-2" in saw
    assert saw <= {"saw-1", "saw-2"}


async def test_pictures_do_not_hold_up_anything_else(pictures: Pictures) -> None:
    """The loop turns on while a picture is read."""
    turns = 0
    upload = asyncio.create_task(pictures.clean(plain("JPEG", size=(900, 600))))
    while not upload.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await upload).width == 900
    assert turns > 100
