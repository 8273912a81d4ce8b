"""Stepping into the room of consents, where it is shown what was agreed to, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from silkroad.engines.database import Transaction
from silkroad.kit.inventory import Purpose

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[Concatenate[Transaction, P], T]


def to_account_for(verb: Verb[P, T]) -> Verb[P, T]:
    """Let a verb work with the ledger, for whatever purpose somebody asks the gate."""

    @wraps(verb)
    def act(tx: Transaction, /, *arguments: P.args, **named: P.kwargs) -> T:
        with tx.doing(Purpose.ACCOUNTABILITY):
            return verb(tx, *arguments, **named)

    return act
