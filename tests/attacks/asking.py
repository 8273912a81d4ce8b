"""Well-formed requests for every operation and frame, made from the registry itself.

What a field means is told here by its name. A field that nobody has told fails the tests, so a new
operation cannot take an id that no attack has tried.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import msgspec
from msgspec import inspect

from silkroad.http.operations import Operation
from tests.harness.people import Json, Person, client_id

OBJECTS = {
    "workspace_id": "workspace",
    "inbox_id": "inbox",
    "inbox_ids": "inbox",
    "member_id": "member",
    "member_ids": "member",
    "mentions": "member",
    "invitation_id": "invitation",
    "request_id": "request",
    "visitor_id": "visitor",
    "session_id": "session",
    "passkey_id": "passkey",
    "device_id": "device",
    "wake_id": "wake",
    "conversation_id": "conversation",
    "conversation": "conversation",
    "file_id": "file",
    "file_ids": "file",
    "files": "file",
    "owner_id": "member",  # of jobs
    "record_id": "consent",  # of jobs
    "exception_id": "exception",
    "assessment_id": "assessment",
    "campaign_id": "campaign",
    "publication_id": "publication",
    "notice_id": "notice",  # of jobs
    "subject_id": "visitor",  # of jobs
    "key_id": "consent",  # of jobs; a thing without a key, so that ours keep theirs
    "subjects": "visitor",
}
"""Fields that name an object, and of which kind."""

POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
PHONE = "+12175550100"  # kept for fiction, and nobody's in the cast
SAMPLES: dict[str, Any] = {
    # words that people choose
    "name": "Somebody",
    "administrator_name": "Somebody",
    "company_name": "Some Company",
    "text": "hello",
    "note": "for you",
    "color": "#0b6e4f",
    "greeting": {},
    "languages": ["en"],
    "allowed_origins": [],
    "phone": PHONE,
    "administrator_phone": PHONE,
    "email": "a@mail.example",
    "contact_email": "a@mail.example",
    "contact_phone": None,
    "address": None,
    "reach": None,
    "evidence": "I agree",
    "feature": "imports",
    "harm": "Somebody may be called whom they do not know",
    "measures": "Two people look at each import",
    "birth_date": "2000-01-01",
    "region": "eu",
    "timezone": "Europe/Tirane",
    "days": [[{"opens": "09:00", "closes": "17:00"}], [], [], [], [], [], []],
    "opens": "09:00",
    "closes": "17:00",
    "language": "en",
    "filter": "all",
    "recipient": "Google",
    "cursor": "",
    "page": None,
    "reason": "because",
    "statute": "Some Law, article 1",
    "instrument": "Order 1",
    "case_id": "Case 1",
    "source": "https://news.example/1",
    "source_date": "2026-01-02",
    "fields": "visitors.email",
    "purpose": "conversation",
    "about": "microphone",
    "data": ["CON"],
    "month": "2026-01",
    "people": [{"name": "Somebody", "phone": PHONE}],
    # secrets and proofs: whoever has one may use it, so there is no other's to try
    "token": "x" * 43,
    "challenge_id": "cod_" + "a" * 26,
    "code": "000000",
    "password": "linden blossom in June",
    "totp": "000000",
    "credential": {},
    "hmac": "0" * 64,
    "proof": "000000",
    "voucher": None,
    "notice_hash": "0" * 32,
    "parties": [
        {
            "processor": "google_push",
            "notice_hash": "0" * 32,
            "language": "en",
            "contract": "Terms of 2026",
        }
    ],
    "policy_hash": "0" * 32,
    "processor": "google_push",  # the same for everybody: no company's own
    "certificate_id": "crt_" + "a" * 26,  # the operator's
    "contract": "Some contract",
    "assessment": "Some assessment",
    "issuer": "Somebody",
    "reference": "No. 1",
    "endpoint": "https://fcm.googleapis.com/fcm/send/x",
    "p256dh": POINT,
    "auth": "A" * 22,
}
"""A good value for each other field of text, by its name."""

FRESH = {"client_id", "id"}
"""Names that the client makes up, each for one use."""

Way = tuple[str | int, ...]
"""How to come to a place in a body: names of fields, and numbers in lists."""

_addresses = itertools.count()


@dataclass(frozen=True)
class Slot:
    """A place in a request where an id stands. ``where`` is path, query or body."""

    where: str
    way: tuple[str, ...]
    kind: str
    many: bool = False


@dataclass(frozen=True)
class Ask:
    """One request to an operation."""

    operation: Operation
    names: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Json = None

    def at(self, slot: Slot, name: str) -> Ask:
        """Return the same request with another id in one place."""
        if slot.where == "path":
            return replace(self, names={**self.names, slot.way[0]: name})
        if slot.where == "query":
            return replace(self, query={**self.query, slot.way[0]: name})
        body = placed(self.body, slot.way, [name] if slot.many else name)
        if slot.way[-1] == "mentions":
            body["note"] = True  # nothing else mentions anybody
        return replace(self, body=body)

    def by(self, person: Person, more: dict[str, str] | None = None) -> httpx2.Response:
        """Let somebody ask it, each time from another address, so that no throttle answers."""
        number = next(_addresses)
        address = f"198.19.{number // 250 % 250}.{number % 250 + 1}"
        headers = {"X-Forwarded-For": address, **(more or {})}
        path = self.operation.path.format(**self.names)
        if self.query:
            path += "?" + str(httpx2.QueryParams(self.query))
        if self.operation.raw:
            headers |= {"X-File-Name": "words.txt", "Content-Type": "application/octet-stream"}
            return person.ask(self.operation.method, path, headers=headers, content=b"words\n")
        return person.ask(self.operation.method, path, self.body, headers=headers)


def asked(operation: Operation, ids: dict[str, str]) -> Ask:
    """Return a good request for an operation about these objects."""
    body = sample(operation.body, ids) if operation.body else None
    names = {
        name: ids[OBJECTS[name]] if name in OBJECTS else SAMPLES[name]
        for name in operation.path_names
    }
    return Ask(operation, names, {}, body)


def slots(operation: Operation) -> list[Slot]:
    """Return every place where a request to this operation names an object."""
    found = [
        Slot("path", (name,), OBJECTS[name]) for name in operation.path_names if name in OBJECTS
    ]
    for where, kind in (("query", operation.query), ("body", operation.body)):
        found += [
            Slot(where, leaf.way, OBJECTS[leaf.way[-1]], leaf.many)
            for leaf in leaves(kind)
            if leaf.way[-1] in OBJECTS
        ]
    return found


def untold(operation: Operation) -> list[str]:
    """Return the fields of text of which nobody has told what they mean."""
    told = OBJECTS.keys() | SAMPLES.keys() | FRESH
    fields = [leaf.way[-1] for kind in (operation.query, operation.body) for leaf in leaves(kind)]
    return sorted({*operation.path_names, *fields} - told)


@dataclass(frozen=True)
class Leaf:
    """A field of text somewhere in a body."""

    way: tuple[str, ...]
    many: bool


def leaves(kind: type[msgspec.Struct] | None) -> Iterator[Leaf]:
    """Yield every place of a Struct where a text or anything at all may stand."""
    if kind is not None:
        yield from _leaves(inspect.type_info(kind), (), many=False)


def _leaves(info: inspect.Type, way: tuple[str, ...], *, many: bool) -> Iterator[Leaf]:
    match info:
        case inspect.Metadata():
            yield from _leaves(info.type, way, many=many)
        case inspect.UnionType():
            for part in info.types:
                yield from _leaves(part, way, many=many)
        case inspect.ListType():
            yield from _leaves(info.item_type, way, many=True)
        case inspect.DictType():
            yield from _leaves(info.value_type, way, many=many)
        case inspect.StructType():
            for part_of in info.fields:
                yield from _leaves(part_of.type, (*way, part_of.encode_name), many=False)
        case inspect.StrType() | inspect.AnyType():
            yield Leaf(way, many)
        case _:
            return


def sample(kind: type[msgspec.Struct], ids: dict[str, str]) -> Json:
    """Return a good body with everything that is required."""
    return _sample(inspect.type_info(kind), "", ids)


def _sample(info: inspect.Type, name: str, ids: dict[str, str]) -> Any:
    match info:
        case inspect.Metadata():
            return _sample(info.type, name, ids)
        case inspect.StructType():
            tag = {info.tag_field: info.tag} if info.tag_field else {}
            needed = (part for part in info.fields if part.required)
            return tag | {p.encode_name: _sample(p.type, p.encode_name, ids) for p in needed}
        case inspect.UnionType() if name not in OBJECTS:
            empty = any(isinstance(part, inspect.NoneType) for part in info.types)
            return None if empty else _sample(info.types[0], name, ids)
        case inspect.ListType() if name in OBJECTS:
            return []
        case _:
            return _plain(info, name, ids)


def _plain(info: inspect.Type, name: str, ids: dict[str, str]) -> Any:
    if isinstance(info, inspect.LiteralType):
        return info.values[0]
    if isinstance(info, inspect.IntType | inspect.BoolType):
        return (info.ge or 0) if isinstance(info, inspect.IntType) else False
    if name in OBJECTS:
        return ids[OBJECTS[name]]
    return client_id() if name in FRESH else deepcopy(SAMPLES[name])


@dataclass(frozen=True)
class Level:
    """One object inside a body: where it is, a whole body that has it, and what it declares."""

    way: Way
    body: Json
    declared: frozenset[str]


def levels(kind: type[msgspec.Struct], ids: dict[str, str]) -> Iterator[Level]:
    """Yield every object of a body at every depth, those that may be left out as well."""
    yield from _levels(inspect.type_info(kind), (), sample(kind, ids), ids)


def _levels(info: inspect.Type, way: Way, body: Json, ids: dict[str, str]) -> Iterator[Level]:
    match info:
        case inspect.Metadata():
            yield from _levels(info.type, way, body, ids)
        case inspect.UnionType():
            for part in info.types:
                yield from _levels(part, way, body, ids)
        case inspect.ListType():
            yield from _levels(info.item_type, (*way, 0), body, ids)
        case inspect.StructType():
            if way and isinstance(way[-1], str):
                body = placed(body, way, _sample(info, "", ids))
            yield Level(way, body, frozenset(inner.encode_name for inner in info.fields))
            for inner in info.fields:
                yield from _levels(inner.type, (*way, inner.encode_name), body, ids)
        case _:
            return


def placed(body: Json, way: Way, value: Json) -> Json:
    """Return a copy of a body with another value in one place, which is made if need be."""
    changed = deepcopy(body) or {}
    at = changed
    for step in way[:-1]:
        if isinstance(at, dict) and not at.get(step):
            at[step] = {}
        at = at[step]
    at[way[-1]] = value
    return changed


def missing(name: str) -> str:
    """Return an id of the same kind that names nothing."""
    return f"{name[:4]}{'a' * 26}" if re.match(r"[a-z]{3}_", name) else "a" * len(name)


def said(answer: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all that an answer tells, but for the time of day."""
    headers = [(k, v) for k, v in sorted(answer.headers.items()) if k != "date"]
    return answer.status_code, answer.content, headers
