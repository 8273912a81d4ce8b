"""Words that occur nowhere else, so that one of them in the wrong place is a leak and no chance."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

_numbers = itertools.count(1)


@dataclass
class Words:
    """The words of one enterprise. ``shown`` ones are on its public face: anybody may read them."""

    secret: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def say(self, about: str) -> str:
        """Return a new word that only the enterprise itself may ever see."""
        word = _word(about)
        self.secret.add(word)
        return word

    def show(self, about: str) -> str:
        """Return a new word for the public face."""
        word = _word(about)
        self.shown.add(word)
        return word

    def keep(self, text: str) -> str:
        """Take up something that was not chosen here, such as a phone number."""
        self.secret.add(text.lstrip("+"))
        return text


def _word(about: str) -> str:
    return f"zq{next(_numbers):04}{about}qz"
