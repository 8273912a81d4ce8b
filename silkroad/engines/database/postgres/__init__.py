"""PostgreSQL as the database: several nodes, several writers, a second lock on every row.

``connection`` keeps the driver's promises, ``pipeline`` speaks to the server, and ``guard`` is the
lock on the rows: made by a migration, and looked at before anything is served.
"""

from .connection import PostgresConnection, PostgresStore
from .guard import guard_sql
from .opening import found_in, hosts_of, open_for_copying, open_postgres, role_in
from .owner import Owner

__all__ = [
    "Owner",
    "PostgresConnection",
    "PostgresStore",
    "found_in",
    "guard_sql",
    "hosts_of",
    "open_for_copying",
    "open_postgres",
    "role_in",
]
