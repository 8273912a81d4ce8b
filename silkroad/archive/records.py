"""What a backup says, in this order: what it is, rows, keys, blobs, and what all of it adds up to.

Each record is its length in four bytes, then MessagePack. Keys are wrapped and blobs are sealed, as
they are stored; nothing is opened on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from .seal import Damaged, SealedReader, SealedWriter
from .sums import Sum

LONGEST = 256 * 1024 * 1024
LENGTH = 4


Told = dict[str, tuple[int, bytes]]
"""How much there is of what, and its sum."""


class Began(msgspec.Struct, tag="began", frozen=True, array_like=True):
    """The first record. A backup is restored into the very schema that it was made of.

    ``region``: where the rows were at home when it was made; empty when nobody has said.
    """

    schema: str
    made_at: int
    columns: dict[str, list[str]]
    region: str = ""


class SomeRows(msgspec.Struct, tag="rows", frozen=True, array_like=True):
    """Rows of a table."""

    table: str
    rows: list[tuple[Any, ...]]


class SomeKeys(msgspec.Struct, tag="keys", frozen=True, array_like=True):
    """Rows of the keyring, wrapped."""

    rows: list[tuple[str, str, str | None, int, bytes]]


class OneBlob(msgspec.Struct, tag="blob", frozen=True, array_like=True):
    """A blob, sealed."""

    key: str
    data: bytes


class Ended(msgspec.Struct, tag="ended", frozen=True, array_like=True):
    """The last record: how much there is of what, and its sum."""

    sums: Told


Record = Began | SomeRows | SomeKeys | OneBlob | Ended

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Record).decode


def write(out: SealedWriter, record: Record) -> None:
    data = _encode(record)
    out.write(len(data).to_bytes(LENGTH, "big"))
    out.write(data)


def read(source: SealedReader) -> Iterator[Record]:
    """Yield the records up to the last one, which must be the end. Raises Damaged."""
    while True:
        length = int.from_bytes(source.read(LENGTH), "big")
        if length > LONGEST:
            raise Damaged("a record is too long")
        try:
            record: Record = _decode(source.read(length))
        except msgspec.MsgspecError as wrong:
            raise Damaged("a record cannot be read") from wrong
        yield record
        if isinstance(record, Ended):
            source.refuse_more()
            return


KEYS, BLOBS = "keys of the keyring", "contents of files"


def count(sums: dict[str, Sum], record: Record) -> None:
    """Add what a record holds to the sum of its kind."""
    match record:
        case Began():
            sums.update({name: Sum() for name in (*record.columns, KEYS, BLOBS)})
        case SomeRows():
            sums[record.table].add(record.rows)
        case SomeKeys():
            sums[KEYS].add(record.rows)
        case OneBlob():
            sums[BLOBS].add([(record.key, record.data)])
        case Ended():
            pass
