"""Conversations under load: each visitor writes, and each message is followed to its agent.

A message is done when it is acknowledged *and* delivered. On the way the history is checked:
sequence numbers without a gap, in the same order for visitor and agent, nothing delivered twice.
"""

import asyncio
import secrets
import time
from collections.abc import Callable

from bench.job import Job, Sender
from bench.socket_client import SocketClient
from bench.speech import COUNTED_DIGITS, Client, Heard, HeardMessage
from bench.xmpp_client import XmppClient

CONNECT_AT_ONCE = 50
CLIENTS: dict[str, type[SocketClient] | type[XmppClient]] = {
    "silkroad": SocketClient,
    "xmpp": XmppClient,
}


class Crowd:
    """Everybody who is connected, and what has come of their messages."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.client = CLIENTS[job.people.speaks]
        self.talks = [Talk(self, sender) for sender in job.people.senders]
        self.under_way: dict[str, Message] = {}
        self.trouble: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.stopping = False
        self.count_from_here()

    def count_from_here(self) -> None:
        self.done = 0
        self.failures = 0
        self.delivery_ms: list[float] = []
        self.counting_since = time.perf_counter()

    async def connect(self) -> None:
        people = self.job.people
        there = people.senders_port or self.job.port
        for talk in self.talks:
            talk.socket = await self.open(talk.sender.hello, talk.hear, there)
        for hello in people.receivers:
            await self.open(hello, self.hear_as_agent, people.receivers_port or there)

    async def connect_idle(self, hellos: list[str]) -> None:
        for first in range(0, len(hellos), CONNECT_AT_ONCE):
            some = hellos[first : first + CONNECT_AT_ONCE]
            await asyncio.gather(*(self.open(hello, ignore, self.job.port) for hello in some))

    async def open(self, hello: str, hear: Callable[[Heard], None], port: int) -> Client:
        host = f"127.0.0.1:{self.job.port}"
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: self.client(host, hello, hear, self.fail), "127.0.0.1", port
        )
        both = [client.welcomed, self.trouble]
        await asyncio.wait(both, timeout=self.job.patience, return_when=asyncio.FIRST_COMPLETED)
        if not client.welcomed.done():
            self.fail("no welcome")
            self.trouble.result()
        return client

    def start_all(self) -> None:
        for talk in self.talks:
            talk.write(time.perf_counter())

    def start_one(self, number: int, due: float) -> None:
        self.talks[number % len(self.talks)].write(due)

    async def work(self, seconds: float) -> None:
        """Let the conversations go on; anything unexpected ends the run at once."""
        await asyncio.wait([self.trouble], timeout=seconds)
        if self.trouble.done():
            self.trouble.result()

    async def finish(self) -> None:
        """Wait for every message under way: slow ones count as much as fast ones."""
        self.stopping = True
        give_up = time.perf_counter() + self.job.patience
        while self.under_way:
            if time.perf_counter() > give_up:
                self.fail(f"{len(self.under_way)} messages never arrived")
            await self.work(0.01)

    def hear_as_agent(self, frame: Heard) -> None:
        heard = frame.message
        if heard and heard.client_id:
            message = self.under_way.get(heard.client_id)
            if message is None or message.delivered:
                self.fail(f"delivered twice: {heard.client_id}")
            else:
                message.talk.delivered(message, heard)

    def fail(self, why: str) -> None:
        if not self.trouble.done():
            self.trouble.set_exception(RuntimeError(why))


class Message:
    __slots__ = ("acknowledged", "client_id", "delivered", "due", "talk")

    def __init__(self, talk: "Talk", client_id: str, due: float) -> None:
        self.talk = talk
        self.client_id = client_id
        self.due = due
        self.acknowledged = False
        self.delivered = False


class Talk:
    """One conversation. In a closed loop the visitor writes again when a message is done."""

    socket: Client

    def __init__(self, crowd: Crowd, sender: Sender) -> None:
        self.crowd = crowd
        self.sender = sender
        self.random = secrets.token_hex(12)
        self.sent = 0
        self.last_acknowledged: int | None = None
        self.last_delivered: int | None = None
        self.words = crowd.client.words(sender)

    def write(self, due: float) -> None:
        self.sent += 1
        message = Message(self, self.client_id(), due)
        self.crowd.under_way[message.client_id] = message
        self.socket.send(self.words(message.client_id))

    def client_id(self) -> str:
        """Like those of Silkroad's own clients: random, and growing with time."""
        return f"{time.time_ns() // 1_000_000:x}-{self.random}{self.sent:0{COUNTED_DIGITS}}"

    def hear(self, heard: Heard) -> None:
        message = self.crowd.under_way.get(heard.id or "")
        if heard.t == "ack" and message:
            self.acknowledged(message, heard.seq)
        elif heard.t == "error" and message and self.sender.fails:
            self.crowd.failures += 1
            self.go_on(message)
        elif heard.t == "error":
            self.crowd.fail(f"refused: {heard}")

    def acknowledged(self, message: Message, seq: int | None) -> None:
        self.last_acknowledged = self.next(self.last_acknowledged, seq)
        message.acknowledged = True
        if message.delivered:
            self.done(message)

    def delivered(self, message: Message, heard: HeardMessage) -> None:
        self.last_delivered = self.next(self.last_delivered, heard.seq)
        message.delivered = True
        if message.due >= self.crowd.counting_since:
            self.crowd.delivery_ms.append((time.perf_counter() - message.due) * 1000)
        if message.acknowledged:
            self.done(message)

    def next(self, last: int | None, seq: int | None) -> int | None:
        if last is not None and seq != last + 1:
            self.crowd.fail(f"gap in sequence numbers: {seq} after {last}")
        return seq

    def done(self, message: Message) -> None:
        self.crowd.done += 1
        self.go_on(message)

    def go_on(self, message: Message) -> None:
        del self.crowd.under_way[message.client_id]
        if self.crowd.job.rate is None and not self.crowd.stopping:
            self.write(time.perf_counter())


def ignore(_heard: Heard) -> None:
    """An idle socket has nothing to do with what it hears."""
