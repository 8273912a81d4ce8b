"""The guides tell the truth: settings, defaults, and the code that people copy from them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from silkroad import __version__
from silkroad.files import MOST_BYTES
from silkroad.settings import PREFIX, Settings
from silkroad.visitors.model import Identity, vouched
from tests.architecture.tree import ROOT, name, sources

DOCS = [*sources(".md", below="docs"), *(page for page in sources(".md") if page.parent == ROOT)]
ROW = re.compile(rf"^\| `({PREFIX}\w+)` \| (?:`([^`]*)`)? ?\| \S.* \|$", re.MULTILINE)
NAMED = re.compile(rf"\b{PREFIX}[A-Z_]+\b")
SHOWN = re.compile(r"`tests/[\w/]+\.py: test_\w+`")

SECRET = "a secret that only the shop's server knows"
MIRA = {"id": "4711", "name": "Mira Hoxha", "email": "mira@example.com", "phone": "+38344123456"}
CUSTOMERS = [MIRA, {"id": "4711"}, {"id": "7", "phone": "+1", "name": "林 小雨"}]

Vouch = Callable[[dict[str, str]], dict[str, Any]]


def test_the_table_of_settings_is_complete_and_right() -> None:
    listed = dict(ROW.findall((ROOT / "docs" / "operating.md").read_text()))
    defaults = msgspec.structs.asdict(Settings())
    assert listed == {
        f"{PREFIX}{setting.upper()}": "" if value is None else str(value)
        for setting, value in defaults.items()
    }


@pytest.mark.parametrize("page", DOCS, ids=name)
def test_every_setting_that_a_page_names_exists(page: Path) -> None:
    known = {f"{PREFIX}{setting.upper()}" for setting in Settings.__struct_fields__}
    assert set(NAMED.findall(page.read_text())) <= known


def test_the_proxy_lets_through_what_the_server_takes() -> None:
    allowed = re.findall(
        r"client_max_body_size (\d+)m;", (ROOT / "docs" / "operating.md").read_text()
    )
    assert [int(size) * 1024 * 1024 > MOST_BYTES for size in allowed] == [True]


def in_python(customer: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    exec(example("python"), made)  # noqa: S102 - the page's own example is what is tested
    signed: dict[str, Any] = made["vouch_for"](SECRET, **customer)
    return signed


def in_node(customer: dict[str, str]) -> dict[str, Any]:
    call = f"vouchFor({json.dumps(SECRET)}, {json.dumps(customer)})"
    script = f"{example('js')}\nconsole.log(JSON.stringify({call}));"
    node = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    )
    signed: dict[str, Any] = json.loads(done.stdout)
    return signed


@pytest.mark.parametrize("customer", CUSTOMERS, ids="-".join)
@pytest.mark.parametrize("vouch", [in_python, in_node])
def test_the_server_believes_what_the_examples_sign(vouch: Vouch, customer: dict[str, str]) -> None:
    signed = vouch(customer)
    assert vouched(SECRET, msgspec.convert(signed, Identity))
    for detail in customer:
        forged = {**signed, detail: "somebody else"}
        assert not vouched(SECRET, msgspec.convert(forged, Identity))


def test_the_php_example_signs_the_same_text() -> None:
    php = example("php")
    assert 'implode("\\n", [$id, $name ?? "", $email ?? "", $phone ?? ""])' in php
    assert 'hash_hmac("sha256", $text, $secret)' in php
    text = "\n".join(MIRA[detail] for detail in ("id", "name", "email", "phone"))
    assert (
        in_python(MIRA)["hmac"]
        == hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    )


def example(language: str) -> str:
    """Return the one block of a language on the page about embedding."""
    page = (ROOT / "docs" / "embedding.md").read_text()
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_readme_shows_every_folder_of_the_house() -> None:
    readme = (ROOT / "README.md").read_text()
    folders = {path.parent.name for path in (ROOT / "silkroad").glob("*/__init__.py")}
    assert [folder for folder in sorted(folders) if f"`silkroad/{folder}/`" not in readme] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text()


def test_every_attacker_and_every_promise_names_the_tests_that_show_it() -> None:
    page = (ROOT / "docs" / "security.md").read_text()
    chapters = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", page, re.MULTILINE))
    attackers = chapters["Who might want what"].split("\n### ")[1:]
    promises = chapters["What is promised"].split("\n- ")[1:]
    assert (len(attackers) > 10, len(promises) > 5) == (True, True)
    for attacker in attackers:
        rest, _, shown = attacker.partition("**Shown by**")
        assert ("**Can**" in rest, "**Must not**" in rest) == (True, True), attacker
        assert SHOWN.search(shown), attacker
    assert [promise for promise in promises if not SHOWN.search(promise)] == []
