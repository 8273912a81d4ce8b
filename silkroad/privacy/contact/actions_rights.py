"""What whoever has a secret link does themselves: copy what is held, and erase it. 6.1a, 7b.

It needs a verified person, and a visitor whose data their request is about: it came from that
visitor's chat, a child has asked for their guardian by it, or the team has bound it to them. From a
child's 14th birthday on it is nobody's but the child's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.scope import INSTALLATION
from silkroad.privacy import erasures, guardians
from silkroad.privacy.erasures import Progress

from . import store
from .events import CloseQuiet, RequestsChanged
from .model import ABOUT_DATA, QUIET, Place, Right
from .store import Request


class Taken(NamedTuple):
    """Of whom a copy is made, in which company."""

    workspace_id: str
    visitor_id: str
    who: str


def place_of(tx: Transaction, token: str) -> Place:
    """Return where the request of a link is. Raises Refusal ``not_found``."""
    place = store.place_of(tx, token)
    if place is None:
        raise refuse("not_found")
    return place


def rights_of(tx: Transaction, request: Request) -> list[Right]:
    """Return what the bearer of a request's link can do now."""
    if not _is_about_somebody(tx, request):
        return []
    found: list[Right] = []
    if guardians.standing_of(tx, request.id) in {"claimed", "given"}:
        found.append("take_back")
    if request.verified_by is not None and request.state != "closed":
        found += ["copy"] if request.kind in {"access", "guardian"} else []
        found += ["erase"] if request.kind == "guardian" and _is_child(tx, request) else []
    return found


def team_rights_of(tx: Transaction, request: Request) -> list[Right]:
    """Return what the team can do now for whoever was verified by a request."""
    known = request.verified_by is not None and request.state != "closed"
    if not known or request.kind not in ABOUT_DATA or not _is_about_somebody(tx, request):
        return []
    return ["copy", "erase"] if request.kind in {"erasure", "guardian"} else ["copy"]


def _is_about_somebody(tx: Transaction, request: Request) -> bool:
    """Whether there is a person to whom something can be done: not erased, nor of age meanwhile."""
    there = request.visitor_id is not None and erasure_of(tx, request) is None
    return there and not is_of_age(tx, request)


def is_of_age(tx: Transaction, request: Request) -> bool:
    """Whether the child that a guardian asks about has turned 14; no, for who is being erased."""
    if request.kind != "guardian" or request.visitor_id is None or erasure_of(tx, request):
        return False
    return _is_child(tx, request) is False


def _is_child(tx: Transaction, request: Request) -> bool | None:
    """Whether a request is about a child; None of whom nobody knows the age.

    Of those a link erases nobody: whoever calls themselves a guardian may be none. The team does.
    """
    return guardians.is_under_age(tx, request.visitor_id) if request.visitor_id else None


def check_bindable(tx: Transaction, request: Request) -> None:
    """Let the team say whose data a request is about. Raises ``wrong_step``, ``not_verified``."""
    if not _is_the_teams_to_bind(tx, request):
        raise refuse("wrong_step")
    if request.verified_by is None:
        raise refuse("not_verified")


def may_bind(tx: Transaction, request: Request) -> bool:
    """Whether the team can say now whose data a request is about."""
    return request.verified_by is not None and _is_the_teams_to_bind(tx, request)


def _is_the_teams_to_bind(tx: Transaction, request: Request) -> bool:
    """Whether a request is open, about data of a company's, and no chat tells whose they are.

    What the team chose it may put right, until a copy was taken or somebody is being erased by it.
    """
    if request.state == "closed" or request.kind not in ABOUT_DATA:
        return False
    if tx.scope.workspace_id == INSTALLATION:  # which nobody chats with
        return False
    if request.visitor_id is None:
        return True
    chosen = request.bound_at is not None and request.copied_at is None
    return chosen and erasure_of(tx, request) is None


def erasure_of(tx: Transaction, request: Request) -> Progress | None:
    """Return how far the erasure of the person has come that a request is about."""
    return erasures.progress_of(tx, request.visitor_id) if request.visitor_id else None


def take_copy(tx: Transaction, token: str, who_answers: Callable[[Transaction], str]) -> Taken:
    """Let the bearer of a link have a copy; that they had it is written down.

    Raises Refusal ``not_found``, ``not_verified``.
    """
    place = place_of(tx, token)
    with tx.within(place.workspace_id):
        visitor_id = _whose(tx, store.hold(tx, place.request_id), "copy")
        store.copied(tx, place.request_id)
        tx.audit("person.copied", visitor_id, request=place.request_id)
        return Taken(place.workspace_id, visitor_id, who_answers(tx))


def erase(tx: Transaction, token: str, *, sure: bool) -> None:
    """Erase whoever a request is about, for good. Asking again changes nothing.

    Raises Refusal ``not_found``, ``not_verified``; ``not_sure`` of whoever has not said they are.
    """
    place = place_of(tx, token)
    with tx.within(place.workspace_id):
        request = store.hold(tx, place.request_id)
        if request and erasure_of(tx, request):
            return
        visitor_id = _whose(tx, request, "erase")
        if not sure:
            raise refuse("not_sure")
        tx.audit("request.erasure", place.request_id)
        erasures.erase(tx, visitor_id)
        store.answered(tx, place.request_id)
        tx.enqueue(CloseQuiet(place.request_id), delay=QUIET)
        tx.emit(RequestsChanged(place.request_id))


def _whose(tx: Transaction, request: Request | None, right: Right) -> str:
    if request is None or request.visitor_id is None:
        raise refuse("not_found")
    if right not in rights_of(tx, request):
        raise refuse("not_verified")
    return request.visitor_id
