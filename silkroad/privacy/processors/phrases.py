"""The authored words about third parties: one file for each language, a phrase for each key.

Words only: who gets what and where is never written here, but in the registry.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from silkroad.engines.outbound import Field
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import LANGUAGES, Language

from .model import Kind, Method, Service

HERE = Path(__file__).parent / "words"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is said of third parties in one language.

    ``operator`` stands for the company that runs an own service, ``keeper`` for whoever keeps the
    installation's own data and has {controller}, ``policy`` for the contract with it, ``home`` for
    the place where the installation stands, ``there`` for that of its own data; ``elsewhere`` has
    {countries}.
    """

    separator: str
    operator: str
    keeper: str
    policy: str
    home: str
    there: str
    elsewhere: str
    kinds: dict[Kind, str]
    purposes: dict[Purpose, str]
    scenarios: dict[Service, str]
    methods: dict[Method, str]
    fields: dict[Field, str]
    countries: dict[str, str]


WORDS: dict[Language, Words] = {
    language: msgspec.json.decode((HERE / f"{language}.json").read_bytes(), type=Words)
    for language in LANGUAGES
}
