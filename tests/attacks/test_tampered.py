"""Filters, cursors and numbers that somebody has changed: they show what is one's own, or nothing.

S14. A cursor says where a page ended and opens nothing; whose rows there are is the session's word.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import httpx2
import pytest

from tests.harness.people import Json, Person

from .enterprise import Street
from .matrix import leaks

END = 2**53
INJECTIONS = (
    "' OR 1=1 --",
    "' UNION SELECT workspace_id, id FROM conversations --",
    '" OR ""="',
    "x'); DROP TABLE messages; --",
    "%' AND 1=0 OR '%'='",
    "1; SELECT pg_sleep(5)",
    "$$; SELECT 1",
    ":workspace_id",
    "?",
    "\\' OR 1=1 #",
    "a\0' OR 1=1",
    "＇ OR １=１",
)
NUMBERS = (
    "-1",
    "+5",
    " 5",
    "5 ",
    "5_0",
    "0x10",
    "５",
    "٣",
    "५",
    "",
    "5\0",
    "null",
    "true",
    "9" * 30,
    "-9223372036854775809",
    "9007199254740993",
    "NaN",
    "inf",
    "5;DROP TABLE jobs",
)


def cursor(*parts: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def cursors(theirs: str) -> Iterator[str]:
    """Yield cursors of others, of nobody, and of no form at all."""
    yield theirs
    yield from (cursor(END, word) for word in INJECTIONS)
    wrong: list[Json] = [0, END, END + 1, -1, 2**63, 2**70, 1.5, "1", None, []]
    yield from (cursor(at, "~") for at in wrong)
    yield from (cursor(END), cursor(END, "~", "~"), cursor([END, "~"]), cursor(END, None))
    yield from (
        "%00",
        "é",
        "=",
        "====",
        "A",
        "x" * 201,
        theirs[:-3],
        theirs + theirs,
        theirs.lower(),
    )
    yield base64.b64encode(b'[9007199254740992,"~"]\0').decode()


def ask(person: Person, path: str, **query: str) -> httpx2.Response:
    return person.ask("GET", f"{path}?{httpx2.QueryParams(query)}")


@pytest.mark.parametrize("who", ["admin", "agent"])
def test_a_cursor_opens_nothing(street: Street, who: str) -> None:
    person: Person = getattr(street.ours, who)
    own = {item["id"] for item in person.get("/api/conversations")["items"]}
    theirs = street.theirs.admin.get("/api/conversations?limit=1")["next"]
    assert theirs
    for changed in cursors(theirs):
        answer = ask(person, "/api/conversations", cursor=changed)
        assert answer.status_code in {200, 422}, (changed, answer.text)
        assert leaks(answer, street.theirs, shown=False) == []
        if answer.status_code == 200:
            assert {item["id"] for item in answer.json()["items"]} <= own


def test_another_tenants_cursor_is_a_place_in_time_and_no_more(street: Street) -> None:
    """It shows of one's own what a cursor of one's own at the same moment shows."""
    theirs = street.theirs.admin.get("/api/conversations?limit=1")["next"]
    at, _ = json.loads(base64.urlsafe_b64decode(theirs))
    shown = [
        ask(street.ours.admin, "/api/conversations", cursor=one).json()["items"]
        for one in (theirs, cursor(at, "cnv_" + "a" * 26))
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("words", INJECTIONS)
def test_a_filter_is_a_word_and_no_sql(street: Street, words: str) -> None:
    admin, path = street.ours.admin, "/api/conversations"
    assert ask(admin, path, filter=words).status_code == 422
    nothing = ask(admin, path, inbox_id=words)
    if "\0" in words and street.server.engine == "postgresql":  # which has no such text
        assert nothing.status_code == 422
    else:
        assert (nothing.status_code, nothing.json()) == (200, {"items": [], "next": None})
    for name in ("sort", "order", "order_by", "fields", "where", "workspace_id"):
        assert ask(admin, path, **{name: words}).status_code == 422


def test_the_last_of_two_filters_counts_for_what_is_ones_own_only(street: Street) -> None:
    ours, theirs = street.ours.ids["inbox"], street.theirs.ids["inbox"]
    for first, second in ((ours, theirs), (theirs, ours)):
        path = f"/api/conversations?inbox_id={first}&inbox_id={second}"
        answer = street.ours.admin.ask("GET", path)
        assert leaks(answer, street.theirs, shown=False) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_made_of_plain_digits(street: Street, number: str) -> None:
    talk = f"/api/conversations/{street.ours.ids['conversation']}/messages"
    widget = street.ours.visitor.path("/messages")
    for person, path, names in (
        (street.ours.admin, "/api/conversations", ("limit",)),
        (street.ours.admin, talk, ("before", "after", "limit")),
        (street.ours.visitor, widget, ("before", "after", "limit")),
    ):
        for name in names:
            answer = ask(person, path, **{name: number})
            assert answer.status_code == 422, (path, name, answer.text)
