"""A file is what its bytes say, whatever it is called; and only a few kinds are taken."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.files.content import Content, recognise
from silkroad.kit.errors import Refusal
from tests.uploads import zips
from tests.uploads.texts import BINARIES, EICAR, MARKUP, PAGE, SCRIPTS
from tests.uploads.zips import zipped

KINDS = {
    b"\xff\xd8\xff\xe0\x00\x10JFIF": Content("image/jpeg", "jpg", is_picture=True),
    b"\x89PNG\r\n\x1a\n": Content("image/png", "png", is_picture=True),
    b"GIF89a": Content("image/gif", "gif", is_picture=True),
    b"GIF87a": Content("image/gif", "gif", is_picture=True),
    b"RIFF\x10\x00\x00\x00WEBPVP8 ": Content("image/webp", "webp", is_picture=True),
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n": Content("application/pdf", "pdf"),
    b"ID3\x04\x00\x00\x00\x00\x00\x00": Content("audio/mpeg", "mp3"),
    b"\xff\xfb\x90\x64\x00": Content("audio/mpeg", "mp3"),
    b"OggS\x00\x02\x00\x00": Content("audio/ogg", "ogg"),
    b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00": Content("video/mp4", "mp4"),
    b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00": Content("video/mp4", "mp4"),
    b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm": Content("video/webm", "webm"),
}
HIDDEN = [*MARKUP, *SCRIPTS, EICAR, zipped("evil.exe")]
TEXTS = {
    "Përshëndetje! Çfarë ore është?": "utf-8",
    "你好 我的订单什么时候发货": "utf-8",
    "你好 我的订单": "gb18030",
    "Ditën e mirë, çmimi është 5 €": "cp1252",
    "price < 3 and > 1; I <3 it": "ascii",
    "\ufeffa,b\r\n1,2\r\n": "utf-8",
    "🧑‍💻 ok": "utf-8",
}


@pytest.mark.parametrize(("start", "content"), KINDS.items())
def test_each_kind_is_known_by_how_it_begins(start: bytes, content: Content) -> None:
    assert recognise(start + bytes(100), "whatever.exe") == content


@pytest.mark.parametrize(("start", "payload"), list(itertools.product(KINDS, HIDDEN)))
def test_what_hides_behind_a_beginning_changes_nothing(start: bytes, payload: bytes) -> None:
    """Pictures are made anew; the rest is an attachment that only its own program opens."""
    assert recognise(start + payload, "page.html") == KINDS[start]


@pytest.mark.parametrize(("text", "encoding"), TEXTS.items())
def test_text_is_text_in_any_language_and_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert recognise(data, "notes.html") == Content("text/plain", "txt")
    assert recognise(data, "Prices.CSV") == Content("text/csv", "csv")


@pytest.mark.parametrize("data", MARKUP)
@pytest.mark.parametrize("name", ["photo.jpg", "notes.txt", "prices.csv", "drawing.svg", ""])
def test_markup_is_refused_under_any_name(data: bytes, name: str) -> None:
    with pytest.raises(Refusal) as no:
        recognise(data, name)
    assert (no.value.code, no.value.detail) == (
        "unsupported_media",
        "Web pages, SVG, XML and scripts are not taken.",
    )


@pytest.mark.parametrize("data", [*SCRIPTS, *BINARIES, b""])
@pytest.mark.parametrize("name", ["photo.jpg", "notes.txt", "report.pdf"])
def test_scripts_programs_and_unknown_things_are_refused_under_any_name(
    data: bytes, name: str
) -> None:
    with pytest.raises(Refusal) as no:
        recognise(data, name)
    assert no.value.code == "unsupported_media"


def test_a_page_that_ends_a_long_text_is_not_searched_for_and_stays_text() -> None:
    """Someone may well send a log with a page in it; it is kept as text and never rendered."""
    assert recognise(b"All is well.\n" * 1_000 + PAGE).extension == "txt"


def test_no_virus_scanner_runs_and_the_test_virus_is_only_text() -> None:
    assert recognise(EICAR, "eicar.com") == Content("text/plain", "txt")


@pytest.mark.parametrize(
    ("main", "extension"),
    [(zips.WORD, "docx"), (zips.SHEET, "xlsx"), (zips.SLIDES, "pptx")],
)
def test_documents_of_office_are_known_by_their_content_types(main: str, extension: str) -> None:
    content = recognise(zips.office(main, "word/media/image1.png"), "report.pdf.exe")
    assert content.extension == extension
    assert content.media_type.startswith("application/vnd.openxmlformats-officedocument.")
    assert not content.is_picture


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert judged(data) in {
        "unsupported_media",
        "txt",
        *(kind.extension for kind in KINDS.values()),
    }


@given(st.sampled_from(list(KINDS)), st.binary(min_size=1, max_size=50))
def test_a_beginning_counts_only_at_the_beginning(start: bytes, front: bytes) -> None:
    """What some programs find further on, such as a PDF within the first 1,024 bytes."""
    assert judged(b"\x00" + front + start + bytes(20)) == "unsupported_media"


def judged(data: bytes) -> str:
    try:
        return recognise(data).extension
    except Refusal as no:
        return no.code
