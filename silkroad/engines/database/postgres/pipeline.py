"""Speaking to PostgreSQL without waiting for each answer: libpq's pipeline, through psycopg's pq.

What returns no rows is sent, and its answer taken in later with the next one that is needed. A
message costs two round trips instead of eight, and 18 µs instead of 120 of the client's time
(measured against psycopg's cursors; see docs/decisions/024). Waiting happens in ``poll``, so other
threads run meanwhile, and it always ends; a patient connection waits while the other side lives.
"""

from __future__ import annotations

import select
from collections import deque
from typing import Any, NamedTuple

import psycopg
from psycopg import pq

from silkroad.engines.database.driver import Again, Row, Unfit, Unreachable, Violated

from .values import decoded, encoded
from .wrongs import Late, translated

CONNECT_WITHIN = 2  # seconds
ANSWER_WITHIN = 5.0  # seconds
MOST_PREPARED = 1_000
BINARY = 1

_SESSION = (
    "SET synchronous_commit = on",
    "SET default_transaction_isolation = 'read committed'",
    "SET tcp_user_timeout = 4000",
    "SET tcp_keepalives_idle = 4",
)
_IN_A_HURRY = (
    "SET statement_timeout = '4s'",
    "SET idle_in_transaction_session_timeout = '3s'",  # a frozen node is not waited for longer
)
_PATIENT = ("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0")


class Sent(NamedTuple):
    """A statement whose answer is still to come: whose turn it was in, and what it prepared."""

    turn: int
    prepared: str = ""
    asks: bool = False


def connect(url: str, *, patient: bool = False) -> Pipeline:
    """Open a connection; with a patient one each step takes as long as it needs, on both sides.

    Raises Unreachable.
    """
    try:
        connection = psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=CONNECT_WITHIN,
            client_encoding="utf8",
            application_name="silkroad",
            tcp_user_timeout=int(ANSWER_WITHIN * 1000),
            keepalives_idle=4,
        )
    except psycopg.OperationalError as failed:
        raise Unreachable(str(failed)) from failed
    try:
        return Pipeline(connection, patient=patient)
    except BaseException:
        connection.close()
        raise


class Pipeline:
    """One connection in pipeline mode. Its methods raise what ``wrongs.translated`` names."""

    def __init__(self, connection: psycopg.Connection[Any], *, patient: bool = False) -> None:
        self._connection = connection
        self._pq = connection.pgconn
        self._pq.nonblocking = 1
        self._answer_within = None if patient else ANSWER_WITHIN * 1000  # ms
        self._poll = select.poll()
        self._poll.register(self._pq.socket, select.POLLIN)
        self._names: dict[str, bytes] = {}
        self._count = 0
        self._waiting: deque[Sent] = deque()
        self._turn = 0
        self.lost = False
        self.failed = False
        """Whether the server undoes all that follows, until it is told to go back."""
        self.said = b""
        """The command of the last answer, such as ``COMMIT``; a failed one says ``ROLLBACK``."""
        self._pq.enter_pipeline_mode()
        for statement in (*_SESSION, *(_PATIENT if patient else _IN_A_HURRY)):
            self.send(statement)
        self.settle()

    def next_turn(self) -> None:
        """From here on what is sent belongs to another action."""
        self._turn += 1

    def send(self, sql: str, parameters: Row = (), *, asks: bool = False) -> None:
        """Send a statement; how it went, and the rows if it ``asks``, are heard later."""
        values, formats = encoded(parameters)
        try:
            name = self._names.get(sql) or self._prepare(sql)
            if name:
                self._pq.send_query_prepared(name, values, formats, BINARY)
            else:
                self._pq.send_query_params(sql.encode(), values, None, formats, BINARY)
        except psycopg.OperationalError as lost:
            raise self._gone(str(lost)) from lost
        self._waiting.append(Sent(self._turn, asks=asks))

    def ask(self, sql: str, parameters: Row = ()) -> list[Row]:
        """Send a statement and wait for its rows, and for all that was sent before it.

        It synchronises: only then does the server count how long it hears nothing more.
        """
        self.send(sql, parameters, asks=True)
        return self.settle()[-1]

    def settle(self) -> list[list[Row]]:
        """Wait until all that was sent is done, and return the rows of each that asked."""
        self._synchronise()
        answers: list[list[Row]] = []
        while self._waiting:
            asks = self._waiting[0].asks
            rows = self._take()
            if asks:
                answers.append(rows)
        self._skip_to_synchronisation()
        return answers

    def close(self) -> None:
        self._connection.close()

    def _prepare(self, sql: str) -> bytes:
        """Prepare a statement and return its name, or nothing when there are too many already."""
        if len(self._names) >= MOST_PREPARED:
            return b""
        self._count += 1
        name = self._names[sql] = b"s%d" % self._count
        self._pq.send_prepare(name, sql.encode())
        self._waiting.append(Sent(self._turn, sql))
        return name

    def _take(self) -> list[Row]:
        """Take in the answer to the oldest statement. Raises what was wrong with it."""
        result = self._result()
        if result is None or result.status == pq.ExecStatus.PIPELINE_SYNC:
            raise self._silent("an answer out of turn")
        if result.status in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
            self._result()  # the end of this statement's answers
            self._waiting.popleft()
            self.said = result.command_status or b""
            return decoded(result)
        wrong, turn = translated(result), self._waiting[0].turn
        if not isinstance(wrong, Unreachable):
            self._recover()
        if turn != self._turn and isinstance(wrong, Violated | Unfit):
            raise Late(str(wrong)) from wrong
        raise wrong

    def _recover(self) -> None:
        """After an error the server skips what follows, up to the next synchronisation."""
        self.failed = True
        for sent in self._waiting:
            self._names.pop(sent.prepared, None)
        self._waiting.clear()
        self._skip_to_synchronisation()

    def _synchronise(self) -> None:
        try:
            self._pq.pipeline_sync()
        except psycopg.OperationalError as lost:
            raise self._gone(str(lost)) from lost
        self._flush()

    def _skip_to_synchronisation(self) -> None:
        while True:
            result = self._result()
            if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
                return

    def _result(self) -> Any:
        """Return the next result, or None at the end of a statement's results."""
        try:
            while self._pq.is_busy():
                if not self._poll.poll(self._answer_within):
                    raise self._silent("no answer in time")
                self._pq.consume_input()
            result = self._pq.get_result()
        except psycopg.OperationalError as lost:
            raise self._gone(str(lost)) from lost
        if result is None and self._pq.status != pq.ConnStatus.OK:
            raise self._gone("the connection was closed")
        return result

    def _flush(self) -> None:
        try:
            while self._pq.flush():
                self._wait_to_send()
                self._pq.consume_input()
        except psycopg.OperationalError as lost:
            raise self._gone(str(lost)) from lost

    def _gone(self, why: str) -> Again:
        self.lost = True
        return Again(why)

    def _silent(self, why: str) -> Unreachable:
        self.lost = True
        return Unreachable(why)

    def _wait_to_send(self) -> None:
        self._poll.modify(self._pq.socket, select.POLLIN | select.POLLOUT)
        ready = self._poll.poll(self._answer_within)
        self._poll.modify(self._pq.socket, select.POLLIN)
        if not ready:
            raise self._silent("nothing is taken in time")
