"""``silkroad migrate --to``: a stopped installation moves to PostgreSQL, with its keys and files.

Everything looks first, and where anything else lives nothing is changed. Keys and files come before
the rows, so what was cut off does not look like an installation. What is there already stays as it
is, so a move that was cut off is simply started again. At the end both sides are read again and
compared, and the data folder is marked: its rows are served and moved no more.
"""

from __future__ import annotations

from silkroad import marks, migrations, parts
from silkroad.engines import standing
from silkroad.engines.database.copying import Rows
from silkroad.engines.database.folder import mark_moved
from silkroad.kit.clock import SystemClock
from silkroad.settings import Settings

from .bar import Bar
from .parts import MovingFiles, MovingKeys, MovingRows, Part
from .places import alone, existing, made, region_of, snapshot
from .records import Told
from .used import refuse_one_for_both
from .wrongs import NotDone, Unsound, told

assert parts.DECLARATIONS  # noqa: S101 - importing the app declares every module's tables


async def move(settings: Settings, to: Settings) -> Told:
    """Move an installation to where ``to`` says, and return what is there.

    Keys and files go along where ``to`` has another address for them. Raises NotDone, Unsound,
    Unsafe, Unreachable, BadSettings.
    """
    _refuse_immovable(settings, to)
    with told(), alone(settings):
        await marks.look(settings)
        standing.hold(to)
        migrations.migrate(settings.data_dir / "silkroad.db")
        place = await existing(settings)
        with snapshot(place.store) as source:
            rows, *others = _parts(settings, to, source)
            bar = Bar(sum([await part.look() for part in (rows, *others)]))
            await marks.look(to)
            await marks.hold_files(to)
            made(to)
            await marks.hold_keys(to, region_of(source))
            await marks.hold_files(to, region_of(source))
            for part in (*others, rows):
                await part.copy(bar)
            bar.end()
            there = await _compare([rows, *others])
        mark_moved(settings.data_dir, SystemClock().now())
        return there


def left_behind(settings: Settings, to: Settings) -> list[str]:
    """Return what a move has left in the data folder, and nobody reads any more."""
    left = ["silkroad.db"]
    left += ["keys/keyring.db"] if to.keyring_url != settings.keyring_url else []
    left += ["blobs"] if to.blobs_url != settings.blobs_url else []
    return left


def _refuse_immovable(settings: Settings, to: Settings) -> None:
    if settings.database_url:
        raise NotDone("Only an installation on SQLite can move; unset SILKROAD_DATABASE_URL.")
    if not (settings.data_dir / "silkroad.db").exists():
        raise NotDone(f"There is no installation in {settings.data_dir}.")
    for name in ("keyring_url", "blobs_url"):
        now = getattr(settings, name)
        if now and now != getattr(to, name):
            raise NotDone(f"SILKROAD_{name.upper()} is set already: what lies there stays there.")
    refuse_one_for_both(to)


def _parts(settings: Settings, to: Settings, source: Rows) -> list[Part]:
    parts: list[Part] = [MovingRows(source, to)]
    if to.keyring_url != settings.keyring_url:
        parts.append(MovingKeys(settings, to))
    if to.blobs_url != settings.blobs_url:
        parts.append(MovingFiles(settings, to))
    return parts


async def _compare(parts: list[Part]) -> Told:
    """Read both sides again and return how much there is. Raises Unsound."""
    there, wrong = Told(), []
    for part in parts:
        mine, theirs = await part.add_up()
        wrong += [name for name, total in mine.items() if total.told() != theirs[name].told()]
        there |= {name: total.told() for name, total in theirs.items()}
    if wrong:
        raise Unsound(
            f"The two sides differ in {', '.join(wrong)}. Do not use the new one: empty it, "
            "its database and whatever else it was to have, then begin again."
        )
    return there
