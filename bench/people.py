"""A company with agents and visitors, made through the public HTTP API as they themselves would.

Every agent has an inbox of their own, so that each visitor's message is for one agent: the job of
the floor. All are of one company, so the server has to choose among all of its agents each time.
"""

import http.client
from typing import Any

import msgspec

from bench.job import Sender

DESK: dict[str, Any] = {
    "name": "Desk",
    "color": "#0a7a5c",
    "greeting": {},
    "languages": ["en"],
    "allowed_origins": [],
    "office_hours": None,
    "member_ids": [],
}
"""An inbox, as one is made."""


class Line:
    """One kept-alive connection that all browsers share, like a proxy in front of the server."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(
        self, method: str, path: str, body: Any, address: str, cookies: dict[str, str]
    ) -> tuple[Any, dict[str, str]]:
        headers = {
            "Origin": self.origin,
            "X-Silkroad": "1",
            "X-Forwarded-For": address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/json",
        }
        content = None if method == "GET" else msgspec.json.encode(body)
        self.connection.request(method, path, content, headers)
        with self.connection.getresponse() as answer:
            found = answer.read()
            if answer.status >= 300:
                raise RuntimeError(f"{method} {path}: {answer.status} {found.decode()}")
            given = [
                cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", [])
            ]
        return msgspec.json.decode(found), dict(pair.split("=", 1) for pair in given)

    def hang_up(self) -> None:
        """The server closes a silent connection after a while; the next request opens another."""
        self.connection.close()


class Browser:
    """One person's browser, with an address of its own and the cookies that it was given."""

    def __init__(self, line: Line, number: int) -> None:
        self.line = line
        self.address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **body: Any) -> Any:
        answer, given = self.line.ask(method, path, body, self.address, self.cookies)
        self.cookies |= given
        return answer

    def hello(self, path: str) -> str:
        """Fetch a ticket there, and return the frame that opens a socket with it."""
        ticket = self.ask("POST", path)["ticket"]
        return msgspec.json.encode({"t": "hello", "ticket": ticket}).decode()


class Desk:
    """An inbox, the agent who works in it, and the visitor who writes to it."""

    def __init__(self, inbox_id: str, agent: Browser, visitor: Browser) -> None:
        self.inbox_id = inbox_id
        self.agent = agent
        self.visitor = visitor
        come_in(visitor, inbox_id)
        first = visitor.ask(
            "POST",
            f"/api/widget/{inbox_id}/messages",
            client_id="good-morning",
            text="Good morning",
        )
        self.conversation_id: str = first["conversation_id"]

    def sender(self, *, fails: bool) -> Sender:
        hello = self.visitor.hello(f"/api/widget/{self.inbox_id}/ticket")
        return Sender(hello, self.conversation_id, fails)

    def receiver(self) -> str:
        return self.agent.hello("/api/live/ticket")


class Company:
    """The enterprise of one measured server; it grows as the measurement asks for people."""

    def __init__(self, port: int, setup_token: str) -> None:
        self.line = Line(port)
        self.born = 0
        self.desks: list[Desk] = []
        self.admin = self.browser()
        self.admin.ask(
            "POST",
            "/api/setup",
            token=setup_token,
            controller={
                "name": "Bench Ltd",
                "contact_email": "privacy@bench.example",
                "contact_phone": None,
                "address": None,
            },
            company_name="Bench Ltd",
            region="eu",
            administrator_name="Ada",
            administrator_phone=phone(0),
            language="en",
        )

    def browser(self) -> Browser:
        self.born += 1
        return Browser(self.line, self.born)

    def desk(self, number: int) -> Desk:
        while len(self.desks) <= number:
            self.desks.append(self.open_desk(len(self.desks) + 1))
        return self.desks[number]

    def open_desk(self, number: int) -> Desk:
        inbox_id = self.admin.ask(
            "POST",
            "/api/inboxes",
            **DESK | {"name": f"Desk {number}"},
        )["id"]
        attested = self.admin.ask("GET", "/api/imports/attestation")
        invitation = self.admin.ask(
            "POST",
            "/api/invitations",
            name=f"Agent {number}",
            phone=phone(number),
            role="agent",
            inbox_ids=[inbox_id],
            attestation={"basis": "contract", "notice_hash": attested["hash"]},
        )
        agent = self.browser()
        agent.ask(
            "POST",
            "/api/invitations/accept",
            token=invitation["url"].rpartition("#")[2],
            name=f"Agent {number}",
            phone=phone(number),
            language="en",
            notice_hash=agent.ask("GET", "/api/policy?language=en")["hash"],
        )
        return Desk(inbox_id, agent, self.browser())

    def passer_by(self) -> str:
        """Let one more visitor in, who only keeps the window open."""
        visitor = self.browser()
        inbox_id = self.desk(0).inbox_id
        come_in(visitor, inbox_id)
        return visitor.hello(f"/api/widget/{inbox_id}/ticket")


def come_in(visitor: Browser, inbox_id: str) -> None:
    notice = visitor.ask("GET", f"/api/widget/{inbox_id}?language=en")["notice"]
    visitor.ask(
        "POST", f"/api/widget/{inbox_id}/visitor", notice_hash=notice["hash"], language="en"
    )


def phone(number: int) -> str:
    return f"+35569{2_000_000 + number}"
