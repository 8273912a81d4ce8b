"""The short notices are made from the declarations: what is planted there changes them. P.2, 1.2.

Each is planted as a module would declare it. What it does to the text and to the hash is looked at
in the three notices, in all languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from silkroad import beyond, parts
from silkroad.engines.outbound import Recipient
from silkroad.kit.inventory import (
    ASSESSMENT,
    SESSION,
    SHORT,
    Column,
    DataClass,
    Declarations,
    Purpose,
    Subject,
    passing,
)
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy import policy
from silkroad.privacy.contact.phrases import notice as contact_notice
from silkroad.privacy.policy import short
from silkroad.privacy.policy.phrases import WORDS
from silkroad.privacy.policy.short import short_notice
from silkroad.privacy.processors import PROCESSORS
from silkroad.widget.notice import notice as chat_notice
from tests.cast import Shop
from tests.harness.people import Json, Person

WHO = "Linden Tea"


class Told(NamedTuple):
    """One notice as it is read, and its name."""

    hash: str
    text: str


def chat(language: Language, *, asks_age: bool = False) -> Told:
    found = chat_notice(language, WHO, "Linden Hosting", "/privacy", asks_age=asks_age)
    return Told(found.hash, found.text)


def contact(language: Language) -> Told:
    found = contact_notice(language, WHO)
    return Told(found.hash, "\n".join(line.text for line in found.lines))


def sign_up(language: Language) -> Told:
    found = policy.short_notice(language, "founder", "", "Linden Hosting")
    return Told(found.hash, "\n".join(line.text for line in found.lines))


NOTICES: dict[str, tuple[Subject, Any]] = {
    "chat": ("visitor", chat),
    "contact": ("requester", contact),
    "sign-up": ("member", sign_up),
}
ALL = [(kind, language) for kind in NOTICES for language in LANGUAGES]


@pytest.fixture(autouse=True)
def _as_declared() -> Iterator[None]:
    yield
    policy.learn(parts.DECLARATIONS, beyond.DECLARATIONS)


def plant(column: Column | None = None, *, out_of_tables: Column | None = None) -> None:
    """Declare one more column, in a table of its own or beyond the tables."""
    tables: Declarations = {"planted": {"shoe_size": column}} if column else {}
    more: Declarations = {"bucket planted": {"it": out_of_tables}} if out_of_tables else {}
    policy.learn([*parts.DECLARATIONS, tables], [*beyond.DECLARATIONS, more])


LIKE: dict[Subject, tuple[str, str]] = {
    "visitor": ("visitors", "name"),
    "requester": ("contact_requests", "reach"),
    "member": ("accounts", "phone"),
    "controller_contact": ("installation", "controller"),
}


def a_column(subject: Subject, **changes: Any) -> Column:
    """Return a column like one that such people are told of already, but for the changes."""
    table, name = LIKE[subject]
    tables = {name: columns for module in parts.DECLARATIONS for name, columns in module.items()}
    return replace(tables[table][name], **changes)


PLANTED: dict[str, dict[str, Any]] = {
    "a kind of data": {"data": DataClass.RECORDING},
    "a purpose": {"purposes": frozenset({Purpose.IMPROVEMENT})},
    "a period": {"retention": replace(SHORT, days=9)},
    "another period by its name": {"retention": replace(ASSESSMENT, days=2000)},
    "somebody else who decides": {"data": DataClass.OPERATION, "controller": "operator"},
}


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize(("kind", "language"), ALL)
def test_what_is_planted_changes_text_and_hash(kind: str, language: Language, planted: str) -> None:
    subject, read = NOTICES[kind]
    before = read(language)
    column = a_column(subject)
    for name, value in PLANTED[planted].items():
        object.__setattr__(column, name, value)  # also what no module may declare
    plant(column)
    after = read(language)
    assert after.text != before.text
    assert after.hash != before.hash


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_one_more_column_of_what_is_told_has_the_notice_read_again(
    kind: str, language: Language
) -> None:
    subject, read = NOTICES[kind]
    before = read(language)
    plant(a_column(subject))
    after = read(language)
    assert after.text == before.text
    assert after.hash != before.hash


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_planted_recipient_is_told(
    kind: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, read = NOTICES[kind]
    before = read(language)
    google = PROCESSORS["google_push"]
    spy = replace(google, name="spy", company="Spy Ltd", purpose=Purpose.OPERATION)
    monkeypatch.setattr(short, "PROCESSORS", {**PROCESSORS, "spy": spy})
    plant()
    after = read(language)
    assert "Spy Ltd" in after.text
    assert WORDS[language].brief.nobody not in after.text
    assert after.hash != before.hash


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_yes_reaches_is_named(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    before = chat(language)
    assert all(one in before.text for one in ("Google", "Mozilla", "Apple", "Microsoft"))
    spy = replace(PROCESSORS["google_push"], name="spy", maker="Spy")
    monkeypatch.setattr(short, "PROCESSORS", {**PROCESSORS, "spy": spy})
    plant()
    assert "Spy" in chat(language).text
    assert chat(language).hash != before.hash


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_where_this_servers_own_data_lies_is_told(kind: str, language: Language) -> None:
    _, read = NOTICES[kind]
    before = read(language)
    host = replace(PROCESSORS["kept_rows"].recipient(), hosts=frozenset({"db.example"}))
    kept: list[Recipient] = [host]
    policy.learn(parts.DECLARATIONS, beyond.DECLARATIONS, kept)
    assert "db.example" in read(language).text
    assert WORDS[language].brief.nobody not in read(language).text
    assert read(language).hash != before.hash


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_what_is_new_elsewhere_bothers_nobody(kind: str, language: Language) -> None:
    """Of somebody else, only with a yes, or passed on inside: nobody reads their notice again."""
    subject, read = NOTICES[kind]
    before = read(language)
    plant(a_column("controller_contact"))
    assert read(language) == before
    wake = frozenset({Purpose.WAKE_UP})
    if subject != "requester":  # whom nothing wakes, so that it would be news to them
        agreed: Json = {"basis": "consent", "data": DataClass.DEVICE, "retention": SESSION}
        plant(a_column(subject, purposes=wake, **agreed))
        assert read(language) == before
    plant(out_of_tables=passing(subject, Purpose.OPERATION))
    assert read(language) == before


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_kind_that_lies_beyond_the_tables_is_told(kind: str, language: Language) -> None:
    subject, read = NOTICES[kind]
    before = read(language)
    plant(out_of_tables=a_column(subject, data=DataClass.RECORDING))
    assert WORDS[language].brief.data[DataClass.RECORDING] in read(language).text
    assert read(language).hash != before.hash


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_the_same_facts_give_the_same_notice(kind: str, language: Language) -> None:
    _, read = NOTICES[kind]
    once = read(language)
    policy.learn(reversed(parts.DECLARATIONS), reversed(beyond.DECLARATIONS))
    assert read(language) == once
    assert len({read(other).hash for other in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_is_told_what_a_website_vouches_for_and_of_research(language: Language) -> None:
    brief, told = WORDS[language].brief, chat(language).text.casefold()
    assert brief.data[DataClass.CONTACT].casefold() in told
    assert brief.purposes[Purpose.RESEARCH].casefold() in told
    assert brief.data[DataClass.MINOR].casefold() not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_birth_date_is_told_where_it_is_asked(shop: Shop, language: Language) -> None:
    def read() -> Any:
        mira = shop.visitor()
        return mira.get(mira.path(f"?language={language}"))["notice"]

    before = read()
    shop.admin.put("/api/age-gate", {"asks": True})
    after = read()
    minor = WORDS[language].brief.data[DataClass.MINOR].casefold()
    assert minor not in str(before["lines"]).casefold()
    assert minor in str(after["lines"]).casefold()
    assert before["hash"] != after["hash"] == chat(language, asks_age=True).hash


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_founds_or_joins_reads_what_the_server_says(shop: Shop, language: Language) -> None:
    nobody = Person(shop.server, "Nobody")
    for reader in ("founder", "invitee"):
        read = nobody.get(f"/api/policy?language={language}&reader={reader}")
        told = policy.short_notice(language, reader, "", "Linden Hosting")
        assert read["short"] == [{"name": one.name, "text": one.text} for one in told.lines]
        assert all(line["text"] for line in read["short"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_stays_as_it_is_written(language: Language) -> None:
    text = "\n".join(line.text for line in short_notice(language, "founder", "eTea", "iHost").lines)
    assert "eTea" in text and "iHost" in text
    assert not {"ETea", "IHost"} & set(text.replace("。", " ").split())
