"""Real Chromium, a shop's website on another site, and people who look at them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.cast import Member, Shop
from tests.harness.people import Json

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=15_000)  # ms: what a busy machine may take to show something
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Open Debian's Chromium, without a window; ``more`` are flags of one's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])
        yield browser
        browser.close()


class Website:
    """A company's website at http://localhost:…, which is another site than 127.0.0.1."""

    def __init__(self) -> None:
        self.body = ""
        self.policy = ""
        site = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = f"<!doctype html><title>Shop</title><h1>{self.path}</h1>{site.body}"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if site.policy:
                    self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self.origin = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def embed(self, shop: Shop) -> None:
        """Paste the inbox's snippet, and let the inbox allow this site."""
        inbox_id = shop.inbox["id"]
        shop.admin.patch(f"/api/inboxes/{inbox_id}", {"allowed_origins": [self.origin]})
        self.body = shop.admin.get(f"/api/inboxes/{inbox_id}/snippet")["html"]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def sign_in(page: Page, member: Member) -> None:
    """Sign in with a one-time code, as the browser but without a page; its own cookie comes."""
    sent = _asked(page, member, "/api/codes", {"phone": member.phone, "purpose": "sign_in"})
    proof = {"challenge_id": sent["challenge_id"], "code": member.server.code(member.phone)}
    _asked(page, member, "/api/sign-in/code", proof)


def _asked(page: Page, member: Member, path: str, body: Json) -> Json:
    origin = member.server.origin
    headers = {"X-Silkroad": "1", "Origin": origin}
    answer = page.context.request.post(f"{origin}{path}", data=body, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


def console_of(browser: Browser, member: Member, **options: object) -> Page:
    """Open the console as somebody who is signed in; errors on the page fail the test."""
    context = browser.new_context(**{"locale": "en-GB", **options})  # type: ignore[arg-type]  # Playwright's own keywords
    page = context.new_page()
    sign_in(page, member)
    watched(page).goto(member.server.origin)
    return page


def watched(page: Page) -> Page:
    """Collect what goes wrong on a page in ``page.wrongs``."""
    wrongs: list[str] = []
    page.wrongs = wrongs  # type: ignore[attr-defined]  # read by ``nothing_wrong``

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrongs.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    return page


def nothing_wrong(*pages: Page) -> None:
    """Assert that no page has logged an error or thrown."""
    for page in pages:
        assert page.wrongs == []  # type: ignore[attr-defined]  # set by ``watched``


def picture(page: Page, name: str) -> None:
    """Keep a screenshot below build/pictures, for people to look at."""
    folder = Path("build/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")
