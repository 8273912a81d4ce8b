"""How long an answer takes tells nothing: who has an account, what the neighbours have. S2, S12.

See timing.py for what counts as telling, and test_leaky.py for a door that tells. Thousands of
pairs take their time, so they are not for every change; that the criterion can say yes is seen
each time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle, islice

import pytest

from silkroad.parts import OPERATIONS
from tests.cast import any_phone, sign_up
from tests.harness.people import Json, Person
from tests.harness.server import Server

from .asking import Ask
from .enterprise import Street
from .timing import apart, separable

BY_NAME = {operation.name: operation for operation in OPERATIONS}
PAIRS = 300
KNOWN = 60
PATIENCE = 900  # seconds: a password is hashed two thousand times
HOUR = 60 * 60 * 1000


def test_the_criterion_can_say_yes_and_no() -> None:
    assert separable(lambda: time.sleep(0.004), lambda: time.sleep(0.001), pairs=100)
    assert not separable(lambda: time.sleep(0.001), lambda: time.sleep(0.001), pairs=100)


@pytest.mark.prove
@pytest.mark.parametrize(
    ("door", "kind"),
    [
        ("conversations.read", "conversation"),
        ("conversations.messages", "conversation"),
        ("conversations.set_state", "conversation"),
        ("files.download", "file"),
        ("members.update", "member"),
        ("members.remove", "member"),
        ("inboxes.snippet", "inbox"),
        ("invitations.withdraw", "invitation"),
        ("sessions.revoke", "session"),
        ("devices.remove", "device"),
        ("passkeys.remove", "passkey"),
        ("wakes.read", "wake"),
        ("widget.download", "file"),
    ],
)
def test_foreign_and_missing_take_the_same_time(street: Street, door: str, kind: str) -> None:
    assert not apart(street, door, kind, pairs=1000)


@pytest.fixture
def known(own_server: Server) -> list[str]:
    """Phones of people who have an account and a password."""
    phones = []
    for _ in range(KNOWN):
        member = sign_up(own_server, "Company", "Somebody")
        member.put("/api/me/password", {"password": "linden blossom in June"})
        phones.append(member.phone)
    own_server.move_clock(HOUR)
    return phones


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
def test_a_code_is_asked_for_in_the_same_time_by_everybody(
    own_server: Server, known: list[str]
) -> None:
    """Each phone may ask once a minute, so a minute passes whenever all have asked."""
    assert not told(own_server, known, "code.request", {"purpose": "sign_in"}, wait=61_000)


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
def test_a_wrong_password_takes_the_same_time_for_everybody(
    own_server: Server, known: list[str]
) -> None:
    body = {"password": "not the password"}
    assert not told(own_server, known, "account.sign_in_password", body, wait=6 * 61_000)


def told(server: Server, known: list[str], door: str, body: Json, *, wait: int) -> bool:
    """Whether a door takes another time for the phones that it knows."""
    somebody, operation = Person(server, "Curious"), BY_NAME[door]

    def waiting(phones: Iterator[str]) -> Iterator[str]:
        while True:
            yield from islice(phones, len(known))
            server.move_clock(wait)

    ours, others = waiting(cycle(known)), iter(any_phone, None)

    def ask(phone: str) -> None:
        answer = Ask(operation, {}, {}, {**body, "phone": phone}).by(somebody)
        assert answer.status_code in {200, 401}, answer.text

    return separable(lambda: ask(next(ours)), lambda: ask(next(others)), pairs=PAIRS)
