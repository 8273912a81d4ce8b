"""Before a server serves: it tells what is new, and closes it to whoever was not told yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from silkroad.engines.database import Fresh, Transaction
from silkroad.http import House
from silkroad.kit.inventory import Column, Declarations, Purpose
from silkroad.kit.scope import system
from silkroad.privacy import policy

from . import actions, queries
from .actions import Companies, Versions
from .model import Homes
from .points import DOOR, acts_for

Place = tuple[str, str]
VisitorOf = Callable[[Transaction, str], str | None]


async def begin(
    house: House,
    record: policy.releases.Record,
    declarations: list[Declarations],
    versions: Versions,
    companies: Companies,
    visitor_of: VisitorOf,
    homes_of: Homes,
) -> None:
    """Tell how the record differs from what people were told; what is new waits for that.

    ``visitor_of`` says whose conversation one is, ``homes_of`` as whom an account is a member.
    Clauses 1.8d, 8.0, 8.1.
    """
    columns = {
        f"{table}.{name}": column
        for tables in declarations
        for table, known in tables.items()
        for name, column in known.items()
    }
    at_work, tell = system(purpose=Purpose.ACCOUNTABILITY), actions.open_for_record
    await house.db.write(at_work, tell, record, versions, companies, columns)
    news, opened = house.db.news, await house.db.read(at_work, queries.opened)
    news.require = partial(actions.require_told, house.came_at, homes_of)
    news.visitor_of = visitor_of
    acts = {
        change: {purpose: acts_for(purpose, columns) for purpose in one.changed}
        for change, one in opened.items()
    }
    news.learn(
        _fresh(columns, {change: one.stored for change, one in opened.items()}),
        _by_purpose(columns, {change: one.used for change, one in opened.items()}),
        _by_purpose(columns, acts),
    )


def _by_purpose(
    columns: Mapping[str, Column], opened: Mapping[str, Mapping[str, Iterable[str]]]
) -> dict[str, dict[Place, Fresh]]:
    """Return the same for each purpose for which campaigns opened something."""
    return {
        purpose: _fresh(columns, {change: one.get(purpose, ()) for change, one in opened.items()})
        for purpose in {purpose for one in opened.values() for purpose in one}
    }


def _fresh(
    columns: Mapping[str, Column], opened: Mapping[str, Iterable[str]]
) -> dict[Place, Fresh]:
    """Return the columns of this program that campaigns, by their ids, opened."""
    changes: dict[str, set[str]] = {}
    for change, names in opened.items():
        for name in columns.keys() & set(names):
            changes.setdefault(name, set()).add(change)
    return {
        (place := _place(name)): Fresh(
            frozenset(found), frozenset(columns[name].subjects), at_the_door=place[0] in DOOR
        )
        for name, found in changes.items()
    }


def _place(name: str) -> Place:
    table, _, column = name.partition(".")
    return table, column
