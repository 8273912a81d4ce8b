"""Whatever is sent to the door for files: taken safely or refused, and nobody else notices. S9."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page
from playwright.sync_api import Error as NoPage

from silkroad.conversations.routes import UPLOADS as MEMBERS_UPLOADS
from silkroad.files.names import is_visible
from silkroad.http import arrivals
from silkroad.kit.errors import Refusal
from silkroad.widget.routes import UPLOADS
from tests.cast import Shop, invite, open_shop, set_up
from tests.depth import by_depth
from tests.harness.browser import chromium, sign_in
from tests.harness.people import Person, everybody_leaves, present
from tests.harness.server import Server

from . import pictures, texts
from .corpus import Upload, corpus, weighty

SAID_NO = {413, 415, 422}
SHOWN = {"image/jpeg", "image/png", "image/webp"}
TOGETHER = 20  # files embedded in one page
PER_CONVERSATION = 180  # a day's quota is 200

EMBED = """(paths) => {
  const ways = { iframe: "src", script: "src", object: "data", embed: "src", link: "href" };
  for (const path of paths) {
    for (const [tag, way] of Object.entries(ways)) {
      const node = document.createElement(tag);
      if (tag === "link") node.rel = "stylesheet";
      node[way] = path;
      document.body.append(node);
    }
  }
}"""
ALIVE = """() => {
  const frame = document.createElement("iframe");
  frame.srcdoc = "<script>alert(1)</script>";
  document.body.append(frame);
}"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    here = present()
    with Server(tmp_path_factory.mktemp("uploads") / "data") as server:
        set_up(server)
        yield open_shop(server)
        everybody_leaves(but=here)
        assert server.stop() == 0


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    """Send home whom a test has brought; the shop's people stay."""
    here = present()
    yield
    everybody_leaves(but=here)


class Sent:
    """What became of each file of the corpus; the taken ones, by the id of the file."""

    def __init__(self, shop: Shop, uploads: list[Upload]) -> None:
        self.taken: dict[str, tuple[Upload, dict[str, object]]] = {}
        self.broken: list[tuple[str, int, str]] = []
        conversation = ""
        for number, upload in enumerate(uploads):
            if number % PER_CONVERSATION == 0:
                _, conversation = shop.asks("Look", f"Mira {number}")
            answer = patiently(shop.arta, f"/api/conversations/{conversation}/files", upload)
            if answer.status_code == 200:
                self.taken[answer.json()["id"]] = (upload, answer.json())
            elif answer.status_code not in SAID_NO:
                self.broken.append((upload.name, answer.status_code, answer.text))


def send(person: Person, path: str, upload: Upload) -> httpx2.Response:
    headers = {"X-File-Name": quote(upload.name), "Content-Type": "application/octet-stream"}
    return person.ask("POST", path, headers=headers, content=upload.data)


def patiently(person: Person, path: str, upload: Upload) -> httpx2.Response:
    """Send a file, and wait as long as one is told to who sends hundreds."""
    while (answer := send(person, path, upload)).status_code == 429:
        time.sleep(int(answer.headers["retry-after"]))
    return answer


@pytest.fixture(scope="module")
def sent(shop: Shop) -> Sent:
    """At every change, a fifth of it and every picture that tells."""
    every, step = corpus(), by_depth(5, 1, 1)
    return Sent(
        shop, [u for n, u in enumerate(every) if n % step == 0 or u.name.startswith("home.")]
    )


@pytest.mark.timeout(by_depth(120, 900, 900))  # all of it goes through the limit of one member
def test_every_file_is_taken_or_refused_in_words(sent: Sent) -> None:
    assert len(corpus()) >= 500
    assert sent.broken == []
    assert len(sent.taken) > by_depth(20, 120, 120)


def test_nothing_lies_outside_the_store(shop: Shop, sent: Sent) -> None:
    data = shop.server.data
    blobs = {p.name for p in (data / "blobs").rglob("*") if p.is_file()}
    assert blobs == set(sent.taken)
    others = {p.relative_to(data).parts[0] for p in data.rglob("*")} - {"blobs"}
    assert {name for name in others if not name.startswith("silkroad.db")} == {"keys", "lock"}
    assert {p.name for p in data.parent.iterdir()} == {"data", "data.log"}
    assert not list(Path("/tmp").glob("evil*"))


def test_what_was_taken_comes_back_disarmed(shop: Shop, sent: Sent) -> None:
    for file_id, (upload, info) in sent.taken.items():
        answer = shop.arta.ask("GET", f"/api/files/{file_id}")
        assert answer.status_code == 200
        disposition, kind = answer.headers["content-disposition"], answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert disposition.startswith("inline;" if kind in SHOWN else "attachment;"), upload.name
        assert "\n" not in disposition
        assert not {"html", "xml", "javascript", "svg"} & set(kind.replace("/", "+").split("+"))
        name = str(info["name"])
        assert all(map(is_visible, name)) and "/" not in name and "\\" not in name
        assert not name.endswith((".html", ".svg", ".exe", ".js", ".php"))
        if kind in SHOWN:
            assert_remade(answer.content)
        else:
            assert answer.content == upload.data


def assert_remade(data: bytes) -> None:
    """Assert that a picture has its pixels and nothing else."""
    for left in (pictures.SECRET, b"<script", b"alert(", texts.EICAR, b"Exif", b"xmpmeta", b"GPS"):
        assert left not in data
    picture = Image.open(io.BytesIO(data))
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)


def test_no_picture_tells_where_it_was_taken(shop: Shop, sent: Sent) -> None:
    telling = [file for file in sent.taken.items() if file[1][0].name.startswith("home.")]
    assert len(telling) == 8, "all four kinds, whole and with a page behind"
    for file_id, (upload, _info) in telling:
        assert pictures.SECRET in upload.data
        assert_remade(shop.arta.ask("GET", f"/api/files/{file_id}").content)


def test_nothing_runs_when_it_is_opened_in_a_browser(shop: Shop, sent: Sent) -> None:
    ids = [i for i, (upload, _) in sent.taken.items() if b"alert" in upload.data]
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        dialogs: list[str] = []

        def heard(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", heard)
        sign_in(page, shop.arta)
        paths = [f"/api/files/{file_id}" for file_id in ids]
        for path in paths[:: by_depth(8, 1, 1)]:
            opened(page, shop.server.origin + path)
        for at in range(0, len(paths), TOGETHER):
            page.goto(f"{shop.server.origin}/privacy")
            page.evaluate(EMBED, paths[at : at + TOGETHER])
            page.wait_for_load_state("networkidle", timeout=120_000)
        assert dialogs == []
        page.evaluate(ALIVE)
        page.wait_for_timeout(200)
        assert dialogs == ["1"], "the test itself can tell"


def opened(page: Page, address: str) -> None:
    """Open it as a page of its own."""
    try:
        page.goto(address)
    except NoPage as no:
        assert "Download is starting" in str(no)  # noqa: PT017 - an attachment is no page


def test_a_visitor_is_judged_by_the_same_rules(shop: Shop) -> None:
    mira, _ = shop.asks("Look", "Mira")
    evil = [Upload("photo.jpg", texts.PAGE), Upload("a.zip", corpus()[-60].data)]
    for upload in evil:
        assert send(mira, mira.path("/files"), upload).status_code in SAID_NO


@pytest.mark.prove
def test_what_weighs_much_is_refused_while_others_are_served(shop: Shop) -> None:
    _, conversation = shop.asks("Heavy", "Mira")
    path = f"/api/conversations/{conversation}/files"
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(send, shop.arta, path, upload) for upload in weighty()]
        waits = [asked(shop.wei) for _ in range(100)]
        statuses = {answer.result().status_code for answer in answers}
    assert statuses <= {200, *SAID_NO, 503}
    assert sorted(waits)[-2] < 2, "two cores, and two children that compute"


def asked(person: Person) -> float:
    began = time.monotonic()
    assert person.get("/api/conversations/counts")
    time.sleep(0.02)  # a hundred questions over some seconds, as people ask them
    return time.monotonic() - began


def test_a_body_that_is_cut_off_leaves_nothing(shop: Shop) -> None:
    mira, _ = shop.asks("Cut", "Mira")
    before = set((shop.server.data / "blobs").rglob("*"))
    for sent_bytes in (0, 1, 500):
        with closing(half_sent(mira, mira.path("/files"), 1_000, sent_bytes)):
            pass
    assert mira.get(mira.path("/messages"))
    assert set((shop.server.data / "blobs").rglob("*")) == before


def half_sent(person: Person, path: str, announced: int, sent: int) -> socket.socket:
    """Begin an upload and send only so much of it."""
    address = urlsplit(person.server.origin)
    line = socket.create_connection((address.hostname, address.port or 0), timeout=10)
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nX-Silkroad: 1\r\n"
        f"X-Forwarded-For: {person.address}\r\nCookie: {cookies}\r\nX-File-Name: a.txt\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {announced}\r\n\r\n"
    )
    line.sendall(head.encode() + b"a" * sent)
    return line


def test_whoever_sends_slowly_takes_the_room_of_nobody_else(shop: Shop) -> None:
    _, conversation = shop.asks("Slow", "Mira")
    path = f"/api/conversations/{conversation}/files"
    words = Upload("words.txt", b"words\n")
    with ExitStack() as lines:
        for _ in range(arrivals.AT_ONCE):
            lines.enter_context(closing(half_sent(shop.wei, path, 1_000, 1)))
        assert wait_for(lambda: send(shop.wei, path, words).status_code == 429)
        assert send(shop.arta, path, words).status_code == 200
    assert wait_for(lambda: send(shop.wei, path, words).status_code == 200), "they gave up"
    log = shop.server.errors.read_text()
    assert "operation_failed" not in log, "a line that is cut is nobody's mistake"


def test_the_limit_of_a_visitor_is_asked_before_a_byte_is_read(shop: Shop) -> None:
    """Half a file is enough to be counted, and too many are refused before the other half."""
    mira, _ = shop.asks("Often", "Mira")
    for _ in range(UPLOADS.burst):
        assert send(mira, mira.path("/files"), Upload("a.exe", b"MZ\x90\x00")).status_code == 415
    with closing(half_sent(mira, mira.path("/files"), 1_000, 1)) as line:
        assert line.recv(64).startswith(b"HTTP/1.1 429")


def test_a_member_has_a_limit_as_well_and_is_alone_with_it(shop: Shop) -> None:
    _, conversation = shop.asks("Often", "Mira")
    path = f"/api/conversations/{conversation}/files"
    sender = invite(shop.admin, "Sender", [shop.inbox["id"]])
    program = Upload("a.exe", b"MZ\x90\x00")
    answers = (send(sender, path, program) for _ in range(10 * MEMBERS_UPLOADS.burst))
    assert next(answer.status_code for answer in answers if answer.status_code != 415) == 429
    assert send(shop.arta, path, Upload("words.txt", b"words\n")).status_code == 200


def test_all_bodies_together_take_no_more_than_their_room() -> None:
    room = arrivals.Arrivals()
    with ExitStack() as stack:
        takes = [stack.enter_context(room.one(f"person {number}")) for number in range(3)]
        takes[0](arrivals.MOST_BYTES - 10)
        takes[1](10)
        with pytest.raises(Refusal, match="unavailable"):
            takes[2](1)
    with room.one("anybody") as take:
        take(arrivals.MOST_BYTES)


def wait_for(done: Callable[[], bool]) -> bool:
    """Ask until it is so, for half a minute at most: others have the machine as well."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if done():
            return True
    return False
