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
from .points import DOOR

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
    news.learn(
        {
            place: fresh._replace(at_the_door=place[0] in DOOR)
            for place, fresh in _fresh(columns, {c: o.stored for c, o in opened.items()}).items()
        },
        {
            purpose: _fresh(columns, {c: one.used.get(purpose, ()) for c, one in opened.items()})
            for purpose in {purpose for one in opened.values() for purpose in one.used}
        },
    )


def _fresh(
    columns: Mapping[str, Column], opened: Mapping[str, Iterable[str]]
) -> dict[Place, Fresh]:
    """Return the columns of this program that campaigns, by their ids, opened."""
    changes: dict[str, set[str]] = {}
    for change, names in opened.items():
        for name in columns.keys() & set(names):
            changes.setdefault(name, set()).add(change)
    return {
        _place(name): Fresh(frozenset(found), frozenset(columns[name].subjects))
        for name, found in changes.items()
    }


def _place(name: str) -> Place:
    table, _, column = name.partition(".")
    return table, column
