"""Setting up in the terminal: the same questions as on the set-up page, and the same action.

The administrator gets a password here, because there is no browser to stay signed in.
"""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import msgspec

from silkroad import accounts, installation
from silkroad.engines.database import Transaction
from silkroad.http import House
from silkroad.installation import Controller
from silkroad.kit.errors import Refusal
from silkroad.kit.fields import CompanyText, EmailText, NameText
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.phones import normalised
from silkroad.kit.scope import system

from . import actions_entry
from .actions_entry import Browser, Founding

T = TypeVar("T")


class Answers(NamedTuple):
    """What the operator has typed."""

    controller: Controller
    founding: Founding
    password_hash: str


async def set_up_in_terminal(house: House) -> None:
    """Ask for what the set-up page asks, and set the installation up."""
    if house.set_up:
        raise SystemExit("silkroad: this installation is set up already.")
    answers = await asyncio.to_thread(_ask, house.settings.region)
    await house.db.write(system(purpose=Purpose.REGISTRATION), _set_up, answers)
    house.set_up = True
    sys.stdout.write(f"Done. Start `silkroad serve` and sign in at {house.settings.origin}\n")


def _set_up(tx: Transaction, answers: Answers) -> None:
    token = installation.new_link(tx, "setup")
    nowhere = Browser("", "")
    actions_entry.set_up(
        tx, token, answers.controller, answers.founding, nowhere, answers.password_hash
    )


def _ask(here: str) -> Answers:
    """Ask; ``here`` is the region in which the installation stands, if it says so."""
    regions = ", ".join(installation.offered_regions(here))
    controller = Controller(
        name=_until("Who runs this installation (company or person)", _text(CompanyText)),
        contact_email=_until("E-mail for complaints and questions", _text(EmailText)),
        contact_phone=None,
        address=None,
    )
    company = _until("Name of the first company on it", _text(CompanyText))
    region = _until(
        f"Region of its data ({regions})", lambda typed: installation.checked_region(typed, here)
    )
    name = _until("Name of its administrator", _text(NameText))
    phone = _until("The administrator's mobile phone, with country code", normalised)
    language = _until(f"The administrator's language ({', '.join(LANGUAGES)})", _language)
    password = _until("A password for the administrator", _password(phone, name), hidden=True)
    founding = Founding(company, region, name, phone, language)
    return Answers(controller, founding, accounts.hashed(password))


def _until(question: str, check: Callable[[str], T], *, hidden: bool = False) -> T:
    """Ask until the answer is right."""
    read = getpass.getpass if hidden and sys.stdin.isatty() else input
    while True:
        try:
            return check(read(f"{question}: ").strip())
        except Refusal as no:
            why = no.fields[0].detail if no.fields else no.detail
        except msgspec.ValidationError as wrong:
            why = str(wrong)
        sys.stdout.write(f"  {why}\n")


def _text(kind: object) -> Callable[[str], str]:
    def check(typed: str) -> str:
        text: str = msgspec.convert(typed, kind)
        return text

    return check


def _language(typed: str) -> Language:
    return msgspec.convert(typed, Language)  # type: ignore[no-any-return]  # msgspec cannot type a Literal


def _password(phone: str, name: str) -> Callable[[str], str]:
    def check(typed: str) -> str:
        accounts.refuse_weak(typed, about=(phone, name))
        return typed

    return check
