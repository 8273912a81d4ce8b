"""Accounts: a person with a mobile phone, how they sign in, and where they are signed in.

Clauses 1.2.1 (what sign-up needs), 3.1 (against unauthorised access), 3.3. An account belongs to
the installation; membership is the workspace's affair. Decisions 020 and 021.
"""

from .actions import (
    account_by_id,
    account_by_phone,
    admit,
    begin_password,
    finish_password,
    forget_credentials,
    my_account,
    start_sweeping,
)
from .actions_credentials import confirm_totp, remove_password, remove_totp, set_password
from .codes import CodePurpose
from .events import SessionEnded
from .jobs import handlers
from .limits import Limit, forgive, network, spend
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
from .sessions import (
    LONGEST,
    Opened,
    Session,
    current,
    end,
    end_at,
    last_home,
    move,
    open_session,
    require_fresh,
    rotate,
    touch,
)

__all__ = [
    "DECLARATIONS",
    "LONGEST",
    "Account",
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
    "begin_password",
    "codes_work",
    "confirm_totp",
    "current",
    "end",
    "end_at",
    "finish_password",
    "forget_credentials",
    "forgive",
    "handlers",
    "hashed",
    "knock",
    "last_home",
    "move",
    "my_account",
    "network",
    "of_the_installation",
    "open_session",
    "operations",
    "proved_by_passkey",
    "proved_by_password",
    "proved_phone",
    "refuse_weak",
    "remove_password",
    "remove_totp",
    "request_code",
    "require_codes",
    "require_fresh",
    "rotate",
    "send_soon",
    "set_password",
    "spend",
    "start_sweeping",
    "touch",
]
