"""How a backup, a restoration or a move ends when it does not end well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from silkroad.engines.database.driver import Broken, Unfit, Violated
from silkroad.kit.errors import Refusal

from .seal import Damaged


class NotDone(Exception):
    """It was not begun or not finished; the message says why and what to do."""


class Unsound(Exception):
    """What was looked at is not what it should be."""


@contextmanager
def told() -> Iterator[None]:
    """Say it in one sentence, whoever has noticed it. Raises NotDone, Unsound."""
    try:
        yield
    except Damaged as wrong:
        raise Unsound(f"This backup is damaged: {wrong}.") from wrong
    except Refusal as wrong:
        raise NotDone(f"Keys or files could not be read or written: {wrong.detail}") from wrong
    except OSError as wrong:
        raise NotDone(f"{wrong.filename or 'A file'}: {wrong.strerror}.") from wrong
    except (Broken, Unfit, Violated) as wrong:
        raise NotDone(f"The database did not do it: {type(wrong).__name__}: {wrong}.") from wrong
