"""Section 8.6: where an assessment leaves a high risk, the feature is locked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from silkroad import app
from silkroad.kit.clock import DAY, FrozenClock
from silkroad.kit.errors import Refusal
from silkroad.kit.inventory import Purpose
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.scope import system
from silkroad.parts import FRAMES, OPERATIONS
from silkroad.privacy.assessments import OWN, actions
from silkroad.privacy.assessments.events import ForgetAssessment
from silkroad.privacy.assessments.model import AssessmentDraft, risk_of
from silkroad.privacy.campaigns.phrases import WORDS
from silkroad.settings import Settings
from silkroad.workspaces.actions import found
from tests.attacks import stored
from tests.attacks.asking import SAMPLES
from tests.attacks.enterprise import vouched
from tests.cast import (
    Member,
    Shop,
    attested,
    in_days,
    new_phone,
    publish,
    says_yes,
    switch_on,
    third_party,
    yes_to,
)
from tests.harness.people import Json, Refused

from .campaigns import news

Use = tuple[str, str]
CONSOLE_WORDS = Path(__file__).parents[2] / "web/console/src/words"
HARM = "Zirkelweh: people are woken at night"


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


def draft(feature: str, after: int = 1, **changes: Json) -> Json:
    """What somebody writes down; ``after`` is how likely and how grave it still is."""
    levels = {"likelihood_before": 4, "severity_before": 4}
    levels |= {"likelihood_after": after, "severity_after": after}
    words = {"harm": HARM, "measures": "Only by day"}
    return {"feature": feature, "purpose": "conversation", **words, **levels, **changes}


def assess(admin: Member, feature: str, after: int = 1, **changes: Json) -> Json:
    return admin.post("/api/assessments", draft(feature, after, **changes))


def locked(admin: Member) -> set[str]:
    features = admin.get("/api/assessments")["features"]
    return {feature["name"] for feature in features if feature["locked"]}


def bring_in(shop: Shop) -> object:
    body = {"name": "Lea", "phone": new_phone(), "role": "agent", "inbox_ids": []}
    return shop.admin.post("/api/invitations", body | attested(shop.admin))


def ask_exception(shop: Shop) -> object:
    body = {"code": "EX05", "grounds": {"reason": "Somebody is in danger"}, "data": ["CON"]}
    body |= {"subjects": [shop.arta.member_id], "purpose": "conversation"}
    return shop.admin.post("/api/exceptions", body | {"expires_at": in_days(0.5)})


def tell_of_customer(shop: Shop) -> object:
    door = f"/api/inboxes/{shop.inbox['id']}/identity-secret"
    secret = shop.admin.post(door, {"details": ["name"]})["secret"]
    return shop.visitor().accept_notice(identity=vouched(secret, {"id": "7", "name": "Mira"}))


def hear(shop: Shop) -> object:
    says_yes(shop.arta, "microphone")
    return shop.arta.post("/api/me/media/microphone")


def be_woken(shop: Shop) -> object:
    keys = {"p256dh": SAMPLES["p256dh"], "auth": SAMPLES["auth"]}
    body = {"endpoint": SAMPLES["endpoint"], "keys": keys, "consent": yes_to(shop.arta)}
    return shop.arta.put("/api/me/devices", body)


def publish_talk(shop: Shop) -> object:
    shop.admin.ask("PUT", "/api/publications", {"allowed": True})
    return publish(shop.asks("Is the jasmine tea organic?")[0])


def give_figures_out(shop: Shop) -> object:
    """Get as far as the exception that this needs; what is behind it is in section_d_7."""
    try:
        return shop.admin.post("/api/research/extracts", {"month": "2026-01", "form": "csv"})
    except Refused as no:
        if no.code != "exception_required":
            raise
    return True


DOORS: dict[str, Callable[[Shop], object]] = {
    "web_push": be_woken,
    "google_push": be_woken,
    "exceptions": ask_exception,
    "imports": bring_in,
    "grants": tell_of_customer,
    "media": hear,
    "publications": publish_talk,
    "research": give_figures_out,
}

FEATURES: dict[Use, str] = {  # a module's doors for a purpose → its feature, or why it has none
    ("push", "wake_up"): "web_push",
    ("privacy.exceptions", "accountability"): "exceptions",
    ("privacy.imports", "accountability"): "imports",
    ("privacy.grants", "accountability"): "grants",
    ("privacy.consent", "microphone"): "media",
    ("privacy.consent", "camera"): "media",
    ("publications", "rights"): "publications",
    ("research", "research"): "research",
    ("research", "improvement"): "research",
    ("research", "accountability"): "how many people a figure needs, and which months are over",
    # what Silkroad is for: whoever finds its risk too high takes the chat off the site
    ("conversations", "conversation"): "the chat itself, which a visitor begins by what they write",
    ("widget", "conversation"): "the chat itself, which a visitor begins by what they write",
    ("inboxes", "teamwork"): "what a company sets up for its chat; archiving it ends that chat",
    # without this nobody gets in, or is kept out
    ("accounts", "authentication"): "keeps strangers out of what is somebody's own",
    ("accounts", "security"): "shows and ends one's own sessions",
    ("conversations", "authentication"): "a ticket for whoever is in already",
    ("inboxes", "authentication"): "a secret of the company's, without which grants tell nothing",
    ("widget", "authentication"): "a ticket for whoever is in already",
    ("workspaces", "authentication"): "keeps strangers out of what is somebody's own",
    ("workspaces", "registration"): "what there is of a company and its members; see imports",
    ("workspaces", "teamwork"): "what there is of a company and its members; see imports",
    # the installation's own, which is no company's to assess
    ("installation", "registration"): "the operator's, before there is a company",
    ("workspaces", "operation"): "the operator's, who has nothing of anybody but their own contact",
    # what protects people may not be taken from them
    ("privacy.consent", "accountability"): "what people said themselves, which they can take back",
    ("privacy.contact", "rights"): "people's rights are not locked",
    ("privacy.guardians", "rights"): "children are kept from what is not for them",
    ("widget", "rights"): "a child's way to a guardian",
    ("privacy.policy", "accountability"): "what everybody can read",
    ("privacy.campaigns", "accountability"): "people are told of what changes, also of a lock",
    ("privacy.assessments", "accountability"): "the assessments",
    ("privacy.processors", "accountability"): "each third party is a feature, under its own name",
}


def test_all_that_can_be_assessed_is_what_there_is(shop: Shop) -> None:
    found = shop.admin.get("/api/assessments")
    names = [feature["name"] for feature in found["features"]]
    parties = [item["name"] for item in shop.admin.get("/api/processors")["items"]]
    assert set(names) == {*OWN, *parties}
    assert set(OWN) < DOORS.keys(), "a feature that nobody tries to open while it is locked"
    assert {feature["risk"] for feature in found["features"]} == {None}
    assert found["items"] == []


def test_whatever_there_are_doors_for_can_be_assessed_or_says_why_not() -> None:
    """A new module, or a new purpose in one that is there, is looked at before it opens."""
    doors = {(module(o.handler), o.policy.purpose.value) for o in OPERATIONS}
    doors |= {(module(frame.handler), frame.purpose.value) for frame in FRAMES}
    assert doors == FEATURES.keys()
    named = {said for said in FEATURES.values() if " " not in said}
    assert named == set(OWN)


def module(handler: Callable[..., object]) -> str:
    """Return the folder that a door lies in."""
    return handler.__module__.removeprefix("silkroad.").rpartition(".")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_feature_has_its_name_in_every_language(language: Language) -> None:
    """One for the people who are told that it is locked, one for whoever assesses it."""
    assert WORDS[language].features.keys() == set(OWN)
    console = (CONSOLE_WORDS / f"{language}.ts").read_text(encoding="utf-8")
    assert {name for name in OWN if f'"feature.{name}": "' not in console} == set()


@pytest.mark.parametrize("feature", DOORS)
def test_a_high_rest_locks_the_feature_and_a_lower_one_opens_it(shop: Shop, feature: str) -> None:
    """GATE: a typed refusal from that commit on, nothing is done, and the others go on."""
    admin, door = shop.admin, DOORS[feature]
    line = shop.arta.socket()
    (item,) = assess(admin, feature, 3)["items"]
    assert (item["risk_before"], item["risk_after"], item["harm"]) == ("high", "high", HARM)
    assert line.hear("changed", within=1.0)["what"] == "me"
    assert locked(admin) == {feature}
    with pytest.raises(Refused) as no:
        door(shop)
    assert (no.value.status, no.value.code) == (403, "feature_locked")
    for other in set(DOORS.values()) - {door}:
        assert other(shop)
    assert assess(admin, feature, 2)["items"][0]["risk_after"] == "medium"
    assert locked(admin) == set()
    assert door(shop)
    kept = stored.all_of(shop.server, "assessments")
    assert sum(row["workspace_id"] == admin.workspace_id for row in kept) == 2
    assert HARM not in repr(kept), "what was weighed lies sealed"


def test_people_are_told_of_what_is_locked(shop: Shop) -> None:
    assess(shop.admin, "media", 2)
    shop.server.rest()
    assert news(shop.arta) == [], "a risk that may stay is nobody's news"
    assess(shop.admin, "media", 3)
    assess(shop.admin, "media", 3, measures="The same, and spelt right")
    assess(shop.admin, "google_push", 3)
    shop.server.rest()
    own, party = news(shop.arta)
    assert (own["text"]["weight"], own["asked"]) == ("major", [])
    assert own["text"]["lines"][0].endswith("high: Microphone and camera.")
    assert "Firebase Cloud Messaging (Google LLC)" in party["text"]["lines"][0]
    for language, words in (("zh-CN", "麦克风和摄像头"), ("sq", "Mikrofoni dhe kamera")):
        assert words in news(shop.arta, language)[0]["text"]["lines"][0]
    assert news(shop.admin) == [], "who has weighed it knows"
    assert HARM not in repr(news(shop.arta)), "what was weighed is the company's own"


def test_what_is_locked_wakes_nobody_and_cannot_be_switched_on(shop: Shop) -> None:
    assert shop.arta.get("/api/me")["vapid_public_key"]
    assess(shop.admin, "web_push", 4)
    me = shop.arta.get("/api/me")
    assert (me["workspace"]["push"], me["vapid_public_key"]) == (False, None)
    with pytest.raises(Refused, match="feature_locked"):
        switch_on(shop.admin, "apple_push")
    assert third_party(shop.admin, "google_push")["state"] == "locked"
    assess(shop.admin, "web_push", 1)
    assert third_party(shop.admin, "google_push")["state"] == "on"
    assess(shop.admin, "apple_push", 4)
    with pytest.raises(Refused, match="feature_locked"):
        switch_on(shop.admin, "apple_push")
    switch_on(shop.admin, "mozilla_push")
    assert shop.arta.get("/api/me")["vapid_public_key"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"feature": "telepathy"}, "$.feature"),
        ({"purpose": "advertising"}, "$.purpose"),
        ({"harm": " "}, "$.harm"),
        ({"measures": ""}, "$.measures"),
        ({"severity_after": 5}, "$.severity_after"),
        ({"likelihood_before": 1, "likelihood_after": 2}, "$.likelihood_after"),
        ({"severity_before": 1, "severity_after": 2}, "$.severity_after"),
    ],
)
def test_what_was_not_weighed_is_not_kept(shop: Shop, change: Json, place: str) -> None:
    with pytest.raises(Refused) as no:
        shop.admin.post("/api/assessments", draft("imports", 1) | change)
    assert no.value.status == 422
    assert [field["path"] for field in no.value.problem["fields"]] == [place]
    assert shop.admin.get("/api/assessments")["items"] == []


def test_a_company_sees_and_locks_its_own_only(shop: Shop, stranger: Member) -> None:
    assess(shop.admin, "imports", 4)
    assert (locked(stranger), stranger.get("/api/assessments")["items"]) == (set(), [])
    for method in ("GET", "POST"):
        body = draft("imports") if method == "POST" else None
        assert shop.arta.ask(method, "/api/assessments", body).status_code == 403


@pytest.mark.anyio
async def test_it_is_kept_for_three_years_and_the_lock_for_longer(tmp_path: Path) -> None:
    clock = FrozenClock(1_763_942_400_000)
    told: list[str] = []
    async with app.open_house(Settings(data_dir=tmp_path / "data"), clock=clock) as house:
        registering = system(purpose=Purpose.REGISTRATION)
        place = await house.db.write(registering, found, "Linden", "eu")
        scope = system(place, Purpose.ACCOUNTABILITY)
        house.db.on_commit = lambda facts: told.extend(type(f.fact).__name__ for f in facts)
        body = AssessmentDraft(**draft("imports", 4) | {"purpose": Purpose.CONVERSATION})
        made = await house.db.write(scope, actions.assess, body, house.features)
        assert told == ["FeatureAssessed", "AssessmentHigh"]
        (item,) = made.items
        assert item.kept_until - clock.now() >= 3 * 365 * DAY
        clock.move(item.kept_until - clock.now() - 1)
        await house.db.write(scope, actions.forget, ForgetAssessment(item.id))
        assert (await house.db.read(scope, actions.overview, house.features)).items == [item]
        clock.move(1)
        await house.db.write(scope, actions.forget, ForgetAssessment(item.id))
        assert (await house.db.read(scope, actions.overview, house.features)).items == []
        with pytest.raises(Refusal, match="feature_locked"):
            await house.db.read(scope, actions.require_open, "imports")


def test_the_risk_is_the_product() -> None:
    found = {(a, b): risk_of(a, b) for a in range(1, 5) for b in range(1, 5)}
    assert {pair for pair, risk in found.items() if risk == "high"} == {
        *((2, 4), (4, 2), (3, 3), (3, 4), (4, 3), (4, 4)),
    }
    assert found[1, 3] == "low" and found[1, 4] == found[2, 2] == "medium"
