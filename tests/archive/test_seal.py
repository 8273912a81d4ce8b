"""A sealed file is read back as it was written, or it is not read: any change is found."""

from __future__ import annotations

import io
import random

import pytest

from silkroad.archive.seal import CHUNK, HEADER, TAG, Damaged, SealedReader, SealedWriter
from silkroad.engines.keyring import SealKey
from tests.depth import by_depth

ROOT = SealKey(bytes(range(32)))
WHOLE = CHUNK + TAG


def sealed(data: bytes, salt: bytes = b"s" * 32) -> bytes:
    file = io.BytesIO()
    out = SealedWriter(file, ROOT, salt)
    for start in range(0, len(data), 10_000):
        out.write(data[start : start + 10_000])
    out.end()
    return file.getvalue()


def opened(file: bytes, length: int, root: SealKey = ROOT) -> bytes:
    reader = SealedReader(io.BytesIO(file), root)
    data = reader.read(length)
    reader.refuse_more()
    return data


SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read_whatever_its_length(size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert opened(sealed(data), size) == data
    assert data[:64] not in sealed(data) or size < 2


def test_each_file_has_a_key_of_its_own_under_one_root_key() -> None:
    assert sealed(b"x" * 99)[HEADER:] != sealed(b"x" * 99, b"t" * 32)[HEADER:]
    with pytest.raises(Damaged, match="another root key"):
        opened(sealed(b"x"), 1, SealKey(bytes(32)))


def test_a_flipped_bit_is_found_wherever_it_is() -> None:
    size = 2 * CHUNK + 50
    file = sealed(bytes(size))
    everywhere = range(len(file) * 8)
    ends = [*everywhere[: HEADER * 8], *everywhere[-(50 + TAG) * 8 :]]
    sample = random.Random(7).sample(everywhere, by_depth(300, 5_000, 50_000))
    for bit in (*ends, *sample):
        altered = bytearray(file)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Damaged):
            opened(bytes(altered), size)


def test_what_is_cut_added_swapped_repeated_or_left_out_is_found() -> None:
    size = 3 * CHUNK + 50
    file = sealed(random.Random(1).randbytes(size))
    first, second = slice(HEADER, HEADER + WHOLE), slice(HEADER + WHOLE, HEADER + 2 * WHOLE)
    head, rest = file[:HEADER], file[HEADER + 2 * WHOLE :]
    other = sealed(random.Random(2).randbytes(size), b"o" * 32)
    for altered in (
        *(file[:length] for length in (0, HEADER, HEADER + WHOLE, HEADER + 3 * WHOLE, -1, -TAG)),
        file + b"\0",
        file + file[first],
        head + file[second] + file[first] + rest,
        head + file[first] + file[first] + rest,
        head + file[second] + rest,
        head + other[first] + file[second] + rest,
    ):
        with pytest.raises(Damaged):
            opened(altered, size)


def test_a_chunk_that_is_exactly_full_and_cut_behind_is_not_taken_for_the_end() -> None:
    file = sealed(bytes(2 * CHUNK))
    with pytest.raises(Damaged):
        opened(file[: HEADER + WHOLE], CHUNK)
