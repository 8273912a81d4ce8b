"""The team: who sees whom, who may do what, and what ends at once when somebody goes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from tests.cast import Member, Shop, ask_to_sign_up, attested, open_inbox, policy_hash
from tests.harness.people import Line, Person, Refused


def roles(member: Member) -> dict[str, str]:
    return {m["name"]: m["role"] for m in member.get("/api/members")["items"]}


def status(person: Person, method: str, path: str, body: object = None) -> int:
    return person.ask(method, path, body).status_code


def test_everybody_sees_the_team_and_administrators_its_phones(shop: Shop) -> None:
    seen = {m["name"]: m for m in shop.arta.get("/api/members")["items"]}
    assert roles(shop.arta) == {"Dafina": "admin", "Arta": "agent", "Wei": "agent"}
    assert all(m["phone"] is None for m in seen.values())
    by_admin = {m["name"]: m["phone"] for m in shop.admin.get("/api/members")["items"]}
    assert by_admin["Arta"] == shop.arta.phone
    assert shop.arta.get("/api/me")["member"]["phone"] == shop.arta.phone


def test_presence_is_seen_and_told(shop: Shop) -> None:
    line = shop.admin.socket()
    arta = shop.arta.socket()
    assert line.hear("presence") == {
        "t": "presence",
        "member": shop.arta.member_id,
        "presence": "online",
    }
    shop.arta.put("/api/me/presence", {"presence": "away"})
    assert line.hear("presence")["presence"] == "away"
    seen = {m["name"]: m["presence"] for m in shop.wei.get("/api/members")["items"]}
    assert seen == {"Dafina": "online", "Arta": "away", "Wei": "offline"}
    shop.arta.put("/api/me/presence", {"presence": "online"})
    arta.close()
    assert [line.hear("presence")["presence"] for _ in range(2)] == ["online", "offline"]


def test_another_enterprise_sees_nobody_and_reaches_nobody(shop: Shop, stranger: Member) -> None:
    assert roles(stranger) == {"Roland": "admin"}
    for method, body in (("PATCH", {"role": "admin"}), ("DELETE", None)):
        foreign, missing = (
            stranger.ask(method, f"/api/members/{name}", body)
            for name in (shop.arta.member_id, "mbr_nothing")
        )
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
    with pytest.raises(Refused, match="not_found"):
        stranger.put("/api/me/workspace", {"workspace_id": shop.admin.workspace_id})
    assert roles(shop.admin)["Arta"] == "agent"


def test_agents_run_no_team(shop: Shop) -> None:
    draft = {"name": "X", "phone": "+12025550199", "role": "admin", "inbox_ids": []}
    for method, path, body in (
        ("PATCH", f"/api/members/{shop.arta.member_id}", {"role": "admin"}),
        ("DELETE", f"/api/members/{shop.wei.member_id}", None),
        ("GET", "/api/invitations", None),
        ("POST", "/api/invitations", draft),
        ("DELETE", "/api/invitations/inv_nothing", None),
        ("GET", "/api/operator", None),
        ("POST", "/api/operator/administrators", {}),
    ):
        assert status(shop.arta, method, path, body) == 403, path
    assert roles(shop.admin)["Arta"] == "agent"


def test_nothing_but_the_declared_fields_is_taken(shop: Shop) -> None:
    path = f"/api/members/{shop.arta.member_id}"
    for body in (
        {"role": "operator"},
        {"role": "admin", "account_id": "acc_mine"},
        {"workspace_id": "wsp_mine"},
        {"inbox_ids": "all"},
        {"name": "Somebody else"},
    ):
        assert status(shop.admin, "PATCH", path, body) == 422, body
    for body in ({"role": "admin"}, {"name": ""}, {"name": "a\u202eb"}, {"language": "xx"}):
        assert status(shop.arta, "PATCH", "/api/me", body) == 422, body
    assert roles(shop.admin)["Arta"] == "agent"


def test_a_name_and_a_language_are_ones_own(shop: Shop) -> None:
    line = shop.admin.socket()
    me = shop.arta.patch("/api/me", {"name": "  Arta Berisha ", "language": "sq"})
    assert (me["member"]["name"], me["language"]) == ("Arta Berisha", "sq")
    assert line.hear("changed")["what"] == "members"
    assert "Arta Berisha" in roles(shop.wei)


def test_a_workspace_keeps_an_administrator(shop: Shop) -> None:
    own = f"/api/members/{shop.admin.member_id}"
    for method, path, body in (
        ("PATCH", own, {"role": "agent"}),
        ("DELETE", own, None),
        ("DELETE", "/api/me/membership", None),
    ):
        answer = shop.admin.ask(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_admin"), path
    assert roles(shop.admin)["Dafina"] == "admin"


def test_two_administrators_cannot_both_go_at_once(shop: Shop) -> None:
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"role": "admin"})
    admins = (shop.admin, shop.arta)

    def step_down(turn: int) -> int:
        one = admins[turn % 2]
        fellow = Person(shop.server, "The same administrator")
        fellow.cookies = one.cookies.copy()
        return status(fellow, "PATCH", f"/api/members/{one.member_id}", {"role": "agent"})

    with ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(step_down, range(50)))
    assert answers.count(200) == 1
    assert set(answers) <= {200, 403, 409}
    assert sorted(roles(shop.wei).values()) == ["admin", "agent", "agent"]


def test_who_is_removed_is_out_at_once(shop: Shop) -> None:
    visitor, conversation = shop.asks("Is anybody here?")
    line, kept = shop.arta.socket(), shop.arta.cookies.copy()
    ticket = shop.arta.post("/api/live/ticket")["ticket"]
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")
    assert line.closes_with() == 4403
    shop.arta.cookies = kept
    assert status(shop.arta, "GET", "/api/me") == 401
    assert status(shop.arta, "GET", f"/api/conversations/{conversation}") == 401
    with pytest.raises(ConnectionClosed) as closed:
        Line(shop.server, ticket)
    assert closed.value.rcvd and closed.value.rcvd.code == 4401, "the ticket outlived them"
    assert "Arta" not in roles(shop.admin)
    assert visitor.get(visitor.path("/messages"))["items"]


def test_who_leaves_can_sign_in_no_more_and_may_be_invited_again(shop: Shop) -> None:
    shop.wei.put("/api/me/password", {"password": "linden blossom in June"})
    shop.wei.delete("/api/me/membership")
    body = {"phone": shop.wei.phone, "password": "linden blossom in June"}
    with pytest.raises(Refused, match="no_workspace"):
        shop.wei.post("/api/sign-in/password", body)
    draft = {"name": "Wei", "phone": shop.wei.phone, "role": "agent", "inbox_ids": []}
    again = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    assert again["invitation"]["state"] == "open"


def test_other_inboxes_reach_open_sockets_at_once(shop: Shop) -> None:
    line = shop.arta.socket()
    shop.admin.patch(f"/api/members/{shop.arta.member_id}", {"inbox_ids": []})
    assert line.closes_with() == 1012, "the old socket still hears its old inboxes"
    again = shop.arta.socket()
    _, conversation = shop.asks("For Wei only")
    assert again.hears_nothing("message")
    assert status(shop.arta, "GET", f"/api/conversations/{conversation}") == 404
    assert status(shop.wei, "GET", f"/api/conversations/{conversation}") == 200


def test_an_inbox_that_does_not_exist_is_assigned_to_nobody(shop: Shop, stranger: Member) -> None:
    foreign = open_inbox(stranger, "Foreign")["id"]
    path = f"/api/members/{shop.arta.member_id}"
    answers = [shop.admin.ask("PATCH", path, {"inbox_ids": [i]}) for i in (foreign, "inb_nothing")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    (arta,) = (m for m in shop.admin.get("/api/members")["items"] if m["name"] == "Arta")
    assert arta["inbox_ids"] == [shop.inbox["id"]]


def test_switching_takes_the_session_along_and_closes_the_old_sockets(shop: Shop) -> None:
    arta, server = shop.arta, shop.server
    challenge = ask_to_sign_up(arta, arta.phone)
    founded = {
        "challenge_id": challenge["challenge_id"],
        "code": server.code(arta.phone),
        "company_name": "Arta's Own",
        "name": "Arta",
        "region": "home",
        "language": "sq",
        "notice_hash": policy_hash(arta, "sq"),
    }
    assert arta.post("/api/sign-up", founded)["workspace"]["name"] == "Arta's Own"
    line, old = arta.socket(), arta.cookies.copy()
    me = arta.put("/api/me/workspace", {"workspace_id": shop.admin.workspace_id})
    assert (me["workspace"]["name"], me["member"]["role"]) == ("Linden Tea", "agent")
    assert line.closes_with() == 4403
    thief = Person(server, "Thief")
    thief.cookies = old
    assert status(thief, "GET", "/api/me") == 401
    assert [place["name"] for place in me["workspaces"]] == ["Linden Tea", "Arta's Own"]
    assert status(arta, "GET", "/api/invitations") == 403, "a role travelled along"


def test_a_removed_members_words_keep_their_name(shop: Shop) -> None:
    _, conversation = shop.asks("Who answers?")
    shop.arta.post(
        f"/api/conversations/{conversation}/messages",
        {"client_id": "answer-by-arta", "text": "I do."},
    )
    shop.admin.delete(f"/api/members/{shop.arta.member_id}")
    found = shop.admin.get(f"/api/conversations/{conversation}/messages")["items"]
    (said,) = (message for message in found if message["text"] == "I do.")
    assert said["author"]["name"] == "Arta"  # an event may stand behind it: the talk is free again
