"""What lies in a server's database, below the surface: halves of actions, and broken files."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import apsw
import psycopg

from tests.harness.server import Server

HALF_DONE = {
    "a conversation and its messages disagree": """
        SELECT 1 FROM conversations c WHERE last_seq <> (
            SELECT coalesce(max(seq), 0) FROM messages m
            WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id
            AND m.lane = 'public')""",
    "a conversation and its notes and events disagree": """
        SELECT 1 FROM conversations c WHERE last_internal <> (
            SELECT count(*) FROM messages m
            WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id
            AND m.lane = 'internal')""",
    "a visitor's messages are miscounted": """
        SELECT 1 FROM conversations c WHERE visitor_total <> (
            SELECT count(*) FROM messages m
            WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id
            AND m.lane = 'public' AND m.author_kind = 'visitor')""",
    "a read mark counts otherwise": """
        SELECT 1 FROM reads r WHERE visitor_total <> (
            SELECT count(*) FROM messages m
            WHERE m.workspace_id = r.workspace_id AND m.conversation_id = r.conversation_id
            AND m.lane = 'public' AND m.author_kind = 'visitor' AND m.seq <= r.seq)""",
    "a message has no fact": """
        SELECT 1 FROM messages m WHERE NOT EXISTS (
            SELECT 1 FROM facts f
            WHERE f.workspace_id = m.workspace_id AND f.number = m.position)""",
    "a feed has a gap or another end": """
        SELECT 1 FROM feeds f
        WHERE last <> (SELECT count(*) FROM facts n WHERE n.workspace_id = f.workspace_id)
        OR last <> (
            SELECT coalesce(max(number), 0) FROM facts n WHERE n.workspace_id = f.workspace_id)""",
    "a visitor has no session": """
        SELECT 1 FROM visitors v WHERE NOT EXISTS (
            SELECT 1 FROM visitor_sessions s
            WHERE s.workspace_id = v.workspace_id AND s.visitor_id = v.id)""",
}
"""What must not be found, on any database: halves of actions that write several rows."""


def faults(server: Server) -> list[str]:
    """Return what is wrong in a server's database and beside it."""
    found = [what for what, sql in HALF_DONE.items() if below(server, sql)]
    if server.engine == "sqlite":
        found += [f"integrity: {row[0]}" for row in below(server, "PRAGMA integrity_check")][:3]
        found.remove("integrity: ok")
        found += ["a row belongs to nothing"] * bool(below(server, "PRAGMA foreign_key_check"))
    arriving = server.data / "blobs" / "arriving"
    return found + [f"half a file: {file.name}" for file in arriving.glob("*")]


def below(server: Server, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database past the product and its guard; ``?`` stands for each value."""
    if server.engine == "postgresql":
        with psycopg.connect(server.superuser_url) as connection:
            asked = connection.execute(statement.replace("?", "%s").encode(), values or None)
            return asked.fetchall() if asked.description else []
    path, flags = str(server.data / "silkroad.db"), apsw.SQLITE_OPEN_READWRITE
    with closing(apsw.Connection(path, flags=flags)) as file:
        return list(file.execute(statement, values).fetchall())
