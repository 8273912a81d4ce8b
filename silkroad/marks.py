"""Where an installation stands: all that it keeps is marked once, and held to the setting. 2.1.

The database, the keyring and the store of files have a mark each, and on the bus the nodes say
where they stand. What has no mark yet takes ``SILKROAD_REGION`` when a server or a command opens
the installation, once everything was looked at; a mark never changes. Copies take the mark of what
they are copies of. A host of which nobody knows or says that it stands there is not even asked for
its mark (``engines.standing``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from silkroad import installation, workspaces
from silkroad.engines import standing
from silkroad.engines.blobs import Blobs
from silkroad.engines.blobs.opening import open_blobs
from silkroad.engines.blobs.unsettled import UnsettledBlobs
from silkroad.engines.bus import Bus
from silkroad.engines.database import Database, marked
from silkroad.engines.keyring.opening import mark as keyring_mark
from silkroad.kit.errors import Refusal
from silkroad.kit.regions import HOME, PINNED
from silkroad.kit.scope import system
from silkroad.settings import BadSettings, Settings

KEYRING = "keyring", "keyring_url"
FILES = "store of files", "blobs_url"
DATABASE = "database", "database_url"
BUS = "bus", "bus_url"


def hold(what: tuple[str, str], mark: str, settings: Settings) -> None:
    """Raise BadSettings if something stands elsewhere than the setting says.

    ``what``: how it is called, and the setting that names it; ``mark``: empty while it has none.
    """
    name, setting = what
    place = setting if getattr(settings, setting) else "data_dir"
    if mark not in {"", settings.region}:
        raise BadSettings(
            f"This {name} stands in the region {mark}, and SILKROAD_REGION is "
            f"{settings.region or 'not set'}: set SILKROAD_REGION={mark}, or name another {name} "
            f"with SILKROAD_{place.upper()}. What is at home in a region stays there."
        )


def hold_homes(regions: Iterable[str], settings: Settings) -> None:
    """Raise BadSettings if a company is at home where the installation does not say that it stands.

    Where it says nothing, companies of every region may be, but for the pinned ones.
    """
    homes = set(regions) - {HOME}
    strangers = homes - {settings.region}
    if not settings.region:
        strangers &= PINNED
    if strangers:
        one = min(strangers)
        way = f" If all of this stands there, set SILKROAD_REGION={one}." if len(homes) == 1 else ""
        raise BadSettings(
            f"SILKROAD_REGION is {settings.region or 'not set'}, but companies here are at home in "
            f"{', '.join(sorted(strangers))}. A company's region never changes.{way}"
        )


async def look(settings: Settings) -> None:
    """Hold rows and keys against the setting before anything is opened, migrated or made.

    Only who migrates a PostgreSQL can ask it here; a node asks it in ``settle``. Raises
    BadSettings, Unreachable, Refusal.
    """
    standing.hold(settings)
    mark = ""
    if not settings.database_url:
        mark = marked.in_file(settings.data_dir / "silkroad.db")
    elif settings.database_owner_url:
        mark = marked.in_postgres(settings.database_owner_url)
    hold(DATABASE, mark, settings)
    await hold_keys(settings)


async def hold_keys(settings: Settings, mark: str = "") -> None:
    """Hold the keyring against the setting; it takes the mark, if one is given and it has none.

    Raises BadSettings, Refusal.
    """
    hold(KEYRING, await asyncio.to_thread(keyring_mark, settings, mark), settings)


async def hold_files(settings: Settings, mark: str = "") -> None:
    """Hold the store of files against the setting, as ``hold_keys`` does."""
    hold(FILES, await open_blobs(settings).mark(mark), settings)


async def look_everywhere(settings: Settings, bus: Bus) -> Blobs:
    """Hold rows, keys, files and the nodes on the bus against the setting; return the files.

    Files that are away stop nobody: they are held against their mark when they answer. Raises as
    ``look`` does.
    """
    await look(settings)
    hold(BUS, await bus.mark(), settings)
    blobs = open_blobs(settings)
    try:
        hold(FILES, await blobs.mark(), settings)
    except Refusal:
        return UnsettledBlobs(blobs, settings.region)
    return blobs


async def settle(db: Database, blobs: Blobs, settings: Settings) -> None:
    """Mark what is kept with the setting, after ``look_everywhere`` and a last look at the rows.

    Raises BadSettings: data that is at home in one region is never served as another's.
    """
    region = settings.region
    hold_homes(await db.read(system(), workspaces.regions), settings)
    hold(DATABASE, await db.read(system(), installation.here), settings)
    if not region:
        return
    await hold_keys(settings, region)
    hold(DATABASE, await db.write(system(), installation.settle, region), settings)
    if not isinstance(blobs, UnsettledBlobs):
        hold(FILES, await blobs.mark(region), settings)
