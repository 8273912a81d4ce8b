"""NATS as the bus: core NATS, without its own storage. Debian's nats-server will do.

Words are collected for as long as the last ones take to leave, and of several about the same only
the newest is sent, so a fast writer costs the bus little. A server that cannot be reached is tried
again for ever; meanwhile words are lost, which is what they may be.

The region is part of each subject, so nothing is carried between regions, and where a node stands
is told to whoever asks: ``<name>.<region>.<topic>`` and ``<name>.hello``. Where only nodes of other
regions answer, a node is among strangers and says nothing; before its next word it asks again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from nats.aio.client import NO_RESPONDERS_STATUS, Client
from nats.aio.msg import Msg
from nats.errors import Error

from silkroad.kit.regions import HOME

from . import Listener, Topic

log = structlog.get_logger()

MOST_UNSENT = 50_000
AGAIN_AFTER = 0.5  # seconds
ANSWERS_WITHIN = 1.0  # seconds, for nodes that are asked where they stand
MARK_WITHIN = 2.0  # seconds, for that and the way there
CLOSED_WITHIN = 3.0  # seconds, for the last words, and for hanging up
PING_EVERY = 2  # seconds; two that are not answered end the connection


class NatsBus:
    """The other nodes of an installation, which share a URL ``nats://host:4222/name``."""

    def __init__(self, url: str, region: str = "") -> None:
        parts = urlsplit(url)
        self._url = parts._replace(path="").geturl()
        name = parts.path.strip("/") or "silkroad"
        self._region, self._hello = region, f"{name}.hello"
        self._subjects = f"{name}.{region or HOME}"
        self._mark, self._asked = "", asyncio.Event()
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._unsent: dict[tuple[Topic, str], bytes] = {}
        self._something = asyncio.Event()
        self._client = Client()
        self._task = asyncio.create_task(self._speak())

    def say(self, topic: Topic, about: str, word: bytes) -> None:
        if len(self._unsent) < MOST_UNSENT:
            self._unsent[topic, about] = word
            self._something.set()

    def listen(self, topic: Topic, listener: Listener) -> None:
        self._listeners[topic].append(listener)

    async def mark(self) -> str:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), MARK_WITHIN)
        return self._mark

    async def close(self) -> None:
        while not self._task.done():  # the client may swallow one end while it is reconnecting
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=1)
        with suppress(Error, OSError, TimeoutError):
            async with asyncio.timeout(CLOSED_WITHIN):
                await self._send()
                await self._client.flush(timeout=1)
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSED_WITHIN):
                await self._client.close()

    async def _speak(self) -> None:
        await self._connect()
        while True:
            await self._something.wait()
            try:
                await self._send()
            except (Error, OSError) as lost:
                log.warning("bus_unsent", error=type(lost).__name__)
                await asyncio.sleep(AGAIN_AFTER)

    async def _send(self) -> None:
        self._something.clear()
        if self._abroad:
            await self._look_around()
        words, self._unsent = self._unsent, {}
        if not self._client.is_connected or self._abroad:
            return  # old hints are worth nothing: whoever comes back looks by itself
        for (topic, _about), word in words.items():
            await self._client.publish(f"{self._subjects}.{topic}", word)

    async def _connect(self) -> None:
        while True:
            try:
                await self._client.connect(
                    self._url,
                    name="silkroad",
                    no_echo=True,
                    connect_timeout=2,
                    reconnect_time_wait=AGAIN_AFTER,  # type: ignore[arg-type]  # it takes fractions
                    max_reconnect_attempts=-1,
                    ping_interval=PING_EVERY,
                    error_cb=_note,
                    reconnected_cb=self._ask,
                )
                await self._client.subscribe(self._hello, cb=self._answer)
                await self._client.subscribe(f"{self._subjects}.*", cb=self._heard)
                await self._ask()
            except (Error, OSError, TimeoutError) as no:
                await _note(no)
                await asyncio.sleep(AGAIN_AFTER)
            else:
                return

    async def _ask(self) -> None:
        try:
            await self._look_around()
        except (Error, OSError) as no:
            await _note(no)
        if self._abroad:
            log.error("bus_of_another_region", region=self._region)
        self._asked.set()

    async def _look_around(self) -> None:
        """Ask the nodes that are there where they stand, and forget what was heard before.

        The first of one's own region is enough: a stray node silences nobody who has company.
        """
        strangers = set[str]()
        inbox = self._client.new_inbox()
        answers = await self._client.subscribe(inbox)
        try:
            await self._client.publish(self._hello, reply=inbox)
            async with asyncio.timeout(ANSWERS_WITHIN):
                async for answer in answers.messages:
                    region = answer.data.decode(errors="replace")
                    alone = (answer.headers or {}).get("Status") == NO_RESPONDERS_STATUS
                    if alone or region == self._region:
                        strangers.clear()
                        break
                    strangers.add(region)
        except TimeoutError:
            pass  # whoever is there has answered
        finally:
            with suppress(Error):  # nothing that the end of a question meets hides its own end
                await answers.unsubscribe()
        self._mark = min(strangers - {""}, default="")

    async def _answer(self, message: Msg) -> None:
        await message.respond(self._region.encode())

    @property
    def _abroad(self) -> bool:
        return self._mark not in {"", self._region}

    async def _heard(self, message: Msg) -> None:
        for listener in self._listeners[message.subject.rpartition(".")[2]]:
            try:
                listener(message.data)
            except Exception as bug:  # one bad word must not end the listening
                log.exception("bus_word_unheard", error=type(bug).__name__)


async def _note(error: Exception) -> None:
    log.warning("bus_unreachable", error=type(error).__name__)
