"""What there is, held against what is declared: the judge of every gate of clause P.1."""

from __future__ import annotations

from silkroad.kit.inventory import Column, Declarations

Schema = dict[str, dict[str, str]]
"""A thing's name (a table, a fact, a class) → its fields → the type that a database has for it."""

BYTES = "BLOB"
"""What may be sealed; fields beyond the tables have no type of their own."""

TELLING = ("index", "endpoint", "agent", "address", "phone", "email")
TELLING_WORDS = {"ip", "device", "visitor", "member", "account", "author", "uploader", "assignee"}


def wrong(live: Schema, declarations: Declarations) -> list[str]:
    """Say what is wrong between what there is and its declarations."""
    there = {(thing, field) for thing, fields in live.items() for field in fields}
    known = {(thing, field) for thing, fields in declarations.items() for field in fields}
    return [
        *(f"{thing}.{field}: nobody declares it" for thing, field in sorted(there - known)),
        *(f"{thing}.{field}: there is no such thing" for thing, field in sorted(known - there)),
        *(
            f"{thing}.{field}: {finding}"
            for thing, field in sorted(there & known)
            if (finding := doubt(field, live[thing][field], declarations[thing][field]))
        ),
    ]


def doubt(field: str, kind: str, declaration: Column) -> str:
    """Say what a declaration cannot mean, or leaves open. P.1, 1.2, D.4."""
    if declaration.sealed and kind != BYTES:
        return f"sealed, but kept as {kind}"
    telling = any(word in field for word in TELLING) or TELLING_WORDS & set(field.split("_"))
    if not declaration.personal:
        return "tells of a person" if telling else "" if declaration.reason else "nobody says why"
    said = {
        "purpose": declaration.purposes,
        "ground": declaration.basis,
        "period": declaration.retention,
        "source": declaration.sources,
    }
    return ", ".join(f"no {word}" for word, value in said.items() if not value)


def merged(modules: list[Declarations]) -> Declarations:
    """Return all modules' declarations as one; several may share a thing."""
    found: Declarations = {}
    for module in modules:
        for thing, fields in module.items():
            found.setdefault(thing, {}).update(fields)
    return found
