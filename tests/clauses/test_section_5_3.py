"""Clause 5.3: nothing can be read by everybody but what its author published, after being told."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

import silkroad
from silkroad.conversations import DECLARATIONS as CONVERSATIONS
from silkroad.installation.routes import SECURITY_TXT
from silkroad.kit.clock import DAY
from silkroad.kit.inventory import DataClass
from silkroad.kit.languages import LANGUAGES
from silkroad.kit.permissions import Permission
from silkroad.parts import OPERATIONS
from silkroad.privacy.contact.page import ANSWER, FORM
from silkroad.publications.actions import TOLD, told_of
from silkroad.publications.model import PER_PAGE, PUBLISHED
from silkroad.publications.phrases import WORDS, notice
from silkroad.publications.routes import LOOKS
from tests.attacks import stored
from tests.cast import Shop, VisitorOf, open_shop, publish
from tests.clauses.persons import begin, waiting
from tests.clauses.test_section_7 import aged
from tests.clauses.test_section_8_6 import assess
from tests.faults.below import below
from tests.harness.people import Json, Person, Refused, client_id
from tests.harness.server import Server

ASKED = "Is the jasmine tea organic?"
SOURCES = Path(silkroad.__file__).parent
NAMED = {"FORM": FORM, "ANSWER": ANSWER, "SECURITY_TXT": SECURITY_TXT}
HOSTILE = '<script>alert(1)</script> & "quotes"'


@pytest.fixture(scope="module")
def shop(server: Server) -> Shop:
    found = open_shop(server)
    allow(found)
    return found


def allow(shop: Shop, *, on: bool = True) -> Json:
    return shop.admin.put("/api/publications", {"allowed": on})


def talk(shop: Shop, text: str = ASKED) -> tuple[VisitorOf, str]:
    """Let a visitor ask, and an agent answer and note something."""
    mira, conversation = shop.asks(text)
    path = f"/api/conversations/{conversation}/messages"
    shop.arta.post(path, {"client_id": client_id(), "text": "Yes, it is."})
    note = {"client_id": client_id(), "text": "Careful with this one", "note": True}
    shop.arta.post(path, note)
    return mira, conversation


def read(url: str, **query: str) -> httpx2.Response:
    return httpx2.get(url, params=query) if query else httpx2.get(url)


def mine(visitor: VisitorOf) -> Json:
    return visitor.get(visitor.path("/publications"))


def tries(person: Person, path: str, **body: Json) -> tuple[int, str]:
    answer = person.ask("POST", path, body)
    return answer.status_code, answer.json().get("code", "")


def test_there_is_no_link_without_a_record_of_what_was_told(shop: Shop) -> None:
    mira, _ = talk(shop)
    door, before = mira.path("/publications"), stored.all_of(shop.server, "publications")
    for shown in ("", "0" * 32, mine(mira)["notice"]["hash"][:-1] + "x"):
        said = {"notice_hash": shown, "language": "en", "days": 7}
        assert tries(mira, door, **said) == (428, "notice_required")
    sq = mira.get(mira.path("/publications?language=sq"))["notice"]["hash"]
    assert tries(mira, door, notice_hash=sq, language="en", days=7) == (428, "notice_required")
    assert tries(mira, door, notice_hash=sq, language="sq", days=365)[0] == 422
    assert stored.all_of(shop.server, "publications") == before
    assert mine(mira)["items"] == []


def test_whoever_has_the_link_reads_what_was_said_and_no_name(shop: Shop) -> None:
    mira, conversation = talk(shop, HOSTILE)
    url = publish(mira)["url"]
    later = {"client_id": client_id(), "text": "Only for you"}
    shop.arta.post(f"/api/conversations/{conversation}/messages", later)
    answer = read(url)
    assert answer.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;" in answer.text
    assert "<script" not in answer.text
    assert "Yes, it is." in answer.text and "Linden Tea" in answer.text
    for hidden in ("Only for you", "Careful with this one", "Mira", "Arta", conversation):
        assert hidden not in answer.text, hidden
    assert "script" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "set-cookie" not in answer.headers
    kept = stored.find(shop.server, "publications", conversation_id=conversation)
    assert (kept["kinds"], kept["sensitivity"], kept["purpose"]) == ("MSG", "S2", "rights")
    token = url.rpartition("/")[2].partition("?")[0]
    assert token.encode() not in kept["token_hash"], "the link itself is nowhere"


def test_a_link_that_never_was_opens_nothing(shop: Shop) -> None:
    mira, _ = talk(shop)
    url = publish(mira)["url"]
    door, _, token = url.partition("?")[0].rpartition("/")
    other = open_shop(shop.server, "Birch Coffee")
    for wrong in (
        f"{door}/{'x' * len(token)}",
        f"{door}/{token[:-1]}",
        f"{door}/x{token}",
        f"{shop.server.origin}/published/{other.inbox['id']}/{token}",
        f"{shop.server.origin}/published/ibx_nothing/{token}",
        f"{door}/{token}?after=-1",
        f"{door}/{token}?after=99999999999999999999",
    ):
        answer = read(wrong)
        assert answer.status_code == 404, wrong
        assert ASKED not in answer.text


def test_its_author_ends_it_at_once(shop: Shop) -> None:
    mira, _ = talk(shop)
    jon, _ = talk(shop, "And the green one?")
    made, others = publish(mira), publish(jon)
    path = mira.path(f"/publications/{made['publication']['id']}")
    assert jon.ask("DELETE", path).status_code == 404, "whose it is not"
    assert mira.delete(path)["items"][0]["state"] == "ended"
    gone = read(made["url"], language="sq")
    assert (gone.status_code, ASKED in gone.text) == (410, False)
    assert WORDS["sq"].gone in gone.text
    assert read(others["url"]).status_code == 200
    shop.admin.delete(f"/api/publications/{others['publication']['id']}")
    assert read(others["url"]).status_code == 410


def test_it_ends_by_itself(own_server: Server) -> None:
    shop = open_shop(own_server)
    allow(shop)
    mira, _ = talk(shop)
    short, longer = publish(mira, 1)["url"], publish(mira, 30)["url"]
    own_server.let_pass(DAY - 60_000)
    assert [read(url).status_code for url in (short, longer)] == [200, 200]
    own_server.let_pass(61_000)
    assert [read(url).status_code for url in (short, longer)] == [410, 200]
    assert [item["state"] for item in mine(mira)["items"]] == ["open", "expired"]
    own_server.let_pass(400 * DAY)
    own_server.rest()
    assert stored.all_of(own_server, "publications") == [], "the record is kept a year longer"


def test_the_company_decides_whether_and_never_does_it_itself(shop: Shop) -> None:
    mira, conversation = talk(shop)
    url = publish(mira)["url"]
    seen = shop.admin.get("/api/publications")["items"][0]
    assert (seen["conversation_id"], seen["publication"]["state"]) == (conversation, "open")
    allow(shop, on=False)
    assert read(url).status_code == 410
    body = {"notice_hash": mine(mira)["notice"]["hash"], "language": "en", "days": 7}
    assert tries(mira, mira.path("/publications"), **body) == (403, "publication_off")
    allow(shop)
    assert read(url).status_code == 410, "what was ended stays so"
    doors = {one.name for one in OPERATIONS if one.path.endswith("/publications")}
    assert doors == {
        "publications.list",
        "publications.rule",
        "widget.publications",
        "widget.publish",
    }
    for person in (shop.admin, shop.arta):
        assert tries(person, mira.path("/publications"), **body)[0] == 428, "nobody's chat"
        assert person.ask("POST", "/api/publications", body).status_code == 405
    new = open_shop(shop.server, "Birch Coffee")
    assert mine(talk(new)[0])["allowed"] is False, "off, until a company wants it"


def test_what_is_locked_shows_nothing_as_long_as_it_is(shop: Shop) -> None:
    """8.6: an assessment that leaves a high risk shuts open links too; ending one is never shut."""
    mira, _ = talk(shop)
    kept, ended = publish(mira), publish(mira)
    assess(shop.admin, "publications", 3)
    assert [read(link["url"]).status_code for link in (kept, ended)] == [410, 410]
    assert ASKED not in read(kept["url"]).text
    assert mine(mira)["allowed"] is False
    body = {"notice_hash": mine(mira)["notice"]["hash"], "language": "en", "days": 7}
    assert tries(mira, mira.path("/publications"), **body) == (403, "feature_locked")
    with pytest.raises(Refused, match="feature_locked"):
        allow(shop)
    mira.delete(mira.path(f"/publications/{ended['publication']['id']}"))
    assess(shop.admin, "publications", 1)
    assert [read(link["url"]).status_code for link in (kept, ended)] == [200, 410]
    assert allow(shop)["allowed"] and publish(mira)


def test_there_are_a_few_links_at_a_time(shop: Shop) -> None:
    mira, _ = talk(shop)
    made = [publish(mira) for _ in range(5)]
    body = {"notice_hash": mine(mira)["notice"]["hash"], "language": "en", "days": 1}
    assert tries(mira, mira.path("/publications"), **body) == (409, "too_many")
    mira.delete(mira.path(f"/publications/{made[0]['publication']['id']}"))
    publish(mira)
    silent = shop.visitor("Ana")
    silent.accept_notice()
    assert tries(silent, silent.path("/publications"), **body) == (404, "not_found")


def test_a_long_talk_has_several_pages(shop: Shop) -> None:
    mira, _ = shop.asks("number 1 .")
    line = mira.line()
    (talked,) = [mira.get(mira.path())["visitor"]["conversation_id"]]
    for number in range(2, PER_PAGE + 6):
        line.send(talked, f"number {number} .")
    line.close()
    url = publish(mira)["url"]
    first = read(url).text
    assert "number 1 ." in first and f"number {PER_PAGE} ." in first
    assert f"number {PER_PAGE + 1} ." not in first
    second = read(url.partition("?")[0], after=str(PER_PAGE)).text
    assert f"number {PER_PAGE + 1} ." in second and f"number {PER_PAGE + 5} ." in second
    assert f"number {PER_PAGE} ." not in second and 'class="more"' not in second
    assert "after=" not in first.partition("<main>")[0]
    for language in LANGUAGES:  # in another language one goes on reading where one was
        assert f'href="?language={language}&amp;after={PER_PAGE}"' in second


def test_what_was_told_less_of_than_is_shown_now_is_over(own_server: Server) -> None:
    """As after an update whose page shows more, or something more delicate."""
    shop = open_shop(own_server)
    allow(shop)
    mira, _ = talk(shop)
    made = [publish(mira) for _ in range(3)]
    assert own_server.stop() == 0
    for changed, link in zip(("kinds = 'OPS'", "sensitivity = 'S1'"), made, strict=False):
        which = link["publication"]["id"]
        below(own_server, f"UPDATE publications SET {changed} WHERE id = ?", which)  # noqa: S608 - of these two
    own_server.start()
    assert [read(link["url"]).status_code for link in made] == [410, 410, 200]


def test_a_child_publishes_nothing(own_server: Server) -> None:
    shop = open_shop(own_server)
    allow(shop)
    (lis, _), (noor, _) = talk(shop), talk(shop)
    made, others = publish(lis), publish(noor)["url"]
    shop.admin.put("/api/age-gate", {"asks": True})
    links = (made["url"], others)
    assert [read(url).status_code for url in links] == [410, 410], "nobody knows how old they are"
    begin(noor, aged(20))
    assert [read(url).status_code for url in links] == [410, 200], "open for the rest of its days"
    waiting(lis, aged(9))
    assert read(made["url"]).status_code == 410, "whoever made it turned out to be a child"
    assert mine(lis)["allowed"] is False
    body = {"notice_hash": mine(lis)["notice"]["hash"], "language": "en", "days": 7}
    assert tries(lis, lis.path("/publications"), **body) == (403, "guardian_required")
    shop.admin.put("/api/age-gate", {"asks": False})
    assert read(made["url"]).status_code == 410, "and stays one"


@pytest.mark.prove
def test_a_fault_is_not_told_as_an_end(own_server: Server) -> None:
    shop = open_shop(own_server)
    allow(shop)
    url = publish(talk(shop)[0])["url"]
    looks = [read(url) for _ in range(LOOKS.burst + 20)]
    assert {one.status_code for one in looks} == {200, 429}
    late = next(one for one in looks if one.status_code == 429)
    assert late.json()["code"] == "throttled"
    assert int(late.headers["retry-after"]) > 0


def test_what_is_told_follows_from_what_is_shown() -> None:
    """Of other columns something else is told, and the old yes is none any more."""
    assert (TOLD.kinds, TOLD.sensitivity) == (("MSG",), "S2")
    assert set(PUBLISHED) <= {f"messages.{name}" for name in CONVERSATIONS["messages"]}
    less = told_of(("messages.at",))
    assert less.sensitivity == "S1"
    for language, words in WORDS.items():
        known = notice(language, "Linden Tea", TOLD)
        assert known.hash != notice(language, "Linden Tea", less).hash
        assert known.hash != notice(language, "Birch Coffee", TOLD).hash
        assert known.delicate == words.delicate["S2"]
        assert set(TOLD.kinds) <= set(words.kinds)
    assert len({notice(language, "Linden Tea", TOLD).hash for language in WORDS}) == len(WORDS)


PAGES = {
    "/widget.js",
    "/visitor-worker.js",
    "/favicon.ico",
    "/widget/assets/{name}",
    "/widget/{inbox_id}",
    "/api/{path:path}",
    "/{path:path}",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/privacy",
    "/privacy.jsonld",
    "/privacy.css",
    "/privacy/notice",
    "/privacy/contact",
    "/privacy/contact/answer",  # under a secret link of the one who wrote
    "/contact.css",
    "/contact.js",
    "/.well-known/security.txt",
    "/published/{inbox_id}/{token}",
    "/published.css",
}
"""Every page that opens for people who are nobody. A new one is looked at before it comes here."""


def test_no_other_page_is_open_to_everybody() -> None:
    sources = set(SOURCES.rglob("*.py")) - set((SOURCES / "demo").rglob("*"))  # a shop of its own
    found = {path for file in sources for path in pages_in(file)}
    assert found == PAGES
    content = {DataClass.MESSAGE, DataClass.FILE}
    knocking = {
        one.name
        for one in OPERATIONS
        if one.policy.permission is Permission.KNOCK and one.policy.returns & content
    }
    assert knocking == {
        "widget.read",  # with their own cookie
        "widget.start",
        "contact.read",  # under their own secret link
        "contact.reply",
        "contact.prove",
        "contact.consent",
        "contact.revoke",
        "contact.copy",  # of themselves, or of their child
        "contact.erase",
    }


def pages_in(file: Path) -> Iterator[str]:
    """Yield the paths of the pages that a file of the product opens."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Route":
            path = node.args[0]
            name = getattr(path, "id", "")
            if isinstance(path, ast.Constant):
                yield str(path.value)
            elif name != "path":  # operations, which have a table of their own
                yield NAMED[name]
