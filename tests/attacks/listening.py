"""What is heard while somebody tries the doors: on sockets, by push, in the log and on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from silkroad.parts import SERVER_FRAMES
from tests.clauses.verbs.sweep import files, hits
from tests.harness.people import Json, Line

from . import stored
from .enterprise import Enterprise, Street

MARK = "mark-of-our-own"
EVERYTHING = {str(kind.__struct_config__.tag) for kind in SERVER_FRAMES}
NEWS = EVERYTHING - {"presence"}  # who comes and goes is told at its own time

Heard = tuple[Literal["canary", "state"], str]


class Ears:
    """Open sockets, browsers, log and disk of both neighbours, and the rows of the other one."""

    def __init__(self, street: Street) -> None:
        self._street = street
        self._before = stored.rows_about(street.server, street.theirs.private)
        self._ours, self._theirs = everybody(street.ours), everybody(street.theirs)
        self._woken = self._wakes()

    def listen(self) -> Iterator[Heard]:
        """Yield what our people have heard of the neighbours by now."""
        for line in self._ours:
            heard = str(answers(line, {"t": "read", "conversation": "nothing", "seq": 0}))
            yield from (("canary", f"a socket told {word}") for word in self._words_in(heard))

    def finish(self) -> Iterator[Heard]:
        """Yield all that is to be seen at the end."""
        yield from self.listen()
        street, theirs = self._street, self._street.theirs
        for line in self._theirs:
            heard = answers(line, {"t": "read", "conversation": "nothing", "seq": 0})
            yield from (("state", f"they heard {frame}") for frame in heard if news(frame))
        for browser in (street.ours.browser, street.ours.phone):
            pushed = str([message.payload for message in browser.messages])
            yield from (("canary", f"a push told {word}") for word in self._words_in(pushed))
        if self._wakes() != self._woken:
            yield "state", "they were woken"
        after = stored.rows_about(street.server, theirs.private)
        yield from (("state", f"changed {row}") for row in stored.changes(self._before, after))
        for path, word in hits(
            files(street.server.data, street.server.errors), theirs.words.secret
        ):
            yield "canary", f"{path} holds {word}"

    def _words_in(self, text: str) -> list[str]:
        theirs = self._street.theirs
        return [word for word in theirs.private | theirs.words.shown if word in text]

    def _wakes(self) -> list[int]:
        theirs = self._street.theirs
        return [len(browser.messages) for browser in (theirs.browser, theirs.phone)]


def everybody(of: Enterprise) -> list[Line]:
    """Return an open socket of everybody who works or asks there."""
    return [of.admin.socket(), of.agent.socket(), of.visitor.line(), of.guest.line()]


def answers(line: Line, frame: Json, kinds: set[str] = NEWS) -> list[Json]:
    """Say a frame and return all that comes back, up to the answer to a mark behind it."""
    line.say(**frame)
    line.say(t="send", id=MARK, conversation="nothing", text="mark")
    heard: list[Json] = []
    while (back := line.hear(*kinds)).get("id") != MARK:
        heard.append({key: value for key, value in back.items() if value != frame.get("id")})
    return heard


def news(frame: Json) -> bool:
    """Whether a frame tells of something; the answer to our own question does not."""
    return bool(frame["t"] != "error")
