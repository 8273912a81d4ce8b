"""The registry of third parties: nothing in it is untold, and nobody outside of it is reached."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, get_args

import pytest

from silkroad import app
from silkroad.engines.keyring import transit
from silkroad.engines.outbound import Field, Recipient
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.privacy.processors import PROCESSORS, Processor, agrees, notice_hash, told
from silkroad.privacy.processors.model import Kind, Method, Service
from silkroad.privacy.processors.phrases import HERE, WORDS
from silkroad.settings import BadSettings, Settings

GOOGLE = PROCESSORS["google_push"]


def changed(**changes: Any) -> Processor:
    return replace(GOOGLE, **changes)


@pytest.mark.parametrize(
    "cell",
    ["product", "company", "data", "policy_url", "terms", "countries", "hosts", "maker", "name"],
)
def test_a_definition_that_lacks_a_cell_cannot_be_made(cell: str) -> None:
    with pytest.raises(ValueError, match="must be told"):
        changed(**{cell: type(getattr(GOOGLE, cell))()} if cell != "data" else {"data": {}})


@pytest.mark.parametrize(
    "changes",
    [
        {"policy_url": "http://policies.google.com/privacy"},
        {"policy_url": "/privacy"},
        {"region": "atlantis"},
        {"data": {DataClass.DEVICE: ()}},
    ],
)
def test_a_definition_that_says_something_impossible_cannot_be_made(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match="google_push"):
        changed(**changes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", PROCESSORS.values(), ids=list(PROCESSORS))
def test_every_cell_is_filled_in_every_language(entry: Processor, language: Language) -> None:
    cells = told(entry, language)
    assert all(cells)
    assert all(cells.data)
    assert not any("{" in str(cell) for cell in cells)


def test_there_are_words_for_everything_that_can_be_said() -> None:
    assert sorted(path.stem for path in HERE.iterdir()) == sorted(LANGUAGES)
    for words in WORDS.values():
        assert set(words.fields) == set(Field)
        assert set(words.kinds) == set(get_args(Kind))
        assert set(words.methods) == set(get_args(Method))
        assert set(words.scenarios) == set(get_args(Service))
        assert set(words.purposes) == {entry.purpose for entry in PROCESSORS.values()}
        used = {code for entry in PROCESSORS.values() for code in entry.countries}
        assert set(words.countries) == used


def test_the_facts_are_all_that_is_told_and_no_host() -> None:
    for name in ("product", "company", "policy_url", "terms", "maker"):
        assert changed(**{name: f"{getattr(GOOGLE, name)}x"}).facts != GOOGLE.facts
    for change in ({"region": "sg"}, {"countries": ("US", "SG")}, {"method": "sdk"}):
        assert changed(**change).facts != GOOGLE.facts
    assert changed(hosts=frozenset({"push.google.com"})).facts == GOOGLE.facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hash_names_every_fact_and_every_word(language: Language) -> None:
    hashes = {notice_hash(GOOGLE, language, abroad=False)}
    hashes |= {notice_hash(GOOGLE, other, abroad=True) for other in LANGUAGES}
    for name in ("product", "company", "policy_url", "terms"):
        value = getattr(GOOGLE, name)
        hashes.add(notice_hash(changed(**{name: f"{value}x"}), language, abroad=False))
    more = {**GOOGLE.data, DataClass.OPERATION: (Field.ROOT_KEY,)}
    hashes.add(notice_hash(changed(data=more), language, abroad=False))
    assert len(hashes) == 1 + len(LANGUAGES) + 4 + 1


def test_all_that_a_company_decides_about_is_asked_for_by_company() -> None:
    for entry in PROCESSORS.values():
        recipient = entry.recipient()
        assert recipient.by_workspace == (entry.service == "web_push")
        assert agrees(recipient)
        if entry.kind == "third_party":
            assert recipient.by_workspace
            assert recipient.vouched == frozenset()
            assert recipient.region != "home"


def test_an_engine_sends_to_nobody_who_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(root_url="https://bao.example/v1/transit/keys/silkroad")
    known = {recipient.name for recipient in app.recipients(settings)}
    assert known == {entry.name for entry in PROCESSORS.values() if entry.kind != "kept"}
    root = transit.recipient(transit.read_key(settings.root_url))
    planted: list[Recipient] = [
        replace(root, name="telemetry"),
        replace(root, purpose=Purpose.OPERATION),
        replace(root, data=frozenset({DataClass.MESSAGE})),
        replace(root, hosts=frozenset({"elsewhere.example"})),
    ]
    for stranger in planted:
        monkeypatch.setattr(app, "root_recipients", lambda _, stranger=stranger: [stranger])
        with pytest.raises(BadSettings, match="not in the registry"):
            app.recipients(settings)


def test_a_cell_more_in_the_definition_is_a_cell_more_in_the_table() -> None:
    """Whoever adds something to a definition has to think of the notice: its hash follows."""
    told_of = {"service", "kind", "product", "company", "purpose", "data", "method", "countries"}
    told_of |= {"name", "policy_url", "terms"}
    beside = {"hosts", "region"}  # the page shows the hosts; the region is behind ``abroad``
    beside |= {"maker", "facts"}  # its company, as people call it; and what names all of it
    beside |= {"optional"}  # a contract is held against it, not a reader
    assert {field.name for field in fields(Processor)} == told_of | beside
