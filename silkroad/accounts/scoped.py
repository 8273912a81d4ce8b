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


def of_the_installation(verb: Verb[P, T]) -> Verb[P, T]:
    """Let a verb work in the installation's scope."""

    @wraps(verb)
    def act(tx: Transaction, /, *arguments: P.args, **named: P.kwargs) -> T:
        with tx.within(INSTALLATION):
            return verb(tx, *arguments, **named)

    return act


def of_accounts(verb: Verb[P, T]) -> Verb[P, T]:
    """Let a verb work in the installation's scope, to see who somebody is: for no other purpose."""

    @wraps(verb)
    def act(tx: Transaction, /, *arguments: P.args, **named: P.kwargs) -> T:
        with tx.within(INSTALLATION), tx.doing(Purpose.AUTHENTICATION):
            return verb(tx, *arguments, **named)

    return act


def own_account(tx: Transaction) -> str:
    """Return the caller's own account. Raises Refusal ``forbidden`` for who has none."""
    if tx.scope.account_id is None:
        raise refuse("forbidden")
    return tx.scope.account_id
