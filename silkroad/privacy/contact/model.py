"""What a request is, whom it may be answered to, and how long that may take."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import msgspec

from silkroad.kit.clock import DAY, HOUR
from silkroad.kit.errors import invalid, refuse
from silkroad.kit.fields import EmailText, HashText, IdText, NameText, TokenText
from silkroad.kit.languages import Language
from silkroad.kit.phones import normalised
from silkroad.kit.working_days import ANSWERED_WITHIN, working_day
from silkroad.privacy.guardians import GuardianConsent, Relationship, Standing

RequestKind = Literal["question", "complaint", "access", "correction", "erasure", "guardian"]
RequestState = Literal["received", "identity_asked", "verified", "answered", "closed"]
IdentityCheck = Literal["code", "proof"]
"""What somebody is asked for: a code, sent to where their data says they are, or a sentence."""

Asked = Literal["code", "proof", "consent"]
"""What the person has to do: also the written consent of a child's guardian."""

VerifiedBy = Literal["session", "code", "proof", "consent"]
Right = Literal["take_back", "copy", "erase"]
"""What whoever has the link can do themselves, beside writing."""

Outcome = Literal["done", "not_verified", "withdrawn"]
Author = Literal["person", "team"]

KINDS: tuple[RequestKind, ...] = (
    "question",
    "complaint",
    "access",
    "correction",
    "erasure",
    "guardian",
)
ABOUT_DATA: frozenset[RequestKind] = frozenset({"access", "correction", "erasure", "guardian"})
"""What is answered only to somebody who was verified. Clause 9b."""

WAITING: frozenset[RequestState] = frozenset({"received", "identity_asked", "verified"})
"""The states in which an answer is owed, and the clock runs."""

WARN_ON_DAY = 12
CODE_LIFE = 7 * DAY
PROOF_LIFE = 7 * DAY
QUIET = 30 * DAY
KEPT_AFTER = 365 * DAY
VOUCHER_LIFE = HOUR
CODE_DIGITS = 6
CODE_TRIES = 5
MOST_MESSAGES = 50
MOST_SHOWN = 200
MOST_TEXT = 4_000

RequestText = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT, pattern=r"\S")]
ProofText = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000, pattern=r"\S")]
ReachText = Annotated[str, msgspec.Meta(min_length=1, max_length=254)]
VoucherText = Annotated[str, msgspec.Meta(min_length=1, max_length=160)]


class NewRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody writes. ``reach``: an e-mail address or a phone, if they give one.

    ``voucher`` comes from the chat that they are in, and shows whose request this is.
    """

    notice_hash: HashText
    language: Language
    kind: RequestKind
    text: RequestText
    reach: ReachText | None = None
    voucher: VoucherText | None = None


class RequestToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the # of the secret link."""

    token: TokenText


class RequestReply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something more from whoever has the link; from a guardian after reading the notice."""

    token: TokenText
    text: RequestText
    notice_hash: HashText = ""


class RequestProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code, or the sentence that was asked for, which is stored only if they ``agreed``.

    ``notice_hash`` names the text above the sentence: what it is for, and how long it is kept.
    """

    token: TokenText
    proof: ProofText
    agreed: bool = False
    notice_hash: HashText = ""


class CopyWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A copy of what is held, with its page in this language."""

    token: TokenText
    language: Language


class RequestErasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is held is to be erased, for good; ``sure`` is asked for once more."""

    token: TokenText
    sure: bool = False


class TeamCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A copy for whoever was verified, with its page in the request's language."""

    language: Language


class TeamErasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever was verified is to be erased, for good; ``sure`` is asked for once more."""

    sure: bool = False


class RequestConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A guardian's written consent, by the request that asks them for it.

    ``language``: in which they read what they agree to; that of the link where they do not say.
    ``notice_hash`` names that very text.
    """

    token: TokenText
    name: NameText
    relationship: Relationship
    evidence: ProofText
    language: Language | None = None
    notice_hash: HashText = ""


class RequestSent(msgspec.Struct, frozen=True, kw_only=True):
    """A request was taken; its link is shown this once."""

    reference: str
    url: str
    due_at: int


class RequestMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a request; ``member_id`` is of the one who answered, for colleagues only."""

    author: Author
    text: str
    at: int
    member_id: str | None = None


class PersonsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request as whoever has its link sees it. ``asked``: how they are to show who they are.

    ``guardian``: how it stands with the child whose guardian they are, who is perhaps ``of_age`` by
    now. ``rights``: what they can do themselves. ``erasure_at``: since when the person is being
    erased, and ``erased_at``: when nothing was left.
    """

    reference: str
    to: str
    kind: RequestKind
    state: RequestState
    asked: Asked | None
    proof_given: bool
    verified: bool
    guardian: Standing | None
    of_age: bool
    rights: list[Right]
    erasure_at: int | None
    erased_at: int | None
    outcome: Outcome | None
    received_at: int
    due_at: int
    messages: list[RequestMessage]


class RequestSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A request in the team's list, without a word of what it says."""

    id: str
    reference: str
    kind: RequestKind
    state: RequestState
    verified_by: VerifiedBy | None
    proof_given: bool
    received_at: int
    due_at: int
    warned: bool
    breached: bool
    closed_at: int | None


class RequestDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A request that was opened. ``needs_identity``: it may not be answered yet.

    ``guardian``: how it stands with the child that it is about; with consent it stays open.
    ``masked``: a proof, or a guardian's words, which are shown when they are asked for.
    ``may_bind``: whether it is for the team to say whose data it is about. ``rights``: what can be
    done for whoever was verified, who is being erased since ``erasure_at``, and of whom nothing was
    left at ``erased_at``.
    """

    request: RequestSummary
    language: Language
    asked: Asked | None
    needs_identity: bool
    masked: bool
    guardian: Standing | None
    may_bind: bool
    rights: list[Right]
    erasure_at: int | None
    erased_at: int | None
    reach: str | None
    visitor_id: str | None
    outcome: Outcome | None
    messages: list[RequestMessage]


class RequestSubject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data a request is about, where no chat of theirs tells it.

    ``sure`` is asked for: it opens somebody's data to whoever has the request's link.
    """

    visitor_id: IdText
    sure: bool = False


class RequestUnmasked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody shows who they are with: a sentence of their own, or a guardian's consent."""

    proof: str | None
    consent: GuardianConsent | None


class IdentityAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for; the code is shown this once, to be sent to where the data says."""

    detail: RequestDetail
    code: str | None


class RequestList(msgspec.Struct, frozen=True):
    """The requests that wait first, or the closed ones, the newest first."""

    items: list[RequestSummary]


class RequestQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether to show what is closed instead."""

    closed: bool = False


class IdentityQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How somebody is to show who they are."""

    check: IdentityCheck


class IdentityDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a proof is good enough."""

    accepted: bool


class RequestAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The team's answer."""

    text: RequestText


class RequestClosing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of it in the end."""

    outcome: Outcome


class Place(NamedTuple):
    """Where the request of a link is."""

    workspace_id: str
    request_id: str


class Deadlines(NamedTuple):
    """When to warn, and until when to answer (ms)."""

    warn_at: int
    due_at: int


def deadlines(received_at: int) -> Deadlines:
    """Return the times: when the 12th working day begins, and the last moment that is in time."""
    last = working_day(received_at, ANSWERED_WITHIN)
    return Deadlines(working_day(received_at, WARN_ON_DAY), last + DAY - 1)


def reference(request_id: str) -> str:
    """Return what people call a request by, such as ``K7QF-3M2P``; it opens nothing."""
    tail = request_id[-8:].upper()
    return f"{tail[:4]}-{tail[4:]}"


def checked_reach(reach: str | None) -> str | None:
    """Return an e-mail address as it is, a phone in one form. Raises Refusal ``invalid``."""
    if reach is None or not reach.strip():
        return None
    typed = reach.strip()
    if "@" not in typed:
        return normalised(typed, "$.reach", mobile=False)
    try:
        return msgspec.convert(typed, EmailText)
    except msgspec.ValidationError as wrong:
        raise invalid("$.reach", "This is not an e-mail address.") from wrong


def needs_identity(kind: RequestKind, *, verified: bool) -> bool:
    return kind in ABOUT_DATA and not verified


def check_answerable(kind: RequestKind, state: RequestState, *, verified: bool) -> None:
    """Let an answer pass. Raises Refusal ``wrong_step``, ``not_verified``. Clause 9b."""
    if state == "closed":
        raise refuse("wrong_step")
    if needs_identity(kind, verified=verified):
        raise refuse("not_verified")
