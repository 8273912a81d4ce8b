"""A column that holds many things says of each what it is: audit entries and JSON values. P.1."""

from __future__ import annotations

import ast
from typing import Any

import msgspec
import pytest

from silkroad.conversations.model import Body, MessageEvent
from silkroad.inboxes.store import Details
from silkroad.installation.model import Controller
from silkroad.kit.inventory import Column, nonpersonal
from silkroad.parts import DECLARATIONS
from silkroad.privacy.campaigns.model import Content
from silkroad.privacy.exceptions.model import Grounds
from silkroad.privacy.guardians.model import GuardianConsent
from tests.privacy import held, said
from tests.privacy.declared import merged, wrong

from .test_section_p_inventory import declared

Shapes = tuple[type[Any], ...]

KEPT: dict[str, dict[str, Shapes]] = {
    "conversations.messages.store": {"messages.body": (Body, MessageEvent)},
    "engines.database.transaction": {  # each of them has a gate of its own
        "facts.body": (),
        "jobs.body": (),
        "audit_entries.detail": (),
    },
    "inboxes.store._details": {"inboxes.settings": (Details,)},
    "installation.store._sealed": {"installation.controller": (Controller,)},
    "live.tickets.store.add": {"tickets.inbox_ids": ()},
    "privacy.campaigns.store.add": {"campaigns.content": (Content,), "campaigns.purposes": ()},
    "privacy.campaigns.store.move": {"told_records.record": (), "told_records.versions": ()},
    "privacy.campaigns.store.remember": {"told_records.record": (), "told_records.versions": ()},
    "privacy.campaigns.store.show": {"told_records.versions": ()},
    "privacy.consent.store.add": {"consent_records.data": ()},
    "privacy.exceptions.store.add": {"exceptions.grounds": (Grounds,)},
    "privacy.guardians.store.written": {"wards.consent": (GuardianConsent,)},
    "research.store.keep": {"research_extracts.lines": ()},
}
"""Who keeps JSON in a column, and its shapes; nothing in brackets is a list of words of one kind.

Of a told record too: it is the program's own record of what is declared.
"""

SENT_OR_SHOWN = {
    *("cli.policy_record", "cli.show_clauses", "cli.show_openapi", "http.dispatch"),
    *("http.health.health.described", "live.elsewhere", "live.feeds.Feeds.committed"),
    *("live.frames", "conversations.relay.say_typing", "conversations.queries._cursor"),
    *("engines.keyring.transit.TransitRoot._ask", "engines.notify.vapid._part"),
    *("push.jobs.Courier._carry", "privacy.copies.making", "privacy.policy.jsonld.document"),
    "research.routes.extract_month",
}
HASHED_OR_OF_THE_REPOSITORY = {
    *("privacy.campaigns.actions._hash", "privacy.holdings.registry._hash"),
    *("privacy.policy.facts.version", "privacy.processors.telling.notice_hash"),
    *("privacy.clauses.evidence.record", "privacy.policy.releases.files._write"),
    *("privacy.policy.releases.files.plain", "privacy.policy.short._named"),
}
"""Who makes JSON that no column keeps; whoever joins says here which it is."""


@pytest.fixture(scope="module")
def code() -> list[tuple[str, ast.Module]]:
    return held.code()


def test_every_key_of_an_audit_entry_is_declared(code: list[tuple[str, ast.Module]]) -> None:
    assert wrong(said.entries(code, declared("audit")), declared("audit")) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('tx.audit("member.signed_in", id, phone=phone)', ["member.signed_in.phone"]),
        ('tx.audit("role.granted", id, role=role, name=name)', ["role.granted.name"]),
        ('tx.audit("account.opened", id, **all_of_it)', ["account.opened.**"]),
        ("tx.audit(what, id, phone=phone)", ["?.phone"]),
        ('tx.audit(action="account.opened", target_id=id)', ["?.action", "?.target_id"]),
        (
            'tx.audit("exception.refused" if no else "a.b", id, code=code)',
            ["a.b.code"],
        ),
        (
            'self.audit(f"consent.{event}", id, at=at)',
            [f"consent.{event}.at" for event in ("expired", "given", "refused", "requested")]
            + ["consent.superseded.at", "consent.withdrawn.at"],
        ),
        ('tx.audit(f"invitation.{how}", id, phone=phone)', ["invitation.created.phone"]),
        ('tx.audit(f"gossip.{how}", id, phone=phone)', ["gossip\\..+.phone"]),
    ],
)
def test_a_planted_key_is_found(planted: str, found: list[str]) -> None:
    live = said.entries([("planted", ast.parse(planted))], declared("audit"))
    unknown = [f"{key}: nobody declares it" for key in found]
    assert [line for line in wrong(live, declared("audit")) if "no such" not in line] == unknown


def test_a_key_that_tells_of_a_person_is_never_about_nobody() -> None:
    live = held.fields({"member.signed_in": ["phone"]})
    nobody = {"member.signed_in": {"phone": nonpersonal("says who declares it")}}
    assert wrong(live, nobody) == ["member.signed_in.phone: tells of a person"]


def test_what_an_entry_says_stays_as_long_as_the_entry() -> None:
    entry = merged(DECLARATIONS)["audit_entries"]["detail"]
    people = [c for known in declared("audit").values() for c in known.values() if c.personal]
    assert people
    for column in people:
        assert set(column.subjects) <= set(entry.subjects)
        assert _way(column) == _way(entry)


def _way(column: Column) -> tuple[Any, ...]:
    return column.purposes, column.basis, column.retention, column.erasure, column.sealed


def test_whoever_keeps_json_says_what_is_in_it(code: list[tuple[str, ast.Module]]) -> None:
    assert said.encoders(code) == {*KEPT, *SENT_OR_SHOWN, *HASHED_OR_OF_THE_REPOSITORY}
    columns = merged(DECLARATIONS)
    for kept in KEPT.values():
        assert all(name in columns[table] for table, _, name in map(_parted, kept))


def test_every_field_of_what_is_kept_as_json_is_declared() -> None:
    assert wrong(said.documents(_shapes()), declared("document")) == []


class Bigger(Details, frozen=True):
    """The settings of an inbox, with a planted field."""

    contact_phone: str = ""


class Deeper(msgspec.Struct, frozen=True):
    """The same, further inside."""

    inner: list[Bigger] | None = None


def test_a_planted_field_of_a_json_value_is_found() -> None:
    for shape, field in ((Bigger, "contact_phone"), (Deeper, "inner.contact_phone")):
        live = said.documents({**_shapes(), "inboxes.settings": (shape,)})
        found = wrong(live, declared("document"))
        assert f"inboxes.settings.{field}: nobody declares it" in found
    live = said.documents({"inboxes.settings": (Bigger,)})
    settings = declared("document")["inboxes.settings"]
    hidden = {**settings, "contact_phone": nonpersonal("the company's own")}
    assert wrong(live, {"inboxes.settings": hidden}) == [
        "inboxes.settings.contact_phone: tells of a person"
    ]


def test_what_a_json_value_says_is_kept_as_its_column_is() -> None:
    """About people, if anything in it is: under the same seal, as long, and erased alike."""
    columns = merged(DECLARATIONS)
    for place, known in declared("document").items():
        table, _, name = _parted(place)
        whole = columns[table][name]
        for field, column in known.items():
            assert column.personal == whole.personal, f"{place}.{field}"
            assert _way(column) == _way(whole), f"{place}.{field}"


@pytest.mark.parametrize(
    "planted",
    [
        "msgspec.json.encode(faces)",
        "encode = msgspec.json.Encoder().encode",
        "json.dumps(faces)",
    ],
)
def test_a_planted_encoder_is_found(planted: str) -> None:
    assert said.encoders([("planted", ast.parse(f"def f():\n {planted}"))]) == {"planted.f"}
    assert said.encoders([("planted", ast.parse("text.encode()"))]) == set()


def _shapes() -> dict[str, Shapes]:
    return {column: shapes for kept in KEPT.values() for column, shapes in kept.items()}


def _parted(place: str) -> tuple[str, str, str]:
    return place.partition(".")
