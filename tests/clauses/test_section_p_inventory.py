"""Nothing is held that nobody declared, wherever it is: beyond the tables, too. Clauses P.1, D.4.

What there is is found by looking at the thing itself (classes, code, a running server's folder, the
keyring's own schema), and each gate is shown to fail on something planted.
"""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import psycopg
import pytest
from msgspec.structs import replace
from prometheus_client import CollectorRegistry, Gauge

from silkroad import beyond, parts
from silkroad.diagnostics.logs import KEYS, only_allowed
from silkroad.engines.database import Job
from silkroad.engines.keyring import SealKey
from silkroad.engines.keyring.opening import mark, open_keyring
from silkroad.kit.inventory import (
    SHORT,
    Column,
    Declarations,
    Place,
    Purpose,
    nonpersonal,
    passing,
)
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import Settings
from tests.cast import open_shop, set_up
from tests.harness.engines import Engine
from tests.harness.postgres import Postgres
from tests.harness.server import Server
from tests.privacy import held
from tests.privacy.browsers import browsers, scripts
from tests.privacy.declared import BYTES, Schema, merged, wrong

OF_THE_MACHINE = {"event", "level", "timestamp", "left_out"}
"""What the log puts into its lines by itself."""

WRITERS: dict[str, set[str]] = {
    "archive.backup._new_file": {"backup"},
    "archive.parts.MovingFiles.copy": {"blobs"},
    "archive.restore._put_blobs": {"blobs"},
    "cli.show_clauses": set(),  # pages about the product itself
    "demo.play.serve_demo": {"DEMO"},
    "engines.blobs.folder.FolderBlobs._write": {"blobs"},
    "engines.blobs.folder.FolderBlobs._mark": {"blobs"},
    "engines.database.folder.having": {"lock"},
    "engines.database.folder.mark_moved": {"moved"},
    "engines.database.sqlite.SqliteConnection.__init__": {"silkroad.db"},
    "engines.disk.put": set(),  # what the others hand to it
    "engines.disk.sync": set(),  # the folder itself
    "engines.keyring.copying.SqliteKeyRows._made": {"keys"},
    "engines.keyring.copying.SqliteKeyRows._opened": {"keys"},
    "engines.keyring.root._write": {"keys"},
    "engines.keyring.sqlite.SqliteKeyring.__init__": {"keys"},
    "files.safekeeping.keep_content": {"blobs"},
    "privacy.copies.archive.Archive.__init__": set(),  # sent as it is written, and kept nowhere
    "privacy.copies.archive.Archive.entry": set(),  # the same
    "privacy.policy.releases.files._write": set(),  # the released record, in the repository
}
"""Which functions write into files, and which buckets; whoever joins comes here to say it."""

CHANCE = SystemRandomness()


def declared(place: Place) -> Declarations:
    return merged(beyond.held_in(place, beyond.BEYOND))


@pytest.fixture(scope="module")
def code() -> list[tuple[str, ast.Module]]:
    return held.code()


def test_every_place_has_its_gate() -> None:
    """A new place is to be looked at before anything is declared in it."""
    gates = "".join(file.read_text() for file in Path(__file__).parent.glob("test_section_p_*.py"))
    for place in get_args(Place):
        assert f'declared("{place}")' in gates
        things = [thing for module in beyond.BEYOND for thing in module.get(place, {})]
        assert sorted(set(things)) == sorted(things) != [], "by one module each"


def test_every_field_of_an_event_is_declared() -> None:
    assert wrong(held.events(), declared("event")) == []


class Told:
    """What a planted fact is one of, so that it is none of the product's."""


class Gossip(Told):
    """A fact that nobody declares, and of which nobody hears."""

    __module__ = "silkroad.push.weed"
    __struct_fields__ = ("about",)


def test_a_planted_event_is_found() -> None:
    live = held.events() | held.events(Told)
    assert wrong(live, declared("event")) == ["Gossip.about: nobody declares it"]
    live["MemberRemoved"]["shoe_size"] = BYTES
    assert "MemberRemoved.shoe_size: nobody declares it" in wrong(live, declared("event"))


def test_every_field_of_a_job_is_declared_for_what_the_job_does() -> None:
    assert wrong(held.jobs(), declared("job")) == []
    purposes = {job.__name__: job.purpose for job in held.kinds_of(Job)}
    for name, known in declared("job").items():
        for field, column in known.items():
            assert not column.personal or purposes[name] in column.purposes, f"{name}.{field}"


def test_a_planted_field_of_a_job_is_found() -> None:
    live = held.jobs()
    live["SendWake"]["text"] = BYTES
    assert wrong(live, declared("job")) == ["SendWake.text: nobody declares it"]


def test_what_is_told_and_queued_stays_no_longer_than_where_it_lies() -> None:
    bodies = [merged(parts.DECLARATIONS)[table]["body"] for table in ("facts", "jobs")]
    assert {body.retention for body in bodies} == {SHORT}
    passing_by = [
        *declared("event").values(),
        *declared("job").values(),
        *declared("word").values(),
    ]
    fields = [column for known in passing_by for column in known.values() if column.personal]
    assert {column.retention for column in fields} == {SHORT}
    assert {column.sensitivity for column in fields} == {"S1"}, "ids and states, no words"


def test_every_field_of_a_frame_is_declared() -> None:
    assert wrong(held.frames(), declared("frame")) == []


def test_a_planted_field_of_a_frame_is_found() -> None:
    live = held.frames()
    live["PresenceFrame"]["place"] = BYTES
    assert wrong(live, declared("frame")) == ["PresenceFrame.place: nobody declares it"]


def test_every_word_between_nodes_is_declared() -> None:
    assert wrong(held.words(), declared("word")) == []
    live = held.words()
    live["typing"]["text"] = BYTES
    assert wrong(live, declared("word")) == ["typing.text: nobody declares it"]


def test_the_list_of_the_log_is_what_is_declared_and_what_is_used(
    code: list[tuple[str, ast.Module]],
) -> None:
    assert set(declared("log")["log"]) == KEYS
    live = held.fields({"log": held.log_keys(code) | OF_THE_MACHINE})
    assert wrong(live, declared("log")) == []


def test_a_planted_key_is_found_and_does_not_reach_the_log() -> None:
    planted = ast.parse('log.info("came", status="ok", shoe_size=43)\nlog.error("x", **all_of_it)')
    keys = held.log_keys([("planted", planted)])
    assert keys == {"status", "shoe_size", "**"}
    live = held.fields({"log": keys | KEYS - {"status"}})
    found = wrong(live, declared("log"))
    assert found == ["log.**: nobody declares it", "log.shoe_size: nobody declares it"]
    assert only_allowed(None, "info", {"event": "came", "shoe_size": 43}) == {
        "event": "came",
        "left_out": ["shoe_size"],
    }


def test_every_metric_and_label_is_declared() -> None:
    assert wrong(held.metrics(), declared("metric")) == []


def test_a_planted_label_is_found() -> None:
    registry = CollectorRegistry()
    Gauge("silkroad_sockets", "Open sockets.", ["visitor"], registry=registry)  # none opened yet
    found = wrong(
        held.metrics(registry), {"silkroad_sockets": declared("metric")["silkroad_sockets"]}
    )
    assert found == ["silkroad_sockets.visitor: nobody declares it"]


def test_every_file_of_a_server_that_was_used_is_declared(tmp_path: Path, engine: Engine) -> None:
    with Server(tmp_path / "data", on=engine, region="eu") as server:
        set_up(server)
        shop = open_shop(server)
        _, conversation = shop.asks("Hello")
        shop.arta.upload(f"/api/conversations/{conversation}/files", "a.txt", b"a file")
        live = held.files(server.data)
    assert undeclared(live, declared("bucket")) == []
    assert {"fil", "region"} == set(live["blobs"]), "a file was put there, and the mark"


def test_a_planted_file_and_a_planted_kind_of_blob_are_found(tmp_path: Path) -> None:
    for name in ("silkroad.db-wal", "faces.db", "blobs/wsp_1/img_1", "blobs/wsp_1/fil_1"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = ["blobs.img: nobody declares it", "faces.db.: nobody declares it"]
    assert undeclared(held.files(tmp_path), declared("bucket")) == found


def test_whoever_writes_files_writes_what_is_declared(code: list[tuple[str, ast.Module]]) -> None:
    assert held.writers(code) == set(WRITERS)
    buckets = {bucket for written in WRITERS.values() for bucket in written}
    assert buckets == set(declared("bucket"))


@pytest.mark.parametrize(
    "planted",
    [
        'Path("faces").write_bytes(face)',
        'with open(path, "ab") as file: ...',
        'path.open(mode="w")',
        'await house.blobs.put(f"{workspace_id}/img_1", face)',
        'apsw.Connection("faces.db")',
        '(faces / "one").touch()',
        'ZipFile(faces, "w")',
        'tempfile.mkstemp(prefix="faces")',
        "os.open(path, os.O_CREAT)",
    ],
)
def test_a_planted_writer_is_found(planted: str) -> None:
    tree = ast.parse(f"async def f():\n {planted}")
    assert held.writers([("planted", tree)]) == {"planted.f"}
    reading = ast.parse('async def f():\n with open("faces", "rb") as file: file.read()')
    assert held.writers([("planted", reading)]) == set()


def test_every_kind_of_record_of_a_backup_is_declared() -> None:
    copies = {"backup": declared("bucket")["backup"]}
    assert wrong(held.backup(), copies) == []
    live = held.backup()
    live["backup"]["faces"] = BYTES
    assert wrong(live, copies) == ["backup.faces: nobody declares it"]


def test_all_that_the_program_remembers_is_declared(code: list[tuple[str, ast.Module]]) -> None:
    assert wrong(held.memory(code), declared("memory")) == []


@pytest.mark.parametrize(
    ("planted", "place"),
    [
        ("_seen = {}", "planted._seen"),
        ("_seen: dict[str, str] = {}", "planted._seen"),
        ("_seen = OrderedDict()", "planted._seen"),
        ("_seen: list[str] = []", "planted._seen"),
        ("_seen = defaultdict(list)", "planted._seen"),
        ("@lru_cache(maxsize=9)\ndef kept_for(x): ...", "planted.kept_for"),
        ("class C:\n @functools.cache\n def kept_for(self): ...", "planted.C.kept_for"),
        ("class C:\n def __init__(self):\n  self._seen = {}", "planted.C._seen"),
        ("class C:\n def f(self):\n  self.seen = collections.deque()", "planted.C.seen"),
        ("class C:\n def f(self, x):\n  self.seen: set[str] = x", "planted.C.seen"),
        ("class C:\n def f(self, x):\n  self.seen = {y for y in x}", "planted.C.seen"),
        ("class C:\n seen: dict[str, str] = {}", "planted.C.seen"),
        ("class C:\n def f(self):\n  self.seen = TTLCache(9, 9)", "planted.C.seen"),
        ("def f():\n seen = {}\n def g(x): seen[x] = x\n return g", "planted.f.seen"),
        ("class C:\n seen: dict[str, str] = field(default_factory=dict)", "planted.C.seen"),
    ],
)
def test_a_planted_cache_is_found(planted: str, place: str) -> None:
    live = held.memory([("planted", ast.parse(planted))])
    assert wrong(live, {}) == [f"{place}: nobody declares it"]
    nobody = nonpersonal("says who declares it")
    assert wrong(live, {thing: dict.fromkeys(names, nobody) for thing, names in live.items()}) == []


def test_a_table_of_constants_is_no_cache() -> None:
    constant = ast.parse('_A = {"a": 1}\n_B = ("a", "b")\n_C = frozenset({1})\n__all__ = ["x"]')
    assert held.memory([("planted", constant)]) == {}


def test_what_stays_in_browsers_is_declared(code: list[tuple[str, ast.Module]]) -> None:
    assert wrong(browsers(scripts(), code), declared("browser")) == []


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ('localStorage.setItem("name", name)', "localStorage"),
        ("window.sessionStorage[key] = text", "sessionStorage"),
        ('const all = await caches.open("all")', "caches"),
        ("document.cookie = `name=${name}`", "document.cookie"),
    ],
)
def test_what_is_planted_in_a_browser_is_found(script: str, kind: str) -> None:
    live = browsers([("console/src/gossip.ts", script)], [])
    assert wrong(live, {}) == [f"console/src/gossip.ts.{kind}: nobody declares it"]


def test_a_planted_cookie_is_found() -> None:
    planted = ast.parse('call.set_cookie(Cookie("ad", token, YEAR))')
    live = browsers([], [("planted", planted)])
    assert wrong(live, {}) == ["cookie.'ad': nobody declares it"]


def test_every_column_of_the_keyring_is_declared(tmp_path: Path, postgres: Postgres) -> None:
    root, url = SealKey(CHANCE.bytes(32)), postgres.fresh().owner
    here = Settings(data_dir=tmp_path, region="eu")
    for settings in (here, replace(here, keyring_url=url)):
        open_keyring(settings, root, CHANCE).close()
        mark(settings, settings.region)
    path, known = tmp_path / "keys" / "keyring.db", declared("keyring")
    assert wrong(held.keys_in_postgres(url), known) == []
    in_a_file = {"keys": known["keys"], "place": known["place"]}
    assert wrong(held.keys_in_a_file(path), in_a_file) == []
    with closing(sqlite3.connect(path)) as file:
        file.execute("ALTER TABLE keys ADD COLUMN name TEXT")
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE keys ADD COLUMN name text")
    assert undeclared(held.keys_in_a_file(path), known) == ["keys.name: nobody declares it"]
    assert wrong(held.keys_in_postgres(url), known) == ["keys.name: nobody declares it"]


@pytest.mark.parametrize("place", get_args(Place))
def test_what_is_declared_and_gone_is_found_in_every_place(place: Place) -> None:
    known = declared(place)
    assert len(wrong({}, known)) == sum(map(len, known.values())) > 0


@pytest.mark.parametrize("field", ["last_ip", "device_id", "phone_index", "address"])
def test_what_tells_of_a_person_is_never_about_nobody(field: str) -> None:
    live = held.fields({"planted": [field]})
    nobody: Declarations = {"planted": {field: nonpersonal("says who declares it")}}
    somebody: Declarations = {"planted": {field: passing("visitor", Purpose.CONVERSATION)}}
    assert wrong(live, nobody) == [f"planted.{field}: tells of a person"]
    assert wrong(live, somebody) == []


def test_what_leaves_something_open_is_found() -> None:
    whole = passing("visitor", Purpose.CONVERSATION)
    with pytest.raises(ValueError, match="purpose") as bare:
        Column(data=whole.data, subjects=whole.subjects)
    assert all(word in str(bare.value) for word in ("basis", "period", "source", "sensitivity"))
    for reason in ("", " "):
        with pytest.raises(ValueError, match="say why"):
            nonpersonal(reason)


def undeclared(live: Schema, declarations: Declarations) -> list[str]:
    """Say what nobody declares, where not everything that is declared has to be there."""
    return [line for line in wrong(live, declarations) if "no such thing" not in line]
