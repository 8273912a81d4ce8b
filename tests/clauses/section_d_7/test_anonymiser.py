"""The anonymiser by itself, with whatever people there may be. Clause D.7."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.privacy.anonymous import ANY, FLOOR, Case, anonymise, attribute
from silkroad.research.model import ATTRIBUTES

MET = attribute(
    "met",
    {
        "mon": ("mon", "workday", ANY),
        "tue": ("tue", "workday", ANY),
        "sat": ("sat", "weekend", ANY),
        "sun": ("sun", "weekend", ANY),
    },
)
TONGUE = attribute("tongue", {name: (name, ANY) for name in ("en", "sq")})
ILL = attribute("ill", {"yes": ("yes", ANY), "no": ("no", ANY)}, sensitive=True)
TOLD = (MET, TONGUE, ILL)

crowds = st.lists(st.tuples(*(st.sampled_from(list(one.ladder)) for one in TOLD)), max_size=80)
sizes = st.integers(FLOOR, 12)


@given(crowds, sizes)
def test_every_line_is_a_crowd_by_whatever_it_is_looked_at(cases: list[Case], k: int) -> None:
    made = anonymise(cases, TOLD, k)
    if made is None:
        assert len(cases) < k
        return
    for places in (p for n in range(4) for p in combinations(range(3), n)):
        told: Counter[Case] = Counter()
        for line in made.lines:
            told[tuple(line.values[place] for place in places)] += line.people
        assert min(told.values()) >= k


@given(crowds, sizes)
def test_nothing_is_told_that_is_no_class_of_what_went_in(cases: list[Case], k: int) -> None:
    made = anonymise(cases, TOLD, k)
    for line in made.lines if made else ():
        inside = sum(_is_of(case, line.values) for case in cases)
        assert inside == line.people, "it counts exactly those whose values it names"


def _is_of(case: Case, values: Case) -> bool:
    return all(v in one.ladder[c] for c, v, one in zip(case, values, TOLD, strict=True))


@given(crowds, sizes)
def test_what_is_left_out_is_counted_and_is_no_single_person(cases: list[Case], k: int) -> None:
    made = anonymise(cases, TOLD, k)
    if made:
        assert made.people == sum(line.people for line in made.lines)
        assert made.people + made.left_out == len(cases)
        assert made.left_out == 0 or made.left_out >= k
        assert made.left_out * 10 <= len(cases)


@given(crowds, sizes)
def test_what_somebody_is_known_by_does_not_say_what_is_private(cases: list[Case], k: int) -> None:
    made = anonymise(cases, TOLD, k)
    answers: dict[Case, set[str]] = {}
    for line in made.lines if made else ():
        answers.setdefault(line.values[:2], set()).add(line.values[2])
    assert all(len(said) > 1 or said == {ANY} for said in answers.values())


@given(crowds, sizes, st.randoms())
def test_the_same_people_in_another_order_give_the_same(
    cases: list[Case], k: int, chance: Random
) -> None:
    shuffled = list(cases)
    chance.shuffle(shuffled)
    assert anonymise(shuffled, TOLD, k) == anonymise(cases, TOLD, k)


def test_the_finest_that_is_safe_is_taken() -> None:
    crowd = [(day, "en", ill) for day in ("mon", "sat") for ill in ("yes", "no")] * 6
    fine = anonymise(crowd, TOLD, 6)
    assert fine and fine.levels == (0, 0, 0) and [line.people for line in fine.lines] == [6] * 4
    coarse = anonymise(crowd, TOLD, 7)
    assert coarse and sum(coarse.levels) > 0 and coarse.left_out == 0


def test_whoever_is_alone_is_left_out_together_with_others() -> None:
    """One person alone in a rest would be told of by the total."""
    crowd = [("mon", "en", ill) for ill in ("yes", "no")] * 50
    second = [("tue", "en", ill) for ill in ("yes", "no")] * 5
    made = anonymise([*crowd, *second, ("sun", "sq", "yes")], TOLD, 5)
    assert made and made.left_out in {0, 11}


def test_a_crowd_of_whom_all_are_ill_is_not_told() -> None:
    made = anonymise([("mon", "en", "yes")] * 50, TOLD, 5)
    assert made and [line.values for line in made.lines] == [("mon", "en", ANY)]


def test_too_few_are_nobody() -> None:
    assert anonymise([("mon", "en", "yes")] * 9, TOLD, 10) is None
    assert anonymise([], TOLD, 10) is None


def test_a_floor_holds() -> None:
    with pytest.raises(ValueError, match="no crowd"):
        anonymise([("mon", "en", "yes")] * 50, TOLD, FLOOR - 1)


@pytest.mark.parametrize(
    "ladder",
    [
        {"a": ("a", "b")},
        {"a": ("a", ANY), "b": ("b", "c", ANY)},
        {"a": ("x", "p", ANY), "b": ("x", "q", ANY)},
    ],
)
def test_classes_that_do_not_nest_are_refused(ladder: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match=r"part of two|coarsest|every level"):
        attribute("wrong", ladder)


def test_a_value_that_is_on_no_ladder_is_not_let_through() -> None:
    with pytest.raises(KeyError):
        anonymise([("Mira", "en", "yes")] * 50, TOLD, 5)


def test_the_ladders_of_research_nest_and_end() -> None:
    for one in ATTRIBUTES:
        assert attribute(one.name, one.ladder, sensitive=one.sensitive) == one
    assert [one.name for one in ATTRIBUTES if not one.sensitive] == ["language", "began"]
