"""One-time codes by SMS: a real installation says that it cannot yet, and the demo shows them."""

from __future__ import annotations

import io
import logging

import pytest

from silkroad.engines.notify.sms import NotConfigured, Sms, Terminal
from silkroad.kit.errors import Kind, Refusal

pytestmark = pytest.mark.anyio


async def test_without_a_vendor_no_code_can_be_sent() -> None:
    sms: Sms = NotConfigured()
    assert sms.state == "not_configured"
    with pytest.raises(Refusal) as refused:
        await sms.send("+355691234567", "123456")
    assert (refused.value.code, refused.value.kind) == ("sms_not_configured", Kind.UNAVAILABLE)


async def test_the_demo_shows_one_line_on_its_terminal_and_nowhere_else(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = io.StringIO()
    sms: Sms = Terminal(terminal)
    with caplog.at_level(logging.DEBUG):
        await sms.send("+355691234567", "Your code for Teahouse 茶馆 is 123456.")
    assert sms.state == "demo"
    shown = terminal.getvalue()
    assert shown == "SMS to +355691234567: Your code for Teahouse 茶馆 is 123456.\n"
    assert caplog.text == ""
    assert capsys.readouterr() == ("", "")


async def test_what_somebody_called_their_company_does_not_steer_the_terminal() -> None:
    terminal = io.StringIO()
    await Terminal(terminal).send("+1", "Your code\nSMS to +2: \x1b[2J\r\u202e666")
    assert terminal.getvalue().count("\n") == 1
    assert not {"\x1b", "\r", "\u202e"} & set(terminal.getvalue())
