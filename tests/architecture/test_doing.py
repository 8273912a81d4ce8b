"""Nobody comes to another purpose in the middle of something, except where it is written down here.

A change of purpose opens what the first purpose could not see, so each has its place, and a word
for why. Clauses 1.2.2, 4.0.
"""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.architecture.tree import name, parsed, sources

Use = tuple[str, str]

LISTED: dict[Use, tuple[int, str]] = {  # file, purpose → how often, and why
    # the purpose that an operation, a frame, a job or a consumer of facts has declared
    ("silkroad/http/dispatch.py", "operation.policy.purpose"): (1, "declared"),
    ("silkroad/live/socket.py", "operation.purpose"): (1, "declared"),
    ("silkroad/worker.py", "consumer.purpose"): (1, "declared"),
    ("silkroad/worker.py", "kind.purpose"): (1, "declared"),
    ("silkroad/engines/database/transaction.py", "purpose"): (1, "itself"),
    # rooms that work for their own purpose, whoever calls
    ("silkroad/accounts/limits/actions.py", "Purpose.SECURITY"): (1, "abuse"),
    ("silkroad/accounts/scoped.py", "purpose"): (1, "installation"),
    ("silkroad/push/devices/actions.py", "Purpose.WAKE_UP"): (2, "devices"),
    ("silkroad/privacy/consent/scoped.py", "Purpose.ACCOUNTABILITY"): (1, "ledger"),
    ("silkroad/privacy/guardians/actions.py", "Purpose.RIGHTS"): (4, "minors"),
    ("silkroad/privacy/erasures/actions.py", "Purpose.RIGHTS"): (3, "erasure"),
    # a person's own rows, each read for what it is kept for
    ("silkroad/privacy/holdings/store.py", "purpose"): (2, "erasure"),
    ("silkroad/privacy/holdings/store.py", "room.purpose"): (2, "copies"),
    ("silkroad/privacy/consent/actions.py", "Purpose(purpose)"): (1, "withdrawal"),
    # what was agreed, kept, approved, and since when
    ("silkroad/privacy/campaigns/actions.py", "Purpose.ACCOUNTABILITY"): (1, "changes"),
    ("silkroad/privacy/campaigns/actions_back.py", "Purpose.ACCOUNTABILITY"): (1, "back"),
    ("silkroad/privacy/exceptions/actions.py", "Purpose.ACCOUNTABILITY"): (3, "register"),
    ("silkroad/privacy/exceptions/actions.py", "Purpose.TEAMWORK"): (1, "approvers"),
    ("silkroad/privacy/policy/routes.py", "Purpose.ACCOUNTABILITY"): (1, "versions"),
    ("silkroad/privacy/policy/actions.py", "Purpose.ACCOUNTABILITY"): (1, "questions"),
    ("silkroad/research/actions.py", "Purpose.ACCOUNTABILITY"): (1, "settings"),
    ("silkroad/visitors/actions.py", "Purpose.ACCOUNTABILITY"): (1, "since"),
    ("silkroad/widget/actions.py", "Purpose.ACCOUNTABILITY"): (1, "notices"),
    ("silkroad/widget/routes.py", "Purpose.ACCOUNTABILITY"): (1, "notices"),
    ("silkroad/workspaces/actions.py", "Purpose.ACCOUNTABILITY"): (1, "since"),
    ("silkroad/workspaces/actions.py", "Purpose.AUTHENTICATION"): (1, "homes"),
    # whose conversation it is, and where it stands
    ("silkroad/conversations/queries.py", "Purpose.CONVERSATION"): (1, "owner"),
    ("silkroad/publications/actions.py", "Purpose.CONVERSATION"): (1, "standing"),
    ("silkroad/widget/actions.py", "Purpose.CONVERSATION"): (1, "beginning"),
    ("silkroad/wiring.py", "Purpose.CONVERSATION"): (1, "recall"),
    # whether whoever asked may still have it
    ("silkroad/privacy/copies/making.py", "Purpose.AUTHENTICATION"): (1, "asker"),
    # who just came in, and the shop of the demo
    ("silkroad/workspaces/routes_me.py", "Purpose.TEAMWORK"): (1, "entry"),
    ("silkroad/demo/founding.py", "Purpose.ACCOUNTABILITY"): (1, "demo"),
}


def test_every_change_of_purpose_is_listed() -> None:
    found = Counter(
        (name(path), purpose)
        for path in sources(".py", below="silkroad")
        for purpose in changes(parsed(path))
    )
    assert found == {use: count for use, (count, _) in LISTED.items()}
    assert all(reason.isalpha() for _, reason in LISTED.values())


def test_a_scope_gets_another_purpose_in_no_other_way() -> None:
    others = [
        name(path)
        for path in sources(".py", below="silkroad")
        for node in ast.walk(parsed(path))
        if swaps(node)
    ]
    assert others == ["silkroad/kit/scope.py"]  # which is what makes it


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("with tx.doing(Purpose.RIGHTS): pass", ["Purpose.RIGHTS"]),
        ("with tx.within(HERE), tx.doing(purpose): pass", ["purpose"]),
        ("scope = call.scope.doing(purpose=Purpose.TEAMWORK)", ["Purpose.TEAMWORK"]),
        ("other = tx.doing", ["not called"]),
        ("doing = scope", []),
    ],
)
def test_the_check_itself_can_tell(source: str, found: list[str]) -> None:
    assert changes(ast.parse(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("tx.scope = other", True),
        ("before, tx.scope = tx.scope, other", True),
        ("replace(scope, purpose=Purpose.RIGHTS)", True),
        ("replace(scope, workspace_id=here)", False),
        ("call.scope = entry.scope", False),
    ],
)
def test_nor_are_the_other_ways_overlooked(source: str, found: bool) -> None:
    assert any(map(swaps, ast.walk(ast.parse(source)))) is found


def changes(module: ast.Module) -> list[str]:
    """Return what each change of purpose names, as it is written."""
    called = {
        node.func: node
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return [
        _named(called[node]) if node in called else "not called"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "doing"
    ]


def _named(call: ast.Call) -> str:
    (purpose,) = (*call.args, *(keyword.value for keyword in call.keywords))
    return ast.unparse(purpose)


def swaps(node: ast.AST) -> bool:
    """Whether a transaction gets another scope here, or a scope another purpose."""
    if isinstance(node, ast.Attribute):
        stores = isinstance(node.ctx, ast.Store) and node.attr == "scope"
        return stores and ast.unparse(node.value) == "tx"
    if isinstance(node, ast.Call):
        named = {keyword.arg for keyword in node.keywords}
        return ast.unparse(node.func).endswith("replace") and "purpose" in named
    return False
