"""The first start: nothing works before somebody answers for it, nothing is there by default."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cast import CONTROLLER, new_phone, set_up, sign_up
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.installation.operator import command


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server on an empty folder."""
    running = Server(tmp_path / "data")
    yield running
    if running.process.poll() is None:
        running.stop()


def form(token: str, **changes: Json) -> Json:
    filled = {
        "token": token,
        "controller": CONTROLLER,
        "company_name": "First Company",
        "region": "eu",
        "administrator_name": "Dafina",
        "administrator_phone": "+12025550100",
        "language": "en",
    }
    return {**filled, **changes}


def test_nothing_but_set_up_is_served_before_it(fresh: Server) -> None:
    person = Person(fresh, "Anybody")
    state = person.get("/api/setup")
    assert (state["needed"], state["demo"], state["sms"]) == (True, False, "demo")
    assert {"home", "eu", "us"} <= set(state["regions"])
    for method, path in (
        ("GET", "/api/me"),
        ("POST", "/api/codes"),
        ("POST", "/api/sign-in/password"),
        ("POST", "/api/operator/enter"),
    ):
        answer = person.ask(method, path, {} if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"]) == (503, "setup_required"), path


def test_the_printed_link_sets_up_once(fresh: Server) -> None:
    first = set_up(fresh)
    me = first.get("/api/me")
    assert (me["member"]["role"], me["workspace"]["name"]) == ("admin", "First Company")
    assert first.get("/api/setup")["needed"] is False
    late = Person(fresh, "Late")
    with pytest.raises(Refused, match="already_set_up"):
        late.post("/api/setup", form(fresh.setup_token))
    assert late.cookies == {}


def test_of_many_who_set_up_at_once_one_does(fresh: Server) -> None:
    def attempt(_: int) -> int:
        body = form(fresh.setup_token)
        return Person(fresh, "Somebody").ask("POST", "/api/setup", body).status_code

    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(attempt, range(50)))
    assert answers.count(200) == 1
    assert set(answers) == {200, 409}


def test_a_made_up_link_sets_nothing_up(fresh: Server) -> None:
    with pytest.raises(Refused, match="link_used"):
        Person(fresh, "Guesser").post("/api/setup", form("x" * 43))
    assert Person(fresh, "Anybody").get("/api/setup")["needed"] is True


INCOMPLETE: list[Json] = [
    {"controller": None},
    {"controller": {**CONTROLLER, "name": ""}},
    {"controller": {**CONTROLLER, "contact_email": "nobody"}},
    {"controller": {"name": "Linden Hosting"}},
    {"company_name": " "},
    {"administrator_name": ""},
    {"administrator_phone": "12345"},
    {"region": "atlantis"},
    {"language": "xx"},
    {"role": "operator"},
]


def test_without_controller_contact_and_creator_nothing_is_kept(fresh: Server) -> None:
    person = Person(fresh, "Careless")
    for changes in INCOMPLETE:
        answer = person.ask("POST", "/api/setup", form(fresh.setup_token, **changes))
        assert answer.status_code == 422, changes
        assert person.cookies == {}
    person.post("/api/setup", form(fresh.setup_token))
    assert [w["name"] for w in person.get("/api/me")["workspaces"]] == ["First Company"]


def test_the_terminal_asks_the_same_questions(fresh: Server) -> None:
    phone = new_phone()
    typed = ["Linden Hosting", "nobody", "privacy@linden.example", "First Company", "eu"]
    typed += ["Dafina", phone, "en", "password", "linden blossom in June"]
    done = command(fresh, "setup", typed="\n".join(typed) + "\n")
    assert done.returncode == 0, done.stderr
    person = Person(fresh, "Dafina")
    assert person.get("/api/setup")["needed"] is False
    body = {"phone": phone, "password": "linden blossom in June"}
    assert person.post("/api/sign-in/password", body)["member"]["role"] == "admin"
    again = command(fresh, "setup")
    assert (again.returncode, "set up already" in again.stderr) == (1, True)


@pytest.mark.parametrize("region", ["sg", "eu"])
def test_a_region_is_chosen_once_and_everybody_starts_without_push(
    server: Server, region: str
) -> None:
    admin = sign_up(server, "Somewhere Ltd", "Roland", region, push=False)
    me = admin.get("/api/me")
    assert (me["workspace"]["region"], me["workspace"]["push"]) == (region, False)
    assert me["vapid_public_key"] is None
    paths = admin.get("/openapi.json")["paths"]
    schemas = admin.get("/openapi.json")["components"]["schemas"]
    changing = [name for name, s in schemas.items() if "region" in s.get("properties", {})]
    founding = {"SignUp", "SetupRequest", "AdministratorRequest"}
    shown = {"Workspace", "WorkspaceSummary", "ThirdParties"}
    assert paths
    assert set(changing) == founding | shown, "somebody takes a region after the founding"
