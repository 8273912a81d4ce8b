"""Every parser of what comes from outside: how to feed it, what it takes, and how it may say no."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Union
from urllib.parse import unquote

import msgspec
from starlette.requests import cookie_parser

from silkroad.conversations import queries
from silkroad.conversations.routes import ConversationQuery
from silkroad.engines.keyring.transit import read_key
from silkroad.engines.notify.subscription import check_subscription
from silkroad.engines.outbound import Blocked
from silkroad.engines.outbound.targets import read
from silkroad.files.archives import archive_kind
from silkroad.files.content import recognise
from silkroad.files.names import is_visible, safe_name
from silkroad.http import dispatch
from silkroad.inboxes import model as inboxes
from silkroad.kit.errors import Refusal
from silkroad.kit.languages import choose
from silkroad.kit.networks import network
from silkroad.kit.phones import normalised
from silkroad.live import socket
from silkroad.live.frames import error_frame
from silkroad.parts import FRAMES, OPERATIONS
from silkroad.privacy.processors import push_services
from silkroad.settings import BadSettings, read_settings
from silkroad.visitors import model as visitors
from tests.attacks.asking import sample
from tests.uploads import pictures, texts, zips

KINDS = "workspace inbox member invitation session passkey device wake conversation file visitor"
IDS: Mapping[str, str] = {kind: f"{kind[:3]}_{'a' * 26}" for kind in KINDS.split()}
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
PUSH = push_services()


@dataclass(frozen=True)
class Parser:
    """``feed`` takes bytes; what it raises beside ``no`` is a mistake."""

    feed: Callable[[bytes], object]
    seeds: list[bytes] = field(repr=False)
    no: tuple[type[Exception], ...] = (Refusal,)


def text(feed: Callable[[str], object]) -> Callable[[bytes], object]:
    """Feed text as a header or a query brings it: any letters, no half ones."""
    return lambda data: feed(data.decode("utf-8", "replace"))


def header(feed: Callable[[str], object]) -> Callable[[bytes], object]:
    """Feed text as Starlette reads a header."""
    return lambda data: feed(data.decode("latin-1"))


def frame(data: bytes) -> object:
    """Feed the decoder of socket frames, and what still reads the id of a broken one."""
    message = {"type": "websocket.receive", "text": data.decode("utf-8", "replace")}
    socket._id_in(message)
    try:
        return SOCKET._decoded(message)
    except Refusal as refusal:
        error_frame(refusal)
        raise


def bodies(data: bytes) -> None:
    """Feed every body that an operation takes. Raises Refusal when none takes it."""
    refused = []
    for kind in BODIES:
        try:
            dispatch._decode(data, kind)
        except Refusal as refusal:
            dispatch.refusal_response(refusal)
            refused.append(refusal)
    if len(refused) == len(BODIES):
        raise refused[0]


def queries_of(data: bytes) -> None:
    """Feed every query that an operation takes."""
    words = dict(part.partition("=")[::2] for part in data.decode("utf-8", "replace").split("&"))
    kinds, refused = {o.query for o in OPERATIONS if o.query}, []
    for kind in kinds:
        try:
            dispatch.converted(dict(words), kind)
        except Refusal as refusal:
            refused.append(refusal)
    if len(refused) == len(kinds):
        raise refused[0]


def hours(data: bytes) -> object:
    draft = dispatch._decode(data, inboxes.InboxDraft)
    checked = inboxes.checked(draft)  # type: ignore[arg-type]  # decoded as this very kind
    return [inboxes.open_hours(checked.office_hours, now) for now in (0, 1_795_000_000_000)]


def identity(data: bytes) -> object:
    found: Any = dispatch._decode(data, visitors.Identity)
    return visitors.vouched("secret", found)


def subscription(data: bytes) -> object:
    endpoint, p256dh, auth, *_ = [*data.decode("utf-8", "replace").split(" "), "", "", ""]
    return check_subscription(endpoint, p256dh, auth, services=PUSH)


def settings(data: bytes) -> object:
    lines = data.decode("utf-8", "replace").split("\n")
    given = dict(line.partition("=")[::2] for line in lines)
    found = read_settings({f"SILKROAD_{name}": value for name, value in given.items()})
    return (found.origin, found.secure, found.private, found.root_key)


def file_name(data: bytes) -> str:
    """Feed a name as an upload brings it."""
    made = safe_name(unquote(data.decode("latin-1")), "txt")
    assert 5 <= len(made) <= 120 and len(made.encode()) <= 240 and made.endswith(".txt"), made
    assert all(map(is_visible, made)) and not set(made) & set('/\\<>:"|?*'), made
    return made


def drafts() -> list[bytes]:
    draft = {
        "name": "Shop",
        "color": "#0b6e4f",
        "greeting": {"en": "Hello"},
        "languages": ["en", "sq"],
        "allowed_origins": ["https://shop.example", "http://localhost:8080"],
        "office_hours": {
            "timezone": "Europe/Tirane",
            "days": [[{"opens": "09:00", "closes": "24:00"}]] * 7,
        },
        "member_ids": [],
    }
    return [json.dumps(draft).encode()]


FRAME_KINDS: Any = Union[tuple(f.frame for f in FRAMES)]  # noqa: UP007 - made from a list
SOCKET = object.__new__(socket.Socket)
SOCKET._decode = msgspec.json.Decoder(FRAME_KINDS).decode
BODIES = [operation.body for operation in OPERATIONS if operation.body]
ARCHIVES = [
    zips.zipped("a.txt", "b/c.txt"),
    zips.streamed("a.txt"),
    zips.office(zips.WORD),
    zips.archive(zips.Part(), zips.Part("b.txt", method=zips.DEFLATED)),
    *(data for group in zips.hostile().values() for data in group.values() if len(data) < 5_000),
]
SAID = [b"Dear all,\n", b"name,price\n", *texts.MARKUP, *texts.SCRIPTS, *texts.BINARIES]
PICTURES = [pictures.plain(kind, size=(24, 16)) for kind in pictures.FORMATS]


def parsers() -> dict[str, Parser]:
    """Return all of them, by a name for people."""
    frames = [msgspec.json.encode(sample(f.frame, dict(IDS))) for f in FRAMES]
    return {
        "socket frames": Parser(frame, frames),
        "JSON bodies": Parser(
            bodies, [msgspec.json.encode(sample(kind, dict(IDS))) for kind in BODIES]
        ),
        "queries": Parser(
            queries_of, [b"filter=all&limit=3", b"before=1&after=2&limit=100", b"language=sq"]
        ),
        "filters": Parser(
            text(lambda said: dispatch.converted({"filter": said}, ConversationQuery)),
            [b"mine", b"unassigned", b"all", b"waiting", b"closed"],
        ),
        "cursors": Parser(
            text(queries._position),
            [queries._cursor(at, IDS["conversation"]).encode() for at in (0, 2**53, -1)],
        ),
        "file names": Parser(
            file_name, [b"a.txt", b"%E2%80%AEgnp.exe", b"..%2F..%2Fx", b"CON"], ()
        ),
        "file contents": Parser(recognise, [*SAID, *PICTURES, *ARCHIVES]),
        "archives": Parser(archive_kind, ARCHIVES),
        "push subscriptions": Parser(
            subscription, [f"https://fcm.googleapis.com/fcm/send/x {POINT} {'A' * 22}".encode()]
        ),
        "endpoints": Parser(
            text(read),
            [b"https://a.example:443/b?c", b"https://[::1]/", b"http://1.2.3.4/"],
            (Blocked,),
        ),
        "root keys' addresses": Parser(
            text(read_key),
            [b"https://a.example:8200/v1/transit/keys/k", b"http://[::1]/v1/a/b/keys/c.d"],
            (BadSettings,),
        ),
        "phone numbers": Parser(
            text(normalised), [b"+1 217 555 0100", b"0086 138 0013 8000", b"+355 67 212 3456;ext=1"]
        ),
        "language tags": Parser(
            header(choose), [b"sq-AL,sq;q=0.9,en;q=0.8", b"zh-Hans-CN;q=nan"], ()
        ),
        "cookies": Parser(
            header(cookie_parser), [b"__Host-silkroad=abc; a=b", b'a="b\\"; c"; d', b"=;;="], ()
        ),
        "allowed origins and office hours": Parser(hours, drafts()),
        "origins": Parser(
            text(lambda said: inboxes._origin(0, said)),
            [b"https://shop.example", b"http://localhost:8080", b"https://[::1]", b"//a"],
        ),
        "vouched customers": Parser(
            identity,
            [json.dumps({"id": "1", "hmac": "0" * 64, "name": "A", "email": "b"}).encode()],
        ),
        "settings": Parser(
            settings,
            [
                b"PORT=1\nBASE_URL=https://chat.example",
                b"HOST=::1\nDATA_DIR=~/x",
                b"BASE_URL=http://[::1]:1",
            ],
            (BadSettings,),
        ),
        "networks": Parser(
            text(network), [b"1.2.3.4", b"2001:db8::1", b"fe80::1%eth0", b"unix:"], ()
        ),
    }
