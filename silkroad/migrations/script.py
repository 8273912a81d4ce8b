"""The migrations as SQL, by alembic in its offline mode; loaded only when one is due."""

from __future__ import annotations

import io
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

import silkroad.engines.database.tables  # noqa: F401 - it says how wide numbers are

HERE = Path(__file__).parent


def sql(current: str | None, dialect: str = "sqlite") -> str:
    """Return the SQL that leads from a version (None: from nothing) to the newest one."""
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    output = io.StringIO()
    with EnvironmentContext(
        config,
        scripts,
        fn=lambda revision, _context: scripts._upgrade_revs(  # noqa: SLF001 - alembic's own recipe
            "head", revision
        ),
        as_sql=True,
        starting_rev=current,
        destination_rev="head",
    ) as environment:
        environment.configure(
            dialect_name=dialect,
            as_sql=True,
            output_buffer=output,
            transactional_ddl=False,
        )
        environment.run_migrations()
    return output.getvalue()


def line() -> list[str]:
    """Return all versions in order, as alembic knows them."""
    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config
