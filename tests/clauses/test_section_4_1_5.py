"""Section 4.1.5: nothing here advertises, tracks, profiles or recommends, nor sends to who does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from silkroad.engines.outbound.targets import listed
from silkroad.kit.clock import DAY
from silkroad.kit.inventory import Purpose
from silkroad.kit.purposes import ruled_out
from silkroad.privacy.policy import jsonld
from silkroad.privacy.processors import PROCESSORS
from tests.architecture.tree import ROOT
from tests.cast import Shop, open_shop, set_up, yes_to
from tests.harness.browser import Website, chromium, console_of, nothing_wrong, watched
from tests.harness.engines import Engine
from tests.harness.people import client_id
from tests.journeys.bubble import open_bubble, write

from .test_verbs import DEVICE, everything, pass_a_minute
from .trackers import KNOWN, among_hosts, among_npm, among_python, in_text
from .verbs.routes import frames, routes
from .verbs.trap import Call, calls, trapped

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
GIVEN_TO_BROWSERS = {".css", ".html", ".js", ".json", ".svg", ".webmanifest"}
SERVED = [
    file
    for file in sorted((ROOT / "silkroad").rglob("*"))
    if file.suffix in GIVEN_TO_BROWSERS and file.is_file()
]


# what it is made of


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_python_package_is_of_that_kind(lock: Path) -> None:
    text = lock.read_text()
    assert among_python(text) == []
    assert among_python(f"{text}\nSentry_SDK==2.0 \\\n    --hash=sha256:0\n") == ["sentry-sdk"]


def test_no_npm_package_is_of_that_kind() -> None:
    lock = (ROOT / "web" / "package-lock.json").read_bytes()
    assert among_npm(lock) == []
    packages = msgspec.json.decode(lock)["packages"]
    planted = ["node_modules/preact/node_modules/@segment/analytics-next", "node_modules/react-ga4"]
    packages |= {place: {} for place in planted}
    found = among_npm(msgspec.json.encode({"packages": packages}))
    assert found == ["@segment/analytics-next", "react-ga4"]


def test_nothing_that_a_browser_is_given_names_one() -> None:
    built = [file for file in SERVED if ROOT / "silkroad" / "web" in file.parents]
    assert len(built) > 20, "the web files are built"
    assert any(file.suffix == ".js" for file in built)
    assert {str(file): found for file in SERVED if (found := in_text(file.read_text()))} == {}
    largest = max(built, key=lambda file: file.stat().st_size if file.suffix == ".js" else 0)
    for planted in ('"https://www.google-analytics.com/g/collect"', "window.dataLayer=[]"):
        assert in_text(largest.read_text() + planted), planted


def test_nobody_in_the_registry_is_one() -> None:
    hosts = {host for entry in PROCESSORS.values() for host in entry.hosts}
    hosts |= {urlsplit(entry.policy_url).hostname or "" for entry in PROCESSORS.values()}
    assert hosts > {"fcm.googleapis.com", "*.push.apple.com"}
    assert among_hosts(hosts) == []
    assert among_hosts(["*.sentry.io", "o4.ingest.sentry.io", "notsentry.io"]) == [
        "*.sentry.io",
        "o4.ingest.sentry.io",
    ]
    purposes = {entry.purpose for entry in PROCESSORS.values()}
    assert purposes <= set(Purpose)
    assert not [purpose for purpose in Purpose if ruled_out(purpose) or ruled_out(purpose.name)]


def test_every_purpose_is_on_the_closed_list() -> None:
    """A new one fails here until it is entered, with what the world calls it: the DPV's term."""
    assert {name: jsonld.PURPOSES.get(why) for name, why in Purpose.__members__.items()} == {
        "REGISTRATION": "dpv:AccountManagement",
        "AUTHENTICATION": "dpv:IdentityAuthentication",
        "CONVERSATION": "dpv:CommunicationForCustomerCare",
        "WAKE_UP": "dpv:RequestedServiceProvision",
        "TEAMWORK": "dpv:CommunicationManagement",
        "SECURITY": "dpv:EnforceSecurity",
        "ACCOUNTABILITY": "dpv:RecordManagement",
        "OPERATION": "dpv:TechnicalServiceProvision",
        "RIGHTS": "dpv:RightsFulfilment",
        "MICROPHONE": "dpv:CommunicationForCustomerCare",
        "CAMERA": "dpv:CommunicationForCustomerCare",
        "RECORDING": "dpv:RecordManagement",
        "STATISTICS": "dpv:ServiceUsageAnalytics",
        "RESEARCH": "dpv:NonCommercialResearch",
        "IMPROVEMENT": "dpv:ServiceOptimisation",
    }
    assert {name.casefold(): why.value for name, why in Purpose.__members__.items()} == {
        why.value: why.value for why in Purpose
    }


def test_the_list_is_one() -> None:
    for names in (KNOWN.npm, KNOWN.python, KNOWN.hosts):
        assert len(names) == len(set(names)) > 30


# what it does


def test_the_whole_journey_reaches_only_who_is_registered(tmp_path: Path, engine: Engine) -> None:
    """TRAP: everybody at every door, with wake-ups on, and a day and its night after."""
    with trapped(tmp_path / "data", on=engine) as server:
        set_up(server)
        shop = open_shop(server)
        visitor, conversation = shop.asks("Is the jasmine tea organic?")
        shop.arta.put("/api/me/devices", {**DEVICE, "consent": yes_to(shop.arta)})
        visitor.post(visitor.path("/messages"), {"client_id": client_id(), "text": "Anybody?"})
        pass_a_minute(server)
        ids = everything(shop, visitor, conversation)
        for line in (shop.wei.socket(), visitor.line()):
            frames(line, ids)
        for person in (visitor, shop.arta, shop.admin):
            assert len(routes(person, ids)) > 100
        server.let_pass(DAY)
        server.rest()
        sent = calls(server)
        assert {call.recipient for call in sent} == {"google_push"}, "the wake-up, and nothing else"
        assert strangers(sent) == []
    planted = Call("google_push", "POST", "https://www.google-analytics.com/collect", {}, b"")
    assert strangers([*sent, planted]) == [planted]
    unknown = Call("telemetry", "POST", sent[0].url, {}, b"")
    assert strangers([unknown]) == [unknown]


def strangers(sent: list[Call]) -> list[Call]:
    """Return what went to nobody in the registry, or to another host than its own."""
    return [
        call
        for call in sent
        if call.recipient not in PROCESSORS
        or not listed(urlsplit(call.url).hostname or "", PROCESSORS[call.recipient].hosts)
    ]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_a_browser_asks_nobody_but_the_server(shop: Shop, browser: Browser) -> None:
    """On the company's page, in the chat, in the console, and on every page about privacy."""
    website, origin = Website(), shop.server.origin
    website.embed(shop)
    context = browser.new_context(locale="en-GB")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = watched(context.new_page())
    page.goto(website.origin)
    frame = open_bubble(page)
    frame.get_by_role("button", name="Start chatting").click()
    write(frame, "Is the jasmine tea organic?")
    expect(frame.get_by_text("Sent")).to_be_visible()
    for path in ("/privacy", "/privacy/contact"):
        page.goto(f"{origin}{path}")
    console = console_of(browser, shop.admin)
    console.context.on("request", lambda request: asked.append(request.url))
    through_the_settings(console, origin)
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {
        urlsplit(origin).netloc,
        urlsplit(website.origin).netloc,
    }
    assert [url for url in asked if in_text(url)] == []
    nothing_wrong(page, console)
    website.close()


def through_the_settings(console: Page, origin: str) -> None:
    for section in ("privacy", "devices", "members", "requests", "third-parties"):
        console.goto(f"{origin}/settings/{section}")
        expect(console.get_by_role("navigation").first).to_be_visible()
