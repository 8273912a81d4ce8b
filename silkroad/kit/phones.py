"""Phone numbers in one form: E.164, such as +8613800138000. Clause 1.2.1."""

from __future__ import annotations

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from .errors import invalid

_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_SHOWN = 2


def normalised(text: str, path: str = "$.phone", *, mobile: bool = True) -> str:
    """Return a number as E.164. Raises Refusal ``invalid`` for the field at ``path``.

    It must carry its country code, after + or 00; no country is guessed. A fixed line is taken
    only where no code is ever sent to it (``mobile`` is false).
    """
    typed = text.strip()
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException as wrong:
        raise invalid(path, "Write the number with its country code: +86 138 0013 8000.") from wrong
    if not phonenumbers.is_valid_number(number):
        raise invalid(path, "This is not a phone number that exists.")
    if mobile and phonenumbers.number_type(number) not in _MOBILE:
        raise invalid(path, "A mobile number is needed, because it receives codes.")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def hint(phone: str) -> str:
    """Return what its owner recognises and a stranger cannot dial: the last two digits."""
    return f"••• {phone[-_SHOWN:]}"
