"""What rows, keys and files add up to where they are kept, read anew."""

from __future__ import annotations

from collections.abc import AsyncIterator

from silkroad.engines.blobs import Blobs
from silkroad.engines.database.copying import Rows, columns
from silkroad.engines.keyring.copying import KeyRows
from silkroad.kit.errors import Refusal

from .sums import Sum


def of_rows(rows: Rows) -> dict[str, Sum]:
    """Return what a database's rows add up to, table by table."""
    sums = {table: Sum() for table in columns()}
    workspaces = rows.workspaces()
    for table, total in sums.items():
        for page in rows.pages(table, workspaces):
            total.add(page)
    return sums


def of_keys(keys: KeyRows) -> Sum:
    total = Sum()
    for page in keys.rows():
        total.add(page)
    return total


async def of_blobs(blobs: Blobs) -> Sum:
    total = Sum()
    async for blob in contents(blobs):
        total.add([blob])
    return total


async def contents(blobs: Blobs) -> AsyncIterator[tuple[str, bytes]]:
    """Yield the blobs that are there, each with its key."""
    async for blob in blobs.stored():
        try:
            yield blob.key, await blobs.get(blob.key)
        except Refusal as gone:
            if gone.code != "not_found":  # deleted since
                raise
