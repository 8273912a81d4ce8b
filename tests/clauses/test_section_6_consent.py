"""Clauses 6.3a and 6.3b: consent is asked for, proved, and taken back as easily; with its gate."""

from __future__ import annotations

import time
from typing import Any

import pytest

from silkroad import parts
from silkroad.engines.database.statement import EVERY_STATEMENT
from silkroad.kit.inventory import CONSENT_NEEDS, DataClass, Purpose, personal
from silkroad.kit.inventory import CONVERSATION as KEPT
from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.consent.notice import notice
from silkroad.privacy.consent.queries import PURPOSES
from tests.attacks import stored
from tests.attacks.asking import POINT
from tests.attacks.enterprise import elsewhere
from tests.cast import (
    Member,
    Shop,
    VisitorOf,
    answer,
    open_shop,
    question,
    receipt,
    says_yes,
    switch_on,
    takes_back,
    yes_to,
)
from tests.harness.people import Json, Person, Refused, client_id
from tests.harness.server import Server
from tests.privacy import erasing

SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/somewhere",
    "keys": {"p256dh": POINT, "auth": "A" * 22},
}
DAY = 24 * 3600 * 1000
STORED = ("consents", "consent_records", "devices", "media_grants")


def refusal(person: Person, method: str, path: str, body: Json) -> tuple[int, str]:
    said = person.ask(method, path, body)
    return said.status_code, said.json()["code"] if said.status_code >= 400 else ""


def kept_of(server: Server, person_id: str) -> list[str]:
    """Return the tables of this clause in which somebody's id stands."""
    return [
        table
        for table in STORED
        for row in stored.all_of(server, table)
        if person_id in (row.get("subject_id"), row.get("owner_id"))
    ]


@pytest.fixture
def mira(shop: Shop) -> VisitorOf:
    visitor, _ = shop.asks("Is the jasmine tea organic?")
    return visitor


@pytest.fixture(params=["member", "visitor"])
def person(request: pytest.FixtureRequest, shop: Shop, mira: VisitorOf) -> Person:
    """A member and a visitor: the same rules hold for both."""
    return shop.arta if request.param == "member" else mira


def media(person: Person, device: str = "") -> str:
    """Return where a device is asked for, or the grants so far are listed."""
    rest = f"/media/{device}".removesuffix("/")
    return person.path(rest) if isinstance(person, VisitorOf) else f"/api/me{rest}"


# the gate


def test_without_consent_there_is_a_403_and_nothing_is_stored(shop: Shop, mira: VisitorOf) -> None:
    token = mira.post(mira.path("/handover"))["token"]
    window = {"token": token, "subscription": SUBSCRIPTION, "page": None}
    no = (403, "consent_required")
    assert refusal(shop.arta, "PUT", "/api/me/devices", SUBSCRIPTION) == no
    assert refusal(mira, "PUT", mira.path("/push"), window) == no
    for person in (shop.arta, mira):
        for device in ("microphone", "camera"):
            assert refusal(person, "POST", media(person, device), {}) == no
    assert kept_of(shop.server, shop.arta.member_id) == []
    asked = [r["event"] for r in receipt(mira)["records"]]
    assert asked == ["requested"], "the hand-over shows the question, and nothing else was kept"
    assert shop.arta.get("/api/me/devices")["items"] == []


def test_who_never_answered_has_not_agreed(person: Person) -> None:
    for purpose in PURPOSES:
        item = question(person, purpose)
        assert (item["state"], item["since"], item["recipients"]) == ("unanswered", None, [])


def test_a_question_on_the_screen_is_no_answer(person: Person) -> None:
    answer(person, "microphone", "requested")
    answer(person, "microphone", "requested")
    assert question(person, "microphone")["state"] == "requested"
    assert refusal(person, "POST", media(person, "microphone"), {})[0] == 403
    assert [r["event"] for r in receipt(person)["records"]] == ["requested"]


def test_a_yes_to_another_question_is_none(person: Person) -> None:
    stale = {"purpose": "microphone", "answer": "given", "notice_hash": "0" * 32, "language": "en"}
    path = person.path("/consents") if isinstance(person, VisitorOf) else "/api/me/consents"
    others = {**stale, "notice_hash": yes_to(person, "camera")["notice_hash"]}
    for body in (stale, others):
        assert refusal(person, "PUT", path, body) == (428, "notice_required")
    assert question(person, "microphone")["state"] == "unanswered"


def test_each_purpose_is_agreed_to_by_itself(person: Person) -> None:
    assert says_yes(person, "microphone")["state"] == "given"
    person.post(media(person, "microphone"))
    assert refusal(person, "POST", media(person, "camera"), {})[0] == 403
    others = [p for p in PURPOSES if p != "microphone"]
    assert {question(person, p)["state"] for p in others} == {"unanswered"}


def test_nobody_agrees_for_somebody_else(shop: Shop, mira: VisitorOf) -> None:
    says_yes(shop.arta, "microphone")
    rival = open_shop(shop.server, "Rival Tea")
    for other in (shop.wei, shop.admin, rival.admin, mira):
        assert question(other, "microphone")["state"] == "unanswered"
        assert refusal(other, "POST", media(other, "microphone"), {})[0] == 403


# refusing and taking back


def test_a_no_costs_that_feature_and_nothing_else(shop: Shop, mira: VisitorOf) -> None:
    for person in (shop.arta, mira):
        for purpose in PURPOSES:
            answer(person, purpose, "refused")
            assert question(person, purpose)["state"] == "refused"
        assert refusal(person, "POST", media(person, "camera"), {})[0] == 403
    line = mira.line()
    talk = mira.get(mira.path())["visitor"]["conversation_id"]
    sent = {"client_id": client_id(), "text": "It is."}
    shop.arta.post(f"/api/conversations/{talk}/messages", sent)
    assert line.hear("message")["message"]["text"] == "It is."
    mira.post(mira.path("/messages"), {"client_id": client_id(), "text": "Thank you"})
    mira.upload(mira.path("/files"), "leaf.txt", b"leaf\n")
    for path in ("/api/me", "/api/members", "/api/conversations", "/api/me/sessions"):
        assert shop.arta.ask("GET", path).status_code == 200


def test_taking_back_is_one_request_as_giving_was_and_works_at_once(person: Person) -> None:
    says_yes(person, "microphone")
    grant = person.post(media(person, "microphone"))
    line = person.line() if isinstance(person, VisitorOf) else person.socket()
    began = time.monotonic()
    takes_back(person, "microphone")
    assert refusal(person, "POST", media(person, "microphone"), {})[0] == 403
    assert line.hear("changed", within=1.0)["what"] == "consents"
    (ended,) = person.get(media(person))["items"]
    assert (ended["id"], ended["ends_at"] < grant["ends_at"]) == (grant["id"], True)
    assert time.monotonic() - began < 5
    assert question(person, "microphone")["state"] == "withdrawn"


def test_a_device_is_forgotten_with_the_consent_within_a_second(shop: Shop) -> None:
    shop.arta.put("/api/me/devices", {**SUBSCRIPTION, "consent": yes_to(shop.arta)})
    assert question(shop.arta)["recipients"] == ["Google"]
    takes_back(shop.arta, "wake_up")
    for _ in range(50):
        if not shop.arta.get("/api/me/devices")["items"]:
            break
        time.sleep(0.02)
    assert shop.arta.get("/api/me/devices")["items"] == []
    assert refusal(shop.arta, "PUT", "/api/me/devices", SUBSCRIPTION)[0] == 403


def test_with_the_last_device_goes_the_consent(shop: Shop) -> None:
    device = shop.arta.put("/api/me/devices", {**SUBSCRIPTION, "consent": yes_to(shop.arta)})
    again = shop.arta.put("/api/me/devices", SUBSCRIPTION)
    assert again["id"] == device["id"], "a living consent need not be given twice"
    shop.arta.delete(f"/api/me/devices/{device['id']}")
    assert question(shop.arta)["state"] == "withdrawn"


def test_a_withdrawal_without_a_consent_is_no_trouble_and_no_record(person: Person) -> None:
    takes_back(person, "camera")
    assert receipt(person)["records"] == []


# the proof


def test_a_record_says_all_that_the_standard_asks(shop: Shop) -> None:
    shop.arta.put("/api/me/devices", {**SUBSCRIPTION, "consent": yes_to(shop.arta)})
    (record,) = receipt(shop.arta)["records"]
    shown = question(shop.arta)["notice"]
    expected = {
        "schema_version": "ISO/IEC TS 27560:2023",
        "event": "given",
        "subject_kind": "member",
        "subject_id": shop.arta.member_id,
        "purpose": "wake_up",
        "data": ["DEV"],
        "controller": "Linden Tea",
        "recipient": "Google",
        "notice_hash": shown["hash"],
        "language": "en",
        "retention": "session",
        "retention_days": 30,
        "jurisdiction": "eu",
        "method": "console",
        "withdrawal": "POST /api/me/consents/withdrawal",
    }
    assert expected.items() <= record.items()
    assert record["record_id"].startswith("cns_")
    assert record["at"] < record["expires_at"]


def test_every_answer_stays_in_the_ledger(person: Person) -> None:
    says_yes(person, "microphone")
    says_yes(person, "microphone")  # the same yes again is no other one
    says_yes(person, "microphone", "sq")  # another text that was read
    takes_back(person, "microphone")
    answer(person, "microphone", "refused")
    says_yes(person, "microphone", "zh-CN")
    records = receipt(person)["records"]
    assert [(r["event"], r["language"]) for r in records] == [
        ("given", "en"),
        ("superseded", "en"),
        ("given", "sq"),
        ("withdrawn", "sq"),
        ("refused", "en"),
        ("given", "zh-CN"),
    ]
    assert len({r["record_id"] for r in records}) == len(records)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_can_be_read(shop: Shop, language: str) -> None:
    says_yes(shop.arta, "wake_up", language, recipient="Google")
    takes_back(shop.arta, "wake_up")
    text = receipt(shop.arta, language)["text"]
    given, withdrawn = receipt(shop.arta, language)["records"]
    shown = question(shop.arta, "wake_up", language)["notice"]
    for word in ("Linden Tea", "Google", shown["title"], given["notice_hash"]):
        assert word in text
    assert text.index(given["record_id"]) < text.index(withdrawn["record_id"])
    assert "{" not in text


def test_no_word_that_somebody_wrote_is_in_the_ledger(shop: Shop) -> None:
    mira, _ = shop.asks("silver-needle-canary")
    says_yes(mira, "microphone")
    shop.admin.patch("/api/me", {"name": "Name Canary"})
    says_yes(shop.admin, "camera")
    for table in STORED:
        for row in stored.all_of(shop.server, table):
            text = repr(list(row.values()))
            assert "canary" not in text.lower(), table
            assert shop.admin.phone not in text, table


def test_no_statement_changes_or_deletes_a_record() -> None:
    """But for the erasure of the person whose record it is."""
    of_erasure = erasing.statements()
    touching = [
        type(statement._clause).__name__
        for statement in EVERY_STATEMENT
        if "consent_records" in str(statement._clause) and str(statement) not in of_erasure
    ]
    assert {"Insert", "Select"} == set(touching)


def test_after_two_years_people_are_asked_again(own_server: Server) -> None:
    shop = open_shop(own_server)
    says_yes(shop.arta, "microphone")
    shop.arta.post("/api/me/media/microphone")
    for _ in range(8):
        own_server.let_pass(92 * DAY)
    again = elsewhere(shop.arta)
    assert refusal(again, "POST", media(again, "microphone"), {})[0] == 403
    assert question(again, "microphone")["state"] == "expired"
    deadline = time.monotonic() + 20
    while (last := receipt(again)["records"][-1])["event"] != "expired":
        assert time.monotonic() < deadline, last
        own_server.let_pass(1000)
        time.sleep(0.1)
    assert last["method"] == "clock"


# the closed list


def test_only_a_purpose_of_the_list_may_rest_on_consent() -> None:
    assert {purpose.value for purpose in CONSENT_NEEDS} == set(PURPOSES)
    found = [
        column
        for module in parts.DECLARATIONS
        for columns in module.values()
        for column in columns.values()
        if column.basis == "consent"
    ]
    assert len(found) > 10
    assert all(column.purposes <= CONSENT_NEEDS.keys() for column in found)
    kind: dict[str, Any] = {"source": "use", "retention": KEPT, "erasure": "delete"}
    kind["basis"] = "consent"
    with pytest.raises(ValueError, match="nobody is asked"):
        personal("visitor", DataClass.CONTACT, "S1", Purpose.CONVERSATION, **kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_question_is_whole_in_every_language(purpose: Any, language: Any) -> None:
    asked = notice(purpose, language, "Linden Tea")
    parts = [asked.title, asked.why, asked.data, asked.recipients, asked.kept, asked.withdrawal]
    assert all(parts)
    assert "Linden Tea" in asked.why
    assert not any("{" in part for part in parts)
    hashes = {notice(purpose, other, "Linden Tea").hash for other in LANGUAGES}
    assert len(hashes | {notice(purpose, language, "Rival Tea").hash}) == len(LANGUAGES) + 1


def test_a_wake_up_needs_to_know_who_gets_it(shop: Shop) -> None:
    for recipient in ("", "Somebody"):
        with pytest.raises(Refused) as no:
            says_yes(shop.arta, "wake_up", recipient=recipient)
        assert no.value.status == 422
    with pytest.raises(Refused) as no:
        says_yes(shop.arta, "microphone", recipient="Google")
    assert no.value.status == 422
    assert receipt(shop.arta)["records"] == []


def test_consent_to_one_recipient_is_none_to_another(shop: Shop) -> None:
    """Clause 5.1."""
    switch_on(shop.admin, "mozilla_push")
    shop.server.rest()  # who joins asks everybody anew; what is agreed to after that counts
    says_yes(shop.arta, "wake_up", recipient="Google")
    shop.arta.put("/api/me/devices", SUBSCRIPTION)
    mozilla = "https://updates.push.services.mozilla.com/wpush/v2/somewhere"
    other = {**SUBSCRIPTION, "endpoint": mozilla}
    no = (403, "consent_required")
    assert refusal(shop.arta, "PUT", "/api/me/devices", other) == no
    shop.arta.put("/api/me/devices", {**other, "consent": yes_to(shop.arta)})
    assert question(shop.arta)["recipients"] == ["Google", "Mozilla"]


def test_an_administrator_cannot_see_what_others_agreed_to(shop: Shop) -> None:
    says_yes(shop.arta, "microphone")
    assert isinstance(shop.admin, Member)
    assert shop.arta.member_id not in repr(receipt(shop.admin))
    assert receipt(shop.admin)["records"] == []
