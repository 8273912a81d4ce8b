"""Section 2.0: the table of third parties, made from the registry; what is sent is what it says."""

from __future__ import annotations

import json
from html import unescape

import httpx2
import pytest

from silkroad import app, beyond, parts
from silkroad.engines.notify.subscription import check_subscription
from silkroad.engines.notify.vapid import Vapid, new_private_key
from silkroad.engines.notify.webpush import Delivered, WebPush
from silkroad.engines.outbound import Field
from silkroad.kit.clock import FrozenClock
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import LANGUAGES, Language
from silkroad.kit.randomness import SeededRandomness
from silkroad.privacy.policy import missing, record
from silkroad.privacy.processors import PROCESSORS, push_services, told
from silkroad.settings import Settings
from tests.cast import CONTROLLER
from tests.fakes.recorder import Recorder
from tests.harness.server import Server
from tests.installation.operator import command

POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
CANARY = "oolong-canary-4711"
ENDPOINTS = {
    "google_push": "https://fcm.googleapis.com/fcm/send/x",
    "mozilla_push": "https://updates.push.services.mozilla.com/wpush/v2/x",
    "apple_push": "https://web.push.apple.com/x",
    "microsoft_push": "https://db5p.notify.windows.com/w/?token=x",
}
MEANS = {  # which declared field a header carries; None: how the message is written, no data
    "ttl": Field.WAKE_TIME,
    "urgency": Field.WAKE_TIME,
    "topic": Field.WAKE_TIME,
    "authorization": Field.OPERATOR_CONTACT,
    "content-encoding": None,
    "content-type": None,
}


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_cell_of_the_table(server: Server, language: Language) -> None:
    page = unescape(httpx2.get(f"{server.origin}/privacy?language={language}").text)
    for entry in PROCESSORS.values():
        if entry.kind == "kept":  # on this machine everything is, here
            continue
        cells = told(entry, language, str(CONTROLLER["name"]))
        for cell in (cells.product, cells.company, cells.purpose, cells.scenario, cells.method):
            assert cell in page, (entry.name, cell)
        for text in (*cells.data, cells.countries, *entry.hosts):
            assert text in page, (entry.name, text)
        assert f'href="{entry.policy_url}"' in page


@pytest.mark.anyio
@pytest.mark.parametrize("name", ENDPOINTS)
async def test_what_is_sent_is_what_was_declared(name: str) -> None:
    """TRAP keys are declared, and no word of a message goes along."""
    recorder, clock = Recorder(push_services()), FrozenClock(1_763_942_400_000)
    vapid = Vapid(new_private_key(SeededRandomness(1)), "mailto:push@shop.example", clock)
    services = push_services()
    push = WebPush(recorder, vapid, services, clock=clock, randomness=SeededRandomness(2))
    subscription = check_subscription(ENDPOINTS[name], POINT, "A" * 22, services=services)
    payload = json.dumps({"id": CANARY}).encode()
    sent = await push.wake(subscription, payload, workspace_id="wsp", ttl=60, topic=CANARY)
    assert sent == Delivered()
    [request] = recorder.requests
    declared = PROCESSORS[name].fields
    assert (request.recipient, subscription.service) == (name, name)
    assert {MEANS[key] for key in request.headers} - {None} <= request.fields <= set(declared)
    assert {Field.PUSH_ADDRESS, Field.WAKE_ID, Field.SERVER_ADDRESS} <= request.fields
    everything = request.url.encode() + request.content + repr(dict(request.headers)).encode()
    assert CANARY.encode() not in everything


def test_what_is_not_declared_is_no_data_of_a_recipient() -> None:
    for recipient in app.recipients(Settings()):
        assert recipient.data <= set(PROCESSORS[recipient.name].data)
        assert not recipient.data & {DataClass.MESSAGE, DataClass.FILE, DataClass.PROFILE}


def test_the_record_of_processing_has_no_empty_cell() -> None:
    found = record(parts.works())
    assert missing(found) == []
    assert {line["name"] for line in found["recipients"]} == set(PROCESSORS)
    assert {job["name"] for job in found["jobs"]} >= {"SendWake", "EndExpired"}
    doors = {name for line in found["activities"] for name in line["doors"]}
    assert doors == {
        operation.name
        for operation in parts.OPERATIONS
        if operation.policy.purpose is not Purpose.IMPROVEMENT  # which reads nobody's data
    } | {frame.frame.__name__ for frame in parts.FRAMES}
    columns = {name for line in found["activities"] for name in line["columns"]}
    assert columns == {
        f"{table}.{name}"
        for module in parts.DECLARATIONS
        for table, known in module.items()
        for name, column in known.items()
        if column.personal
    }
    fields = {name for line in found["activities"] for name in line["beyond"]}
    assert fields == {
        f"{thing}.{name}"
        for module in beyond.DECLARATIONS
        for thing, known in module.items()
        for name, column in known.items()
        if column.personal
    }


@pytest.mark.parametrize("cell", ["product", "scenario", "data", "method", "company", "policy"])
def test_a_missing_cell_is_found(cell: str) -> None:
    found = record(parts.works())
    found["recipients"][0] = {**found["recipients"][0], cell: ""}
    assert missing(found) == [f"recipients.google_push.{cell}"]
    found["activities"][0] = {**found["activities"][0], "grounds": []}
    assert "activities.registration.grounds" in missing(found)


def test_the_operator_prints_the_record(server: Server) -> None:
    done = command(server, "policy", "record", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(record(parts.works())))
    text = command(server, "policy", "record").stdout
    assert "Firebase Cloud Messaging" in text
    assert "engagements.enabled_by" in text
