"""A redirect is a stranger's request: followed only when asked for, checked like the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing

import pytest

from silkroad.engines.outbound import Blocked, Recipient, Request
from silkroad.engines.outbound.client import HttpOutbound
from silkroad.kit.inventory import DataClass, Purpose
from tests.fakes.gets import GETS
from tests.fakes.loopback import Answer, Loopback, Seen

pytestmark = pytest.mark.anyio


class Maze:
    """A site at which ``/n`` leads to ``/n-1``, and ``/to?x`` to wherever x says."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.site = Loopback(self.answer)
        self.status = 302

    def answer(self, seen: Seen) -> Answer:
        self.seen.append(seen)
        if seen.path.startswith("/to?"):
            return Answer(self.status, {"location": seen.path.removeprefix("/to?")})
        steps = int(seen.path.removeprefix("/"))
        return (
            Answer(self.status, {"location": f"/{steps - 1}"}) if steps else Answer(content=b"end")
        )

    def request(self, path: str, redirects: int) -> Request:
        return Request(
            "maze",
            "GET",
            self.site.origin + path,
            {"authorization": "ours"},
            redirects=redirects,
            fields=GETS,
        )

    @property
    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]


@pytest.fixture
def maze() -> Iterator[Maze]:
    maze = Maze()
    with maze.site:
        yield maze


def recipient(*vouched: str) -> Recipient:
    return Recipient(
        name="maze",
        purpose=Purpose.OPERATION,
        data=frozenset({DataClass.OPERATION}),
        fields=GETS,
        hosts=frozenset({"maze.example"}),
        vouched=frozenset(vouched),
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_handed_back_and_not_followed(maze: Maze, status: int) -> None:
    maze.status = status
    async with aclosing(HttpOutbound([recipient(maze.site.origin)])) as way_out:
        response = await way_out.send(maze.request("/1", redirects=0))
    assert (response.status, response.headers["location"]) == (status, "/0")
    assert maze.paths == ["/1"]


async def test_three_are_followed_when_asked_for(maze: Maze) -> None:
    async with aclosing(HttpOutbound([recipient(maze.site.origin)])) as way_out:
        response = await way_out.send(maze.request("/3", redirects=3))
    assert response.content == b"end"
    assert maze.paths == ["/3", "/2", "/1", "/0"]


async def test_a_fourth_is_one_too_many(maze: Maze) -> None:
    async with aclosing(HttpOutbound([recipient(maze.site.origin)])) as way_out:
        with pytest.raises(Blocked, match="too_many_redirects"):
            await way_out.send(maze.request("/4", redirects=3))
    assert maze.paths == ["/4", "/3", "/2", "/1"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "scheme"),
        ("https://169.254.169.254/", "host"),
        ("https://elsewhere.example/", "host"),
        ("//elsewhere.example/", "scheme"),
        ("https://maze.example:8443/", "port"),
        ("http://127.0.0.1:1/", "scheme"),
        ("file:///etc/passwd", "malformed"),
        ("https://me@maze.example/", "malformed"),
        ("https://2130706433/", "malformed"),
    ],
)
async def test_a_redirect_leads_nowhere_that_the_first_request_could_not_go(
    maze: Maze, location: str, reason: str
) -> None:
    async with aclosing(HttpOutbound([recipient(maze.site.origin)])) as way_out:
        with pytest.raises(Blocked) as refused:
            await way_out.send(maze.request(f"/to?{location}", redirects=3))
    assert refused.value.reason == reason
    assert len(maze.seen) == 1


async def test_our_headers_stay_at_home_when_a_redirect_leaves(maze: Maze) -> None:
    with Loopback(maze.answer) as other:
        both = recipient(maze.site.origin, other.origin)
        async with aclosing(HttpOutbound([both])) as way_out:
            await way_out.send(maze.request(f"/to?{other.origin}/0", redirects=1))
            await way_out.send(maze.request("/1", redirects=1))
    kept = [seen.headers.get("authorization") for seen in maze.seen]
    assert kept == ["ours", None, "ours", "ours"]


@pytest.mark.parametrize(("method", "redirects"), [("POST", 1), ("GET", 4), ("GET", -1)])
def test_more_than_three_or_with_a_body_cannot_even_be_asked_for(
    method: str, redirects: int
) -> None:
    with pytest.raises(ValueError, match="three at most"):
        Request("maze", "GET" if method == "GET" else "POST", "", redirects=redirects, fields=GETS)
