"""Office hours: split shifts, midnight, summer time, and never."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from silkroad.inboxes.model import OfficeHours, OpenHours, Span, open_hours
from tests.cast import Shop, open_inbox
from tests.harness.people import Json, Refused

WORKDAY = [Span("09:00", "12:00"), Span("13:00", "17:30")]
TIRANA = OfficeHours("Europe/Tirane", [WORKDAY] * 5 + [[Span("20:00", "24:00")], []])


BACKWARDS = [[{"opens": "10:00", "closes": "09:00"}]] + [[]] * 6


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T08:00", OpenHours(open=True, opens_at=None)),  # Monday 09:00 in Tirana
        ("2026-11-23T07:59", OpenHours(open=False, opens_at=at("2026-11-23T08:00"))),
        ("2026-11-23T11:30", OpenHours(open=False, opens_at=at("2026-11-23T12:00"))),  # lunch
        ("2026-11-23T16:30", OpenHours(open=False, opens_at=at("2026-11-24T08:00"))),
        ("2026-11-28T22:59", OpenHours(open=True, opens_at=None)),  # Saturday until midnight
        ("2026-11-28T23:00", OpenHours(open=False, opens_at=at("2026-11-30T08:00"))),
        ("2026-03-27T16:31", OpenHours(open=False, opens_at=at("2026-03-28T19:00"))),
        ("2026-03-29T12:00", OpenHours(open=False, opens_at=at("2026-03-30T07:00"))),  # summer
    ],
)
def test_an_office_is_open_in_its_own_time_zone(now: str, expected: OpenHours) -> None:
    assert open_hours(TIRANA, at(now)) == expected


def test_without_hours_it_is_always_open_and_with_empty_ones_never() -> None:
    assert open_hours(None, 0) == OpenHours(open=True, opens_at=None)
    assert open_hours(OfficeHours("UTC", [[]] * 7), 0) == OpenHours(open=False, opens_at=None)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"office_hours": {"timezone": "Mars/Base", "days": [[]] * 7}}, "$.office_hours.timezone"),
        (
            {
                "office_hours": {
                    "timezone": "UTC",
                    "days": [[{"opens": "10:00", "closes": "09:00"}]] + [[]] * 6,
                }
            },
            "$.office_hours.days[0]",
        ),
        ({"office_hours": {"timezone": "UTC", "days": [[]] * 6}}, "$.office_hours.days"),
        ({"allowed_origins": ["https://a.example/path"]}, "$.allowed_origins[0]"),
        ({"allowed_origins": ["http://a.example"]}, "$.allowed_origins[0]"),
        ({"allowed_origins": ["https://a.example; script-src *"]}, "$.allowed_origins[0]"),
        ({"allowed_origins": ["*"]}, "$.allowed_origins[0]"),
        ({"color": "red"}, "$.color"),
        ({"languages": ["en", "en"]}, "$.languages"),
        ({"languages": []}, "$.languages"),
        ({"name": ""}, "$.name"),
    ],
)
def test_what_is_wrong_with_an_inbox_is_said_at_its_place(
    shop: Shop, change: Json, path: str
) -> None:
    with pytest.raises(Refused) as no:
        open_inbox(shop.admin, **change)
    assert [field["path"] for field in no.value.problem["fields"]] == [path]
    with pytest.raises(Refused):
        shop.admin.patch(f"/api/inboxes/{shop.inbox['id']}", change)


def test_an_agent_sees_the_inboxes_they_work_in_and_changes_none(shop: Shop) -> None:
    open_inbox(shop.admin, "Wholesale")
    assert [i["name"] for i in shop.arta.get("/api/inboxes")["items"]] == ["Shop"]
    with pytest.raises(Refused) as no:
        shop.arta.patch(f"/api/inboxes/{shop.inbox['id']}", {"name": "Mine"})
    assert no.value.code == "forbidden"


def test_consoles_hear_that_an_inbox_has_changed(shop: Shop) -> None:
    ear = shop.arta.socket()
    shop.admin.patch(f"/api/inboxes/{shop.inbox['id']}", {"name": "Shop & Café"})
    heard = ear.hear("changed")
    assert heard["what"] == "inboxes"
    assert shop.arta.get("/api/inboxes")["items"][0]["name"] == "Shop & Café"
