"""What this program collects or does that not everybody has been told of yet. 1.8d, 4.1.6.

A new version of the program may store a detail, or come for a purpose, of which people who were
here before know nothing. Whoever tells people fills this in when the server starts; from then on a
statement that would store such a detail, or work for such a purpose, is held against what the
person whom it is about was told. So is what somebody does themselves for a purpose that has changed
gravely (8.0b). Without news, which is nearly always, that costs one look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, Protocol

from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import Scope

from .driver import Row
from .statement import Statement
from .tables import metadata

PREFIXES: Mapping[str, str] = {"visitor": "vis_", "member": "mbr_"}
"""The people who can be told, with the beginnings of their ids."""

ACCOUNT = "acc_"
"""A member who is not in yet is known by their account."""

CONVERSATION = "cnv_"

MOST_HEARD = 100_000
"""So many people are known to have been told; more begin anew."""

Place = tuple[str, str]
"""A table and one of its columns."""


class Fresh(NamedTuple):
    """The changes by which something became new, and the kinds of people whom it is about.

    ``at_the_door``: it is stored as somebody comes in, who can be told nowhere but inside.
    """

    changes: frozenset[str]
    people: frozenset[str]
    at_the_door: bool = False

    @property
    def prefixes(self) -> tuple[str, ...]:
        """How the ids of those begin who can be told; who cannot reads the notice as they come."""
        known = [PREFIXES[kind] for kind in self.people if kind in PREFIXES]
        return (*known, ACCOUNT) if self.at_the_door and "member" in self.people else tuple(known)

    def among(self, ids: set[str]) -> set[str]:
        """Return the people among some ids whom it is about."""
        prefixes = self.prefixes
        return {one for one in ids if prefixes and one.startswith(prefixes)}


class Asker(Protocol):
    """A transaction, as far as this looks at it."""

    scope: Scope
    asking: bool


_NOTHING: Mapping[Place, Fresh] = {}


class News:
    """What is new; ``there`` is whether anything is.

    ``require`` raises Refusal when a person was not told of one of these changes; ``visitor_of``
    says whose conversation one is.
    """

    def __init__(self) -> None:
        self.there = False
        self._stored: Mapping[Place, Fresh] = {}
        self._used: Mapping[str, Mapping[Place, Fresh]] = {}
        self._acts: Mapping[str, Mapping[Place, Fresh]] = {}
        self._heard: set[tuple[str, frozenset[str]]] = set()
        self.require: Callable[[Any, frozenset[str], str], None] = _nobody
        self.visitor_of: Callable[[Any, str], str | None] = _nobody

    def learn(
        self,
        stored: Mapping[Place, Fresh],
        used: Mapping[str, Mapping[Place, Fresh]],
        acts: Mapping[str, Mapping[Place, Fresh]],
    ) -> None:
        """Take over the details that are new, and by purpose the old ones that it uses now.

        ``acts`` are, by a purpose that has changed, those that somebody fills by what they do.
        """
        self._stored, self._used, self._acts = stored, used, acts
        self.there = bool(stored or used or acts)

    def hold(self, tx: Asker, statement: Statement, values: dict[str, Any]) -> list[Fresh]:
        """Let a statement through, or raise Refusal ``changes_unread``.

        A new detail is about whoever acts, and whom the statement itself names: who answers a
        customer goes on with it, even where a message has a new detail. What would be stored as
        somebody comes in is left out of the values, where the table does without, and lets them in
        all the same. Where a purpose has changed, what they do for it is about whoever acts, and
        nobody else. An old detail with a new use is about those whom the statement names, by the
        id of their conversation too. Where it names nobody, as in a list, what is returned has to
        be held against its rows.
        """
        stores, touches = statement.places
        used = self._used.get(tx.scope.purpose, _NOTHING)
        acts = self._acts.get(tx.scope.purpose, _NOTHING)
        for place in acts.keys() & stores:
            if _is_given(stores[place], values):
                self._require(tx, acts[place], {tx.scope.actor_id})
        stored = self._stored.keys() & stores.keys()
        unnamed = [used[place] for place in used.keys() & touches]
        if not stored and not unnamed:
            return []
        named = {value for value in values.values() if isinstance(value, str)}
        for place in stored:
            if _is_given(stores[place], values):
                self._take(tx, place, stores[place], named | {tx.scope.actor_id}, values)
        if tx.scope.actor_kind == "anonymous":  # a door finds out who it is
            return []
        with _asking(tx):
            talks = [value for value in named if value.startswith(CONVERSATION)]
            named |= {owner for talk in talks if (owner := self.visitor_of(tx, talk))}
        return [fresh for fresh in unnamed if not self._require_of_others(tx, fresh, named)]

    def may_take(self, tx: Asker, place: Place, *people: str) -> bool:
        """Whether a detail is not new, or all of these people were told of it."""
        fresh = self._stored.get(place)
        return fresh is None or self._were_told(tx, fresh, set(people))

    def hold_rows(self, tx: Asker, unnamed: list[Fresh], rows: list[Row]) -> None:
        """Let rows out, or raise Refusal ``changes_unread``: each has to say whom it is about."""
        for row in rows:
            self._hold_row(tx, unnamed, row)

    def left(self, tx: Asker, unnamed: list[Fresh], rows: list[Row]) -> list[Row]:
        """Return the rows without those about whoever was not told, or about nobody knows whom."""
        found = []
        for row in rows:
            with suppress(Refusal):
                self._hold_row(tx, unnamed, row)
                found.append(row)
        return found

    def _take(
        self, tx: Asker, place: Place, parameter: str, people: set[str], values: dict[str, Any]
    ) -> None:
        """Let a new detail of these people through, leave it out, or raise the refusal."""
        fresh = self._stored[place]
        if not fresh.at_the_door:
            self._require(tx, fresh, people)
        elif not self._were_told(tx, fresh, people):
            _leave_out(place, parameter, people, values)

    def _were_told(self, tx: Asker, fresh: Fresh, people: set[str]) -> bool:
        with suppress(Refusal):
            self._require(tx, fresh, people)
            return True
        return False

    def _hold_row(self, tx: Asker, unnamed: list[Fresh], row: Row) -> None:
        named = {value for value in row if isinstance(value, str)}
        if not all(self._require_of_others(tx, fresh, named) for fresh in unnamed):
            raise refuse("changes_unread")

    def _require_of_others(self, tx: Asker, fresh: Fresh, ids: set[str]) -> bool:
        """Return whether it names anybody; what is one's own, one may see."""
        self._require(tx, fresh, ids - {tx.scope.actor_id})
        return bool(fresh.among(ids)) or not fresh.prefixes

    def _require(self, tx: Asker, fresh: Fresh, ids: set[str]) -> None:
        """Hold it against what each of the people was told."""
        for person in sorted(fresh.among(ids)):
            if (person, fresh.changes) not in self._heard:
                with _asking(tx):
                    self.require(tx, fresh.changes, person)
                self._remember(person, fresh.changes)

    def _remember(self, person: str, changes: frozenset[str]) -> None:
        """Whoever was told stays told, and is not asked about again."""
        if len(self._heard) >= MOST_HEARD:
            self._heard.clear()
        self._heard.add((person, changes))


def _is_given(parameter: str, values: Mapping[str, Any]) -> bool:
    """Whether a statement has something for a detail; what is not given is not taken."""
    return values.get(parameter, "") is not None


def _leave_out(place: Place, parameter: str, people: set[str], values: dict[str, Any]) -> None:
    """Put nothing in a new detail's place, where that can be; who somebody is stays."""
    table, name = place
    stays = parameter not in values or values[parameter] in people
    if metadata.tables[table].c[name].nullable and not stays:
        values[parameter] = None


@contextmanager
def _asking(tx: Asker) -> Iterator[None]:
    tx.asking = True
    try:
        yield
    finally:
        tx.asking = False


def _nobody(*_: Any) -> None:
    """Nobody is asked before there is news."""
