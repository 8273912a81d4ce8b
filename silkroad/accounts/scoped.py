"""Stepping into the installation's scope, where accounts are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from silkroad.engines.database import Transaction
from silkroad.kit.errors import refuse
from silkroad.kit.inventory import Purpose
from silkroad.kit.scope import INSTALLATION

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Transaction, P], T]


def of_the_installation(purpose: Purpose) -> Callable[[Verb[P, T]], Verb[P, T]]:
    """Let a verb work in the installation's scope and for its own purpose, whoever calls it."""

    def declare(verb: Verb[P, T]) -> Verb[P, T]:
        @wraps(verb)
        def act(tx: Transaction, /, *arguments: P.args, **named: P.kwargs) -> T:
            with tx.within(INSTALLATION), tx.doing(purpose):
                return verb(tx, *arguments, **named)

        return act

    return declare


def of_accounts(verb: Verb[P, T]) -> Verb[P, T]:
    """Let a verb work where accounts are, to see who somebody is: for no other purpose."""
    return of_the_installation(Purpose.AUTHENTICATION)(verb)


def own_account(tx: Transaction) -> str:
    """Return the caller's own account. Raises Refusal ``forbidden`` for who has none."""
    if tx.scope.account_id is None:
        raise refuse("forbidden")
    return tx.scope.account_id
