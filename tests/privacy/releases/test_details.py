"""A single detail that changes is seen, though its activity looks the same. 4.1.6, 8.1, 8.2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from silkroad import parts
from silkroad.kit.inventory import WORKSPACE_LIFE, Column, DataClass, Purpose, nonpersonal
from silkroad.privacy import policy
from silkroad.privacy.campaigns.phrases import said
from silkroad.privacy.campaigns.points import points_of, purposes_of
from silkroad.privacy.policy.releases import Change, Weight, changes_between, plain, weight_of

NOW = plain(policy.record(parts.works()))


def with_column(name: str, **changes: Any) -> policy.releases.Record:
    """Return the record of a program in which one column is declared otherwise."""
    return with_declared(name, lambda column: replace(column, **changes))


def with_declared(name: str, change: Any) -> policy.releases.Record:
    table, _, field = name.partition(".")
    works = parts.works()
    declared = [
        {
            place: {
                one: change(column) if (place, one) == (table, field) else column
                for one, column in columns.items()
            }
            for place, columns in module.items()
        }
        for module in works.declarations
    ]
    return plain(policy.record(works._replace(declarations=declared)))


def with_more(name: str, column: Column) -> policy.releases.Record:
    """Return the record of a program in which one more column is declared."""
    table, _, field = name.partition(".")
    works = parts.works()
    more = [*works.declarations, {table: {field: column}}]
    return plain(policy.record(works._replace(declarations=more)))


def of(name: str) -> Column:
    table, _, field = name.partition(".")
    found = (module[table][field] for module in parts.works().declarations if table in module)
    return next(found)


def found(after: policy.releases.Record) -> list[Change]:
    return changes_between(NOW, after)


PLANTED: list[tuple[str, dict[str, Any], Weight, str, str]] = [
    ("visitors.phone", {"retention": WORKSPACE_LIFE}, "major", "8.1", "period joins"),
    ("visitors.phone", {"controller": "operator"}, "major", "8.2", "who decides joins: operator"),
    ("visitors.phone", {"data": DataClass.PROFILE}, "major", "8.1", "kind of data joins: PRO"),
    ("devices.endpoint", {"basis": "contract"}, "major", "8.1", "legal ground joins: contract"),
    ("devices.endpoint", {"sensitivity": "S3"}, "major", "8.1", "sensitivity joins: S3"),
    ("visitors.phone", {"source": "use"}, "major", "8.1", "where it comes from joins: use"),
    ("visitors.phone", {"export": "exclude"}, "major", "8.4", "in people's copies goes: copy"),
    ("visitors.phone", {"erasure": "delete"}, "minor", "8.1", "way of erasing joins: delete"),
]


@pytest.mark.parametrize(
    ("name", "changes", "weight", "clause", "told"), PLANTED, ids=[one[-1] for one in PLANTED]
)
def test_a_detail_that_changes_behind_others_is_seen(
    name: str, changes: dict[str, Any], weight: Weight, clause: str, told: str
) -> None:
    seen = found(with_column(name, **changes))
    assert weight_of(seen) == weight
    about = [change for change in seen if told in change.what]
    assert {(change.weight, change.clause) for change in about} == {(weight, clause)}
    purposes = {purpose for change in about for purpose in change.purposes}
    assert purposes == (of(name).purposes if weight == "major" else set())


@pytest.mark.parametrize("purpose", [Purpose.TEAMWORK, Purpose.RESEARCH])
def test_an_old_detail_for_an_old_purpose_is_told_gravely(purpose: Purpose) -> None:
    known = of("visitors.phone")
    assert purpose not in known.purposes
    after = with_column("visitors.phone", purposes=known.purposes | {purpose})
    seen = found(after)
    assert weight_of(seen) == "major"
    points = points_of(seen, NOW, after)
    assert ("data_new", purpose.value, "major") in {(p.key, p.about, p.weight) for p in points}


def test_one_more_detail_on_consent_asks_for_it_anew() -> None:
    """Its kind, ground and period are what the others of its purpose have already."""
    after = with_more("devices.place", of("devices.agent"))
    seen = found(after)
    told = "details: devices.place: joins, and rests on consent: wake_up"
    assert [(c.what, c.purposes) for c in seen if c.weight == "major"] == [(told, ("wake_up",))]
    assert purposes_of(seen) == ("wake_up",)
    (point, _) = points_of(seen, NOW, after)
    assert (point.key, point.about, point.values) == ("data_new", "wake_up", ("DEV",))


def test_one_more_detail_on_another_ground_asks_nobody() -> None:
    seen = found(with_more("devices.place", replace(of("devices.agent"), basis="contract")))
    assert (weight_of(seen), purposes_of(seen)) == ("minor", ())


SENSITIVE: dict[str, Callable[[], policy.releases.Record]] = {
    "it joins": lambda: with_more(
        "visitors.illness", replace(of("visitors.phone"), sensitivity="S3")
    ),
    "it was there": lambda: with_column("visitors.phone", sensitivity="S3"),
}


@pytest.mark.parametrize("plant", SENSITIVE.values(), ids=SENSITIVE)
def test_what_is_sensitive_is_told_in_a_sentence_of_its_own(
    plant: Callable[[], policy.releases.Record],
) -> None:
    after = plant()
    seen = found(after)
    assert weight_of(seen) == "major"
    points = [point for point in points_of(seen, NOW, after) if point.key == "sensitive"]
    assert {point.weight for point in points} == {"major"}
    assert {point.about for point in points} == of("visitors.phone").purposes
    (line,) = {said(point, "en") for point in points if point.about == "conversation"}
    kind = policy.WORDS["en"].data[of("visitors.phone").data].name
    assert line.startswith("Something sensitive is now used ")
    assert line.endswith(f": {kind}.")


def test_a_detail_that_is_called_nobodys_is_seen() -> None:
    seen = found(with_declared("visitors.phone", lambda _: nonpersonal("random")))
    assert ("major", "about_nobody: visitors.phone joins") in {(c.weight, c.what) for c in seen}


def test_another_reason_why_it_is_about_nobody_is_read_again() -> None:
    seen = found(with_declared("visitors.workspace_id", lambda _: nonpersonal("somebody")))
    told = "about_nobody: visitors.workspace_id has another reason"
    assert [(change.weight, change.what) for change in seen] == [("editorial", told)]


def test_a_column_about_nobody_is_no_new_version_without_a_word() -> None:
    works = parts.works()
    more = [*works.declarations, {"visitors_too": {"number": nonpersonal("counter")}}]
    seen = found(plain(policy.record(works._replace(declarations=more))))
    assert [(c.weight, c.what) for c in seen] == [
        ("editorial", "about_nobody: visitors_too.number joins")
    ]


def test_what_an_activity_says_already_is_said_once() -> None:
    seen = found(with_column("visitors.phone", data=DataClass.RECORDING))
    places = [change.where for change in seen]
    assert len(places) == len(set(places))
