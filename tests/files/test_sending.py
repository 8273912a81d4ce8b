"""Files between visitor and agent: safe to open, sealed, and only for the two sides."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.cast import Member, Shop
from tests.harness.people import Json, Refused, client_id

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photograph() -> bytes:
    """Return a JPEG that says in its metadata where it was taken."""
    picture = Image.new("RGB", (64, 48), "#2f6b4f")
    exif = picture.getexif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "home-address-canary"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_visitors_picture_arrives_without_its_metadata(shop: Shop) -> None:
    mira, conversation = shop.asks("Look at this")
    original = photograph()
    assert b"home-address-canary" in original
    sent = mira.upload(mira.path("/files"), "pamje e çajit.jpg", original)
    assert (sent["media_type"], sent["width"], sent["height"]) == ("image/jpeg", 64, 48)
    message = {"client_id": client_id(), "text": "", "file_ids": [sent["id"]]}
    mira.post(mira.path("/messages"), message)
    (heard,) = shop.arta.get(f"/api/conversations/{conversation}/messages")["items"][-1]["files"]
    assert heard["name"] == "pamje e çajit.jpg"
    got = shop.arta.ask("GET", f"/api/files/{heard['id']}")
    assert b"home-address-canary" not in got.content
    assert Image.open(io.BytesIO(got.content)).size == (64, 48)
    assert got.headers["content-disposition"].startswith("inline;")
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["x-content-type-options"] == "nosniff"


def test_other_files_are_only_ever_downloaded(shop: Shop) -> None:
    _, conversation = shop.asks("The invoice please")
    path = f"/api/conversations/{conversation}"
    sent = shop.arta.upload(f"{path}/files", "invoice.pdf.html", PDF)
    assert (sent["name"], sent["media_type"]) == ("invoice.pdf", "application/pdf")
    shop.arta.post(
        f"{path}/messages", {"client_id": client_id(), "text": "Here", "file_ids": [sent["id"]]}
    )
    got = shop.arta.ask("GET", f"/api/files/{sent['id']}")
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"<html><script>alert(1)</script></html>", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        (b"MZ\x90\x00" + bytes(100), 415),
        (b"\xff\xd8\xff\xe0 not really a picture", 415),
        (b"", 422),
        (bytes(15 * 1024 * 1024 + 1), 413),
    ],
    ids=["html", "svg", "program", "broken picture", "empty", "too large"],
)
def test_what_is_not_taken_is_refused_and_leaves_nothing(
    shop: Shop, content: bytes, status: int
) -> None:
    mira, _ = shop.asks("Hello")
    with pytest.raises(Refused) as no:
        mira.upload(mira.path("/files"), "holiday.jpg", content)
    assert no.value.status == status


def test_a_file_is_for_its_conversation_alone(shop: Shop, stranger: Member) -> None:
    mira, _ = shop.asks("Mine")
    other, others = shop.asks("Not mine", "Other")
    sent = mira.upload(mira.path("/files"), "note.txt", b"only for us two")
    unsent = shop.arta.ask("GET", f"/api/files/{sent['id']}")
    assert unsent.status_code == 404, "not sent yet: nobody else's"
    message: Json = {"client_id": client_id(), "text": "", "file_ids": [sent["id"]]}
    for thief, path in (
        (other, other.path("/messages")),
        (shop.arta, f"/api/conversations/{others}/messages"),
    ):
        with pytest.raises(Refused) as no:
            thief.post(path, message)
        assert no.value.problem["fields"][0]["path"] == "$.file_ids[0]"
    mira.post(mira.path("/messages"), message)
    assert shop.arta.ask("GET", f"/api/files/{sent['id']}").content == b"only for us two"
    with pytest.raises(Refused):
        mira.post(mira.path("/messages"), {**message, "client_id": client_id()})  # not twice
    assert other.ask("GET", other.path(f"/files/{sent['id']}")).status_code == 404
    assert stranger.ask("GET", f"/api/files/{sent['id']}").status_code == 404
    assert mira.ask("GET", f"/api/files/{sent['id']}").status_code == 401


def test_a_file_in_a_note_never_reaches_the_visitor(shop: Shop) -> None:
    mira, conversation = shop.asks("Hello")
    path = f"/api/conversations/{conversation}"
    sent = shop.arta.upload(f"{path}/files", "internal.txt", b"for colleagues")
    note = {"client_id": client_id(), "text": "see", "file_ids": [sent["id"]], "note": True}
    shop.arta.post(f"{path}/messages", note)
    assert shop.wei.ask("GET", f"/api/files/{sent['id']}").content == b"for colleagues"
    assert mira.ask("GET", mira.path(f"/files/{sent['id']}")).status_code == 404
