"""Before the first word: the notice, the cookie, the sites that may embed, the host's customers."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from websockets.exceptions import ConnectionClosed

from tests.cast import SITE, Shop
from tests.harness.people import Json, Refused


def test_nothing_is_stored_and_no_cookie_set_before_the_visitor_acts(shop: Shop) -> None:
    mira = shop.visitor()
    config = mira.get(mira.path("?language=sq"))
    mira.ask("GET", f"/widget/{shop.inbox['id']}")
    assert mira.set_cookies == []
    assert config["visitor"] is None
    assert config["language"] == "sq"
    for path in ("/messages", "/ticket"):
        answer = mira.ask("POST", mira.path(path), {"client_id": "client-1", "text": "x"})
        assert answer.status_code == 428, path
    assert shop.arta.get("/api/conversations")["items"] == []


@pytest.mark.parametrize("language", ["en", "zh-CN", "sq"])
def test_the_notice_names_the_company_the_controller_and_the_policy(
    shop: Shop, language: str
) -> None:
    mira = shop.visitor()
    notice = mira.get(mira.path(f"?language={language}"))["notice"]
    text = " ".join(line["text"] for line in notice["lines"])
    assert "Linden Tea" in text
    assert "Linden Hosting" in text
    assert notice["policy_url"].startswith(shop.server.origin)


def test_a_stale_notice_is_shown_again_before_anything_is_taken(shop: Shop) -> None:
    mira = shop.visitor()
    with pytest.raises(Refused) as no:
        mira.post(mira.path("/visitor"), {"notice_hash": "0" * 32, "language": "en"})
    assert (no.value.status, no.value.code) == (428, "notice_required")
    assert mira.cookies == {}


def test_the_visitors_cookie_is_kept_to_its_own_frame(shop: Shop) -> None:
    mira = shop.visitor()
    mira.accept_notice()
    (cookie,) = mira.set_cookies
    assert cookie.startswith(f"__Host-silkroad-visitor-{shop.inbox['id']}=")
    for part in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/", "Max-Age="):
        assert part in cookie
    assert "Domain" not in cookie


def test_only_the_inboxs_sites_may_embed_the_frame(shop: Shop) -> None:
    policy = (
        shop.visitor().ask("GET", f"/widget/{shop.inbox['id']}").headers["content-security-policy"]
    )
    assert f"frame-ancestors 'self' {SITE};" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_history_comes_back_with_the_cookie_and_goes_with_it(shop: Shop) -> None:
    mira, _ = shop.asks("Remember me")
    assert mira.get(mira.path())["visitor"]["last_seq"] == 1
    token = dict(mira.cookies)
    mira.delete(mira.path("/visitor"))
    assert mira.cookies == {}
    mira.cookies.update(token)
    assert mira.get(mira.path())["visitor"] is None, "a stolen cookie is dead after 'forget'"


def test_an_archived_inbox_takes_nobody_in(shop: Shop) -> None:
    mira, conversation = shop.asks("Before")
    line = mira.line()
    shop.admin.delete(f"/api/inboxes/{shop.inbox['id']}")
    with pytest.raises(ConnectionClosed):
        line.send(conversation, "After")
    after = mira.ask("POST", mira.path("/messages"), {"client_id": "after-all", "text": "After"})
    assert after.status_code == 428
    with pytest.raises(Refused) as no:
        mira.get(mira.path())
    assert no.value.code == "archived"
    assert shop.arta.get("/api/conversations")["items"], "its conversations stay"


def identity(secret: str, **details: str) -> Json:
    text = "\n".join(details.get(name, "") for name in ("id", "name", "email", "phone"))
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {**details, "hmac": signature}


def test_a_customer_whom_the_site_vouches_for_is_the_same_person_on_every_device(
    shop: Shop,
) -> None:
    secret = shop.admin.post(f"/api/inboxes/{shop.inbox['id']}/identity-secret")["secret"]
    known = identity(secret, id="customer-7", name="Mira Krasniqi", email="mira@mail.example")
    desk, phone = shop.visitor(), shop.visitor()
    first = desk.accept_notice(identity=known)
    assert first["visitor"]["verified"] is True
    desk.post(desk.path("/messages"), {"client_id": "from-desk", "text": "Hello from my desk"})
    second = phone.accept_notice(identity=known)
    assert second["visitor"]["id"] == first["visitor"]["id"]
    assert [m["text"] for m in phone.get(phone.path("/messages"))["items"]] == [
        "Hello from my desk"
    ]
    shown = shop.arta.get("/api/conversations")["items"][0]["visitor"]
    assert (shown["name"], shown["email"]) == ("Mira Krasniqi", "mira@mail.example")


def test_a_customer_who_comes_back_keeps_the_session(shop: Shop) -> None:
    secret = shop.admin.post(f"/api/inboxes/{shop.inbox['id']}/identity-secret")["secret"]
    mira = shop.visitor()
    first = mira.accept_notice(identity=identity(secret, id="customer-7"))
    again = mira.accept_notice(identity=identity(secret, id="customer-7"))
    assert again["visitor"]["id"] == first["visitor"]["id"]
    assert len(mira.set_cookies) == 1
    signed_out = mira.accept_notice()
    assert signed_out["visitor"]["id"] != first["visitor"]["id"]
    same = mira.accept_notice(language="sq")
    assert (same["visitor"]["id"], same["visitor"]["language"]) == (
        signed_out["visitor"]["id"],
        "sq",
    )


def test_a_forged_customer_is_refused(shop: Shop) -> None:
    secret = shop.admin.post(f"/api/inboxes/{shop.inbox['id']}/identity-secret")["secret"]
    forged = {**identity(secret, id="customer-7"), "name": "Somebody Else"}
    mira = shop.visitor()
    with pytest.raises(Refused) as no:
        mira.accept_notice(identity=forged)
    assert no.value.code == "wrong_credentials"
    assert mira.cookies == {}
