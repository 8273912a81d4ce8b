"""Values on their way to PostgreSQL and back: text, whole numbers, bytes, truth and nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg.pq.abc import PGresult

from silkroad.engines.database.driver import Row, Unfit

TEXT, BINARY = 0, 1


def _number(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)


DECODERS: dict[int, Callable[[bytes], Any]] = {  # by the type's number in pg_type
    16: lambda value: value == b"\x01",  # bool
    17: bytes,  # bytea
    20: _number,  # int8
    21: _number,  # int2
    23: _number,  # int4
    25: bytes.decode,  # text
    1043: bytes.decode,  # varchar
    2278: bytes,  # void
}


def encoded(parameters: Row) -> tuple[list[bytes | None], list[int]]:
    """Return values as libpq takes them, and which of them are binary; the server knows the types.

    Raises Unfit for a text that is none, TypeError for what no column holds.
    """
    values: list[bytes | None] = []
    formats: list[int] = []
    for value in parameters:
        if isinstance(value, bytes):
            values.append(value)
            formats.append(BINARY)
            continue
        formats.append(TEXT)
        if isinstance(value, str):
            values.append(_text(value))
        elif isinstance(value, int):
            values.append(str(int(value)).encode())
        elif value is None:
            values.append(None)
        else:
            raise TypeError(f"no column holds a {type(value).__name__}")
    return values, formats


def _text(value: str) -> bytes:
    if "\0" in value:  # libpq would end the text there without a word
        raise Unfit("a text with a NUL")
    try:
        return value.encode()
    except UnicodeEncodeError as wrong:
        raise Unfit("a text with half a pair") from wrong


def decoded(result: PGresult) -> list[Row]:
    """Return the rows of a result in binary form."""
    count = result.ntuples
    if not count:
        return []
    columns = [(i, DECODERS[result.ftype(i)]) for i in range(result.nfields)]
    value_at = result.get_value
    return [
        tuple(
            [
                None if (value := value_at(row, column)) is None else decode(value)
                for column, decode in columns
            ]
        )
        for row in range(count)
    ]
