"""What a consent is: its record in the words of the wire, and the rules that decide about it.

The shape follows ISO/IEC TS 27560:2023; the state's words are those of the Data Privacy Vocabulary.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal, NamedTuple, get_args

import msgspec

from silkroad.kit.clock import DAY, MINUTE
from silkroad.kit.fields import HashText
from silkroad.kit.inventory import CONSENT_NEEDS, CONVERSATION, ConsentNeed, DataClass, Purpose
from silkroad.kit.languages import Language
from silkroad.privacy.processors import facts_behind

from .details import details_of

SCHEMA = "ISO/IEC TS 27560:2023"
LIFE = 730 * DAY
"""How long a consent lives before the person is asked again."""

GRANT_LIFE = MINUTE

ConsentPurpose = Literal["wake_up", "microphone", "camera", "recording", "statistics"]
Recorded = Literal["wake_up", "microphone", "camera", "recording", "statistics", "conversation"]
"""What the ledger knows. ``conversation``: that a child may write, which a guardian agrees to."""

MediaDevice = Literal["microphone", "camera"]
SubjectKind = Literal["member", "visitor"]
Event = Literal["requested", "superseded", "given", "refused", "withdrawn", "expired"]
State = Literal["unanswered", "requested", "given", "refused", "withdrawn", "expired"]
Method = Literal["console", "widget", "push_window", "guardian", "clock", "policy"]
"""Where the answer was given: in the settings, in the chat, in the window that asks the browser, or
by a child's guardian behind their link.

What nobody pressed is due to the clock, or to a change of the policy.
"""

EVENTS: tuple[Event, ...] = get_args(Event)
RecipientText = Annotated[str, msgspec.Meta(max_length=200)]


class Subject(NamedTuple):
    """Whose consent it is: a member or a visitor of the transaction's workspace."""

    kind: SubjectKind
    id: str


class Agreed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody pressed yes, and which question they were shown, in which language."""

    notice_hash: HashText
    language: Language


class ConsentAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to one purpose. ``requested``: the question is on the screen, unanswered yet.

    ``recipient`` is needed where something goes to somebody outside.
    """

    purpose: ConsentPurpose
    answer: Literal["refused", "given", "requested"]
    notice_hash: HashText
    language: Language
    recipient: RecipientText = ""


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is agreed to no more, whoever received something because of it."""

    purpose: ConsentPurpose


class ConsentQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language to read it in; without one, the language of the browser."""

    language: Annotated[str, msgspec.Meta(max_length=35)] = ""


class ConsentNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The question as it is shown: short, and complete. ``hash`` names this very text."""

    hash: str
    language: Language
    title: str
    why: str
    data: str
    recipients: str
    kept: str
    withdrawal: str

    @property
    def text(self) -> str:
        """What is kept of a question that somebody answered: a paragraph in each line."""
        told = self.title, self.why, self.data, self.recipients, self.kept, self.withdrawal
        return "\n".join(told)


class ConsentItem(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose, and how the person stands to it. Only ``given`` is a yes.

    ``recipients`` are those who were named in a consent that lives; ``in_use`` is false for what no
    feature of this version asks for.
    """

    purpose: ConsentPurpose
    state: State
    since: int | None
    expires_at: int | None
    recipients: list[str]
    in_use: bool
    notice: ConsentNotice


class AcceptedNotice(msgspec.Struct, frozen=True):
    """A privacy policy that somebody had before them when they came."""

    hash: str
    language: Language
    at: int


class ConsentList(msgspec.Struct, frozen=True):
    """All purposes that rest on consent, and the policies that were accepted, the newest first."""

    items: list[ConsentItem]
    accepted: list[AcceptedNotice]


class ConsentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the ledger. It holds no word that a person wrote.

    Where a guardian answered for a child, ``relationship`` says who they are to it, and
    ``evidence`` names the request that holds what they wrote.
    """

    record_id: str
    schema_version: str
    event: Event
    at: int
    subject_kind: SubjectKind
    subject_id: str
    purpose: Recorded
    data: list[str]
    controller: str
    recipient: str
    notice_hash: str
    language: Language
    retention: str
    retention_days: int | None
    jurisdiction: str
    method: Method
    withdrawal: str
    expires_at: int | None
    relationship: str = ""
    evidence: str = ""


class MediaGrant(msgspec.Struct, frozen=True):
    """Leave to use a device until ``ends_at``, unless the consent is taken back before."""

    id: str
    device: MediaDevice
    granted_at: int
    ends_at: int


class MediaGrants(msgspec.Struct, frozen=True):
    """The newest grants, ended ones as well."""

    items: list[MediaGrant]


class ReceiptText(msgspec.Struct, frozen=True):
    """A text that records name by its hash, as it was read: a paragraph in each line."""

    hash: str
    language: Language
    text: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a person keeps of their answers: the records, and the same in their own language.

    ``texts`` are what the records name by a hash, in the words that were shown.
    """

    schema_version: str
    issued_at: int
    language: Language
    records: list[ConsentRecord]
    texts: list[ReceiptText]
    text: str


class Standing(NamedTuple):
    """The newest answer of somebody to one purpose and recipient."""

    purpose: Recorded
    recipient: str
    event: Event
    record_id: str
    terms: str
    notice_hash: str
    at: int
    expires_at: int | None

    def lives(self, now: int) -> bool:
        """Whether it is a yes: given, in time, and to what the purpose still means."""
        in_time = self.expires_at is not None and now < self.expires_at
        meant = terms_of(self.purpose, self.recipient)
        return self.event == "given" and in_time and self.terms == meant


def terms_of(purpose: Recorded, recipient: str = "") -> str:
    """Return what names the facts of a purpose: when one of them changes, people are asked again.

    Each detail that rests on it is one. Where something goes outside, what is told of that
    recipient is among them; without one, what is told of all. Another wording of the question
    changes its hash and not this.
    """
    need = need_of(purpose)
    facts = [purpose, *sorted(need.data), need.retention.name, str(need.retention.days)]
    outside = facts_behind(recipient) if need.outside else []
    return digest([*facts, *details_of(purpose), str(need.outside), *outside])


_CHAT = ConsentNeed(frozenset({DataClass.MESSAGE, DataClass.FILE}), CONVERSATION, in_use=True)


def need_of(purpose: Recorded) -> ConsentNeed:
    """Return what a purpose asks of whoever agrees to it."""
    return _CHAT if purpose == "conversation" else CONSENT_NEEDS[Purpose(purpose)]


def digest(parts: list[str]) -> str:
    """Return 128 bits that name these texts, in hexadecimal."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def state_of(standings: list[Standing], now: int) -> State:
    """Return how somebody stands to one purpose, over all its recipients."""
    if any(standing.lives(now) for standing in standings):
        return "given"
    newest = max(standings, key=lambda s: s.at, default=None)
    match newest.event if newest else None:
        case None:
            return "unanswered"
        case "given" | "superseded":  # a yes that has run out, or to other facts
            return "expired"
        case event:
            return event
