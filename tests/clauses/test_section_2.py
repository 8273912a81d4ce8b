"""Third parties' software, and where and how long data is kept. Clause 2.2c."""

from __future__ import annotations

from pathlib import Path

from tests.attacks.enterprise import founded
from tests.cast import set_up
from tests.clauses.verbs.routes import Told, routes
from tests.clauses.verbs.sweep import files, hits, sweep
from tests.fakes.push_service import PushService
from tests.harness.engines import Engine
from tests.harness.server import Server
from tests.installation.operator import command, operator
from tests.push.world import Time, World


def test_the_operator_finds_no_word_at_any_door_on_the_disk_or_in_a_backup(
    tmp_path: Path, engine: Engine
) -> None:
    time, backup = Time(), tmp_path / "backup"
    with (
        PushService(time) as service,
        Server(tmp_path / "data", on=engine, private_targets=service.origin) as server,
    ):
        set_up(server)
        company = founded(World(server, service, time))
        secret, runs_it = company.words.secret, operator(server)
        assert command(server, "backup", str(backup)).returncode == 0
        assert hits(files(backup), secret) == []
        assert runs_it.ask("POST", "/api/live/ticket", {}).status_code == 403
        heard = routes(runs_it, company.ids)
        assert words_in(heard, secret) == {}
        assert [one.status for one in heard if one.door == "operator.read"] == [200]
        read = words_in(routes(company.agent, company.ids), secret)
        assert {"conversations.messages", "members.list"} <= read.keys(), (
            "they are there to be read"
        )
        assert sweep(server, secret) == []


def words_in(heard: list[Told], words: set[str]) -> dict[str, list[str]]:
    """Return which doors told which of these words."""
    found = {one.door: [word for word in words if word in one.said] for one in heard}
    return {door: told for door, told in found.items() if told}
