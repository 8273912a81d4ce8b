"""Structured logs with an allow-list of keys. Clause 1.2.2.1.

A key that is not on the list does not reach the log: the line says that it was left out. A
traceback keeps files and line numbers and drops the message and every value, because an
exception's text may quote what somebody wrote.
"""

from __future__ import annotations

import io
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog

from .privacy import BEYOND

KEYS = frozenset(BEYOND["log"]["log"])


def configure_logs(level: str) -> None:
    """Write JSON lines to standard error, from our own code and from the libraries alike."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _trace,
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(_Best()),
    )
    root = logging.getLogger()
    root.handlers = [_Library()]
    root.setLevel(max(number, logging.WARNING))


class _Best(io.StringIO):
    """Standard error, as well as it goes: where the log's disk is full, work goes on without it."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def only_allowed(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the keys of the allow-list, and say which others were left out."""
    strangers = sorted(line.keys() - KEYS)
    kept = {key: value for key, value in line.items() if key in KEYS}
    if strangers:
        kept["left_out"] = strangers
    return kept


def _trace(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if line.pop("exc_info", None):
        line["trace"] = places(sys.exc_info()[2])
    return line


def places(trace: TracebackType | None) -> list[str]:
    """Return where an exception came through: file, line and function, never a value."""
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ][-8:]


class _Library(logging.Handler):
    """Takes the libraries' records: their name and level, never their text."""

    def emit(self, record: logging.LogRecord) -> None:
        kind, _, trace = record.exc_info or (None, None, None)
        structlog.get_logger().warning(
            "library",
            logger=record.name,
            error=kind.__name__ if kind else "",
            trace=places(trace),
        )
