"""The clause map: every clause has its row, and no promise is made that is not proven."""

from __future__ import annotations

from itertools import chain

import msgspec
import pytest

from silkroad.privacy.clauses import (
    SECTIONS,
    Clause,
    Evidence,
    Outcome,
    State,
    as_json,
    doubts,
    gathered,
    overclaimed,
    pages,
    proofs_to_run,
    rendered,
    state,
    table,
)
from tests.architecture.tree import ROOT

IDS = {
    "p": "P.1 P.2 P.3",
    "d": "D.1 D.2 D.3 D.4 D.5 D.6 D.7",
    "1": "1.1 1.1.1a 1.1.1b 1.2 1.2.1 1.2.2 1.2.2.1 1.2.2.2 1.3 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4"
    " 1.5 1.6a 1.6b 1.7 1.8a 1.8b 1.8c 1.8d",
    "2": "2.0.* 2.0.1 2.0.2 2.0.3 2.0.4 2.0.5 2.0.6 2.0.7 2.1 2.2a 2.2b 2.2c 2.2d",
    "3": "3.1 3.2 3.3 3.4a 3.4b 3.5 3.6",
    "4": "4.0 4.1.1a 4.1.1b 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.2 4.3.* 4.3.1 4.3.2 4.3.3 4.3.4 4.3.5"
    " 4.3.6 4.3.7 4.3.8 4.3.9 4.3.10 4.3.11",
    "5": "5.0 5.1 5.2 5.3 5.4 5.5",
    "6": "6.0 6.1a 6.1b 6.1c 6.1d 6.1e 6.2a 6.2b 6.3a 6.3b",
    "7": "7a 7b",
    "8": "8.0a 8.0b 8.1 8.2 8.3 8.4 8.5 8.6",
    "9": "9a 9b",
}
"""Every clause of the policy, by its section, in the policy's order."""

ROWS = [clause for section in SECTIONS.values() for clause in section.clause]
CODE, ONE, TWO = "silkroad/a.py: keep", "tests/test_a.py: test_one", "tests/test_a.py: test_two"
KEPT = Clause("9.9", "kept", "We keep it.", "It passes.", code=(CODE,), tests=(ONE, TWO))
PART = Clause(
    "9.8",
    "partial",
    "We keep it.",
    "It passes.",
    works="It half works.",
    missing="The rest.",
    code=(CODE,),
    tests=(ONE, TWO),
)
OPEN = Clause("9.7", "open", "We keep it.", "It passes.", missing="All of it.", tests=(ONE,))

PROVEN = Evidence({ONE: "passed", TWO: "passed"}, frozenset())
HALF: State = "partial"
SHAKEN: dict[str, tuple[Evidence, State, str]] = {
    "failed": (Evidence({ONE: "passed", TWO: "failed"}, frozenset()), HALF, "test_two failed"),
    "skipped": (Evidence({ONE: "passed", TWO: "skipped"}, frozenset()), HALF, "was skipped"),
    "not run": (Evidence({ONE: "passed"}, frozenset()), HALF, "test_two has not run"),
    "renamed": (Evidence({ONE: "passed"}, frozenset({TWO})), HALF, "test_two is not there"),
    "run before it was renamed": (PROVEN._replace(lost=frozenset({TWO})), HALF, "is not there"),
    "without its code": (PROVEN._replace(lost=frozenset({CODE})), HALF, "keep is not there"),
    "all failed": (Evidence({ONE: "failed", TWO: "failed"}, frozenset()), "open", "one failed"),
    "all gone": (Evidence({}, frozenset({ONE, TWO})), "open", "test_one is not there"),
    "nothing known": (Evidence({}, frozenset(), "Nothing is known."), "open", "has not run"),
}


def test_every_clause_of_the_policy_has_its_row() -> None:
    assert {name: " ".join(c.id for c in s.clause) for name, s in SECTIONS.items()} == IDS
    assert len(ROWS) == len({clause.id for clause in ROWS}) == 102


def test_everything_that_the_map_names_is_there() -> None:
    places = {place for c in ROWS for place in (*c.code, *c.tests)}
    assert len(places) > 80
    found = {f"{c.id}: {why}" for c in ROWS for why in doubts(c, all_passed(ROWS))}
    assert found == set()


def test_the_pages_in_the_docs_are_made_from_the_map() -> None:
    folder = ROOT / "docs" / "policy"
    there = {path.name: path.read_text() for path in folder.iterdir()}
    assert there == pages(), "stale: run `.venv/bin/silkroad clauses --pages docs/policy`"


def test_a_claim_that_is_proven_is_kept_and_said() -> None:
    assert (state(KEPT, PROVEN), rendered(KEPT, PROVEN)) == ("kept", ["We keep it."])
    assert overclaimed([KEPT, PART, OPEN], PROVEN) == {}


@pytest.mark.parametrize("how", SHAKEN)
def test_without_its_whole_proof_a_promise_is_not_said(how: str) -> None:
    evidence, left, why = SHAKEN[how]
    assert state(KEPT, evidence) == left
    assert KEPT.promise not in " ".join(rendered(KEPT, evidence))
    assert KEPT.promise not in table([KEPT], evidence)
    assert any(why in doubt for doubt in overclaimed([KEPT], evidence)["9.9"])


def test_a_part_is_said_with_what_is_missing() -> None:
    assert state(PART, PROVEN) == "partial"
    assert rendered(PART, PROVEN) == ["Works: It half works.", "Missing: The rest."]


@pytest.mark.parametrize("how", SHAKEN)
def test_without_its_whole_proof_a_part_is_not_said_to_work(how: str) -> None:
    evidence, left, _ = SHAKEN[how]
    assert state(PART, evidence) == left
    said = " ".join(rendered(PART, evidence))
    assert PART.works not in said
    assert ("Missing: The rest." in said, "not proven" in said) == (True, True)
    assert overclaimed([PART], evidence).keys() == {"9.8"}


def test_what_claims_nothing_is_open_whatever_passes() -> None:
    assert (state(OPEN, PROVEN), rendered(OPEN, PROVEN)) == ("open", ["Missing: All of it."])


@pytest.mark.parametrize(
    "row",
    [
        {"claim": "kept"},
        {"claim": "kept", "code": [CODE]},
        {"claim": "kept", "tests": [ONE]},
        {"claim": "kept", "code": [CODE], "tests": [ONE], "missing": "A little."},
        {"claim": "kept", "code": [CODE], "tests": [ONE], "works": "A little."},
        {"claim": "partial", "code": [CODE], "tests": [ONE], "works": "A little."},
        {"claim": "partial", "code": [CODE], "tests": [ONE], "missing": "A little."},
        {"claim": "open"},
        {"claim": "settled", "missing": "A little."},
        {"claim": "open", "missing": "A little.", "remark": "A word that nobody knows."},
    ],
)
def test_a_row_that_does_not_say_what_it_rests_on_cannot_be_read(row: dict[str, object]) -> None:
    whole = {"id": "9.9", "promise": "We keep it.", "accepted": "It passes.", **row}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(whole, Clause)


def test_for_programs_there_is_one_row_for_each_clause() -> None:
    known = msgspec.json.decode(msgspec.json.encode(as_json([KEPT, PART, OPEN], PROVEN)))
    assert known[0] == {
        "id": "9.9",
        "state": "kept",
        "promise": "We keep it.",
        "code": [CODE],
        "tests": [ONE, TWO],
    }
    assert [row["state"] for row in known] == ["kept", "partial", "open"]
    assert len(as_json(ROWS, PROVEN)) == len(ROWS)


def test_the_proofs_to_run_are_those_that_are_named_and_there() -> None:
    shaken = PROVEN._replace(lost=frozenset({TWO}))
    assert proofs_to_run([KEPT, PART], shaken) == ["tests/test_a.py::test_one"]


def all_passed(rows: list[Clause]) -> Evidence:
    """Return the evidence of a run in which every named test passed, and what is really there."""
    outcomes: dict[str, Outcome] = dict.fromkeys(
        chain.from_iterable(c.tests for c in rows), "passed"
    )
    return gathered(ROOT, None, rows)._replace(outcomes=outcomes)
