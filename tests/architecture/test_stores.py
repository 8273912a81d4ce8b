"""Stores are reached through a transaction only, so nothing is read outside somebody's scope."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import name, parsed, sources

STORES = [path for path in sources(".py", below="silkroad") if path.name.startswith("store")]


def test_every_function_of_a_store_takes_the_transaction_first() -> None:
    loose = [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in STORES
        for function in parsed(path).body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if not takes_the_transaction(function)
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("def messages_of(tx: Transaction, conversation_id: str): ...", True),
        ("def messages_of(conversation_id: str, tx: Transaction): ...", False),
        ("def messages_of(tx): ...", False),
        ("def messages_of(): ...", False),
        ("def _row(row: Row): ...", True),
    ],
)
def test_the_check_itself_can_tell(source: str, kept: bool) -> None:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert takes_the_transaction(function) is kept


def takes_the_transaction(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether it does; private helpers that only shape a row need none."""
    if function.name.startswith("_"):
        return True
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return bool(first) and first[0].arg == "tx" and annotation(first[0]) == "Transaction"


def annotation(argument: ast.arg) -> str | None:
    return ast.unparse(argument.annotation).split(".")[-1] if argument.annotation else None
