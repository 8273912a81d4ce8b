"""Whole NATS messages in a stream, so that a proxy can drop, double and swap them."""

from __future__ import annotations

from .proxy import Way

CARRIERS = (b"MSG ", b"HMSG ", b"PUB ", b"HPUB ")


class Messages:
    """The rewriter of one direction of one NATS connection; all but messages pass untouched."""

    def __init__(self) -> None:
        self._buffer = b""
        self._held = b""

    def feed(self, piece: bytes, way: Way) -> bytes:
        """Take bytes as they come and return what is to be passed on now."""
        self._buffer += piece
        passed = b""
        while whole := self._next():
            passed += self._treated(whole, way) if whole.startswith(CARRIERS) else whole
        return passed

    def _next(self) -> bytes:
        line, end, _ = self._buffer.partition(b"\r\n")
        if not end:
            return b""
        size = len(line) + 2
        if line.startswith(CARRIERS):
            size += int(line.split()[-1]) + 2
        if len(self._buffer) < size:
            return b""
        whole, self._buffer = self._buffer[:size], self._buffer[size:]
        return whole

    def _treated(self, message: bytes, way: Way) -> bytes:
        if way.drop:
            return b""
        if way.swap and not self._held:
            self._held = message
            return b""
        passed, self._held = message + self._held, b""
        return passed * 2 if way.double else passed
