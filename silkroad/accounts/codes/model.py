"""What a one-time code is, and how many there may be."""

from __future__ import annotations

from typing import Literal, NamedTuple

from silkroad.accounts.limits import Limit
from silkroad.kit.clock import DAY, HOUR, MINUTE

CodePurpose = Literal["sign_up", "sign_in", "accept_invitation"]

LIFE = 10 * MINUTE
RESEND_AFTER = MINUTE
TRIES = 5
DIGITS = 6

PER_PHONE = Limit("code.phone", 5, HOUR)
PER_ADDRESS = Limit("code.address", 20, HOUR)
RESEND = Limit("code.resend", 1, RESEND_AFTER)
PER_WORKSPACE = Limit("code.workspace", 200, DAY)
PER_INSTALLATION = Limit("code.installation", 2_000, DAY)


class Challenge(NamedTuple):
    """A code that was made. ``deliver`` says whether it is to be sent; ``code`` never is stored."""

    id: str
    code: str
    deliver: bool
    expires_at: int
    resend_at: int
