"""What an installation can be kept in: a folder and files, or the stores that nodes share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import psycopg

from silkroad.app import open_store
from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.keyring.postgres_copying import PostgresKeyRows
from silkroad.kit.ids import new_id
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import Settings
from tests.fakes.s3 import S3
from tests.harness.engines import superuser_of
from tests.harness.postgres import Postgres

SHARED = ("database", "keyring", "blobs")
MIXED = [some for count in (1, 2) for some in combinations(SHARED, count)]
"""Every way to share something and not everything."""

Kept = dict[str, list[str]]


@dataclass(frozen=True)
class Stores:
    """Shared stores, and an empty one of each kind for whoever asks."""

    postgres: Postgres
    s3: S3
    key_file: Path

    def fresh(self, *shared: str) -> dict[str, str]:
        """Return the settings of an installation that shares these, and has nothing yet."""
        settings: dict[str, str] = {}
        if "database" in shared:
            urls = self.postgres.fresh()
            settings |= {"database_url": urls.app, "database_owner_url": urls.owner}
        if "keyring" in shared:
            settings |= {"keyring_url": self.postgres.fresh().owner}
        if "blobs" in shared:
            url = f"s3://{self.s3.fresh()}/files?endpoint={self.s3.endpoint}"
            settings |= {"blobs_url": url, "blobs_key_file": str(self.key_file)}
        return settings


def kept_in(settings: dict[str, str]) -> Kept:
    """Return what shared stores hold: tables with all their rows, and the keys of blobs."""
    kept = {}
    if "database_url" in settings:
        kept["database"] = rows_of(superuser_of(settings))
    if "keyring_url" in settings:
        kept["keyring"] = rows_of(settings["keyring_url"])
    if "blobs_url" in settings:
        kept["blobs"] = asyncio.run(blobs_of(bucket_of(settings)))
    return kept


def rows_of(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return [
            f"{name}: {sorted(connection.execute(f'SELECT * FROM {name}'), key=repr)}"  # noqa: S608 - names from the catalogue
            for (name,) in tables
        ]


def bucket_of(settings: dict[str, str]) -> Blobs:
    return open_blobs(
        Settings(blobs_url=settings["blobs_url"], blobs_key_file=Path(settings["blobs_key_file"]))
    )


async def blobs_of(blobs: Blobs) -> list[str]:
    return sorted([blob.key async for blob in blobs.stored()])


def a_table_of_theirs(settings: dict[str, str]) -> None:
    """Let somebody else have the database."""
    with psycopg.connect(settings["database_owner_url"]) as connection:
        connection.execute("CREATE TABLE theirs (id integer)")


def another_schema(settings: dict[str, str]) -> None:
    """Let another version of Silkroad have the database."""
    migrate(settings)
    with psycopg.connect(settings["database_owner_url"]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '20260101_001'")


def an_installation(settings: dict[str, str]) -> None:
    """Let another installation have the database."""
    migrate(settings)
    with psycopg.connect(superuser_of(settings)) as connection:
        connection.execute("INSERT INTO vapid_keys VALUES ('installation', 'sealed', 1)")


def migrate(settings: dict[str, str]) -> None:
    url, owner_url = settings["database_url"], settings["database_owner_url"]
    open_store(Settings(database_url=url, database_owner_url=owner_url))


def a_key(settings: dict[str, str]) -> None:
    """Let another installation have the keyring."""
    row = ("wsp_theirs", "wsp_theirs", None, 1, b"wrapped")
    PostgresKeyRows(settings["keyring_url"]).put_rows(iter([[row]]))


def a_file(settings: dict[str, str]) -> None:
    """Let another installation have the bucket."""
    chance = SystemRandomness()
    key = f"{new_id('wsp', chance)}/{new_id('fil', chance)}"
    asyncio.run(bucket_of(settings).put(key, b"sealed"))
