"""What PostgreSQL says is wrong, in the engine's words (PostgreSQL 15, appendix A: error codes)."""

from __future__ import annotations

from psycopg import pq
from psycopg.pq.abc import PGresult

from silkroad.engines.database.driver import (
    Again,
    Broken,
    Full,
    Unfit,
    Unreachable,
    Violated,
)


class Late(Broken):
    """A statement of an earlier action was wrong; which one is found by running them alone."""


_BY_CODE: dict[str, type[Exception]] = {
    "53100": Full,  # disk_full
    "55P03": Again,  # lock_not_available
    "57014": Unreachable,  # query_canceled: it took too long
    "25006": Unreachable,  # read_only_sql_transaction: this one is a standby
    "25P03": Again,  # idle_in_transaction_session_timeout
    "57P01": Again,  # admin_shutdown
    "57P02": Again,  # crash_shutdown
    "57P03": Unreachable,  # cannot_connect_now
}
_BY_CLASS: dict[str, type[Exception]] = {
    "08": Again,  # connection exceptions
    "22": Unfit,  # data exceptions
    "23": Violated,  # integrity constraint violations
    "40": Again,  # serialisation failures, deadlocks
    "54": Unfit,  # program limits: a value too long for an index
}


def translated(result: PGresult) -> Exception:
    """Return the engine's own error; it names the code, never the server's text with its values."""
    code = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"?????").decode()
    kind = _BY_CODE.get(code) or _BY_CLASS.get(code[:2]) or Broken
    return kind(f"PostgreSQL says {code}")
