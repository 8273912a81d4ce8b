"""A file keeps the name that people know it by, less everything that could mislead."""

from __future__ import annotations

import unicodedata
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.files.names import safe_name

NAMES = {
    ("photo.jpg", "jpg"): "photo.jpg",
    ("Photo.JPEG", "jpg"): "Photo.jpg",
    ("Dëftesë pagese.pdf", "pdf"): "Dëftesë pagese.pdf",
    ("合同 最终版.docx", "docx"): "合同 最终版.docx",
    ("Report v1.2", "pdf"): "Report v1.2.pdf",
    ("holiday.gif", "webp"): "holiday.webp",
    # another extension, or two
    ("invoice.pdf.exe", "pdf"): "invoice.pdf",
    ("photo.exe", "jpg"): "photo.jpg",
    ("photo.jpg.jpg", "jpg"): "photo.jpg",
    ("photo.jpg          .exe", "jpg"): "photo.jpg",
    ("page.html", "txt"): "page.txt",
    ("drawing.svg", "txt"): "drawing.txt",
    # folders
    ("../../etc/passwd", "txt"): "passwd.txt",
    ("C:\\Users\\besa\\notes.txt", "txt"): "notes.txt",
    ("\\\\server\\share\\notes.txt", "txt"): "notes.txt",
    ("/", "pdf"): "file.pdf",
    # what nobody sees
    ("photo\u202egpj.exe", "jpg"): "photogpj.jpg",
    ("\u2067photo\u2069.png", "png"): "photo.png",
    ("pho\u200bto\ufeff.png", "png"): "photo.png",
    ("photo.png\x00.exe", "png"): "photo.png",
    ("a\r\nContent-Type: text/html\r\n\r\n.png", "png"): "html.png",
    ("\u3164\u2800", "txt"): "file.txt",
    # what Windows does not take, or takes for something else
    ("CON", "txt"): "_CON.txt",
    ("nul.tar.pdf", "pdf"): "_nul.tar.pdf",
    ("COM1 .log", "txt"): "_COM1.txt",
    ("lpt².png", "png"): "_lpt².png",
    ("console.txt", "txt"): "console.txt",
    ("notes.txt:hidden", "txt"): "notes.txt_hidden.txt",
    ('a<b>"c"|d?*.txt', "txt"): "a_b__c__d__.txt",
    ("notes...", "txt"): "notes.txt",
    (" . notes . ", "txt"): "notes.txt",
    (".htaccess", "txt"): "htaccess.txt",
    # nothing left
    ("", "pdf"): "file.pdf",
    ("...", "pdf"): "file.pdf",
    (".pdf", "pdf"): "pdf.pdf",
}


@pytest.mark.parametrize(("sent", "kept"), NAMES.items())
def test_names_are_kept_as_far_as_they_are_honest(sent: tuple[str, str], kept: str) -> None:
    assert safe_name(*sent) == kept


@pytest.mark.parametrize("letter", ["a", "ë", "合", "🧑"])
def test_a_long_name_is_cut_and_keeps_its_extension(letter: str) -> None:
    name = safe_name(letter * 5_000 + ".exe", "docx")
    assert name.startswith(letter * 50)
    assert name.endswith(f"{letter}.docx")
    assert len(name) <= 120
    assert len(name.encode()) <= 240


@given(st.text(), st.sampled_from(["jpg", "png", "webp", "pdf", "txt", "csv", "zip", "docx"]))
def test_any_name_becomes_a_safe_one_and_stays_so(sent: str, extension: str) -> None:
    name = safe_name(sent, extension)
    assert name.endswith(f".{extension}")
    assert len(name) <= 120
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in name)
    assert not set('<>:"/\\|?*') & set(name)
    assert name == name.strip(" .")
    assert safe_name(name, extension) == name
