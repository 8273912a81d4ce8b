"""The way out, with nothing behind it: keeps what would have been sent, and answers as told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from silkroad.engines.outbound import Recipient, Request, Response
from silkroad.engines.outbound.targets import admit, registered


class Recorder:
    """An ``Outbound`` that refuses what the real one refuses before dialling, and records the rest.

    ``answer`` returns a response or raises a ``Failure``.
    """

    def __init__(
        self,
        recipients: Iterable[Recipient],
        answer: Callable[[Request], Response] = lambda _: Response(201),
    ) -> None:
        self.requests: list[Request] = []
        self.answer = answer
        self._recipients = {recipient.name: recipient for recipient in recipients}

    async def send(self, request: Request) -> Response:
        """Record it and answer."""
        admit(registered(self._recipients, request), request.url)
        self.requests.append(request)
        return self.answer(request)
