"""Section 7: under 14 nothing goes on before a guardian agrees, and guardians have a door."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import apsw
import pytest

from silkroad.http import visitor_cookie
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from silkroad.privacy.guardians.model import is_child, of_age_by
from tests.attacks.asking import SAMPLES, asked, missing
from tests.attacks.stored import all_of
from tests.cast import Shop, VisitorOf, open_shop, question, receipt, says_yes
from tests.clauses.persons import begin, waiting
from tests.clauses.verbs.sweep import files, hits
from tests.harness.people import Json, Person, Refused, client_id
from tests.harness.server import Server
from tests.privacy.letters import consent, days_pass, opened, reply, requests_of, seen, unmasked

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
CHAT = [o for o in OPERATIONS if o.door == "widget" and o.policy.permission == Permission.CHAT]
BACK = {o.name for o in OPERATIONS if o.policy.permission == Permission.TAKE_BACK}
"""What takes something back, or shows what there is to take back: tried in test_section_6_3.py."""

OPEN = {
    "widget.read",
    "widget.consents",
    "widget.start",
    "widget.ask_guardian",
    "contact.send_to_company",
}
"""What a child may do: read what they are told, say their age, reach a guardian or the contact."""

BY_BEARER = {"widget.subscribe", "widget.wake"}
"""What is opened by a token that was given before; tried with real ones below."""

WORDS = {"name": "Shpresa Zirkelstein", "relationship": "parent", "evidence": "Zirkelstein 4711"}


@pytest.fixture
def asking(shop: Shop) -> Shop:
    """A shop whose chat asks for the birth date."""
    shop.admin.put("/api/age-gate", {"asks": True})
    return shop


def test_nobody_is_asked_unless_the_company_wants_it(shop: Shop) -> None:
    visitor = shop.visitor()
    config = visitor.get(visitor.path())
    assert (config["ask_birth_date"], config["held"]) == (False, None)
    with pytest.raises(Refused, match="invalid"):
        begin(visitor, aged(30))
    with pytest.raises(Refused, match="invalid"):
        waiting(visitor, aged(10))
    assert begin(visitor)["visitor"]["id"]
    assert about(shop, visitor) is None


def test_of_the_old_enough_only_that_is_kept(asking: Shop) -> None:
    visitor = asking.visitor()
    assert visitor.get(visitor.path())["ask_birth_date"] is True
    for wrong, code in (
        (None, "birth_date_required"),
        ("2026-02-30", "invalid"),
        ("1850-01-01", "invalid"),
        (aged(-1), "invalid"),
        ("01.02.2000", "invalid"),
    ):
        with pytest.raises(Refused, match=code):
            begin(visitor, wrong)
        assert visitor.cookies == {}
    begin(visitor, aged(14))
    ward = about(asking, visitor)
    assert ward is not None
    assert (ward["standing"], ward["birth_date"], ward["consent"]) == ("old_enough", None, None)
    assert say(visitor, "Hello")
    config = visitor.get(visitor.path())
    assert (config["ask_birth_date"], config["held"]) == (False, None)


def test_who_wrote_before_is_asked_before_they_go_on(shop: Shop) -> None:
    visitor, _ = shop.asks("Hello")
    shop.admin.put("/api/age-gate", {"asks": True})
    assert visitor.get(visitor.path())["held"] == "birth_date_required"
    with pytest.raises(Refused, match="birth_date_required"):
        say(visitor, "Again")
    before = dict(visitor.cookies)
    begin(visitor, aged(20))
    assert visitor.cookies == before, "the same visitor, with the same conversation"
    assert say(visitor, "Again")


def test_a_child_stores_nothing_before_a_guardian_is_asked(asking: Shop) -> None:
    child = asking.visitor()
    before = rows(asking.server)
    with pytest.raises(Refused, match="guardian_required") as refused:
        begin(child, aged(13))
    assert refused.value.status == 403
    assert child.cookies == {}
    assert rows(asking.server) == before


def test_everything_is_shut_but_the_way_to_a_guardian(asking: Shop) -> None:
    """GATE over every operation of the widget, and the socket. What takes back is open (6.3a)."""
    child = asking.visitor()
    waiting(child, aged(10))
    config = child.get(child.path())
    assert (config["held"], config["visitor"]) == ("guardian_required", None)
    kinds = {"file": "fil_", "campaign": "cmp_", "publication": "pub_"}
    ids = {"inbox": child.inbox_id, **{kind: missing(name) for kind, name in kinds.items()}}
    before = rows(asking.server)
    for operation in CHAT:
        answer = asked(operation, ids).by(child)
        assert (answer.status_code, answer.json()["code"]) == (403, "guardian_required"), operation
    assert rows(asking.server) == before
    tried = {o.name for o in CHAT} | OPEN | BY_BEARER | BACK
    assert {o.name for o in OPERATIONS if o.door == "widget"} == tried, "a new door needs its gate"
    begin(child, aged(30))
    with pytest.raises(Refused, match="guardian_required"):
        say(child, "I have grown up all of a sudden")


def test_a_guardian_agrees_and_takes_it_back(asking: Shop) -> None:
    shop = asking
    child = shop.visitor()
    token = waiting(child, aged(10))
    guardian = Person(shop.server, "Shpresa")
    told = seen(shop.server, token)
    assert (told["kind"], told["guardian"], told["to"]) == ("guardian", "asked", "Linden Tea")
    told = consent(shop.server, token, WORDS)
    assert told["guardian"] == "claimed"
    assert WORDS["evidence"] not in str(told)
    with pytest.raises(Refused, match="guardian_required"):
        say(child, "Hello?")
    (request,) = requests_of(shop.admin)
    assert (request["state"], request["proof_given"]) == ("received", True)
    detail = opened(shop.admin, request["id"])
    assert detail["masked"] and WORDS["evidence"] not in str(detail)
    assert unmasked(shop.admin, request["id"]) == {"proof": None, "consent": WORDS}
    with pytest.raises(Refused, match="not_verified"):
        shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "Who are you?"})
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})
    assert seen(shop.server, token)["guardian"] == "given"
    say(child, "Hello!")
    line, window = child.line(), child.post(child.path("/handover"))
    assert guardian.post("/api/contact/revoke", {"token": token})["guardian"] == "revoked"
    assert line.closes_with() in {4401, 4403, 4410}
    for attempt in (lambda: say(child, "Hello?"), child.line, lambda: subscribe(child, window)):
        with pytest.raises(Refused, match="guardian_required"):
            attempt()
    woken = {device["workspace_id"] for device in all_of(shop.server, "devices")}
    assert shop.admin.workspace_id not in woken
    with pytest.raises(Refused, match="wrong_step"):
        guardian.post("/api/contact/revoke", {"token": token})
    consent(shop.server, token, WORDS)
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})
    say(child, "Here again")


@pytest.mark.sqlite
def test_a_consent_to_other_facts_is_asked_for_again(own_server: Server) -> None:
    """As after an update that changes what a child's chat means: nobody is locked in between."""
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child = shop.visitor()

    def agree(token: str) -> None:
        consent(own_server, token, WORDS)
        (request,) = (one for one in requests_of(shop.admin) if one["state"] == "received")
        shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})

    agree(waiting(child, aged(10)))
    say(child, "Hello!")
    with pytest.raises(Refused, match="wrong_step"):
        waiting(child, aged(10))
    assert own_server.stop() == 0
    with closing(apsw.Connection(str(own_server.data / "silkroad.db"))) as file:
        file.execute("UPDATE consents SET terms = 'other facts' WHERE purpose = 'conversation'")
    own_server.start()
    with pytest.raises(Refused, match="guardian_required"):
        say(child, "Hello?")
    agree(waiting(child, aged(10)))
    say(child, "Here again")


def test_it_is_on_record_and_takes_what_it_opened_along(asking: Shop) -> None:
    """7a, 6.3: given and withdrawn for the child, with relationship and evidence."""
    shop, child = asking, asking.visitor()
    token, guardian = waiting(child, aged(10)), Person(asking.server, "Shpresa")
    consent(shop.server, token, WORDS, "sq")
    (request,) = requests_of(shop.admin)
    mine = shop.admin.workspace_id
    assert [row for row in all_of(shop.server, "consent_records") if is_of(row, mine)] == []
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})
    (given,) = receipt(child)["records"]
    about = {"event": "given", "purpose": "conversation", "method": "guardian", "language": "sq"}
    about |= {"relationship": "parent", "evidence": request["id"], "controller": "Linden Tea"}
    assert given | about == given
    assert (
        given["notice_hash"]
        and given["subject_id"] == child.get(child.path())["visitor"]["visitor"]["id"]
    )
    assert "for a child under 14: you agreed (by a parent or guardian" in receipt(child)["text"]
    items = child.get(child.path("/consents"))["items"]
    assert "conversation" not in {item["purpose"] for item in items}, (
        "it is not the child's to take"
    )
    says_yes(child, "microphone")
    child.post(child.path("/media/microphone"))
    guardian.post("/api/contact/revoke", {"token": token})
    rows = [row for row in all_of(shop.server, "consent_records") if is_of(row, mine)]
    ended = {(row["purpose"], row["event"], row["method"]) for row in rows}
    assert ended >= {(what, "withdrawn", "guardian") for what in ("conversation", "microphone")}
    (kept,) = [row for row in rows if row["id"] == given["record_id"]]
    assert kept["event"] == "given", "what was once said stays as it was"
    (grant,) = [row for row in all_of(shop.server, "media_grants") if is_of(row, mine)]
    assert grant["ends_at"] < grant["granted_at"] + MINUTE, "the open grant ended with it"


def test_a_consent_that_does_not_do_is_deleted(asking: Shop) -> None:
    child = asking.visitor()
    token = waiting(child, aged(10))
    consent(asking.server, token, WORDS)
    (request,) = requests_of(asking.admin)
    asking.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": False})
    ward = about(asking, child)
    assert ward is not None
    assert (ward["standing"], ward["consent"], ward["consent_key"]) == ("asked", None, None)
    with pytest.raises(Refused, match="guardian_required"):
        say(child, "Hello?")
    assert seen(asking.server, token)["guardian"] == "asked", "and the guardian may try again"


def test_a_guardians_door_answers_what_they_ask(asking: Shop) -> None:
    """7b: a verified guardian asks, sees and has deleted, by the same link."""
    shop, child = asking, asking.visitor()
    token, guardian = waiting(child, aged(10)), Person(asking.server, "Shpresa")
    consent(shop.server, token, WORDS)
    (request,) = requests_of(shop.admin)
    path = f"/api/requests/{request['id']}"
    shop.admin.put(f"{path}/identity", {"accepted": True})
    with pytest.raises(Refused, match="wrong_step"):
        shop.admin.put(f"{path}/closed", {"outcome": "done"})
    told = reply(shop.server, token, "What do you have?")
    assert (told["state"], told["verified"]) == ("verified", True)
    shop.admin.post(f"{path}/answers", {"text": "One message, and we deleted it."})
    assert seen(shop.server, token)["messages"][-1]["text"] == "One message, and we deleted it."
    guardian.post("/api/contact/revoke", {"token": token})
    reply(shop.server, token, "And now?")
    shop.admin.post(f"{path}/answers", {"text": "Nothing."})
    assert seen(shop.server, token)["messages"][-1]["text"] == "Nothing."


def test_a_birthday_opens_the_door(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child = shop.visitor()
    today = datetime.now(UTC).date()
    waiting(child, str(same_day(today + timedelta(days=2), 14)))
    with pytest.raises(Refused, match="guardian_required"):
        say(child, "Hello?")
    own_server.let_pass(3 * DAY)
    assert say(child, "I am fourteen")


def nearly_fourteen(server: Server) -> tuple[VisitorOf, str, date]:
    """Return a child with consent, their guardian's token, and the day on which they were born."""
    shop = open_shop(server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, day = shop.visitor(), same_day(datetime.now(UTC).date() + timedelta(days=2), 14)
    token = waiting(child, str(day))
    consent(server, token, WORDS)
    (request,) = requests_of(shop.admin)
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})
    return child, token, day


def test_from_the_birthday_on_everything_is_their_own(own_server: Server) -> None:
    child, token, _ = nearly_fourteen(own_server)
    days_pass(own_server, 3 * DAY)
    assert say(child, "I am fourteen")
    says_yes(child, "microphone")
    with pytest.raises(Refused, match="wrong_step"):
        Person(own_server, "Shpresa").post("/api/contact/revoke", {"token": token})
    assert question(child, "microphone")["state"] == "given", "it is theirs by now"


def test_no_ledger_tells_the_birthday(own_server: Server) -> None:
    """A guardian's consent ends with the year: its own end would tell what is sealed. D.5."""
    child, _, day = nearly_fourteen(own_server)
    new_year = datetime(day.year + 15, 1, 1, tzinfo=UTC).timestamp() * 1000
    ends = [row["expires_at"] for row in all_of(own_server, "consents")]
    assert round(new_year) in ends
    birthday = datetime(day.year + 14, day.month, day.day, tzinfo=UTC).timestamp() * 1000
    assert not any(abs(end - birthday) < DAY for end in ends if end and end != new_year)
    days_pass(own_server, round(new_year - birthday) + 4 * DAY)
    events = [record["event"] for record in receipt(child)["records"]]
    assert events == ["given", "expired"]


def test_who_never_answers_leaves_nothing_of_the_child(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child = shop.visitor()
    waiting(child, aged(10))
    days_pass(own_server, 29 * DAY)
    assert about(shop, child) is not None
    days_pass(own_server, 2 * DAY)
    assert all_of(own_server, "wards") == []


def test_neither_birth_date_nor_consent_lies_on_the_disk(own_server: Server) -> None:
    shop = open_shop(own_server)
    shop.admin.put("/api/age-gate", {"asks": True})
    child, day = shop.visitor(), aged(10)
    token = waiting(child, day)
    consent(own_server, token, WORDS)
    (request,) = requests_of(shop.admin)
    shop.admin.put(f"/api/requests/{request['id']}/identity", {"accepted": True})
    own_server.stop()
    swept = [day, WORDS["name"], WORDS["evidence"], token]
    assert hits(files(own_server.data, own_server.errors), swept) == []


@pytest.mark.parametrize(
    ("born", "today", "child"),
    [
        ("2012-11-29", "2026-11-28", True),
        ("2012-11-28", "2026-11-28", False),
        ("2012-11-27", "2026-11-28", False),
        ("2012-02-29", "2026-02-28", True),
        ("2012-02-29", "2026-03-01", False),
        ("2026-11-28", "2026-11-28", True),
        ("1930-01-01", "2026-11-28", False),
    ],
)
def test_fourteen_is_fourteen(born: str, today: str, child: bool) -> None:
    noon = datetime.fromisoformat(f"{today}T12:00:00+00:00").timestamp() * 1000
    assert is_child(date.fromisoformat(born), round(noon)) is child
    assert round(noon) < of_age_by(date.fromisoformat(born)) or not child


def aged(years: int) -> str:
    """Return the birth date of somebody who turned so many years old yesterday."""
    return str(same_day(datetime.now(UTC).date() - timedelta(days=1), years))


def same_day(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def say(visitor: VisitorOf, text: str) -> Json:
    return visitor.post(visitor.path("/messages"), {"client_id": client_id(), "text": text})


def subscribe(visitor: VisitorOf, handed: Json) -> Json:
    keys = {"p256dh": SAMPLES["p256dh"], "auth": SAMPLES["auth"]}
    subscription = {"endpoint": SAMPLES["endpoint"], "keys": keys}
    body = {"token": handed["token"], "subscription": subscription, "page": None}
    return visitor.put(visitor.path("/push"), body)


def about(shop: Shop, visitor: VisitorOf) -> Json | None:
    """Return what is stored of a visitor's age."""
    assert visitor_cookie(visitor.inbox_id) in visitor.cookies
    here = shop.admin.workspace_id
    return next((w for w in all_of(shop.server, "wards") if w["workspace_id"] == here), None)


def is_of(row: Json, workspace_id: str) -> bool:
    return bool(row["workspace_id"] == workspace_id)


def rows(server: Server) -> dict[str, int]:
    """Return how many rows there are of everything that a visitor's doings leave."""
    names = ("visitors", "visitor_sessions", "conversations", "messages", "wards", "devices")
    return {name: len(all_of(server, name)) for name in (*names, "contact_requests")}
