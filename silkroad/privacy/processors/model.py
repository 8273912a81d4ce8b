"""What a third party is, what a company has agreed with one, and what everybody is told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.engines.outbound import Field, Recipient
from silkroad.engines.outbound.targets import read
from silkroad.kit.fields import END, MomentNumber
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.kit.regions import REGIONS

from .transfers import Transfer, TransferBasis

Kind = Literal["third_party", "own", "kept"]
"""``own``: the operator runs it, so it is no third party; ``kept``: what the installation itself
consists of lies there, at the operator's or at whoever is hired for it.
"""

Service = Literal["web_push", "root_key", "database", "files", "bus"]
"""What it is used for: the scenario, in the words of clause 2.0."""

Method = Literal["browser", "server", "sdk"]
"""How it gets the data: from browser and server, from this server alone, or built in."""

State = Literal["on", "off", "ended", "expired", "changed", "locked", "unrecorded"]
"""``changed``: switched on, but the registry says something else of it by now; ``locked``: switched
on, but an assessment of it left a high risk (8.6); ``unrecorded``: switched on, but nobody has
recorded why data may leave the company's region for it (2.1).
"""

ContractText = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=rf"^.*\S.*{END}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """Somebody outside the process who gets something, and everything that is to be known of it.

    A definition that lacks a cell of clause 2.0's table, or the link to the policy (1.8c), cannot
    be made: ValueError. ``countries`` are ISO 3166-1 codes; an own service stands where the
    installation does and has none. Where the installation's data is kept, settings name the host.
    ``terms`` is what usually counts as the contract. ``maker`` is the name by which people know it,
    such as that of their browser's; an own service has none. ``optional`` are the fields that it
    works without: a contract need not cover them (5.2). ``facts`` names all that is told of it, in
    no language: where that changes, nobody has agreed to it yet. Hosts are not in it: they are
    addresses of the same company.
    """

    name: str
    kind: Kind
    service: Service
    product: str
    company: str
    purpose: Purpose
    data: Mapping[DataClass, tuple[Field, ...]]
    method: Method
    region: str
    countries: tuple[str, ...]
    policy_url: str
    terms: str
    hosts: frozenset[str]
    maker: str = ""
    optional: frozenset[Field] = frozenset()
    facts: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", MappingProxyType(dict(self.data)))
        missing = [
            name
            for name in ("name", "product", "company", "data", "policy_url", "terms")
            if not getattr(self, name)
        ]
        missing += [kind for kind, fields in self.data.items() if not fields]
        if self.kind == "third_party":
            missing += [n for n in ("countries", "hosts", "maker") if not getattr(self, n)]
        if missing:
            raise ValueError(f"{self.name or self.product}: {', '.join(missing)} must be told")
        beginning = "https://" if self.kind == "third_party" else "/"
        if not self.policy_url.startswith(beginning) or self.region not in REGIONS:
            raise ValueError(f"{self.name}: its policy or its region is not one")
        object.__setattr__(self, "facts", self._facts())

    def _facts(self) -> str:
        told = [self.name, self.kind, self.service, self.product, self.company, self.maker]
        told += [self.purpose, self.method, self.region, self.policy_url, self.terms]
        told += [f"in {country}" for country in self.countries]
        told += [f"{kind} {name}" for kind, names in sorted(self.data.items()) for name in names]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

    @property
    def fields(self) -> tuple[Field, ...]:
        named = (field for fields in self.data.values() for field in fields)
        return tuple(dict.fromkeys(named))

    @property
    def required(self) -> frozenset[Field]:
        """Return what it has to get to do anything at all."""
        return frozenset(self.fields) - self.optional

    def agreed(self, facts: str | None, covered: Collection[Field]) -> bool:
        """Whether it is still what somebody switched on: by these facts, under such a contract."""
        return self.facts == facts and self.required <= set(covered)

    def recipient(self, vouched: Iterable[str] = ()) -> Recipient:
        """Return what the way out knows of it. ``vouched`` are the operator's own origins.

        Raises Blocked when one is not an address.
        """
        return Recipient(
            name=self.name,
            purpose=self.purpose,
            data=frozenset(self.data),
            fields=frozenset(self.fields),
            hosts=self.hosts,
            vouched=frozenset(read(origin).origin for origin in vouched),
            request_bytes=4096,
            response_bytes=16 * 1024,
            by_workspace=self.service == "web_push",
            region=self.region,
        )


class Engagement(NamedTuple):
    """That a company has switched a third party on, by which contract, and when it ended.

    Times in ms; ``contract_until`` is None for a contract without an end. ``facts`` names what the
    registry said of it then; None where nobody has noted that. ``covered`` is what the contract
    lets it have; nothing where nobody has noted that either.
    """

    id: str
    processor: str
    enabled_at: int
    enabled_by: str
    notice_hash: str
    facts: str | None
    contract: str
    contract_until: int | None
    ended_at: int | None
    covered: frozenset[Field]

    def state(self, now: int, entry: Processor) -> State:
        """Return how it stands at a time (ms), when this is what the registry says."""
        if self.contract_until is not None and self.contract_until <= now:
            return "expired"
        if self.ended_at is not None:
            return "ended"
        return "on" if entry.agreed(self.facts, self.covered) else "changed"


class Enabling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On what ground a company switches a third party on: what it was shown, and the contract.

    ``fields`` are what the contract covers; without them it covers all that the product needs.
    """

    notice_hash: Annotated[str, msgspec.Meta(max_length=64)]
    language: Language
    contract: ContractText
    contract_until: MomentNumber | None = None
    fields: Annotated[list[Field], msgspec.Meta(max_length=len(Field))] | None = None


class EnablingOne(Enabling, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same of one among several, by its name."""

    processor: Annotated[str, msgspec.Meta(max_length=64)]


class EnablingSeveral(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Several that are switched on together, each with its own notice and its own contract."""

    parties: Annotated[list[EnablingOne], msgspec.Meta(min_length=1, max_length=50)]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a third party gets, in words.

    ``needed``: it cannot work without; ``covered`` by the contract of the newest engagement. Where
    there was none, or nobody noted what it covers, all is: the next one begins with that.
    """

    field: Field
    told: str
    needed: bool
    covered: bool


class ThirdParty(msgspec.Struct, frozen=True, kw_only=True):
    """A third party as an administrator sees it: the hand-over notice, and where one stands.

    ``notice_hash`` names the notice in this language; ``abroad``: the data would leave the
    company's region, which it may only with a recorded ``transfer``. ``since`` and ``contract`` are
    those of the newest engagement, if there was one.
    """

    name: str
    kind: Kind
    product: str
    company: str
    purpose: str
    scenario: str
    data: list[Given]
    method: str
    place: str
    policy_url: str
    terms: str
    notice_hash: str
    abroad: bool
    state: State
    since: int | None
    contract: str | None
    contract_until: int | None
    ended_at: int | None
    transfer: Transfer | None


class ThirdParties(msgspec.Struct, frozen=True, kw_only=True):
    """All that a company decides about.

    ``region``: where its own data is at home; ``bases``: the grounds on which it may leave there.
    """

    items: list[ThirdParty]
    region: str
    bases: list[TransferBasis]


class Reader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language in which the notices are to be read."""

    language: Language = "en"
