"""Archives are judged by their table of contents: only plain ones are taken, with plain cargo."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.files.content import recognise
from silkroad.kit.errors import Refusal
from tests.uploads import zips
from tests.uploads.zips import DEFLATED, Part, archive, office, streamed, zipped

HOSTILE = {
    f"{name}: {why}": (data, why)
    for why, cases in zips.hostile().items()
    for name, data in cases.items()
}
HONEST = {
    "one file": zipped("letter.txt"),
    "folders": zipped("docs/", "docs/letter.txt", "docs/更多/照片.png"),
    "written as a stream": streamed("a.txt", "b.txt"),
    "stored": archive(Part()),
    "Chinese, by Windows": archive(Part("\u8a31\u529f\u84cb.txt", flags=0)),
    "no Unix modes": archive(Part(mode=0)),
    "a name in UTF-8 as well": archive(Part("x.txt", extra=zips.unicode_path("照片.txt"))),
    "dots in names": zipped("..a.txt", "b..txt", ".gitignore", "v1.2/x"),
    "documents": zipped("report.docx", "prices.xlsx", "scan.pdf"),
    "well packed": archive(Part("log.txt", b"all is well\n" * 500_000, DEFLATED)),
}


@pytest.mark.parametrize("data", HONEST.values(), ids=HONEST)
def test_honest_archives_are_taken(data: bytes) -> None:
    assert recognise(data, "whatever").extension == "zip"


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_archives_are_refused_and_told_why(data: bytes, why: str) -> None:
    with pytest.raises(Refusal) as no:
        recognise(data, "holiday.zip")
    assert no.value.code == "unsupported_media"
    assert why in no.value.detail


def test_a_document_may_hold_what_a_plain_archive_may_not() -> None:
    """An embedded sheet or sound is Office's own affair; only macros are not."""
    assert recognise(office(zips.WORD, "word/embeddings/old.zip")).extension == "docx"


def test_content_types_that_nobody_can_read_make_a_plain_archive() -> None:
    types = f"application/vnd.openxmlformats-officedocument.{zips.WORD}+xml".encode("utf-16")
    assert recognise(office(zips.WORD, types=types), "report.docm").extension == "zip"


def test_content_types_are_read_only_so_far() -> None:
    types = b" " * 2_000_000 + f"{zips.WORD}+xml".encode()
    assert recognise(office(zips.WORD, types=types)).extension == "zip"


@given(st.data())
def test_a_changed_byte_never_breaks_the_judge(data: st.DataObject) -> None:
    honest = bytearray(zipped("a.txt", "b/c.txt"))
    for _ in range(data.draw(st.integers(1, 4))):
        honest[data.draw(st.integers(0, len(honest) - 1))] = data.draw(st.integers(0, 255))
    assert judged(bytes(honest)) in ("zip", "unsupported_media", "txt")


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1))
def test_what_is_taken_unpacks_inside_its_folder(names: list[str]) -> None:
    """The standard library's own unpacker agrees on every name that is let through."""
    data = archive(*(Part(name) for name in names))
    if judged(data) == "zip":
        home = Path("/home/besa/inbox")
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
            assert home in (home / name).resolve().parents


def judged(data: bytes) -> str:
    try:
        return recognise(data).extension
    except Refusal as no:
        return no.code
