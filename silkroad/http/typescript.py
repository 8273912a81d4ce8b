"""The TypeScript types of the wire, made from the same operations and frames as everything else.

``silkroad types`` prints them; ``web/wire/wire.ts`` is that text; a test fails when it is stale.
"""

from __future__ import annotations

from typing import Any, get_args

from msgspec import inspect

from silkroad.live.frames import FrameOperation, Hello, ServerFrame

from .errors import Problem
from .operations import Download, Operation

HEAD = """\
// Made by `silkroad types` from the server's operations and frames. Do not edit.
// Times are Unix milliseconds, UTC; ids are opaque strings.

"""


def types(
    operations: list[Operation],
    frames: list[FrameOperation],
    heard: list[type[ServerFrame]],
    named: dict[str, Any],
) -> str:
    """Return the whole file; ``named`` are the closed sets of words that clients call by a name."""
    writer = _Writer()
    for name, literal in named.items():
        writer.alias(name, literal)
    for operation in operations:
        for kind in (operation.query, operation.body, operation.result):
            if kind is not None and kind is not Download:
                writer.add(kind)
    writer.add(Problem)
    spoken = [Hello, *(frame.frame for frame in frames)]
    for kind in (*spoken, *heard):
        writer.add(kind)
    writer.union("ClientFrame", spoken)
    writer.union("ServerFrame", heard)
    return HEAD + "\n".join(writer.parts) + _operations(operations, writer)


class _Writer:
    """Collects each named type once, in the order in which it is met."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._known: set[str] = set()
        self._aliases: dict[tuple[Any, ...], str] = {}

    def alias(self, name: str, literal: Any) -> None:
        """Give a closed set of words its name."""
        values = get_args(literal)
        self.parts.append(f"export type {name} = {' | '.join(map(_quoted, values))};\n")
        self._aliases[tuple(sorted(values))] = name

    def add(self, kind: Any) -> str:
        return self.name(inspect.type_info(kind))

    def union(self, name: str, kinds: list[Any]) -> None:
        names = " | ".join(kind.__name__ for kind in kinds)
        self.parts.append(f"export type {name} = {names};\n")

    def name(self, info: inspect.Type) -> str:  # noqa: C901, PLR0911 - one case per kind of type
        match info:
            case inspect.Metadata():
                return self.name(info.type)
            case inspect.StructType():
                return self._struct(info)
            case inspect.UnionType():
                return " | ".join(dict.fromkeys(map(self.name, info.types)))
            case inspect.LiteralType():
                known = self._aliases.get(tuple(sorted(map(str, info.values))))
                return known or " | ".join(map(_quoted, info.values))
            case inspect.EnumType():
                return self._enum(info)
            case inspect.ListType() | inspect.SetType():
                inner = self.name(info.item_type)
                return f"({inner})[]" if " | " in inner else f"{inner}[]"
            case inspect.DictType():
                return f"{{ [key in {self.name(info.key_type)}]?: {self.name(info.value_type)} }}"
            case inspect.StrType() | inspect.BytesType():
                return "string"
            case inspect.IntType() | inspect.FloatType():
                return "number"
            case inspect.BoolType():
                return "boolean"
            case inspect.NoneType():
                return "null"
            case _:
                return "unknown"

    def _enum(self, info: inspect.EnumType) -> str:
        name = info.cls.__name__
        if name not in self._known:
            self._known.add(name)
            values = " | ".join(_quoted(member.value) for member in info.cls)
            doc = (info.cls.__doc__ or "").strip().split("\n")[0]
            self.parts.append(f"/** {doc} */\nexport type {name} = {values};\n")
        return name

    def _struct(self, info: inspect.StructType) -> str:
        name = info.cls.__name__
        if name in self._known:
            return name
        self._known.add(name)
        lines = [f"  {info.tag_field}: {_quoted(info.tag)};"] if info.tag_field else []
        # what the server sends is whole, unless it leaves out what equals its default
        leaves_out = info.cls.__struct_config__.omit_defaults and not info.forbid_unknown_fields
        may_lack = info.forbid_unknown_fields or leaves_out
        for field in info.fields:
            optional = "?" if may_lack and not field.required else ""
            kind = self.name(field.type)
            if leaves_out and field.default is None:
                kind = kind.removesuffix(" | null")
            lines.append(f"  {field.encode_name}{optional}: {kind};")
        body = "\n".join(lines)
        doc = (info.cls.__doc__ or "").strip().split("\n")[0]
        shape = f"{{\n{body}\n}}" if lines else "Record<string, never>"
        head = f"export interface {name} {shape}" if lines else f"export type {name} = {shape};"
        self.parts.append(f"/** {doc} */\n{head}\n")
        return name


def _quoted(tag: object) -> str:
    return f'"{tag}"'


def _operations(operations: list[Operation], writer: _Writer) -> str:
    """Return the table of operations: method, path, request and response of each."""
    lines = ["\n/** Every HTTP operation of the server. */", "export interface Operations {"]
    for operation in operations:
        query = writer.add(operation.query) if operation.query else "null"
        body = writer.add(operation.body) if operation.body else "null"
        body = "Blob" if operation.raw else body
        result = "Blob" if operation.result is Download else writer.add(operation.result)
        lines.append(
            f'  "{operation.name}": {{ method: "{operation.method}"; path: "{operation.path}"; '
            f"query: {query}; body: {body}; result: {result} }};"
        )
    return "\n".join([*lines, "}", ""])
