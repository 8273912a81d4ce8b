"""Every cell of the permission table: every door, whose things, and everybody inside a company. S3.

Requests are whole and about real things. What takes something away is done in a company of its own,
first to somebody else's things and then to one's own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from silkroad.parts import FRAMES, OPERATIONS
from tests.cast import Member, VisitorOf
from tests.installation.operator import operator
from tests.push.world import SETTLED

from .asking import Ask, asked, sample
from .company import VISITORS, Company, opened, woken
from .enterprise import Street, as_before
from .listening import answers
from .permissions import ANSWERS, COLUMNS, REFUSED, Row, doors, said_by, table

TAKES_AWAY = {
    "account.sign_out",
    "sessions.revoke",
    "sessions.revoke_others",
    "totp.start",
    "passkeys.remove",
    "me.switch",
    "me.leave",
    "password.set",
    "password.remove",
    "members.remove",
    "invitations.withdraw",
    "inboxes.archive",
    "consents.withdraw",
    "transfers.record",  # what was on before it was on without it
    "transfers.end",
    "inboxes.remove_identity_secret",
    "exceptions.end",
    "devices.remove",
    "processors.end",
    "publications.rule",
    "publications.end",
    "widget.end_publication",
    "widget.consents_withdraw",
    "widget.forget",
    "widget.unsubscribe",
}
BY_NAME = {operation.name: operation for operation in OPERATIONS}
FRAME_BY_NAME = {frame.frame.__name__: frame for frame in FRAMES}


@pytest.fixture(scope="module")
def company(street: Street) -> Iterator[Company]:
    company = woken(opened(street), street.server)
    street.world.let_pass(SETTLED)  # all are woken before one of them reads what it was about
    street.server.rest()
    yield company
    street.world.let_pass(SETTLED)  # everybody is woken about the operator's change
    street.server.rest()


def test_the_table_is_whole() -> None:
    rows = table()
    assert [(row.door, row.about) for row in rows] == doors(), "a new door needs its row"
    for row in rows:
        assert list(row.says) == COLUMNS
        assert set(row.says.values()) <= ANSWERS, row


@pytest.mark.parametrize("door", BY_NAME)
def test_every_door_says_what_the_table_says(street: Street, company: Company, door: str) -> None:
    if door in TAKES_AWAY:
        company = opened(street)
    if door == "account.sign_out":
        company.people["operator"] = operator(street.server)
    for row in (row for row in table() if row.door == door):
        assert {who: said_to(company, row, who) for who in COLUMNS} == row.says, row.about


def said_to(company: Company, row: Row, who: str) -> str:
    person = company.people[who]
    with as_before(person):
        return said_by(request(company, row, who).by(person))


def request(company: Company, row: Row, who: str) -> Ask:
    """Return a whole request about one's own things or somebody else's.

    At the widget somebody else's inbox is the company's other one.
    """
    operation, ids = BY_NAME[row.door], company.ids(who, row.about)
    if operation.door == "widget":
        here = company.own[who if who in VISITORS else "visitor"]
        away = company.own["agent elsewhere"]["inbox"]
        names_more = len(operation.path_names) > 1
        ids = {**company.shared, **(ids if who in VISITORS else here), "inbox": here["inbox"]}
        if row.about == "other's" and not names_more:
            ids["inbox"] = away
    return asked(operation, ids)


@pytest.mark.parametrize(
    "row", [r for r in table() if r.door in FRAME_BY_NAME], ids=lambda r: f"{r.door} {r.about}"
)
def test_every_frame_says_what_the_table_says(company: Company, row: Row) -> None:
    assert {who: heard(company, row, who) for who in COLUMNS} == row.says


def heard(company: Company, row: Row, who: str) -> str:
    """Return what a frame is answered, in the words of the table."""
    person, frame = company.people[who], FRAME_BY_NAME[row.door].frame
    if not isinstance(person, Member | VisitorOf):
        assert person.ask("POST", "/api/live/ticket", {}).status_code in {401, 403}
        return "no line"
    line = person.line() if isinstance(person, VisitorOf) else person.socket()
    said = sample(frame, company.ids(who, row.about))
    if "conversation" in frame.__struct_fields__:
        said["conversation"] = company.ids(who, row.about)["conversation"]
    errors = [f["code"] for f in answers(line, said) if f["t"] == "error"]
    line.close()
    return REFUSED.get(errors[0], "yes") if errors else "yes"
