"""Clause P.2: the notice comes first, and anybody can read it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from silkroad.http.operations import Operation
from silkroad.kit.languages import LANGUAGES
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from silkroad.privacy.contact.phrases import read_by_guardian
from tests.attacks import stored
from tests.attacks.asking import leaves, missing, sample
from tests.cast import Member, Shop, ask_to_sign_up, attested, new_phone, policy_hash
from tests.clauses.persons import waiting
from tests.clauses.verbs.gate import nothing_changes
from tests.harness.people import Json, Person, Refused
from tests.privacy.copied import Copied
from tests.privacy.letters import consent, letter, notice_hash, read_above, requests_of

NOT_OF_A_PERSON = {"notice_hash", "token", "challenge_id", "code", "totp", "client_id", "file_ids"}
"""What a body may carry that tells nothing of whoever sends it."""

TOLD_OTHERWISE = {
    "setup.complete": "who sets up writes what the policy says: before, there is none",
    "account.sign_in_password": "only a keyed hash of it is kept, which counts tries for a day",
    "account.sign_in_passkey": "it opens an account that is there, and of others nothing is kept",
    "contact.reply": "the link is made by the first letter, which needs the notice; a guardian's, "
    "which a child made, needs it here: test_a_guardian_reads_before_they_say_anything",
    "widget.subscribe": "the token is made in a chat, which needs the notice",
}
"""Doors that take something of a stranger's, and what was shown before, or why nothing need be."""


def collects(operation: Operation) -> bool:
    """Whether somebody whom nobody knows may leave something of theirs at a door."""
    if operation.policy.permission == Permission.CHAT:
        return operation.notice_first
    if operation.policy.permission != Permission.KNOCK:
        return False
    fields = {leaf.way[-1] for leaf in leaves(operation.body)}
    return bool(operation.raw or fields - NOT_OF_A_PERSON)


COLLECTING = [one for one in OPERATIONS if collects(one) and one.name not in TOLD_OTHERWISE]
KINDS = {"inbox": "inb_", "file": "fil_", "conversation": "cnv_", "campaign": "cmp_"}
IDS = {kind: missing(prefix) for kind, prefix in KINDS.items()}


@pytest.mark.parametrize("operation", COLLECTING, ids=lambda operation: operation.name)
def test_a_collecting_endpoint_before_the_notice_answers_428(
    shop: Shop, operation: Operation
) -> None:
    mira = shop.visitor()
    link = LINKS[operation.name](shop) if operation.name in LINKS else {}
    before = {table.name: table.rows for table in stored.tables(shop.server)}
    ids = {"inbox_id": mira.inbox_id, "file_id": IDS["file"], "campaign_id": IDS["campaign"]}
    path = operation.path.format(**ids)
    if operation.raw:
        answer = mira.ask(operation.method, path, content=b"words\n")
    else:
        body = sample(operation.body, IDS) | link  # type: ignore[arg-type]  # it has one
        answer = mira.ask(operation.method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (428, "notice_required")
    assert mira.cookies == {}
    after = {table.name: table.rows for table in stored.tables(shop.server)}
    grown = [name for name in after if len(after[name]) > len(before[name])]
    assert grown == []


def test_the_list_of_collecting_endpoints_is_whole() -> None:
    names = {operation.name for operation in COLLECTING}
    assert {"widget.send", "widget.upload", "widget.ticket", "widget.hand_over"} <= names
    assert {"contact.send", "contact.prove", "contact.consent", "code.request"} <= names
    assert {"account.sign_up", "invitations.accept", "widget.start", "widget.ask_guardian"} <= names
    assert TOLD_OTHERWISE.keys() == {o.name for o in OPERATIONS if collects(o)} - names


def asked_for_proof(shop: Shop) -> Json:
    """Return the link of somebody who is asked who they are."""
    token = letter(shop.server, shop.inbox["id"], "Delete me", "erasure")["token"]
    (request,) = requests_of(shop.admin)
    shop.admin.post(f"/api/requests/{request['id']}/identity", {"check": "proof"})
    return {"token": token}


def asked_as_guardian(shop: Shop) -> Json:
    """Return the link that a child has made for a guardian."""
    shop.admin.put("/api/age-gate", {"asks": True})
    born = str(datetime.now(UTC).date() - timedelta(days=3653))
    return {"token": waiting(shop.visitor("Lis"), born)}


LINKS = {"contact.prove": asked_for_proof, "contact.consent": asked_as_guardian}
"""Doors behind a secret link, and how one comes to it."""


def test_a_proof_is_explained_before_it_is_taken(shop: Shop) -> None:
    """P.2, 9b: which text it was is on record; of a text that nobody was shown nothing is kept."""
    link, mira = asked_for_proof(shop), Person(shop.server, "Mira")
    others = policy_hash(mira), read_above(shop.server, asked_as_guardian(shop)["token"], "consent")
    for read in ("", "0" * 32, *others):
        body = {**link, "proof": "Tea on Monday", "agreed": True, "notice_hash": read}
        with nothing_changes(shop.server), pytest.raises(Refused, match="notice_required"):
            mira.post("/api/contact/prove", body)
    for language in LANGUAGES:
        read = read_above(shop.server, link["token"], "prove", language)
        with pytest.raises(Refused, match="consent_required"):
            mira.post("/api/contact/prove", {**link, "proof": "x", "notice_hash": read})
    body = {**link, "proof": "Tea on Monday", "agreed": True, "notice_hash": read}
    assert mira.post("/api/contact/prove", body)["proof_given"]
    (request,) = (one for one in requests_of(shop.admin) if one["proof_given"])
    entry = stored.find(
        shop.server, "audit_entries", action="request.proof_given", target_id=request["id"]
    )
    assert json.loads(entry["detail"]) == {"agreed": True, "notice": read}


def test_a_guardian_reads_before_they_agree(shop: Shop) -> None:
    """P.2, 7a: the text of the page's language and company, and no other; that one is on record."""
    link, guardian = asked_as_guardian(shop), Person(shop.server, "Shpresa")
    written = {"name": "Shpresa", "relationship": "parent", "evidence": "Ask me"}
    english = read_above(shop.server, link["token"], "consent")
    for language, read in (("en", ""), ("en", "0" * 32), ("sq", english)):
        body = {**link, **written, "language": language, "notice_hash": read}
        with nothing_changes(shop.server), pytest.raises(Refused, match="notice_required"):
            guardian.post("/api/contact/consent", body)
    consent(shop.server, link["token"], written, "sq")
    read = read_by_guardian("sq", "Linden Tea").hash
    ward = stored.find(shop.server, "wards", workspace_id=shop.admin.workspace_id)
    assert (ward["notice_hash"], ward["language"]) == (read, "sq")


def test_a_guardian_reads_before_they_say_anything(shop: Shop) -> None:
    """Their link was made by the child, so it is the first that they see of us."""
    link, guardian = asked_as_guardian(shop), Person(shop.server, "Shpresa")
    said = {**link, "text": "Who are you?"}
    for read in ("", notice_hash(guardian), read_above(shop.server, link["token"], "consent")):
        with nothing_changes(shop.server), pytest.raises(Refused, match="notice_required"):
            guardian.post("/api/contact/reply", {**said, "notice_hash": read})
    read = read_above(shop.server, link["token"], "reply")
    assert read == notice_hash(guardian, shop.inbox["id"])
    told = guardian.post("/api/contact/reply", {**said, "notice_hash": read})
    assert told["messages"][0]["text"] == "Who are you?"


def test_of_a_stranger_who_signs_in_no_phone_is_kept(shop: Shop) -> None:
    """They have not read anything yet; and the answer does not tell that they are a stranger."""
    rows = {}
    for phone in (shop.arta.phone, new_phone()):
        asked = {"phone": phone, "purpose": "sign_in"}
        challenge = Person(shop.server, "Somebody").post("/api/codes", asked)["challenge_id"]
        row = stored.find(shop.server, "code_challenges", id=challenge)
        copied = Copied(shop.server, "code_challenges", "phone", row, challenge)
        rows[phone] = copied.opened()
    assert list(rows.values()) == [shop.arta.phone, ""]


def test_whoever_is_invited_reads_before_they_leave_their_phone(shop: Shop) -> None:
    lena, phone = Person(shop.server, "Lena"), new_phone()
    draft = {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": []}
    shop.admin.post("/api/invitations", draft | attested(shop.admin))
    asked = {"phone": phone, "purpose": "accept_invitation"}
    for read in ({}, {"notice_hash": "0" * 32}):
        with nothing_changes(shop.server), pytest.raises(Refused) as no:
            lena.post("/api/codes", {**asked, **read})
        assert (no.value.status, no.value.code) == (428, "notice_required")
    lena.post("/api/codes", {**asked, "notice_hash": policy_hash(lena)})
    assert shop.server.code(phone)


def test_a_visit_does_not_begin_without_the_notice_as_it_is_now(shop: Shop) -> None:
    mira = shop.visitor()
    old = {"notice_hash": "0" * 32, "language": "en"}
    answer = mira.ask("POST", mira.path("/visitor"), old)
    assert (answer.status_code, answer.json()["code"]) == (428, "notice_required")
    assert mira.accept_notice()["visitor"]["id"].startswith("vis_")


def test_the_notice_and_the_policy_open_logged_out(shop: Shop) -> None:
    nobody = shop.visitor()
    assert nobody.get(nobody.path())["notice"]["lines"]
    assert len(nobody.get(nobody.path("/consents"))["items"]) == 5
    for language in LANGUAGES:
        read = nobody.get(f"/api/policy?language={language}")
        page = nobody.ask("GET", read["url"].removeprefix(shop.server.origin))
        assert page.status_code == 200
        assert read["hash"] in page.text, "the page shows the version that is accepted"
    assert nobody.cookies == {}


def test_a_company_signs_up_after_reading_and_the_version_is_kept(shop: Shop) -> None:
    person, phone = Member(shop.server, "Roland"), new_phone()
    for body in ({}, {"notice_hash": "0" * 16}):
        asked = {"phone": phone, "purpose": "sign_up", **body}
        with pytest.raises(Refused) as no:
            person.post("/api/codes", asked)
        assert (no.value.status, no.value.code) == (428, "notice_required")
    challenge = ask_to_sign_up(person, phone)["challenge_id"]
    company = {
        "challenge_id": challenge,
        "code": shop.server.code(phone),
        "company_name": "Rival Ltd",
        "name": "Roland",
        "region": "eu",
        "language": "sq",
    }
    with pytest.raises(Refused) as no:
        person.post("/api/sign-up", {**company, "notice_hash": "0" * 16})
    assert no.value.code == "notice_required"
    read = policy_hash(person, "sq")
    person.post("/api/sign-up", {**company, "notice_hash": read})
    (accepted,) = person.get("/api/me/consents")["accepted"]
    assert (accepted["hash"], accepted["language"]) == (read, "sq")


def test_whoever_is_invited_reads_before_they_leave_their_name(shop: Shop) -> None:
    lena, phone = Member(shop.server, "Lena"), new_phone()
    draft = {"name": "Lena", "phone": phone, "role": "agent", "inbox_ids": []}
    invited = shop.admin.post("/api/invitations", draft | attested(shop.admin))
    token = invited["url"].partition("#")[2]
    asked = {"phone": phone, "purpose": "accept_invitation", "notice_hash": policy_hash(lena)}
    proof = {
        "challenge_id": lena.post("/api/codes", asked)["challenge_id"],
        "code": shop.server.code(phone),
    }
    body = {"token": token, "name": "Lena", "phone": phone, "language": "en", **proof}
    with pytest.raises(Refused) as no:
        lena.post("/api/invitations/accept", {**body, "notice_hash": "0" * 16})
    assert (no.value.status, no.value.code) == (428, "notice_required")
    lena.post("/api/invitations/accept", {**body, "notice_hash": policy_hash(lena)})
    (accepted,) = lena.get("/api/me/consents")["accepted"]
    assert accepted["hash"] == policy_hash(lena)


def test_who_has_accepted_is_not_asked_again(shop: Shop) -> None:
    mira, _ = shop.asks("Hello")
    assert mira.ask("POST", mira.path("/ticket"), {}).status_code == 200
    assert isinstance(mira, Person)
