"""The second lock: PostgreSQL itself compares every row with the workspace that was entered.

Row-level security is forced on every table that has a ``workspace_id``, and the server's role
neither owns the tables nor passes it by. What the product does across workspaces (finding a session
by its token, leasing jobs) is allowed table by table and command by command, as far as a statement
has given its reason; the rest is not there for it. The lock is put on after every migration, and
looked for before anything is served. Clauses D.1, 3.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from silkroad.engines.database.driver import EVERYWHERE, Row, Unsafe
from silkroad.engines.database.statement import EVERY_STATEMENT

ENTERED = "current_setting('silkroad.workspace'::text, true)"
MINE = f"(workspace_id = {ENTERED})"
ACROSS = f"({ENTERED} = '{EVERYWHERE}'::text)"
OLDEST = 150_000

_TENANTS = """
    SELECT c.relname::text FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    ORDER BY 1
"""
_POLICIES = """
    SELECT tablename::text, policyname::text, permissive::text, cmd::text, qual, with_check
    FROM pg_policies WHERE schemaname = current_schema()
"""
_UNFORCED = """
    SELECT c.relname::text FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
_WRONG = {  # each query returns the names of what is not as it must be
    "the server's role is a superuser or passes row-level security by": """
        SELECT rolname::text FROM pg_roles
        WHERE rolname = current_user AND (rolsuper OR rolbypassrls)""",
    "the server's role owns, or may become the owner of": """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        AND pg_has_role(current_user, relowner, 'MEMBER')""",
    "row-level security is not forced on": _UNFORCED,
    "the server's role may truncate, or make triggers on": """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND has_table_privilege(oid, 'TRUNCATE, TRIGGER, REFERENCES')""",
    "the server's role may create things in": """
        SELECT current_schema()::text WHERE has_schema_privilege(current_schema(), 'CREATE')""",
    "a view does not ask with its reader's rights": """
        SELECT relname::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND (relkind = 'm' OR relkind = 'v'
        AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false))""",
    "a foreign key can point to another workspace": """
        SELECT k.conname::text FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'workspace_id'
        WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f'
        AND NOT EXISTS (
            SELECT FROM unnest(k.conkey, k.confkey) AS pair (mine, theirs)
            JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = pair.theirs
            WHERE pair.mine = a.attnum AND t.attname = 'workspace_id')""",
    "a unique index tells what other workspaces have": """
        SELECT i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'workspace_id'
        WHERE c.relnamespace = current_schema()::regnamespace AND i.indisunique
        AND NOT a.attnum = ANY (i.indkey)""",
    "a commit could be lost, because of the server's setting": """
        SELECT name::text FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'""",
}


class Asked(Protocol):
    """Whoever can ask the catalogue."""

    def execute(self, sql: str, parameters: Row, workspace_id: str) -> list[Row]: ...


def guard_sql(connection: Asked, role: str) -> str:
    """Return the SQL that puts the lock on every table there is, for the server's role.

    What is as it must be is left alone: to alter a table is to wait for all who write in it, and
    they for us, while a node starts beside others that are at work.
    """
    who = '"' + role.replace('"', '""') + '"'
    found = {tuple(row) for row in connection.execute(_POLICIES, (), EVERYWHERE)}
    expected = set(_policies(connection))
    lines = [
        f"GRANT USAGE ON SCHEMA public TO {who}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {who}",
    ]
    for (table,) in connection.execute(_UNFORCED, (), EVERYWHERE):
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        lines.append(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    lines += [f"DROP POLICY {policy} ON {table}" for table, policy, *_ in found - expected]
    lines += [_policy_sql(*policy) for policy in expected - found]
    return ";\n".join(lines)


def refuse_unguarded(connection: Asked) -> None:
    """Look at the lock in the catalogue. Raises Unsafe with all that is wrong."""
    wrong = [
        f"{sentence} {name}"
        for sentence, query in _WRONG.items()
        for (name,) in connection.execute(query, (), EVERYWHERE)
    ]
    found = {tuple(row) for row in connection.execute(_POLICIES, (), EVERYWHERE)}
    expected = set(_policies(connection))
    wrong += [f"a policy is missing or altered: {p[1]} on {p[0]}" for p in expected - found]
    wrong += [f"a policy should not be there: {p[1]} on {p[0]}" for p in found - expected]
    ((version,),) = connection.execute("SELECT current_setting('server_version_num')", (), "")
    if int(version) < OLDEST:
        wrong.append("PostgreSQL is older than version 15")
    if wrong:
        raise Unsafe("PostgreSQL is not guarded: " + "; ".join(sorted(wrong)))


Policy = tuple[str, str, str, str, str | None, str | None]
"""Table, name, PERMISSIVE, command, conditions for old and for new rows: as in pg_policies."""


def _policies(connection: Asked) -> Iterable[Policy]:
    """Yield the policies that there have to be, and no others."""
    tenants = {row[0] for row in connection.execute(_TENANTS, (), EVERYWHERE)}
    for table in sorted(tenants):
        yield table, "own_workspace", "PERMISSIVE", "ALL", MINE, MINE
    for table, command in sorted(set().union(*(s.reach for s in EVERY_STATEMENT))):
        if table in tenants:
            old = None if command == "INSERT" else ACROSS
            new = ACROSS if command in {"INSERT", "UPDATE"} else None
            yield table, f"across_{command.lower()}", "PERMISSIVE", command, old, new


def _policy_sql(
    table: str, name: str, kind: str, command: str, old: str | None, new: str | None
) -> str:
    using = f" USING {old}" if old else ""
    check = f" WITH CHECK {new}" if new else ""
    return f"CREATE POLICY {name} ON {table} AS {kind} FOR {command}{using}{check}"
