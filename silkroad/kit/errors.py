"""Every way in which Silkroad says no, in one table.

``raise refuse("last_admin")`` anywhere below the surface; ``http.errors`` turns it into a
problem document (RFC 9457) or an error frame, with the status that its kind has there.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What sort of no it is."""

    MALFORMED = auto()
    UNAUTHENTICATED = auto()
    FORBIDDEN = auto()
    MISSING = auto()
    NOT_ALLOWED = auto()
    CONFLICT = auto()
    GONE = auto()
    TOO_LARGE = auto()
    UNSUPPORTED = auto()
    INVALID = auto()
    NOTICE_FIRST = auto()
    THROTTLED = auto()
    BROKEN = auto()
    UNAVAILABLE = auto()
    NO_ROOM = auto()


class FieldError(NamedTuple):
    """What is wrong with one field: where (``$.a.b``), a code, and a sentence."""

    path: str
    code: str
    detail: str


CODES: dict[str, tuple[Kind, str]] = {
    # what was sent
    "malformed": (Kind.MALFORMED, "This is not JSON that can be read."),
    "invalid": (Kind.INVALID, "Some fields are not right."),
    "too_large": (Kind.TOO_LARGE, "This is larger than is taken here."),
    "unsupported_media": (Kind.UNSUPPORTED, "This kind of content is not taken."),
    "unknown_frame": (Kind.MALFORMED, "This is not a frame that the server knows."),
    # who sent it
    "signed_out": (Kind.UNAUTHENTICATED, "Sign in first."),
    "wrong_credentials": (Kind.UNAUTHENTICATED, "The phone number, password or code is not right."),
    "totp_required": (Kind.UNAUTHENTICATED, "Add the six-digit code of your authenticator."),
    "fresh_sign_in_required": (Kind.UNAUTHENTICATED, "Sign in again to change how you sign in."),
    "wrong_code": (Kind.UNAUTHENTICATED, "This code is not right."),
    "code_expired": (Kind.GONE, "This code has expired or was used. Ask for a new one."),
    "ticket_expired": (Kind.UNAUTHENTICATED, "This ticket has expired or was used."),
    "forbidden": (Kind.FORBIDDEN, "Your role does not include this."),
    "wrong_origin": (Kind.FORBIDDEN, "Requests from this site are not taken."),
    "revoked": (Kind.FORBIDDEN, "Your access has ended."),
    # what was asked for
    "not_found": (Kind.MISSING, "There is nothing here, or not for you."),
    "method_not_allowed": (Kind.NOT_ALLOWED, "This address does not take that method."),
    "no_workspace": (Kind.MISSING, "This phone number does not belong to a workspace yet."),
    "already_exists": (Kind.CONFLICT, "This exists already."),
    "last_admin": (Kind.CONFLICT, "A workspace keeps at least one administrator."),
    "already_member": (Kind.CONFLICT, "This person is a member already."),
    "last_credential": (Kind.CONFLICT, "Keep at least one way to sign in."),
    "invitation_used": (Kind.GONE, "This invitation was used, withdrawn or has expired."),
    "wrong_addressee": (Kind.FORBIDDEN, "This invitation is for another phone number."),
    "link_used": (Kind.GONE, "This link was used or has expired."),
    "client_id_reused": (Kind.CONFLICT, "This client id was used for another message."),
    "erased": (Kind.GONE, "This was erased."),
    "archived": (Kind.GONE, "This inbox was archived."),
    # first things first
    "setup_required": (Kind.UNAVAILABLE, "This installation is not set up yet."),
    "already_set_up": (Kind.CONFLICT, "This installation is set up already."),
    "notice_required": (Kind.NOTICE_FIRST, "Show the current notice first."),
    "changes_unread": (
        Kind.NOTICE_FIRST,
        "Show first what is new in the privacy policy: this was not part of it before.",
    ),
    "consent_required": (Kind.FORBIDDEN, "This needs your consent first; everything else works."),
    "sms_not_configured": (Kind.UNAVAILABLE, "No SMS vendor is connected, so no code can be sent."),
    "transfer_required": (
        Kind.CONFLICT,
        "This would leave the company's region. Record first why it may.",
    ),
    "attestation_required": (
        Kind.INVALID,
        "Say on which ground you enter other people's details, and confirm the current text.",
    ),
    "grant_required": (Kind.FORBIDDEN, "The company has not let this site send such details."),
    "exception_off": (Kind.FORBIDDEN, "This exception cannot be used on this installation."),
    "exception_required": (
        Kind.FORBIDDEN,
        "This needs an exception for research that is in force.",
    ),
    "too_few_people": (
        Kind.CONFLICT,
        "Too few people wrote in that month for figures in which nobody can be found.",
    ),
    "figures_destroyed": (
        Kind.GONE,
        "These figures were destroyed: somebody who wrote in that month was erased.",
    ),
    "exception_over": (Kind.GONE, "This exception was ended or has expired."),
    "own_proposal": (Kind.FORBIDDEN, "Somebody else has to approve what you asked for."),
    "publication_off": (Kind.FORBIDDEN, "Conversations cannot be published here."),
    "push_off": (Kind.CONFLICT, "Push is off for this workspace."),
    "feature_locked": (
        Kind.FORBIDDEN,
        "This is locked: an assessment found that the risk for people is too high.",
    ),
    # requests to the privacy contact
    "birth_date_required": (Kind.FORBIDDEN, "Say on which day you were born first."),
    "guardian_required": (Kind.FORBIDDEN, "A parent or guardian has to agree first."),
    "not_approved": (Kind.CONFLICT, "This has not been approved."),
    "not_sure": (Kind.CONFLICT, "Say that you are sure: it cannot be undone."),
    "not_verified": (Kind.CONFLICT, "First make sure who this is: it is about personal data."),
    "wrong_step": (Kind.CONFLICT, "This request is at another step by now. Look at it again."),
    # limits
    "throttled": (Kind.THROTTLED, "Too many tries. Wait a little."),
    "spend_cap": (Kind.THROTTLED, "This workspace has used its messages for today."),
    "too_many": (Kind.CONFLICT, "There are too many of these already."),
    # the machine
    "storage_full": (
        Kind.NO_ROOM,
        "The server's disk is full. Nothing was stored; try again later.",
    ),
    "storage_failed": (Kind.UNAVAILABLE, "The server could not store this. Try again."),
    "stopping": (Kind.UNAVAILABLE, "The server is restarting. Try again in a moment."),
    "unavailable": (Kind.UNAVAILABLE, "This service does not answer now. Try again later."),
    "internal": (Kind.BROKEN, "Something broke on our side. Nothing was stored."),
}


class Refusal(Exception):
    """A no with a code from the table. ``retry_after`` is in seconds."""

    def __init__(
        self,
        code: str,
        detail: str | None = None,
        *,
        fields: tuple[FieldError, ...] = (),
        retry_after: int | None = None,
    ) -> None:
        kind, sentence = CODES[code]
        super().__init__(code)
        self.code = code
        self.kind = kind
        self.detail = detail or sentence
        self.fields = fields
        self.retry_after = retry_after


def refuse(code: str, detail: str | None = None, *, retry_after: int | None = None) -> Refusal:
    """Return the refusal with this code, to be raised."""
    return Refusal(code, detail, retry_after=retry_after)


def invalid(path: str, detail: str, code: str = "invalid") -> Refusal:
    """Return the refusal for one wrong field, to be raised."""
    return Refusal("invalid", fields=(FieldError(path, code, detail),))


class unless_erased:  # noqa: N801 - it is read as a phrase, in a `with`
    """Do the body as far as it goes: what belongs to somebody who is being erased is left out."""

    def __enter__(self) -> None:
        """Begin, whatever is to come."""

    def __exit__(self, _kind: object, failure: object, _trace: object) -> bool:
        return isinstance(failure, Refusal) and failure.code == "erased"
