"""Clauses 6.1a and 6.1d: a copy of one's own, and an answer in time, or it shows that none came."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.contact.phrases import WORDS
from tests.attacks.stored import all_of
from tests.attacks.words import Words
from tests.cast import Shop, VisitorOf, open_shop
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.privacy.letters import days_pass, letter, opened, page_under, requests_of, seen

from .persons import LETTERS, copied, fill, left_of, text_of, until
from .verbs.gate import nothing_changes
from .verbs.sweep import sweep

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def test_a_request_is_warned_of_on_day_12_and_its_breach_is_logged_after_day_15(
    own_server: Server,
) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "You lost my order.", "complaint")
    calendar = Calendar(shop)
    received = calendar.received
    assert state(shop) == (False, False)
    calendar.go_to(midnight_of(received, 12) - MINUTE)
    assert state(shop) == (False, False)
    assert audited(own_server, "request.nearly_due") == 0
    line = shop.admin.socket()
    calendar.go_to(midnight_of(received, 12) + MINUTE)
    assert line.hear("changed")["what"] == "requests"
    assert state(shop) == (True, False)
    assert audited(own_server, "request.nearly_due") == 1
    calendar.go_to(midnight_of(received, 15) + DAY - MINUTE)
    assert state(shop) == (True, False)
    assert audited(own_server, "request.deadline_breached") == 0
    calendar.go_to(midnight_of(received, 15) + DAY + MINUTE)
    assert state(shop) == (True, True)
    assert audited(own_server, "request.deadline_breached") == 1
    assert seen(own_server, sent["token"])["state"] == "received"
    calendar.go_to(midnight_of(received, 15) + 9 * DAY)
    assert audited(own_server, "request.nearly_due") == 1, "each is told once"
    assert audited(own_server, "request.deadline_breached") == 1


def test_an_answer_stops_the_clock_and_a_further_question_starts_it_again(
    own_server: Server,
) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "Where is your address?")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "On the page."})
    told = seen(own_server, sent["token"])
    assert told["state"] == "answered"
    assert [m["text"] for m in told["messages"]] == ["Where is your address?", "On the page."]
    calendar = Calendar(shop)
    received = calendar.received
    calendar.go_to(midnight_of(received, 16))
    assert (audited(own_server, "request.nearly_due"), state(shop)) == (0, (False, False))
    somebody = shop.visitor("Somebody")
    again = {"token": sent["token"], "text": "Which page?"}
    assert somebody.post("/api/contact/reply", again)["state"] == "received"
    asked_at = requests_of(shop.admin)[0]["due_at"]
    assert asked_at > received + 35 * DAY, "fifteen working days from the second question"
    calendar.go_to(asked_at + MINUTE)
    assert state(shop) == (True, True)


def test_what_nobody_speaks_of_any_more_is_closed_and_after_a_year_deleted(
    own_server: Server,
) -> None:
    shop = open_shop(own_server)
    sent = letter(own_server, shop.inbox["id"], "Where is your address?")
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/answers", {"text": "On the page."})
    days_pass(own_server, 29 * DAY)
    assert seen(own_server, sent["token"])["state"] == "answered"
    days_pass(own_server, 2 * DAY)
    assert seen(own_server, sent["token"])["state"] == "closed"
    days_pass(own_server, 364 * DAY)
    assert seen(own_server, sent["token"])["state"] == "closed"
    days_pass(own_server, 2 * DAY)
    gone = shop.visitor("Somebody").ask("POST", "/api/contact/read", {"token": sent["token"]})
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
    assert all_of(own_server, "contact_requests") == []
    assert all_of(own_server, "contact_messages") == []


def test_a_frozen_clock_warns_of_nothing(own_server: Server) -> None:
    shop = open_shop(own_server)
    letter(own_server, shop.inbox["id"], "You lost my order.", "complaint")
    own_server.rest()
    assert state(shop) == (False, False)
    assert audited(own_server, "request.nearly_due") == 0


def test_who_reads_a_request_is_written_down(own_server: Server) -> None:
    shop = open_shop(own_server)
    letter(own_server, shop.inbox["id"], "You lost my order.", "complaint")
    (request,) = requests_of(shop.admin)
    assert "text" not in str(request) and "lost" not in str(request)
    assert audited(own_server, "request.opened") == 0
    assert opened(shop.admin, request["id"])["messages"][0]["text"] == "You lost my order."
    (entry,) = entries(own_server, "request.opened")
    assert (entry["actor_id"], entry["target_id"]) == (shop.admin.member_id, request["id"])
    assert b"lost" not in bytes(entry["detail"])


def state(shop: Shop) -> tuple[bool, bool]:
    """Return whether the console shows the only request as nearly due, and as too late."""
    (request,) = requests_of(shop.admin)
    return request["warned"], request["breached"]


def midnight_of(received: int, count: int) -> int:
    """Return when the so many-th working day after a time begins, by the calendar."""
    day = datetime.fromtimestamp(received / 1000, UTC).date()
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= 5
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


class Calendar:
    """The days of a server, since its only request was received."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._now = self.received = int(requests_of(shop.admin)[0]["received_at"])

    def go_to(self, time: int) -> None:
        """Let the days go by until a time; the administrator comes back to work."""
        days_pass(self._shop.server, time - self._now, self._shop.admin)
        self._now = time


def audited(server: Server, action: str) -> int:
    return len(entries(server, action))


def entries(server: Server, action: str) -> list[Json]:
    return [row for row in all_of(server, "audit_entries") if row["action"] == action]


def test_a_visitor_gets_a_copy_of_everything_of_theirs(shop: Shop) -> None:
    """6.1a: who asks from their own chat is nobody else, and waits for nobody."""
    mine, other = (fill(shop, started(shop), Words()) for _ in range(2))
    asked = letter(shop.server, shop.inbox["id"], "What do you have?", "access", mine.visitor)
    wish = {"token": asked["token"], "language": "en"}
    assert seen(shop.server, asked["token"])["rights"] == ["copy"]
    told = text_of(copied(Person(shop.server, "Mira"), "/api/contact/copy", wish))
    assert [word for word in sorted(mine.words.secret) if word not in told] == []
    assert [word for word in other.words.secret if word in told] == []
    stranger = letter(shop.server, shop.inbox["id"], "And I?", "access")
    with pytest.raises(Refused, match="not_found"):
        Person(shop.server, "Noor").post(
            "/api/contact/copy", {"token": stranger["token"], "language": "en"}
        )


def test_the_team_copies_and_erases_whoever_was_verified(shop: Shop) -> None:
    """6.1a, and ground of 6.2b: two buttons on the request, for its own visitor and nobody else."""
    mine, other = (fill(shop, started(shop), Words()) for _ in range(2))
    letter(shop.server, shop.inbox["id"], "Delete me", "erasure", mine.visitor)
    (request,) = requests_of(shop.admin)
    path, wish = f"/api/requests/{request['id']}", {"language": "en"}
    assert opened(shop.admin, request["id"])["rights"] == ["copy", "erase"]
    told = text_of(copied(shop.admin, f"{path}/copies", wish))
    assert [word for word in sorted(mine.words.secret) if word not in told] == []
    assert [word for word in other.words.secret if word in told] == []
    for refused, by, body in (
        ("forbidden", shop.arta, {"sure": True}),
        ("not_sure", shop.admin, {}),
    ):
        with nothing_changes(shop.server), pytest.raises(Refused, match=refused):
            by.post(f"{path}/erasure", body)
    pressed = shop.admin.post(f"{path}/erasure", {"sure": True})
    assert (pressed["rights"], pressed["erased_at"]) == ([], None), "it is not done when asked for"
    until(lambda: left_of(shop, mine) == LETTERS)
    until(lambda: opened(shop.admin, request["id"])["erased_at"] is not None)
    assert left_of(shop, other)
    assert sweep(shop.server, {w for w in mine.words.secret if w.startswith("zq")}) == []
    with pytest.raises(Refused, match="not_verified"):
        shop.admin.post(f"{path}/copies", wish)


def test_letters_stay_a_year_and_whoever_erases_is_told(own_server: Server) -> None:
    shop = open_shop(own_server)
    mine, word = fill(shop, started(shop), Words()), Words().say("letter")
    question = letter(own_server, shop.inbox["id"], word, "question", mine.visitor)
    asked = letter(own_server, shop.inbox["id"], "Delete me", "erasure", mine.visitor)
    ids = {one["kind"]: one["id"] for one in requests_of(shop.admin)}
    shop.admin.post(f"/api/requests/{ids['erasure']}/erasure", {"sure": True})
    until(lambda: left_of(shop, mine) == LETTERS)
    assert seen(own_server, question["token"])["messages"][0]["text"] == word
    for language in LANGUAGES:
        page = page_under(own_server, str(asked["token"]), language)
        assert WORDS[language].erased.hint in unescape(page)
        for told in (WORDS[language].erased.hint, WORDS[language].erase_hint):
            assert re.search(r"\byear\b|\bvit\b|一年", told)
    for request in ids.values():
        shop.admin.put(f"/api/requests/{request}/closed", {"outcome": "done"})
    days_pass(own_server, 366 * DAY, shop.admin)
    assert left_of(shop, mine) == set()


def test_nobody_is_copied_or_erased_before_it_is_known_who_asks(shop: Shop) -> None:
    letter(shop.server, shop.inbox["id"], "Delete me", "erasure")
    (request,) = requests_of(shop.admin)
    path = f"/api/requests/{request['id']}"
    with nothing_changes(shop.server):
        for rest, body in (("copies", {"language": "en"}), ("erasure", {"sure": True})):
            with pytest.raises(Refused, match="not_verified"):
                shop.admin.post(f"{path}/{rest}", body)


def started(shop: Shop) -> VisitorOf:
    visitor = shop.visitor("Mira")
    visitor.accept_notice()
    return visitor
