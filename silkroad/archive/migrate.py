"""``silkroad migrate``: to the newest schema."""

from __future__ import annotations

from silkroad import marks, migrations
from silkroad.settings import Settings

from .places import alone
from .wrongs import NotDone, told


async def migrate(settings: Settings) -> str:
    """Bring the database to the newest schema and return that.

    Raises NotDone, SchemaTooNew, BadSettings.
    """
    with told(), alone(settings):
        await marks.look(settings)
        await marks.hold_files(settings)
        if not settings.database_url:
            return migrations.migrate(settings.data_dir / "silkroad.db")
        if not settings.database_owner_url:
            raise NotDone("Set SILKROAD_DATABASE_OWNER_URL to the owner of the database.")
        return migrations.migrate_postgres(settings.database_owner_url, settings.database_url)
