"""The driver's promises on PostgreSQL, where its pipeline makes them hard to keep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import BigInteger, bindparam, cast, select

from silkroad.engines.database import Statement, Transaction, World, insert_into, queue
from silkroad.engines.database.committer import Batch, Committer, Order
from silkroad.engines.database.driver import Again, Question, Unfit, Violated
from silkroad.engines.database.ledger import JOB
from silkroad.engines.database.postgres import PostgresConnection, PostgresStore
from silkroad.engines.database.postgres.connection import CAREFUL_FOR
from silkroad.engines.database.postgres.pipeline import MOST_PREPARED
from silkroad.engines.database.tables import feeds
from silkroad.kit.errors import Refusal, refuse
from silkroad.kit.scope import system
from tests.harness.postgres import Urls

FEED = "INSERT INTO feeds (workspace_id, last) VALUES ($1, $2)"
_FEED = insert_into(feeds)
KIND = "SELECT kind FROM jobs WHERE workspace_id = 'wsp_a' AND id = $1"


@pytest.fixture
def line(urls: Urls) -> Iterator[PostgresConnection]:
    """A connection that has begun to write in one workspace, and has learnt to be careful."""
    connection = PostgresStore(urls.app).open(writes=True)
    begin(connection)
    connection.execute(FEED, ("wsp_a", 1), "wsp_a")
    with pytest.raises(Again):
        connection.go_back()
    connection.roll_back()
    begin(connection)
    yield connection
    connection.close()


def begin(connection: PostgresConnection) -> None:
    connection.begin(["wsp_a"])
    connection.mark()


def add_job(tx: Transaction, job_id: str, kind: str = "bell") -> None:
    tx.all(JOB, id=job_id, kind=kind, body=b"", run_at=1, attempts=0, created_at=1)


def commit(urls: Urls, world: World, *actions: Callable[[Transaction], Any]) -> Batch:
    connection = PostgresStore(urls.app).open(writes=True)
    try:
        orders = [Order(system("wsp_a"), action, (), {}, None) for action in actions]
        return Committer(connection, world).commit(orders)
    finally:
        connection.close()


def failures(batch: Batch) -> list[str | None]:
    """Return each outcome's code of refusal."""
    return [o.failure.code if isinstance(o.failure, Refusal) else o.failure for o in batch.outcomes]  # type: ignore[misc]  # a failure that is no refusal shall be seen as it is


def test_a_violation_that_is_heard_of_late_refuses_only_the_guilty(
    urls: Urls, world: World
) -> None:
    names = ["job_1", "job_2", "job_1", "job_3"]
    batch = commit(urls, world, *(lambda tx, n=n: add_job(tx, n) for n in names))
    assert failures(batch) == [None, None, "already_exists", None]
    assert ask(urls, "SELECT id FROM jobs ORDER BY 1") == [("job_1",), ("job_2",), ("job_3",)]


@pytest.mark.parametrize("kind", ["NUL \0 in a text", "half a pair: \ud800"])
def test_a_text_that_cannot_be_stored_refuses_only_itself(
    urls: Urls, world: World, kind: str
) -> None:
    batch = commit(
        urls, world, lambda tx: add_job(tx, "job_1", kind), lambda tx: add_job(tx, "job_2")
    )
    assert failures(batch) == ["invalid", None]


def test_a_number_beyond_64_bits_does_not_fit(line: PostgresConnection) -> None:
    line.execute(FEED, ("wsp_a", 2**63), "wsp_a")
    with pytest.raises(Unfit):
        line.execute("SELECT 1", (), "wsp_a")
    line.go_back()
    line.execute(FEED, ("wsp_a", 2**63 - 1), "wsp_a")
    line.commit()
    line.begin(["wsp_a"])
    found = line.execute("SELECT last FROM feeds WHERE workspace_id = $1", ("wsp_a",), "wsp_a")
    assert found == [(2**63 - 1,)]


@pytest.mark.parametrize(
    "value", [b"", b"\0", bytes(range(256)), None, "", "ü\n€\U0001f6b2", True, 0]
)
def test_values_come_back_as_they_went(line: PostgresConnection, value: Any) -> None:
    kinds = {bytes: "bytea", str: "text", bool: "bool", int: "bigint", type(None): "text"}
    sql = f"SELECT $1::{kinds[type(value)]}"
    assert line.execute(sql, (str(value).lower() if value is True else value,), "wsp_a") == [
        (value,)
    ]


def test_statements_that_were_prepared_work_after_an_error(line: PostgresConnection) -> None:
    line.execute(FEED, ("wsp_a", 1), "wsp_a")
    line.execute(FEED, ("wsp_a", 2), "wsp_a")
    with pytest.raises(Violated):
        line.execute(KIND, ("job_x",), "wsp_a")  # prepared, and skipped by the server
    for _ in range(2):
        line.go_back()
        line.mark()
        assert line.execute(KIND, ("job_x",), "wsp_a") == []
        line.execute(FEED, ("wsp_a", 3), "wsp_a")
        assert line.execute("SELECT last FROM feeds", (), "wsp_a") == [(3,)]


def test_who_has_only_read_needs_no_savepoint(urls: Urls) -> None:
    bold = PostgresStore(urls.app).open(writes=True)
    begin(bold)
    bold.execute(FEED, ("wsp_a", 1), "wsp_a")
    bold.mark()
    assert bold.execute(KIND, ("job_x",), "wsp_a") == []
    bold.go_back()
    bold.commit()
    assert ask(urls, "SELECT last FROM feeds") == [(1,)]
    bold.close()


def test_a_question_that_fails_takes_nothing_with_it(urls: Urls, world: World) -> None:
    """The server then undoes the whole transaction, and calls its end a success."""
    number = Statement(select(cast(bindparam("text"), BigInteger)))

    def asks_nonsense(tx: Transaction) -> None:
        tx.all(number, text="no number")

    actions = [lambda tx: tx.all(_FEED, last=7), asks_nonsense]
    assert failures(commit(urls, world, *actions)) == [None, "invalid"]
    assert ask(urls, "SELECT last FROM feeds") == [(7,)]


def test_a_transaction_that_failed_is_not_taken_for_committed(urls: Urls) -> None:
    bold = PostgresStore(urls.app).open(writes=True)
    begin(bold)
    bold.execute(FEED, ("wsp_a", 1), "wsp_a")
    with pytest.raises(Unfit):
        bold.execute("SELECT 'no number'::bigint", (), "wsp_a")
    with pytest.raises(Again):
        bold.commit()
    assert ask(urls, "SELECT last FROM feeds") == []
    bold.close()


def test_a_question_that_is_unfit_spoils_no_others(urls: Urls) -> None:
    connection = PostgresStore(urls.app).open(writes=True)
    begin(connection)
    kind = "SELECT $1::text"
    asked = [Question(kind, (text,), "wsp_a") for text in ("one", "NUL \0", "three")]
    assert connection.execute_together(asked) == [[("one",)], None, [("three",)]]
    assert connection.execute(kind, ("four",), "wsp_a") == [("four",)]
    connection.close()


def test_savepoints_are_made_for_a_while_after_one_was_missed(line: PostgresConnection) -> None:
    for last in range(CAREFUL_FOR):
        line.execute("DELETE FROM feeds WHERE workspace_id = $1", ("wsp_a",), "wsp_a")
        line.execute(FEED, ("wsp_a", last), "wsp_a")
        line.mark()
        line.execute("DELETE FROM feeds WHERE workspace_id = $1", ("wsp_a",), "wsp_a")
        line.go_back()
        assert line.execute("SELECT last FROM feeds", (), "wsp_a") == [(last,)]
        line.commit()
        begin(line)
    line.execute("DELETE FROM feeds WHERE workspace_id = $1", ("wsp_a",), "wsp_a")
    with pytest.raises(Again):
        line.go_back()


def test_a_refusal_after_writing_undoes_only_itself(urls: Urls, world: World) -> None:
    def changes_its_mind(tx: Transaction) -> None:
        add_job(tx, "job_2")
        raise refuse("not_found")

    def first(tx: Transaction) -> None:
        tries.append("first")
        add_job(tx, "job_1")

    tries: list[str] = []
    batch = commit(urls, world, first, changes_its_mind, lambda tx: add_job(tx, "job_3"))
    assert failures(batch) == [None, "not_found", None]
    assert ask(urls, "SELECT id FROM jobs ORDER BY 1") == [("job_1",), ("job_3",)]
    assert tries == ["first", "first"], "it was found out without a second run: by savepoints?"


def test_more_statements_than_are_kept_prepared_still_run(line: PostgresConnection) -> None:
    for n in range(MOST_PREPARED + 20):
        assert line.execute(f"SELECT {n}", (), "wsp_a") == [(n,)]
    (kept,) = line.execute("SELECT count(*) FROM pg_prepared_statements", (), "wsp_a")
    assert kept[0] <= MOST_PREPARED


def test_a_deadlock_with_a_stranger_ends_and_the_action_runs_again(
    urls: Urls, world: World
) -> None:
    commit(urls, world, lambda tx: add_job(tx, "job_1"), lambda tx: add_job(tx, "job_2"))
    with psycopg.connect(urls.superuser) as stranger:
        stranger.execute("SET deadlock_timeout = '1min'")  # so that it is not the one who gives in
        lock = "SELECT 1 FROM jobs WHERE id = '{}' FOR UPDATE"
        stranger.execute(lock.format("job_2"))
        tries = 0
        crossing = threading.Thread(target=lambda: stranger.execute(lock.format("job_1")))

        def cross(tx: Transaction) -> None:
            nonlocal tries
            tries += 1
            queue.later(tx, "job_1", 1)
            assert queue.next_run(tx) is not None  # the server has locked the first by now
            if tries == 1:
                crossing.start()
            queue.done(tx, "job_2")

        def let_go() -> None:
            crossing.join()
            stranger.rollback()

        ending = threading.Thread(target=let_go)

        def cross_and_be_let_go(tx: Transaction) -> None:
            cross(tx)
            if tries == 1:
                ending.start()

        batch = commit(urls, world, cross_and_be_let_go)
        ending.join()
    assert failures(batch) == [None]
    assert tries > 1
    assert ask(urls, "SELECT id FROM jobs") == [("job_1",)]


@pytest.mark.prove
def test_a_lock_that_is_never_given_back_ends_in_a_refusal(urls: Urls, world: World) -> None:
    commit(urls, world, lambda tx: add_job(tx, "job_1"))
    with psycopg.connect(urls.superuser) as stranger:
        stranger.execute("SELECT 1 FROM jobs FOR UPDATE")
        batch = commit(urls, world, lambda tx: queue.done(tx, "job_1"))
        assert failures(batch) == ["storage_failed"]
    assert failures(commit(urls, world, lambda tx: queue.done(tx, "job_1"))) == [None]


@pytest.mark.prove
def test_who_was_away_too_long_has_lost_the_workspace(urls: Urls) -> None:
    frozen, other = (PostgresStore(urls.app).open(writes=True) for _ in range(2))
    frozen.begin(["wsp_a"])
    other.begin(["wsp_a"])  # waits until the server ends the one that is frozen
    with pytest.raises(Again):
        frozen.execute("SELECT 1", (), "wsp_a")
    frozen.close()
    other.close()


def ask(urls: Urls, sql: str) -> list[Any]:
    with psycopg.connect(urls.superuser) as connection:
        return connection.execute(sql).fetchall()
