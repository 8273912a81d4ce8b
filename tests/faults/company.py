"""A company at work: its people, all their windows, and what they were promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import NamedTuple, TypeVar

from tests.cast import Member, Shop, VisitorOf, open_shop
from tests.harness.people import Person
from tests.harness.server import Server

from .history import History
from .listener import Listener
from .load import Client
from .trades import Answerer, Asker, Editor, Keeper, Manager

P = TypeVar("P", bound=Person)


class Size(NamedTuple):
    """How many clients of each kind; an editor per agent, a manager and a listener come with them.

    There are at least as many askers as answerers: each conversation has one of both at most.
    """

    askers: int
    answerers: int
    keepers: int


FIFTY = Size(askers=20, answerers=8, keepers=5), Size(askers=6, answerers=2, keepers=1)
"""Two companies whose clients are fifty together."""

ACTS = {
    "Asker.say",
    "Asker.upload",
    "Asker.put",
    "Answerer.say",
    "Answerer.note",
    "Answerer.upload",
    "Answerer.put",
    "Answerer.close",
    "Answerer.look",
    "Keeper.note",
    "Keeper.put",
    "Editor.put",
    "Manager.put",
    "Listener.hear",
}
"""Kinds of clients, and what each has to have done before a trial proves something."""


@dataclass
class Company:
    """``talks`` are its visitors by their conversations; ``clients`` are who works."""

    shop: Shop
    history: History
    nodes: Sequence[Server]
    talks: dict[str, VisitorOf] = field(default_factory=dict)
    clients: list[Client] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        return [self.shop.admin, self.shop.arta, self.shop.wei]

    @property
    def listener(self) -> Listener:
        (listener,) = (client for client in self.clients if isinstance(client, Listener))
        return listener

    @property
    def words(self) -> set[str]:
        """Return what nobody of another company may ever hear."""
        ids = {self.shop.admin.workspace_id, self.shop.inbox["id"], *self.talks}
        return {self.history.canary, *ids, *(member.member_id for member in self.members)}

    def windows(self, person: P) -> list[P]:
        return [person.window(node) for node in self.nodes]


def found(nodes: Sequence[Server], canary: str, size: Size) -> Company:
    """Found a company; its canary stands in all that anybody writes there."""
    company = Company(open_shop(nodes[0], canary), History(canary=canary), nodes)
    shop, history, windows = company.shop, company.history, company.windows
    agents = cycle([shop.arta, shop.wei])
    team = [member.member_id for member in company.members]
    for number in range(size.askers):
        visitor, talk = _asks(company, f"asker{number:02}")
        company.clients.append(Asker(windows(visitor), history, talk))
        if number < size.answerers:
            company.clients.append(Answerer(windows(next(agents)), history, talk, team))
    for number in range(size.keepers):
        _, talk = _asks(company, f"quiet{number:02}")
        company.clients.append(Keeper(windows(next(agents)), history, talk, team))
    company.clients += [Editor(windows(agent), history) for agent in (shop.arta, shop.wei)]
    company.clients += [
        Manager(windows(shop.admin), history, shop.inbox["id"]),
        Listener(windows(shop.admin), history),
    ]
    return company


def neighbours(nodes: Sequence[Server], *sizes: Size) -> list[Company]:
    """Found companies on the same server that must never hear of each other."""
    companies = [found(nodes, f"zq{at}company{at}qz", size) for at, size in enumerate(sizes)]
    for company in companies:
        others = set().union(*(other.words for other in companies if other is not company))
        company.history.foreign = frozenset(word.encode() for word in others)
    return companies


def idle(companies: Sequence[Company]) -> set[str]:
    """Return which acts nobody has done."""
    return ACTS.difference(*(company.history.acts for company in companies))


def acts(companies: Sequence[Company]) -> int:
    """Count what was done and acknowledged."""
    return sum(company.history.acts.total() for company in companies)


def _asks(company: Company, name: str) -> tuple[VisitorOf, str]:
    visitor, talk = company.shop.asks(f"{company.history.canary} first-words", name)
    company.history.try_to_send(talk, "first-words")
    company.talks[talk] = visitor
    return visitor, talk
