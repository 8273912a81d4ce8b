"""Accounts: a person with a mobile phone, how they sign in, and where they are signed in.

Clauses 1.2.1 (what sign-up needs), 3.1 (against unauthorised access), 3.3. An account belongs to
the installation; membership is the workspace's affair. Decisions 020 and 021.
"""

from .actions import (
    account_by_id,
    account_by_phone,
    admit,
    afford_message,
    current_session,
    end_sessions_at,
    forget_credentials,
    fresh_until,
    last_home,
    move_session,
    my_account,
    open_session,
    own_session,
    rotate_session,
    session_is_known,
    spend_try,
    start_sweeping,
    touch_session,
)
from .actions_credentials import (
    confirm_totp,
    give_password,
    remove_password,
    remove_totp,
    require_fresh,
    set_password,
)
from .codes import Challenge, CodePurpose
from .events import SessionEnded
from .jobs import job_actions
from .limits import Limit
from .model import Account, MyAccount
from .passwords import hashed, refuse_weak
from .privacy import DECLARATIONS
from .routes import operations
from .routes_proofs import (
    PasskeyAnswer,
    SignInByPassword,
    codes_work,
    knock,
    proved_by_passkey,
    proved_by_password,
    proved_phone,
    request_code,
    require_codes,
    send_soon,
)
from .scoped import of_the_installation
from .sessions import LONGEST, Opened, Session, browser

__all__ = [
    "DECLARATIONS",
    "LONGEST",
    "Account",
    "Challenge",
    "CodePurpose",
    "Limit",
    "MyAccount",
    "Opened",
    "PasskeyAnswer",
    "Session",
    "SessionEnded",
    "SignInByPassword",
    "account_by_id",
    "account_by_phone",
    "admit",
    "afford_message",
    "browser",
    "codes_work",
    "confirm_totp",
    "current_session",
    "end_sessions_at",
    "forget_credentials",
    "fresh_until",
    "give_password",
    "hashed",
    "job_actions",
    "knock",
    "last_home",
    "move_session",
    "my_account",
    "of_the_installation",
    "open_session",
    "operations",
    "own_session",
    "proved_by_passkey",
    "proved_by_password",
    "proved_phone",
    "refuse_weak",
    "remove_password",
    "remove_totp",
    "request_code",
    "require_codes",
    "require_fresh",
    "rotate_session",
    "send_soon",
    "session_is_known",
    "set_password",
    "spend_try",
    "start_sweeping",
    "touch_session",
]
