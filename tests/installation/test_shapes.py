"""What messages are made of is worked out before threads are there to trip over it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

NOW_UNREADABLE = """
import asyncio, os
import msgspec
from silkroad import app
from silkroad.kit import shapes
from silkroad.settings import read_settings


async def main():
    if OPENED:
        async with app.open_house(read_settings(os.environ)):
            unread()
    else:
        unread()


def unread():
    known = list(shapes.every(msgspec.Struct))
    assert len(known) > 200
    for shape in known:  # whoever has not read them by now cannot
        annotations = shape.__dict__.get("__annotations__", {})
        annotations.update(dict.fromkeys(annotations, "nothing_of_this_name"))
    for shape in known:
        msgspec.json.Decoder(shape)


asyncio.run(main())
"""
TWO_AT_ONCE = """
import sys, threading, types
import msgspec

sys.setswitchinterval(1e-6)
LEAF = "class L{0}(msgspec.Struct):\\n    a: \'Literal[1, 2]\' = 1\\n"
for number in range(2000):
    module = types.ModuleType(f"m{number}")
    sys.modules[module.__name__] = module
    leaves = "".join(LEAF.format(i) for i in range(20))
    top = "class Top(msgspec.Struct):\\n" + "".join(f"    f{i}: \'L{i}\'\\n" for i in range(20))
    exec("import msgspec\\nfrom typing import Literal\\n" + leaves + top, module.__dict__)
    if SETTLED:
        msgspec.json.Decoder(module.Top)
    go, said = threading.Barrier(4), {f"f{i}": {"a": 1} for i in range(20)}
    def read():
        go.wait()
        msgspec.convert(said, module.Top)
    threads = [threading.Thread(target=read) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    if SETTLED and number == 200:
        break
"""


def run(program: str, data: Path, **said: bool) -> subprocess.CompletedProcess[str]:
    words = "".join(f"{name} = {value}\n" for name, value in said.items())
    return subprocess.run(
        [sys.executable, "-c", words + program],
        env={"SILKROAD_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.mark.parametrize("opened", [True, False])
def test_an_open_house_knows_every_shape(tmp_path: Path, opened: bool) -> None:
    """And a program that is only imported does not: so the test can fail."""
    done = run(NOW_UNREADABLE, tmp_path / "data", OPENED=opened)
    assert (done.returncode == 0) is opened, done.stderr
    assert opened or "nothing_of_this_name" in done.stderr


def test_a_shape_that_is_settled_bears_threads(tmp_path: Path) -> None:
    assert run(TWO_AT_ONCE, tmp_path, SETTLED=True).returncode == 0


@pytest.mark.prove
def test_one_that_is_not_ends_the_process(tmp_path: Path) -> None:
    """The day that this fails, msgspec is mended, and `shapes` is no longer needed."""
    assert run(TWO_AT_ONCE, tmp_path, SETTLED=False).returncode == -signal.SIGSEGV
