"""A small fuzzer: good inputs, cut, doubled, swapped and bitten, always the same for one seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

Change = Callable[[random.Random, bytes], bytes]

TOKENS = [
    b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n", b"\n", b" ", b"\t",
    b'"', b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true",
    b"-1", b"1e999", b"9" * 400, b"0.1", b"NaN", b"%00", b"%2e%2e%2f", b"../", b"=", b";", b"&",
    b"+", b"@", b"#", b"?", b"[::1]", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xcc\x81" * 40,
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xd8\xff", b"IHDR", b"VP8X", b"<svg", b"*",
]  # fmt: skip
EDGES = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]


def mutants(seeds: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield so many changed inputs, each one to eight changes away from a good one."""
    chance = random.Random(seed)
    for _ in range(count):
        data = chance.choice(seeds)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            data = chance.choice(CHANGES)(chance, data)
        yield data


def bite(chance: random.Random, data: bytes) -> bytes:
    """Change one bit."""
    if not data:
        return b"\x01"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def drop(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(1, 17) :]


def double(chance: random.Random, data: bytes) -> bytes:
    """Repeat a part of it, perhaps many times."""
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.randrange(1, 65)]
    return data[:start] + part * chance.choice((2, 2, 3, 100)) + data[start:]


def put(chance: random.Random, data: bytes) -> bytes:
    """Put something in that means something to some parser."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def number(chance: random.Random, data: bytes) -> bytes:
    """Write an edge over some bytes, as a number of 2 or 4 bytes in either order."""
    at, size = chance.randrange(len(data) + 1), chance.choice((2, 4))
    edge = chance.choice(EDGES) & (1 << 8 * size) - 1
    return data[:at] + edge.to_bytes(size, chance.choice(("little", "big"))) + data[at + size :]


def swap(chance: random.Random, data: bytes) -> bytes:
    middle = chance.randrange(len(data) + 1)
    return data[middle:] + data[:middle]


def noise(chance: random.Random, _data: bytes) -> bytes:
    return chance.randbytes(chance.choice((0, 1, 16, 300)))


CHANGES: tuple[Change, ...] = (bite, bite, cut, drop, double, put, put, number, swap, noise)
