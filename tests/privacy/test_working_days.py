"""Fifteen working days are fifteen days from Monday to Friday. Clause 6.1d."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from silkroad.kit.clock import DAY
from silkroad.kit.working_days import working_day
from silkroad.privacy.contact.model import deadlines


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("after", "count", "day"),
    [
        ("2026-11-23T09:00", 1, "2026-11-24"),  # a Monday
        ("2026-11-23T23:59:59.999", 1, "2026-11-24"),
        ("2026-11-26T09:00", 1, "2026-11-27"),
        ("2026-11-27T09:00", 1, "2026-11-30"),  # a Friday
        ("2026-11-28T09:00", 1, "2026-11-30"),
        ("2026-11-29T23:00", 1, "2026-11-30"),
        ("2026-11-27T00:00", 5, "2026-12-04"),
        ("2026-12-28T12:00", 12, "2027-01-13"),
        ("2026-11-23T09:00", 15, "2026-12-14"),
        ("2028-02-25T09:00", 3, "2028-03-01"),  # across a 29 February
        ("2026-11-23T09:00", 0, "2026-11-23"),
    ],
)
def test_weekends_do_not_count(after: str, count: int, day: str) -> None:
    assert working_day(at(after), count) == at(day)


def test_a_request_is_warned_of_on_the_twelfth_and_due_until_the_end_of_the_fifteenth() -> None:
    found = deadlines(at("2026-11-27T18:00"))
    assert found.warn_at == at("2026-12-15T00:00")
    assert found.due_at == at("2026-12-18T23:59:59.999")


def test_a_deadline_is_never_nearer_for_who_writes_later() -> None:
    start = at("2026-01-01")
    due = [deadlines(start + hour * DAY // 24).due_at for hour in range(24 * 30)]
    assert due == sorted(due)
    assert all(19 * DAY <= later - start - n * DAY // 24 <= 22 * DAY for n, later in enumerate(due))
