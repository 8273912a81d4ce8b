"""The bare floor: the smallest server that does Silkroad's main job and nothing else.

A visitor's text is stored durably, acknowledged, and handed to the agent on the other side of the
pair. It speaks the frames of Silkroad's own socket as far as it has them, over the same uvicorn,
with the same driver, pragmas and group commit; it has no accounts, no permissions, no seal, no
audit and no history. What the product costs is the distance from here.

    python -m bench.floor FOLDER
"""

import asyncio
import gc
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import apsw
import msgspec
import uvicorn
import uvloop

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

PAGE = 4096
QUIET_SECONDS = 0.2
CHECKPOINT_WHEN_QUIET = 4 * 1024 * 1024 // PAGE
CHECKPOINT_AT_ONCE = 64 * 1024 * 1024 // PAGE
"""The write-ahead log is folded in as in Silkroad's own engine."""


class Hello(msgspec.Struct, tag_field="t", tag="hello"):
    ticket: str
    """`<pair>/visitor` or `<pair>/agent`; a pair is one conversation."""


class Text(msgspec.Struct, tag_field="t", tag="send"):
    id: str
    conversation: str | None
    text: str


class Ack(msgspec.Struct, tag_field="t", tag="ack"):
    id: str
    conversation: str
    seq: int
    at: int


class Message(msgspec.Struct):
    conversation_id: str
    seq: int
    client_id: str
    text: str
    at: int


class Delivery(msgspec.Struct, tag_field="t", tag="message"):
    message: Message


hello_from = msgspec.json.Decoder(Hello).decode
text_from = msgspec.json.Decoder(Text).decode
as_json = msgspec.json.Encoder().encode


async def serve(folder: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    store = Store(folder / "floor.sqlite", asyncio.get_running_loop())
    config = uvicorn.Config(
        Floor(store),
        ws="websockets-sansio",
        http="httptools",
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        log_level="warning",
    )
    print(f"ready: http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    await uvicorn.Server(config).serve(sockets=[listener])


class Floor:
    """Who is connected, and the way of one message between the two sides of a pair."""

    def __init__(self, store: "Store") -> None:
        self.store = store
        self.agents: dict[str, Send] = {}

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.converse(receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"ok"})

    async def converse(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        pair, _, side = hello_from((await receive())["text"]).ticket.partition("/")
        await send({"type": "websocket.send", "text": '{"t":"welcome"}'})
        if side == "agent":
            self.agents[pair] = send
        while (event := await receive())["type"] == "websocket.receive":
            await self.relay(pair, text_from(event["text"]), send)
        if side == "agent":
            del self.agents[pair]

    async def relay(self, pair: str, sent: Text, send: Send) -> None:
        message = Message(pair, 0, sent.id, sent.text, time.time_ns() // 1_000_000)
        await self.store.keep(message)
        ack = as_json(Ack(sent.id, pair, message.seq, message.at)).decode()
        await send({"type": "websocket.send", "text": ack})
        if agent := self.agents.get(pair):
            delivery = as_json(Delivery(message)).decode()
            await agent({"type": "websocket.send", "text": delivery})


class Store:
    """One table and one writer thread. All that waits during one sync is the next commit."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.waiting: SimpleQueue[tuple[Message, asyncio.Future[None]]] = SimpleQueue()
        self.last_seq: dict[str, int] = {}
        self.database = apsw.Connection(str(path))
        self.database.execute(SCHEMA).fetchall()
        self.wal_pages = 0
        self.database.set_wal_hook(self.note_wal)
        threading.Thread(target=self.write_for_ever, name="writer", daemon=True).start()

    def keep(self, message: Message) -> "asyncio.Future[None]":
        """Done when the message is on disk; its sequence number is then filled in."""
        kept: asyncio.Future[None] = self.loop.create_future()
        self.waiting.put((message, kept))
        return kept

    def write_for_ever(self) -> None:
        while True:
            batch = self.next_batch()
            if batch:
                self.commit([message for message, _ in batch])
                self.loop.call_soon_threadsafe(announce, [kept for _, kept in batch])
            self.checkpoint(quiet=not batch)

    def next_batch(self) -> "list[tuple[Message, asyncio.Future[None]]]":
        """Everything that waits; nothing after a while of quiet, when the log is long."""
        batch = []
        log_is_long = self.wal_pages > CHECKPOINT_WHEN_QUIET
        with suppress(Empty):
            batch.append(self.waiting.get(timeout=QUIET_SECONDS if log_is_long else None))
            while True:
                batch.append(self.waiting.get_nowait())
        return batch

    def commit(self, messages: list[Message]) -> None:
        self.database.execute("BEGIN IMMEDIATE")
        for message in messages:
            message.seq = self.next_seq(message.conversation_id)
        self.database.executemany(INSERT, [msgspec.structs.astuple(m) for m in messages])
        self.database.execute("COMMIT")

    def checkpoint(self, *, quiet: bool) -> None:
        """Fold the log into the database between batches, so that nobody waits for it in one."""
        if self.wal_pages > CHECKPOINT_AT_ONCE:
            self.database.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
            self.wal_pages = 0
        elif quiet:
            self.database.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            self.wal_pages = 0

    def next_seq(self, conversation: str) -> int:
        seq = self.last_seq.get(conversation)
        if seq is None:
            [[seq]] = self.database.execute(LAST_SEQ, (conversation,))
        self.last_seq[conversation] = seq + 1
        return int(seq) + 1

    def note_wal(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self.wal_pages = pages
        return apsw.SQLITE_OK


def announce(kept: "list[asyncio.Future[None]]") -> None:
    for future in kept:
        if not future.cancelled():
            future.set_result(None)


SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA wal_autocheckpoint = 0;
CREATE TABLE IF NOT EXISTS message (
    conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, client_id TEXT NOT NULL,
    text TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (conversation_id, seq)
);
"""
INSERT = "INSERT INTO message VALUES (?, ?, ?, ?, ?)"
LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM message WHERE conversation_id = ?"


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
