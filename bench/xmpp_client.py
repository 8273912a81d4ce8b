"""An XMPP client (RFC 6120, 6121) with only what the load generator needs: it logs in over plain
TCP, enters one room (XEP-0045), writes there, and hears what everybody in the room wrote.

The server's acknowledgement is one's own message, reflected by the room with the number that the
archive gave it (XEP-0359): it comes when the message is stored.
"""

import asyncio
import base64
from collections.abc import Callable
from typing import cast
from xml.parsers import expat

import msgspec

from bench.job import Sender
from bench.speech import TEXT, Heard, HeardMessage, count_of

DOMAIN = "bench.example"
ROOMS = f"rooms.{DOMAIN}"
STREAM = (
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' "
    f"xmlns:stream='http://etherx.jabber.org/streams' to='{DOMAIN}'>"
)
BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
BROKEN = ("failure", "stream:error")


class Login(msgspec.Struct):
    """Who comes in, and the room that they enter under their nickname."""

    user: str
    password: str
    room: str
    nick: str


class XmppClient(asyncio.Protocol):
    """One connection: logs in, enters its room, then hands every message to `hear`."""

    transport: asyncio.Transport

    def __init__(
        self, _host: str, hello: str, hear: Callable[[Heard], None], lost: Callable[[str], None]
    ) -> None:
        self.login = msgspec.json.decode(hello, type=Login)
        self.hear = hear
        self.lost = lost
        self.welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.place = f"{self.login.room}@{ROOMS}/{self.login.nick}"
        self.authenticated = False

    @staticmethod
    def words(sender: Sender) -> Callable[[str], bytes]:
        """Return what makes the stanza of one more message, from its id."""
        head = f"<message to='{sender.conversation}@{ROOMS}' type='groupchat' id='"
        tail = f"'><body>{TEXT}</body></message>"
        return lambda client_id: f"{head}{client_id}{tail}".encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.open_stream()

    def open_stream(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.depth = 0
        self.stanza: dict[str, str] = {}
        self.archived = self.entered = False
        self.send(STREAM.encode())

    def data_received(self, data: bytes) -> None:
        self.parser.Parse(data)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 2:
            self.stanza = attributes
            self.archived = self.entered = False
        self.archived = self.archived or name == "stanza-id"
        self.entered = self.entered or attributes.get("code") == "110"

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.depth == 1:
            self.hear_stanza(name)

    def hear_stanza(self, name: str) -> None:
        if name in BROKEN or self.stanza.get("type") == "error":
            self.lost(f"refused: {name} {self.stanza}")
        elif name == "message":
            self.hear_message()
        elif name == "presence" and self.entered and not self.welcomed.done():
            self.welcomed.set_result(None)
        elif not self.welcomed.done():
            self.come_in(name)

    def hear_message(self) -> None:
        """Skip what has no archive's number: the room's subject."""
        client_id = self.stanza.get("id", "")
        if not self.archived:
            return
        if self.stanza["from"] == self.place:
            self.hear(Heard("ack", client_id, count_of(client_id)))
        else:
            self.hear(Heard("message", message=HeardMessage(count_of(client_id), client_id)))

    def come_in(self, name: str) -> None:
        if name == "stream:features" and not self.authenticated:
            secret = f"\0{self.login.user}\0{self.login.password}".encode()
            self.say(
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
                f"{base64.b64encode(secret).decode()}</auth>"
            )
        elif name == "success":
            self.authenticated = True
            # a parser may not be replaced while it runs
            asyncio.get_running_loop().call_soon(self.open_stream)
        elif name == "stream:features":
            self.say(BIND)
        elif name == "iq" and self.stanza.get("id") == "bind":
            self.say(
                f"<presence to='{self.place}'><x xmlns='http://jabber.org/protocol/muc'>"
                "<history maxstanzas='0'/></x></presence>"
            )

    def say(self, stanza: str) -> None:
        self.send(stanza.encode())

    def send(self, payload: bytes) -> None:
        self.transport.write(payload)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost(f"the server closed a connection: {error or 'end of stream'}")
