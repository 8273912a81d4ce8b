"""Text messages with one-time codes: the port, and its two answers of today. Clause 1.2.1.

No SMS vendor is connected yet: a real installation says ``sms_not_configured`` until one is, and
then gets an adapter beside these two. Only the demo shows codes, on the terminal that started it.
"""

from __future__ import annotations

from typing import Literal, Protocol, TextIO

from silkroad.kit.errors import refuse

SmsState = Literal["demo", "configured", "not_configured"]


class Sms(Protocol):
    """Sends a short text to a phone."""

    @property
    def state(self) -> SmsState: ...

    async def send(self, phone: str, text: str) -> None:
        """Send the text to a number in E.164 form. Raises Refusal."""
        ...


class NotConfigured:
    """What a real installation has until a vendor is connected."""

    state: SmsState = "not_configured"

    async def send(self, phone: str, text: str) -> None:  # noqa: ARG002 - the port's signature
        """Refuse."""
        raise refuse("sms_not_configured")


class Terminal:
    """The demo's phone: one line per message on the terminal that started it, never in a log."""

    state: SmsState = "demo"

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    async def send(self, phone: str, text: str) -> None:
        """Show it."""
        # a company's name is somebody's input: no line breaks, no terminal escapes
        line = "".join(sign if sign.isprintable() else " " for sign in f"SMS to {phone}: {text}")
        self._terminal.write(line + "\n")
        self._terminal.flush()
