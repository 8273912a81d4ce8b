"""The world of the push tests: a server, a push service, and the time that both live in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from silkroad.kit.clock import SystemClock
from tests.cast import SITE, Member, Shop, VisitorOf, open_shop, set_up, yes_to
from tests.fakes.push_service import Browser, Message, PushService
from tests.harness.engines import SQLITE, Engine
from tests.harness.people import Json, Person
from tests.harness.server import Server

SETTLED = 3.1  # seconds: a little more than the product waits before it judges who is away
MOST_STEPS = 12


class Time:
    """The machine's time, some way ahead, for the push service."""

    def __init__(self) -> None:
        self.ahead = 0

    def now(self) -> int:
        return SystemClock().now() + self.ahead


@dataclass
class World:
    """Everything outside the shops."""

    server: Server
    service: PushService
    time: Time
    first: Member | None = None
    _asked: int = field(default=0, init=False)

    def let_pass(self, seconds: float) -> None:
        self.server.let_pass(round(seconds * 1000))
        self.time.ahead += round(seconds * 1000)

    def wakes(self, browser: Browser, count: int = 1, *, by: float = SETTLED) -> list[Message]:
        """Let time pass, ``by`` so many seconds, until the browser was woken so often.

        Returns all its messages.
        """
        for step in range(MOST_STEPS):
            if len(browser.messages) >= count:
                break
            self.let_pass(by)
            with self.service.changed:
                patience = min(0.15 * 2**step, 1.5)
                self.service.changed.wait_for(lambda: len(browser.messages) >= count, patience)
        assert len(browser.messages) >= count, f"{len(browser.messages)} of {count} messages came"
        return list(browser.messages)

    def wakes_nobody(self, *browsers: Browser) -> None:
        """Let everything that is due be judged, and see that these were left in peace.

        Somebody else, who is always away, is asked and woken twice: the worker takes up what is
        due in order, so by then it is done with all that was asked before.
        """
        lookout = self._lookout
        before = [len(browser.messages) for browser in browsers]
        for _ in range(2):
            self._asked += 1
            self._elsewhere.asks(f"Anybody there? {self._asked}")
            self.wakes(lookout, self._asked)
        assert [len(browser.messages) for browser in browsers] == before

    def device(self, member: Member) -> Browser:
        """Let a member turn push on in a new browser."""
        browser = self.service.subscribe(member.get("/api/me")["vapid_public_key"])
        wake_on(member, browser)
        return browser

    def visitors_device(self, visitor: VisitorOf, page: str | None = f"{SITE}/tea") -> Browser:
        """Let a visitor ask to be woken by the answer, as the frame and its push window do it."""
        browser = self.service.subscribe(visitor.get(visitor.path())["push_key"])
        token = visitor.post(visitor.path("/handover"))["token"]
        subscribe(window_of(visitor), token, browser, page)
        return browser

    @cached_property
    def _elsewhere(self) -> Shop:
        return open_shop(self.server, "Lighthouse")

    @cached_property
    def _lookout(self) -> Browser:
        return self.device(self._elsewhere.arta)


def a_world(data: Path, on: Engine = SQLITE) -> Iterator[World]:
    """Yield a world whose operator vouches for its push service."""
    time = Time()
    with PushService(time) as service:
        server = Server(data, on=on, private_targets=service.origin)
        try:
            first = set_up(server)
            yield World(server, service, time, first)
        finally:
            stopped = server.stop() if server.process.poll() is None else 0
        assert stopped == 0


def window_of(visitor: VisitorOf) -> VisitorOf:
    """Return the push window of a visitor: the same browser, without the frame's cookie."""
    window = VisitorOf(visitor.server, visitor.name)
    window.inbox_id = visitor.inbox_id
    return window


def wake_on(member: Person, browser: Browser) -> Json:
    """Let a member agree to be woken on a browser."""
    return member.put("/api/me/devices", {**browser.subscription, "consent": yes_to(member)})


def subscribe(window: VisitorOf, token: str, browser: Browser, page: str | None) -> Json:
    body = {"token": token, "subscription": browser.subscription, "page": page}
    body["consent"] = yes_to(window)
    return window.put(window.path("/push"), body)
