"""The hub: the sockets of this node, what each may hear, and who is here.

It holds no truth. Frames come to it encoded once and go out to everybody who may hear them; a
reader that is too slow is cut off with a code that lets it resume, and loses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from silkroad.kit.scope import Scope

from .connection import Connection
from .elsewhere import Actor, Elsewhere, Presence

K = TypeVar("K")

REVOKED = 4403
EVERYWHERE = None
RESTARTING = 1012
MEMBER = "mbr_"  # what a member's id begins with; visitors come and go without a word


class Hub:
    """All sockets of this node, by workspace and by actor."""

    def __init__(self) -> None:
        self._by_workspace: dict[str, set[Connection]] = defaultdict(set)
        self._by_actor: dict[tuple[str, str], set[Connection]] = defaultdict(set)
        self._by_inbox: dict[tuple[str, str | None], set[Connection]] = defaultdict(set)
        self._manually_away: set[tuple[str, str]] = set()
        self.endings = 0  # how often somebody's access has ended or changed
        self.on_presence: Callable[[str, str, Presence], None] = lambda _w, _m, _p: None
        self._elsewhere: Elsewhere | None = None

    def join(self, elsewhere: Elsewhere) -> None:
        """Take the people of other nodes into account, and tell those nodes of ours."""
        self._elsewhere = elsewhere
        elsewhere.on_change = self._changed_elsewhere
        elsewhere.on_away = self._set_away

    def __len__(self) -> int:
        return sum(map(len, self._by_actor.values()))

    def add(self, connection: Connection) -> None:
        scope = connection.scope
        with self._telling((scope.workspace_id, scope.actor_id)) as actor:
            if scope.actor_kind == "member":
                self._by_workspace[scope.workspace_id].add(connection)
                for inbox_id in _reach(scope):
                    self._by_inbox[scope.workspace_id, inbox_id].add(connection)
            self._by_actor[actor].add(connection)

    def remove(self, connection: Connection) -> None:
        scope = connection.scope
        with self._telling((scope.workspace_id, scope.actor_id)) as actor:
            _discard(self._by_workspace, scope.workspace_id, connection)
            for inbox_id in _reach(scope):
                _discard(self._by_inbox, (scope.workspace_id, inbox_id), connection)
            _discard(self._by_actor, actor, connection)

    def members(self, workspace_id: str) -> Iterable[Connection]:
        return self._by_workspace.get(workspace_id, ())

    def hearers(self, workspace_id: str, inbox_id: str) -> list[Connection]:
        """Return the members' sockets that an inbox belongs to."""
        theirs = self._by_inbox.get((workspace_id, inbox_id), ())
        everywhere = self._by_inbox.get((workspace_id, EVERYWHERE), ())
        return [*theirs, *everywhere]

    def of_actor(self, workspace_id: str, actor_id: str) -> Iterable[Connection]:
        return self._by_actor.get((workspace_id, actor_id), ())

    def everyone(self, workspace_id: str) -> list[Connection]:
        """Return all sockets of a company's members and visitors."""
        return [
            connection
            for (place, _), connections in self._by_actor.items()
            if place == workspace_id
            for connection in connections
        ]

    def end_actor(self, workspace_id: str, actor_id: str, code: int = REVOKED) -> None:
        """Close every socket of somebody whose access ended."""
        self.endings += 1
        for connection in list(self.of_actor(workspace_id, actor_id)):
            connection.close(code)

    def end_session(self, session_id: str, code: int = REVOKED) -> None:
        """Close every socket that a session opened."""
        self.endings += 1
        for connections in list(self._by_actor.values()):
            for connection in list(connections):
                if connection.scope.session_id == session_id:
                    connection.close(code)

    def end_visitors(self, workspace_id: str, inbox_id: str, code: int = REVOKED) -> None:
        """Close the sockets of the visitors of an inbox that was closed to them."""
        self.endings += 1
        for connections in list(self._by_actor.values()):
            for connection in list(connections):
                scope = connection.scope
                theirs = scope.actor_kind == "visitor" and scope.workspace_id == workspace_id
                if theirs and scope.reaches(inbox_id):
                    connection.close(code)

    def end_all(self, code: int = RESTARTING) -> None:
        for connections in list(self._by_actor.values()):
            for connection in list(connections):
                connection.close(code)

    # who is here

    def set_away(self, workspace_id: str, member_id: str, *, away: bool) -> None:
        """Let a member step away, or come back, wherever their sockets are."""
        actor = (workspace_id, member_id)
        if self._elsewhere:
            self._elsewhere.tell_away(actor, away=away)
        self._set_away(actor, away)

    def presence_of(self, workspace_id: str, actor_id: str) -> Presence:
        return self._presence_of((workspace_id, actor_id))

    def everybody(self) -> list[tuple[str, str, Presence]]:
        """Return who has a socket at this node."""
        return [(*actor, self._presence_here(actor)) for actor in self._by_actor]

    def _set_away(self, actor: Actor, away: bool) -> None:
        with self._telling(actor):
            (self._manually_away.add if away else self._manually_away.discard)(actor)

    def _presence_here(self, actor: Actor) -> Presence:
        if not self._by_actor.get(actor):
            return "offline"
        return "away" if actor in self._manually_away else "online"

    def _presence_of(self, actor: Actor) -> Presence:
        here = self._presence_here(actor)
        if self._elsewhere is None or here == "online":
            return here
        there = self._elsewhere.presence_of(actor)
        return here if there == "offline" else there

    @contextmanager
    def _telling(self, actor: Actor) -> Iterator[Actor]:
        """Tell what the body changes of somebody's presence: to consoles, and to other nodes."""
        here, anywhere = self._presence_here(actor), self._presence_of(actor)
        yield actor
        now = self._presence_here(actor)
        if self._elsewhere and now != here:
            self._elsewhere.tell(actor, now)
        self._changed_elsewhere(actor, anywhere)

    def _changed_elsewhere(self, actor: Actor, before: Presence) -> None:
        after = self._presence_of(actor)
        if after != before and actor[1].startswith(MEMBER):
            self.on_presence(*actor, after)


def _reach(scope: Scope) -> Iterable[str | None]:
    return [EVERYWHERE] if scope.inbox_ids is None else scope.inbox_ids


def _discard(index: dict[K, set[Connection]], key: K, connection: Connection) -> None:
    index[key].discard(connection)
    if not index[key]:
        del index[key]
