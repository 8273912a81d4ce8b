"""Whole HTTP/1.1 requests in a stream, so that a proxy can say them twice."""

from __future__ import annotations

import re

from .proxy import Way

HEAD_ENDS = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Requests:
    """The rewriter of one direction of one connection; answers pass untouched.

    One connection carries one request at a time, so there is nothing to put out of order.
    """

    def __init__(self) -> None:
        self._buffer = b""
        self._answers = False

    def feed(self, piece: bytes, way: Way) -> bytes:
        """Take bytes as they come and return what is to be passed on now."""
        self._answers = self._answers or (not self._buffer and piece.startswith(b"HTTP/"))
        if self._answers:
            return piece
        self._buffer += piece
        passed = b""
        while whole := self._next():
            passed += whole * 2 if way.double else whole
        return passed

    def _next(self) -> bytes:
        head, end, _ = self._buffer.partition(HEAD_ENDS)
        found = LENGTH.search(head)
        size = len(head) + len(end) + (int(found[1]) if found else 0)
        if not end or len(self._buffer) < size:
            return b""
        whole, self._buffer = self._buffer[:size], self._buffer[size:]
        return whole
