"""What nobody had to switch on: each answer disarmed, each page locked, no secret shown."""

from __future__ import annotations

import asyncio
import re
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from silkroad.cli import masked, show_settings
from silkroad.demo.shop import shop_site
from silkroad.http import House
from silkroad.http.pages import pages
from silkroad.kit.errors import refuse
from silkroad.settings import Settings
from tests.cast import CONTROLLER, SITE, Shop, open_shop
from tests.harness.people import Person
from tests.harness.server import Server

NOTHING = "/widget/assets/nothing.js"
FORMS = {"/privacy/contact", "/privacy/contact/answer"}  # to ourselves, without script
OPEN_TO_ALL = {"/widget.js", "frame"}  # what a company's own page loads
PATHS = [
    "/",
    "/sign-in",
    "/service-worker.js",
    "/manifest.webmanifest",
    "/privacy",
    "/privacy.css",
    "/privacy/contact",
    "/privacy/contact/answer",
    "/contact.css",
    "/contact.js",
    "/widget.js",
    "/visitor-worker.js",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/.well-known/security.txt",
    "/api/setup",
    "/api/me",
    "/api/nothing",
    "/nothing.html",
    NOTHING,
    "frame",
]


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that people reach by https, through a proxy."""
    data = tmp_path_factory.mktemp("behind-tls") / "data"
    with Server(data, base_url="https://chat.example") as running:
        yield running


@pytest.fixture(scope="module")
def shop(server: Server) -> Shop:
    """A shop that these tests only look at."""
    opened = open_shop(server)
    opened.visitor()
    return opened


def answer(shop: Shop, path: str, method: str = "GET") -> httpx2.Response:
    path = f"/widget/{shop.inbox['id']}" if path == "frame" else path
    return shop.visitors[0].ask(method, path)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "TRACE"])
def test_every_answer_is_disarmed(shop: Shop, path: str, method: str) -> None:
    headers = answer(shop, path, method).headers
    assert headers["x-content-type-options"] == "nosniff"
    own_forms = path in FORMS and method != "TRACE"
    assert headers["referrer-policy"] == ("same-origin" if own_forms else "no-referrer")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    shared = path in OPEN_TO_ALL and method == "GET"
    assert headers["cross-origin-resource-policy"] == ("cross-origin" if shared else "same-origin")
    for sense in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb"):
        assert f"{sense}=()" in headers["permissions-policy"]
    assert "server" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_every_page_starts_from_nothing(shop: Shop, path: str) -> None:
    policy = directives(answer(shop, path).headers["content-security-policy"])
    sites = [SITE] if path == "frame" else []
    assert policy["default-src"] == ["'none'"]
    assert "object-src" not in policy, "so nothing is an object"
    assert set(policy.get("script-src", [])) <= {"'self'"}
    assert set(policy.get("style-src", [])) <= {"'self'"}
    assert policy["frame-ancestors"] == (["'self'", *sites] if sites else ["'none'"])
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == (["'self'"] if path in FORMS else ["'none'"])
    if "script-src" in policy:
        assert policy["require-trusted-types-for"] == ["'script'"]
        assert len(policy["trusted-types"]) == 1, "the one address of the one worker"
    assert not {"report-uri", "report-to"} & policy.keys()


def test_the_demo_lets_in_the_widget_and_nothing_else() -> None:
    page = TestClient(shop_site("http://127.0.0.1:1", "inb_1", "#000000")).get("/")
    policy = directives(page.headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["frame-src"] == ["http://127.0.0.1:1"]
    assert page.headers["x-content-type-options"] == "nosniff"


def test_a_frame_whose_sites_nobody_can_say_is_not_shown() -> None:
    assert framed_when("not_found").headers["content-security-policy"].count("frame-ancestors *")
    held_up = framed_when("unavailable")
    assert held_up.status_code == 503
    assert "content-security-policy" not in held_up.headers, "so it leaves with the strictest"


def framed_when(code: str) -> httpx2.Response:
    """Ask for the frame while the server cannot tell the inbox's sites."""

    async def origins(_house: House, _inbox_id: str) -> list[str]:
        raise refuse(code)

    nobody = cast("House", None)
    answered: httpx2.Response = TestClient(Starlette(routes=pages(nobody, origins, []))).get(
        "/widget/inb_1"
    )
    return answered


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


def test_no_answer_to_a_question_is_stored(shop: Shop) -> None:
    shop.asks("Hello")
    for path in ("/api/me", "/api/conversations", "/api/nothing", "/healthz", NOTHING):
        assert shop.admin.ask("GET", path).headers["cache-control"] == "no-store", path


@pytest.mark.parametrize("method", ["GET", "PUT", "TRACE"])
@pytest.mark.parametrize("path", ["/api/nothing", NOTHING, "/nothing.html", "/%00", "/widget/%ff"])
def test_an_error_tells_nothing_of_the_server(shop: Shop, path: str, method: str) -> None:
    said = shop.visitors[0].ask(method, path)
    inside = r"Traceback|File \"|silkroad/|starlette|uvicorn|python|/usr/|sqlite"
    assert not re.search(inside, said.text.partition("<!doctype html>")[0], re.IGNORECASE)
    assert not re.search(inside, str(dict(said.headers)), re.IGNORECASE)


def test_https_is_kept_for_a_year_on_every_answer(behind_tls: Server, server: Server) -> None:
    somebody = Person(behind_tls, "Somebody")
    for path in PATHS:
        kept = somebody.ask("GET", path.replace("frame", "/widget/x")).headers
        assert kept["strict-transport-security"] == "max-age=31536000", path
    loopback = httpx2.get(f"{server.origin}/healthz").headers
    assert "strict-transport-security" not in loopback


def test_who_says_https_without_being_it_changes_nothing(server: Server) -> None:
    lied = httpx2.get(f"{server.origin}/", headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" not in lied.headers


def test_a_hole_finds_its_contact(server: Server) -> None:
    said = httpx2.get(f"{server.origin}/.well-known/security.txt")
    assert said.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in said.text.splitlines())
    assert fields["Contact"] == f"mailto:{CONTROLLER['contact_email']}"
    assert fields["Canonical"] == f"{server.origin}/.well-known/security.txt"
    ahead = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert 28 < ahead.days < 31, "RFC 9116: less than a year"


def test_before_the_set_up_nobody_answers_for_holes(behind_tls: Server) -> None:
    said = httpx2.get(f"{behind_tls.address}/.well-known/security.txt")
    assert (said.status_code, said.json()["code"]) == (503, "setup_required")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:p:w@db/s?sslmode=require", "postgresql://***@db/s?sslmode=require"),
        (
            "postgresql://db/s?user=u&password=secret&x=1",
            "postgresql://db/s?user=u&password=***&x=1",
        ),
        ("nats://a-token@nats:4222", "nats://***@nats:4222"),
        (
            "s3://bucket?secret_access_key=abc&region=x",
            "s3://bucket?secret_access_key=***&region=x",
        ),
        ("https://chat.example", "https://chat.example"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_address_is_shown_without_its_password(url: str | None, shown: str) -> None:
    assert masked(url) == shown


class Grown(msgspec.Struct):
    """Settings of an installation with engines of its own."""

    port: int = 8420
    database_url: str = "postgresql://me:canary@db/silkroad"
    root_url: str | None = None


def test_the_command_shows_the_settings_so(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(show_settings(cast("Settings", Grown()), Namespace()))
    assert capsys.readouterr().out.splitlines() == [
        "SILKROAD_PORT=8420",
        "SILKROAD_DATABASE_URL=postgresql://***@db/silkroad",
        "SILKROAD_ROOT_URL=",
    ]
