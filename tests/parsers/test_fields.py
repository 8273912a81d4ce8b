"""A field that looks right and has something behind it is not right."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from silkroad.conversations import ClientId
from silkroad.inboxes.model import ColorText, HourText
from silkroad.kit.fields import CodeText, CompanyText, EmailText, NameText
from silkroad.visitors.model import Identity

RIGHT = {
    "name": (NameText, "Dafina"),
    "company": (CompanyText, "Linden Tea"),
    "e-mail": (EmailText, "a@mail.example"),
    "code": (CodeText, "123456"),
    "client id": (ClientId, "client-000001"),
    "hour": (HourText, "09:00"),
    "midnight": (HourText, "24:00"),
    "colour": (ColorText, "#0b6e4f"),
}


@pytest.mark.parametrize(("kind", "text"), RIGHT.values(), ids=RIGHT)
def test_nothing_stands_before_or_behind(kind: Any, text: str) -> None:
    assert msgspec.convert(text, kind) == text
    for wrong in (f"{text}\n", f"\n{text}", f"{text}\r\n", f"{text}\u2028", f"{text}\x00"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, kind)


def test_an_hour_has_the_digits_that_a_clock_has() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("0٣:0٩", HourText)


def test_a_signature_is_64_digits_and_nothing_else() -> None:
    signed = {"id": "1", "hmac": "0" * 64}
    assert msgspec.convert(signed, Identity).hmac == "0" * 64
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**signed, "hmac": "0" * 64 + "\n"}, Identity)
