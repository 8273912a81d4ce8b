"""What is held of a person is found by the declarations, so that no table is forgotten. P.1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from silkroad.engines.database.tables import (
    Column,
    LargeBinary,
    Table,
    Text,
    metadata,
    sealed_under,
)
from silkroad.kit.inventory import (
    CONVERSATION,
    DataClass,
    Declarations,
    Erasure,
    Export,
    Purpose,
    Sensitivity,
    nonpersonal,
    personal,
)
from silkroad.kit.inventory import Column as Declared
from silkroad.kit.languages import LANGUAGES
from silkroad.parts import DECLARATIONS
from silkroad.privacy.copies.phrases import WORDS
from silkroad.privacy.holdings import Holding, Holdings, Unclear, inventory_hash, learn, learned
from silkroad.privacy.holdings.model import ENDS_BY_AGE

IN_FILES_ONLY = {"reads"}
"""What has nothing for people to read: numbers that only a program needs."""


def of_visitors(
    *,
    sensitivity: Sensitivity = "S1",
    export: Export = "include",
    erasure: Erasure = "delete",
    sealed: bool = False,
) -> Declared:
    return personal(
        "visitor",
        DataClass.CONTACT,
        sensitivity,
        Purpose.CONVERSATION,
        source="use",
        basis="contract",
        retention=CONVERSATION,
        erasure=erasure,
        export=export,
        sealed=sealed,
    )


@contextmanager
def planted(column: str, **more: Declared) -> Iterator[dict[str, dict[str, Declared]]]:
    """Add a table whose rows name something by this column; it is gone again afterwards."""
    declared = {"workspace_id": nonpersonal("the company"), "id": nonpersonal("random"), **more}
    sealed = [Column(name, LargeBinary) for name in more if name != column]
    table = Table(
        "shoe_sizes",
        metadata,
        Column("workspace_id", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column(column, Text),
        *sealed,
    )
    try:
        yield {**everything(), "shoe_sizes": {column: nonpersonal("see the test"), **declared}}
    finally:
        metadata.remove(table)


def everything() -> Declarations:
    return {name: columns for module in DECLARATIONS for name, columns in module.items()}


def test_every_table_of_visitors_is_copied_erased_or_says_why_not() -> None:
    held = Holdings(everything())
    found = {holding.name for holding in held}
    for table, columns in everything().items():
        theirs = [column for column in columns.values() if "visitor" in column.subjects]
        if not theirs or table in ENDS_BY_AGE:
            continue
        assert table in found
        if any(column.export == "include" for column in theirs):
            assert table in {holding.name for holding in held.copied}
        if any(column.erasure != "retain" for column in theirs):
            assert table in {holding.name for holding in held.erased}
    assert set(ENDS_BY_AGE) == {"facts", "jobs"}, "each further one is a hole, and needs its reason"


@pytest.mark.parametrize("column", ["visitor_id", "subject_id", "conversation_id", "device_id"])
def test_a_new_table_is_in_both_from_its_first_day(column: str) -> None:
    with planted(column, **{column: of_visitors()}) as declared:
        held = Holdings(declared)
        assert "shoe_sizes" in {holding.name for holding in held.copied}
        assert "shoe_sizes" in {holding.name for holding in held.erased}


@pytest.mark.parametrize("column", ["inbox_id", "weather", "shoe_size_id"])
def test_a_table_that_leads_to_nobody_is_refused(column: str) -> None:
    with (
        planted(column, **{column: of_visitors()}) as declared,
        pytest.raises(Unclear, match="shoe_sizes: no column leads"),
    ):
        Holdings(declared)


def test_a_table_that_would_be_half_erased_is_refused() -> None:
    both = {"visitor_id": of_visitors(erasure="retain"), "size": of_visitors()}
    with planted("visitor_id", **both) as declared, pytest.raises(Unclear, match="at once"):
        Holdings(declared)


def test_a_sealed_column_says_how_it_is_opened() -> None:
    both = {"visitor_id": of_visitors(), "size": of_visitors(sealed=True, erasure="shred")}
    with planted("visitor_id", **both) as declared:
        with pytest.raises(Unclear, match="nobody says how size is sealed"):
            Holdings(declared)
        metadata.tables["shoe_sizes"].info.update(sealed_under("visitor_id", "id"))
        assert "shoe_sizes" in {holding.name for holding in Holdings(declared).copied}


def test_what_hangs_on_something_is_erased_before_it() -> None:
    order = [holding.name for holding in Holdings(everything()).erased]
    assert order.index("messages") < order.index("conversations") < order.index("visitors")
    assert order.index("wakes") < order.index("devices")
    assert order[-1] == "visitors"


def test_each_column_is_read_for_a_purpose_of_its_own() -> None:
    for holding in Holdings(everything()).copied:
        for room in holding.rooms:
            for statement in (room.first, room.rest):
                assert statement.purposes & room.purpose.bit, holding.name


def test_what_a_law_may_forbid_to_tell_is_in_no_copy() -> None:
    copied = {holding.name for holding in Holdings(everything()).copied}
    assert not copied & {"exceptions", "exception_subjects", "exception_uses"}
    assert "exception_notices" in copied, "what they were told of is"


def test_what_is_somebody_elses_or_opens_something_is_in_no_copy() -> None:
    fields = {held.name: set(holding_names(held)) for held in Holdings(everything()).copied}
    assert "birth_date" in fields["wards"] and "consent" not in fields["wards"]
    assert "endpoint" in fields["devices"] and not {"p256dh", "auth"} & fields["devices"]


def test_the_hash_names_what_is_declared() -> None:
    learn(DECLARATIONS)
    first, same = inventory_hash(), learned()
    learn(DECLARATIONS)
    assert (inventory_hash(), learned()) == (first, same)
    with planted("visitor_id", visitor_id=of_visitors()) as declared:
        learn([declared])
        assert inventory_hash() != first
    learn(DECLARATIONS)
    assert inventory_hash() == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_words_for_every_table(language: str) -> None:
    words = next(words for name, words in WORDS.items() if name == language)
    copied = {holding.name for holding in Holdings(everything()).copied}
    assert copied - set(words.tables) == IN_FILES_ONLY
    columns = {name for holding in Holdings(everything()).copied for name in holding_names(holding)}
    assert set(words.fields) <= columns, "a word for what is not there"


def holding_names(holding: Holding) -> set[str]:
    return {field.name for field in holding.fields}
