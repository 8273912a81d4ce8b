"""Sessions: listed, revoked, rotated, and over when they have to be."""

from __future__ import annotations

from tests.cast import Member, Shop, sign_up
from tests.harness.people import Person
from tests.harness.server import Server

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
GOOD = "linden blossom in June"
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"}


def elsewhere(member: Member, headers: dict[str, str] | None = None) -> Person:
    """Sign the same person in on another browser."""
    member.put("/api/me/password", {"password": GOOD})
    person = Person(member.server, member.name)
    body = {"phone": member.phone, "password": GOOD}
    assert person.ask("POST", "/api/sign-in/password", body, headers=headers).status_code == 200
    return person


def test_the_cookie_is_for_this_host_and_for_no_script(stranger: Member) -> None:
    (header,) = stranger.set_cookies
    name, *rules = header.split("; ")
    assert name.startswith("__Host-")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(rules)


def test_sessions_are_listed_by_browser_and_revoked_one_by_one(stranger: Member) -> None:
    other = elsewhere(stranger, FIREFOX)
    line = other.socket()
    sessions = stranger.get("/api/me/sessions")["items"]
    assert [s["agent"] for s in sessions if not s["current"]] == ["Firefox · Windows"]
    assert [s["kind"] for s in sessions] == ["console", "console"]
    (theirs,) = (s["id"] for s in sessions if not s["current"])
    stranger.delete(f"/api/me/sessions/{theirs}")
    assert line.closes_with() == 4403
    assert other.ask("GET", "/api/me").status_code == 401
    assert len(stranger.get("/api/me/sessions")["items"]) == 1


def test_all_others_are_revoked_at_once(stranger: Member) -> None:
    other = elsewhere(stranger)
    stranger.delete("/api/me/sessions")
    assert other.ask("GET", "/api/me").status_code == 401
    assert stranger.get("/api/me")["member"]["name"] == "Roland"


def test_nobody_revokes_a_colleagues_or_a_strangers_session(shop: Shop, stranger: Member) -> None:
    (arta,) = (s["id"] for s in shop.arta.get("/api/me/sessions")["items"])
    for other in (shop.admin, shop.wei, stranger):
        foreign, missing = (
            other.ask("DELETE", f"/api/me/sessions/{name}") for name in (arta, "ses_nothing")
        )
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
    assert shop.arta.get("/api/me")["member"]["name"] == "Arta"


def test_signing_out_ends_the_session_and_its_socket(stranger: Member) -> None:
    kept, line = stranger.cookies.copy(), stranger.socket()
    stranger.post("/api/sign-out")
    assert stranger.cookies == {}
    assert line.closes_with() == 4403
    stranger.cookies = kept
    assert stranger.ask("GET", "/api/me").json()["code"] == "signed_out"


def test_signing_in_again_voids_the_old_token_and_keeps_the_socket(stranger: Member) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    line, old = stranger.socket(), stranger.cookies.copy()
    stranger.post("/api/sign-in/password", {"phone": stranger.phone, "password": GOOD})
    thief = Person(stranger.server, "Thief")
    thief.cookies = old
    assert thief.ask("GET", "/api/me").status_code == 401
    assert len(stranger.get("/api/me/sessions")["items"]) == 1
    assert line.hears_nothing("error")


def test_somebody_elses_sign_in_on_this_browser_ends_the_first(
    shop: Shop, stranger: Member
) -> None:
    stranger.put("/api/me/password", {"password": GOOD})
    arta = shop.arta.cookies.copy()
    shop.arta.post("/api/sign-in/password", {"phone": stranger.phone, "password": GOOD})
    shop.arta.cookies = arta
    assert shop.arta.ask("GET", "/api/me").status_code == 401


def test_another_role_is_another_token(shop: Shop) -> None:
    before = shop.arta.cookies.copy()
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"role": "admin"})
    assert shop.arta.get("/api/me")["member"]["role"] == "admin"
    assert shop.arta.cookies != before
    late = Person(shop.server, "A request under way")
    late.cookies = before
    assert late.get("/api/me")["member"]["role"] == "admin"
    assert late.cookies == before, "a former token must not be made into a new one"


def test_a_session_ends_by_rest_and_by_age(own_server: Server) -> None:
    roland = sign_up(own_server, "Rival Ltd", "Roland")
    own_server.move_clock(11 * HOUR)
    roland.get("/api/me")
    own_server.move_clock(11 * HOUR)
    roland.get("/api/me")
    own_server.move_clock(13 * HOUR)
    assert roland.ask("GET", "/api/me").status_code == 401, "at rest for 13 hours"
    dafina = sign_up(own_server, "Linden Tea", "Dafina")
    for _ in range(65):
        own_server.move_clock(11 * HOUR)
        dafina.get("/api/me")
    own_server.move_clock(6 * HOUR)
    assert dafina.ask("GET", "/api/me").status_code == 401, "older than thirty days"
