"""Section 8: the policy changes while people use the service, and they are told and asked anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Literal

import apsw
import httpx2
import psycopg
import pytest

from silkroad import app
from silkroad.kit.clock import FrozenClock
from silkroad.kit.inventory import Purpose
from silkroad.kit.parties import Parties
from silkroad.kit.scope import Scope, system
from silkroad.privacy.consent import About, Agreed, Subject, ask_anew, give, is_open
from silkroad.privacy.consent.actions import answer as answer_as
from silkroad.privacy.consent.actions_renewal import supersede
from silkroad.privacy.consent.events import RenewConsents
from silkroad.privacy.consent.model import ConsentAnswer
from silkroad.privacy.consent.notice import notice
from silkroad.privacy.consent.queries import PURPOSES
from silkroad.privacy.consent.queries import receipt as receipt_of
from silkroad.privacy.processors import PROCESSORS
from silkroad.settings import Settings
from silkroad.workspaces.actions import found
from tests.attacks import stored
from tests.cast import (
    CONTROLLER,
    Shop,
    answer,
    invite,
    open_shop,
    question,
    receipt,
    says_yes,
    set_up,
)
from tests.clauses.campaigns import (
    fewer_columns,
    hears_of_it,
    line_of,
    mark,
    may_speak,
    news,
    no_grants,
    reach,
    updated,
    writes,
)
from tests.harness.engines import Engine
from tests.harness.people import Person, client_id
from tests.harness.postgres import Postgres
from tests.harness.server import Server
from tests.installation.operator import operator, succeed
from tests.push.world import World, a_world


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose people can be made to have been told another record."""
    with Server(tmp_path_factory.mktemp("campaigns") / "data") as running:
        set_up(running)
        yield running


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from a_world(tmp_path_factory.mktemp("told") / "data")


# what opens a campaign, and what does not


def test_the_first_start_tells_nobody(seeded: Server) -> None:
    shop = open_shop(seeded)
    seeded.rest()
    opened = shop.admin.get("/api/campaigns")["items"]
    (told,) = stored.all_of(seeded, "told_records")
    assert set(json.loads(told["versions"])) == {"en", "zh-CN", "sq"}
    names = {line["name"] for line in json.loads(told["record"])["recipients"]}
    others = {entry.name for entry in PROCESSORS.values() if entry.kind == "third_party"}
    assert names == others, "only who can be reached here"
    seeded.stop()
    with closing(apsw.Connection(str(seeded.data / "silkroad.db"))) as file:
        file.execute("DELETE FROM told_records")  # as a database of an earlier version
    seeded.start()
    assert stored.all_of(seeded, "told_records")[0]["hash"] == told["hash"]
    assert (news(shop.arta), shop.admin.get("/api/campaigns")["items"]) == ([], opened)


def test_what_is_only_technical_is_one_line_and_closes_nothing(seeded: Server) -> None:
    shop = open_shop(seeded)
    says_yes(shop.arta, "microphone")
    updated(seeded, lambda record: line_of(record, "conversation").update(what_for="to talk"))
    assert news(shop.arta) == [], "other words are only noted"
    noted = [
        row for row in stored.all_of(seeded, "audit_entries") if row["action"] == "policy.changed"
    ]
    assert b'"weight":"editorial"' in bytes(noted[-1]["detail"])
    updated(seeded, fewer_columns)
    (told,) = news(shop.arta)
    assert (told["text"]["weight"], told["asked"]) == ("minor", [])
    assert told["text"]["lines"] == ["Technical details have changed. The policy says which."]
    assert may_speak(shop.arta) == 200
    assert reach(shop)["chose"] is None
    assert question(shop.arta, "microphone")["state"] == "given"


def test_everybody_who_was_there_is_told_and_counted(seeded: Server) -> None:
    shop = open_shop(seeded)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    shop.asks("Anybody?", "Jon")  # who does not come back
    updated(seeded, fewer_columns)
    late = invite(shop.admin, "Besa", [shop.inbox["id"]])
    newcomer, _ = shop.asks("And the green one?", "Ana")
    assert news(late) == news(newcomer) == []
    people: list[Person] = [shop.admin, shop.arta, shop.wei]
    seen = reach(shop)
    assert (seen["people"], seen["told"], seen["read"]) == (3, 0, 0)
    for person in (*people, mira):
        (told,) = news(person)
        mark(person, told, "told")
        mark(person, told, "told")
    seen = reach(shop)
    assert (seen["people"], seen["told"], seen["read"]) == (4, 4, 0), "as many as are active"
    mark(shop.arta, news(shop.arta)[0], "read")
    assert news(shop.arta) == []
    assert reach(shop)["read"] == 1
    seeded.stop()
    seeded.start()
    newest = shop.admin.get("/api/campaigns")["items"][0]
    assert newest["text"]["id"] == seen["text"]["id"], "the same record again is no news"
    assert shop.arta.ask("GET", "/api/campaigns").status_code == 403


def test_who_goes_on_without_looking_is_counted_and_was_not_told(seeded: Server) -> None:
    """By requests alone, by a new line, and on one that was open before."""
    shop = open_shop(seeded)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    jon, _ = shop.asks("And the green one?", "Jon")
    shop.asks("Anybody?", "Ana")  # who does not come back
    updated(seeded, fewer_columns)
    team = len(shop.admin.get("/api/members")["items"])
    assert reached(shop) == (team, 0)
    for _ in range(2):
        assert writes(mira) == (200, "")
        assert reached(shop) == (team + 1, 0), "who writes is there, and was told nothing"
    line = jon.line()
    assert reached(shop) == (team + 2, 0)
    shop.admin.delete("/api/processors/google_push")
    seeded.rest()
    assert reached(shop) == (team, 1), "of the next change, whoever made it knows"
    assert line.send(None, "Still here")["t"] == "ack"
    line.close()
    assert reached(shop) == (team + 1, 1)
    hears_of_it(jon)
    assert reached(shop) == (team + 1, 2)
    late, _ = shop.asks("And I?", "Eda")
    assert writes(late) == (200, "")
    assert reached(shop) == (team + 1, 2), "who came after it has read the new notice"


def reached(shop: Shop) -> tuple[int, int]:
    """Return of how many people how many were told of the newest change."""
    seen = reach(shop)
    return seen["people"], seen["told"]


def test_nodes_that_start_together_open_one_campaign(postgres: Postgres, tmp_path: Path) -> None:
    urls, keys = postgres.fresh(), postgres.fresh()
    settings = {
        "database_url": urls.app,
        "database_owner_url": urls.owner,
        "keyring_url": keys.owner,
        "root_key_file": str(tmp_path / "root.key"),
    }
    on = Engine("postgresql", settings=settings)
    with Server(tmp_path / "one", on=on) as one:
        admin = set_up(one)
        says_yes(admin, "microphone")
        one.stop()
        with psycopg.connect(one.superuser_url) as connection:
            ((text,),) = connection.execute("SELECT record FROM told_records").fetchall()
            record = json.loads(text)
            no_grants(record)
            stale = (json.dumps(record).encode(), "0" * 32)
            connection.execute("UPDATE told_records SET record = %s, hash = %s", stale)
        with ThreadPoolExecutor() as two_hands:
            again = two_hands.submit(one.start)
            with Server(tmp_path / "two", on=on) as two:
                again.result()
                assert [told["asked"] for told in news(admin)] == [["microphone"]]
                opened = [
                    r
                    for r in stored.all_of(one, "audit_entries")
                    if r["action"] == "campaign.opened"
                ]
                assert len(opened) == 1
                assert may_speak(admin) == may_speak(admin.goes_to(two)) == 403


# asking anew


def test_a_grave_change_closes_what_it_touches_until_somebody_chooses(seeded: Server) -> None:
    shop = open_shop(seeded)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    people: list[Person] = [shop.arta, mira]
    for person in people:
        for purpose in ("microphone", "camera"):
            says_yes(person, purpose)
    updated(seeded, no_grants)
    for person in people:
        (told,) = news(person)
        assert (told["text"]["weight"], told["asked"]) == ("major", ["microphone"])
        assert "More is now used to hear you in a call: Course of events." in told["text"]["lines"]
        assert [may_speak(person, device) for device in ("microphone", "camera")] == [403, 200]
        assert question(person, "microphone")["state"] == "expired"
    assert news(shop.wei)[0]["asked"] == [], "who never agreed is told, and not asked"
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Thank you"})
    for person in people:
        says_yes(person, "microphone")
        assert may_speak(person) == 200
        assert news(person)[0]["asked"] == []
        events = [r["event"] for r in receipt(person)["records"] if r["purpose"] == "microphone"]
        assert events[0] == "given" and events[-1] == "given"
        mark(person, news(person)[0], "read")
    assert reach(shop)["chose"] == 2
    seeded.rest()
    record = next(r for r in receipt(mira)["records"] if r["event"] == "superseded")
    assert (record["purpose"], record["method"]) == ("microphone", "policy")
    assert may_speak(mira) == 200, "what was agreed to anew stays"


def test_a_no_and_no_answer_leave_it_closed(seeded: Server) -> None:
    shop = open_shop(seeded)
    for person in (shop.arta, shop.wei):
        says_yes(person, "microphone")
    updated(seeded, no_grants)
    answer(shop.arta, "microphone", "refused")
    answer(shop.wei, "microphone", "requested")  # the question is on the screen
    assert news(shop.wei)[0]["asked"] == ["microphone"]
    mark(shop.wei, news(shop.wei)[0], "read")  # which is no yes
    seeded.rest()
    for person, state in ((shop.arta, "refused"), (shop.wei, "expired")):
        assert may_speak(person) == 403
        assert question(person, "microphone")["state"] == state
    assert news(shop.arta)[0]["asked"] == []
    assert reach(shop)["chose"] == 1
    assert {question(shop.arta, p)["state"] for p in PURPOSES} == {"refused", "unanswered"}


@pytest.mark.anyio
async def test_what_is_told_late_opens_nothing_again(tmp_path: Path) -> None:
    """A consumer may come to an older change after a newer one has closed the purpose."""
    clock = FrozenClock(1_763_942_400_000)
    about = About(Subject("member", "mbr_x"), "microphone", "", Parties("Linden", "eu"), "console")
    agreed = Agreed(notice("microphone", "en", "Linden").hash, "en")
    async with app.open_house(Settings(data_dir=tmp_path / "data"), clock=clock) as house:
        place = await house.db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
        scope = system(place, Purpose.ACCOUNTABILITY)
        await house.db.write(scope, give, about, agreed)
        assert await house.db.read(scope, is_open, "mbr_x", "microphone")
        for since in (clock.now() + 10, clock.now() - 10):
            await house.db.write(scope, ask_anew, ["microphone"], since)
            assert not await house.db.read(scope, is_open, "mbr_x", "microphone")


@pytest.mark.anyio
@pytest.mark.parametrize("said", ["given", "refused"])
async def test_an_answer_that_comes_first_is_put_behind_what_it_overtakes(
    tmp_path: Path, said: Literal["given", "refused"]
) -> None:
    """The ledger follows in small steps; whoever answers before them finds it no less complete."""
    clock = FrozenClock(1_763_942_400_000)
    parties = Parties("Linden", "eu")
    agreed = Agreed(notice("microphone", "en", "Linden").hash, "en")
    anew = ConsentAnswer("microphone", said, agreed.notice_hash, "en")
    async with app.open_house(Settings(data_dir=tmp_path / "data"), clock=clock) as house:
        place = await house.db.write(system(purpose=Purpose.REGISTRATION), found, "Linden", "eu")
        scope = Scope(place, "agent", "member", "mbr_x", purpose=Purpose.ACCOUNTABILITY)
        about = About(Subject("member", "mbr_x"), "microphone", "", parties, "console")
        await house.db.write(scope, give, about, agreed)
        clock.move(10)
        await house.db.write(scope, ask_anew, ["microphone"], clock.now())
        clock.move(10)
        await house.db.write(scope, answer_as, anew, parties, "console")
        kept = (await house.db.read(scope, receipt_of, "mbr_x", "en", parties)).records
        assert [record.event for record in kept] == ["given", "superseded", said]
        assert (kept[1].method, kept[1].at) == ("policy", kept[0].at + 10)
        job = RenewConsents("microphone", kept[1].at)
        await house.db.write(system(place, Purpose.ACCOUNTABILITY), supersede, job)
        after = (await house.db.read(scope, receipt_of, "mbr_x", "en", parties)).records
        assert after == kept, "and the step that comes late finds nothing"


# the controller, and third parties


def test_another_controller_and_another_contact_are_told(own_server: Server) -> None:
    shop, boss = open_shop(own_server), operator(own_server)
    says_yes(shop.arta, "microphone")
    line = shop.arta.socket()
    boss.patch("/api/operator", {"controller": CONTROLLER})
    assert news(shop.arta) == [], "nothing is another one"
    changed = {"name": "Birch Hosting", "contact_email": "privacy@birch.example"}
    succeed(boss, **changed)
    assert line.hear("changed", within=1.0)["what"] == "campaigns"
    (told,) = news(shop.arta)
    text = told["text"]
    assert (text["weight"], told["asked"], may_speak(shop.arta)) == ("major", [], 200)
    assert text["lines"] == [
        "This service is now run by Birch Hosting. Before, it was Linden Hosting.",
        "The privacy contact's e-mail address is now privacy@birch.example.",
    ]
    before, after = (httpx2.get(text[f"{which}_url"]).text for which in ("before", "after"))
    assert "mailto:privacy@linden.example" in before
    assert "mailto:privacy@birch.example" in after
    for language in ("zh-CN", "sq"):
        (told,) = news(shop.arta, language)
        assert all("irch" in one for one in told["text"]["lines"])
        assert httpx2.get(told["text"]["before_url"]).status_code == 200
    for row in stored.all_of(own_server, "campaigns"):
        assert b"Birch" not in bytes(row["content"] or b"")
    boss.patch("/api/operator", {"controller": CONTROLLER | changed | {"address": "Street 1"}})
    assert len(news(shop.arta)) == 2
    assert news(shop.arta)[1]["text"]["lines"][0].endswith("complaints is now: Street 1.")


def test_a_third_party_that_joins_is_told_to_that_company_and_asks_anew(world: World) -> None:
    shop, rival = open_shop(world.server), open_shop(world.server, "Rival Tea")
    laptop, theirs = world.device(shop.arta), world.device(rival.arta)
    world.server.rest()
    opened = len(shop.admin.get("/api/campaigns")["items"])
    assert news(shop.arta) == [], "who comes later knows it no other way"
    shop.admin.delete("/api/processors/google_push")
    world.server.rest()
    (told,) = news(shop.arta)
    assert (told["text"]["weight"], told["asked"]) == ("minor", [])
    assert "does not use Firebase Cloud Messaging (Google LLC)" in told["text"]["lines"][0]
    assert question(shop.arta)["state"] == "given"
    line = shop.arta.socket()
    parties = shop.admin.get("/api/processors?language=en")["items"]
    shown = next(one for one in parties if one["name"] == "google_push")["notice_hash"]
    given = {"notice_hash": shown, "language": "en", "contract": "Terms of 2026"}
    shop.admin.put("/api/processors/google_push", given)
    world.server.rest()
    heard = {line.hear("changed")["what"] for _ in range(3)}
    assert heard == {"campaigns", "me", "consents"}
    line.close()
    told = news(shop.arta)[0]
    assert (told["text"]["weight"], told["asked"]) == ("major", ["wake_up"])
    (line,) = told["text"]["lines"]
    assert line.startswith("This company now uses Firebase Cloud Messaging (Google LLC) to wake a")
    assert question(shop.arta)["state"] == "expired"
    assert shop.arta.get("/api/me/devices")["items"] == []
    assert news(shop.admin) == [], "who pressed has read more than that"
    shop.admin.put("/api/processors/google_push", given | {"contract": "Terms of 2027"})
    world.server.rest()
    told = shop.admin.get("/api/campaigns")["items"]
    assert len(told) == opened + 2, "another contract is no news"
    again = world.device(shop.arta)
    assert question(shop.arta)["state"] == "given"
    assert news(rival.arta) == []
    shop.asks("Is the jasmine tea organic?")
    rival.asks("Is the black tea strong?")
    world.wakes(again)
    world.wakes(theirs)
    assert [one.payload for one in laptop.messages] == [], "it was forgotten with the consent"


def test_devices_are_woken_by_an_opaque_id(world: World) -> None:
    shop = open_shop(world.server)
    mira, _ = shop.asks("Is the jasmine tea organic?")
    desk, phone = world.device(shop.wei), world.visitors_device(mira)
    world.wakes_nobody()
    before = len(desk.messages)
    shop.admin.delete("/api/processors/google_push")
    ids = [json.loads(world.wakes(desk, before + 1)[-1].payload)]
    ids.append(json.loads(world.wakes(phone)[-1].payload))
    assert all(set(told) == {"id"} for told in ids)
    words = shop.wei.get(f"/api/wakes/{ids[0]['id']}")
    assert (words["title"], words["url"]) == ("Privacy policy", "/")
    theirs = mira.get(mira.path(f"/wakes/{ids[1]['id']}"))
    assert "done with your data has changed" in theirs["body"]
    assert shop.arta.ask("GET", f"/api/wakes/{ids[0]['id']}").status_code == 404
    world.server.rest()
    assert reach(shop)["woken"] == 2
