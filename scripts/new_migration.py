"""Write the next migration: what the declared tables have that the migrations do not.

Usage: .venv/bin/python scripts/new_migration.py "Add labels to conversations"
Read the result before you commit it; a migration only goes forward.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.util import template_to_file
from sqlalchemy import create_engine

from silkroad import migrations, parts
from silkroad.engines.database.tables import metadata
from silkroad.migrations.script import sql


def main(message: str) -> None:
    known = migrations.versions()
    print(f"{len(parts.DECLARATIONS)} modules, {len(metadata.tables)} tables")  # app knows them all
    with create_engine("sqlite://").connect() as connection:
        if known:
            connection.connection.executescript(sql(None))
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        found = produce_migrations(context, metadata)
        if found.upgrade_ops is None or found.upgrade_ops.is_empty():
            print("The migrations make the declared tables already.")
            return
        code = render_python_code(found.upgrade_ops)
    number = f"{datetime.now(UTC):%Y%m%d}_{len(known) + 1:03d}"
    name = "_".join(message.lower().split())
    path = Path(migrations.__file__).parent / "versions" / f"{number}_{name}.py"
    template_to_file(
        str(path.parent.parent / "script.py.mako"),
        str(path),
        "utf-8",
        message=message,
        up_revision=number,
        down_revision=migrations.newest() if known else None,
        upgrades=code,
    )
    print(f"{path}: read it, then run `make format`")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "Change the tables")
