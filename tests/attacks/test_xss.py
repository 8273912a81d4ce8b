"""Everything that people can write, shown in real Chromium to everybody who reads it. S8.

The browser is told to forget our Content-Security-Policy: what stands between a word and a program
must hold by itself. Nothing runs, nothing is asked of a stranger, no node comes out of content, and
every word is shown as it was written.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, ViewportSize
from playwright.sync_api import Error as NoPage
from playwright.sync_api import TimeoutError as NotSoSoon

from tests.depth import by_depth
from tests.harness.browser import chromium, sign_in
from tests.harness.people import everybody_leaves, present
from tests.harness.server import Server
from tests.installation.operator import operator_token

from .payloads import PARTS, payloads
from .stage import Stage, Trap, operated, write, written

TRAPS = "window.__hits = []; window.__xss = (what) => window.__hits.push(what);"
TALL: ViewportSize = {"width": 1280, "height": 4000}  # long lists are drawn as far as they are seen
MISSING = """(words) => {
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  const text = [document.body.textContent, ...fields].join("\\n");
  return words.filter((word) => !text.includes(word));
}"""
ENTER = """async ([path, identity]) => {
  const { notice } = await (await fetch(`${path}?language=en`)).json();
  const body = { notice_hash: notice.hash, language: notice.language, identity };
  const headers = { "X-Silkroad": "1", "Content-Type": "application/json" };
  await fetch(`${path}/visitor`, { method: "POST", headers, body: JSON.stringify(body) });
}"""
BARE = {"application/json", "application/problem+json", "text/plain"}
"""What has no markup: the browser shows it in a frame of its own, which is none of ours."""
DANGERS = ("<img data-evil src=x", "<details data-evil")
PAGES = (
    "/",
    "/c/",
    "/settings/inboxes/",
    "/sign-in?next=",
    "/widget/",
    "/widget/x?language=",
    "/privacy?language=",
    "/operator#",
    "/invitation#",
    "/setup#",
)
LOOK = (Path(__file__).parent / "look.js").read_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module", params=range(by_depth(1, PARTS, PARTS)))
def stage(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """Return a company in which everybody has written the worst."""
    here = present()
    with Trap() as trap, Server(tmp_path_factory.mktemp("xss") / "data") as server:
        yield written(server, trap, request.param)
        everybody_leaves(but=here)


@contextmanager
def a_window(browser: Browser, stage: Stage) -> Iterator[Page]:
    """Open a window in which nothing of it may happen, whoever looks."""
    context = browser.new_context(locale="en-GB", bypass_csp=True, viewport=TALL)
    context.add_init_script(TRAPS)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    context.on("request", lambda request: asked.append(request.url))

    def heard(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    yield page
    own = (stage.server.origin, f"blob:{stage.server.origin}")
    strangers = [url for url in asked if not url.startswith(own)]
    context.close()
    assert (strangers, dialogs, stage.trap.asked) == ([], [], [])


def shows(page: Page, stage: Stage, words: list[str]) -> None:
    """Assert that a page shows these words, as words, and that nothing of them has come alive."""
    with suppress(NotSoSoon):
        page.wait_for_function(f"(words) => !({MISSING})(words).length", arg=words, timeout=5_000)
    assert page.evaluate(MISSING, words) == []
    assert page.evaluate(LOOK, stage.said) == {"found": [], "hits": []}


def test_the_console_shows_words_as_words(stage: Stage, browser: Browser) -> None:
    inbox = f"/settings/inboxes/{stage.inbox_ids[0]}"
    with a_window(browser, stage) as page:
        sign_in(page, stage.shop.admin)
        for path, words in (
            ("/", [*stage.shown["visitors"], *stage.shown["company"]]),
            (f"/c/{stage.conversation}", stage.shown["talk"]),
            ("/settings/members", stage.shown["team"]),
            ("/settings/inboxes", stage.shown["inboxes"]),
            (inbox, [stage.shown["inboxes"][0], stage.shown["greetings"][0]]),
        ):
            page.goto(stage.server.origin + path)
            shows(page, stage, words)


def test_what_opens_and_what_arrives_shows_words_as_words(stage: Stage, browser: Browser) -> None:
    """Details, the choice of colleagues, the palette; and what others write at this moment."""
    visitor, talk = stage.shop.visitors[-1], f"/api/conversations/{stage.conversation}"
    admin, arta, _ = stage.shown["team"][:3]
    with a_window(browser, stage) as page, a_window(browser, stage) as chat:
        sign_in(page, stage.shop.wei)
        page.goto(f"{stage.server.origin}/c/{stage.conversation}")
        chat.goto(f"{stage.server.origin}/widget/{visitor.inbox_id}")
        chat.evaluate(ENTER, [f"/api/widget/{visitor.inbox_id}", stage.identity])
        chat.reload()
        for window in (page, chat):
            shows(window, stage, stage.shown["files"][:1])
        page.get_by_role("button", name="Details").click()
        shows(page, stage, [stage.email])
        page.get_by_role("button", name=arta).click()
        shows(page, stage, [admin, arta])
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
        page.keyboard.press("Control+k")
        page.get_by_role("dialog").get_by_role("combobox").fill("data-evil")
        shows(page, stage, stage.shown["visitors"][-1:])
        page.keyboard.press("Escape")
        line = stage.shop.arta.socket()
        line.say(t="typing", conversation=stage.conversation, on=True)
        live = [f"{when} {text}" for text in stage.shown["texts"] for when in ("now", "now too")]
        stage.shown["live"] = live
        for once, twice in zip(live[::2], live[1::2], strict=True):
            write(visitor, visitor.path("/messages"), once)
            write(stage.shop.arta, f"{talk}/messages", twice)
        for window in (page, chat):
            shows(window, stage, [line for text in live for line in text.split("\n")])


def test_the_widget_shows_words_as_words(stage: Stage, browser: Browser) -> None:
    with a_window(browser, stage) as page:
        for inbox_id, name, greeting in zip(
            stage.inbox_ids, stage.shown["inboxes"], stage.shown["greetings"], strict=True
        ):
            page.goto(f"{stage.server.origin}/widget/{inbox_id}")
            shows(page, stage, [*stage.shown["company"], name])
            page.evaluate(ENTER, [f"/api/widget/{inbox_id}", None])
            page.reload()
            shows(page, stage, [name, greeting])
        inbox_id = stage.shop.inbox["id"]
        page.goto(f"{stage.server.origin}/widget/{inbox_id}")
        page.evaluate(ENTER, [f"/api/widget/{inbox_id}", stage.identity])
        page.reload()
        shows(page, stage, [*stage.corpus, *stage.shown["files"], stage.shown["team"][1]])


def test_the_operator_and_whoever_is_invited_see_words_as_words(
    stage: Stage, browser: Browser
) -> None:
    with a_window(browser, stage) as page:
        page.goto(f"{stage.server.origin}/operator#{operator_token(stage.server)}")
        page.get_by_text(stage.shown["company"][0]).wait_for()
        operated(stage, {c["name"]: c["value"] for c in page.context.cookies()})
        page.reload()
        shows(page, stage, [*stage.shown["companies"], stage.shown["controller"][0]])
        page.goto(f"{stage.server.origin}/privacy")
        shows(page, stage, stage.shown["controller"])
        page.goto(stage.link)
        shows(page, stage, stage.shown["companies"][-1:])


@pytest.mark.prove
def test_the_address_of_a_page_is_words_as_well(stage: Stage, browser: Browser) -> None:
    evil = [text for text in stage.corpus if text.startswith(("<", '"', "'", "javascript:"))]
    with a_window(browser, stage) as page:
        sign_in(page, stage.shop.arta)
        for base, text in itertools.product(PAGES, evil[:: len(evil) // 8]):
            for told in (quote(text, safe=""), quote(text, safe="<>\"'=()/: ")):
                try:
                    page.goto(f"{stage.server.origin}{base}{told}", wait_until="domcontentloaded")
                except NoPage:  # a file that is not there: what is seen is the browser's own page
                    continue
                page.wait_for_timeout(50)  # what runs by itself runs at once
                seen = page.evaluate(LOOK, stage.said)
                assert seen["hits"] == [], (base, text)
                if page.evaluate("document.contentType") not in BARE:
                    assert seen["found"] == [], (base, text)


@pytest.mark.parametrize("danger", DANGERS)
def test_the_trap_catches_whatever_comes_alive(stage: Stage, browser: Browser, danger: str) -> None:
    """The test itself can tell: the same payloads, put into a page as markup."""
    markup = next(text for text in payloads(stage.trap.origin) if text.startswith(danger))
    assert markup
    with a_window(browser, stage) as page:
        page.goto(f"{stage.server.origin}/privacy")
        page.evaluate("(markup) => document.body.insertAdjacentHTML('beforeend', markup)", markup)
        page.wait_for_function("() => window.__hits.length")
        seen = page.evaluate(LOOK, stage.said)
        assert seen["found"]
        assert seen["hits"]
