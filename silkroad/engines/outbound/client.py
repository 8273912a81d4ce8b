"""The real way out: HTTP/1.1 over connections whose addresses were checked before dialling.

The guard stands inside the connection pool, at the one place where a name becomes an address: the
name is resolved once, every answer is checked, and a checked answer is dialled as a number. What
the pool knows of the host stays the name, so that Host, SNI and certificate are right by
themselves. The engine below (httpcore2) knows no proxies, no cookies, no netrc and no redirects.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urljoin

import httpcore2

from . import Blocked, Recipient, Request, Response, TimedOut, TooLarge, Unreachable
from .addresses import reachable
from .targets import Target, admit, registered
