"""What a keyring that nodes share promises beyond the contract: news travels, silence ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from silkroad.engines.keyring import KeyName, KeyNotLoaded, Keyring, NewKey, SealKey
from silkroad.engines.keyring.opening import holds_keys, open_keyring
from silkroad.engines.keyring.postgres import PostgresKeyring
from silkroad.engines.keyring.root import RootKeyUnsafe
from silkroad.engines.keyring.seal import SealBroken
from silkroad.kit.errors import Refusal
from silkroad.kit.randomness import SystemRandomness
from silkroad.settings import BadSettings, Settings
from tests.cast import open_shop, set_up
from tests.fakes.proxy import Proxy
from tests.harness.ports import free_port
from tests.harness.postgres import Postgres, Urls
from tests.harness.server import Server

CHANCE = SystemRandomness()
ROOT = SealKey(CHANCE.bytes(32))
VISITOR = KeyName("wsp_a", "vis_1")
A_FEW_SECONDS = 5.0


@pytest.fixture
def urls(postgres: Postgres) -> Urls:
    return postgres.fresh()


@pytest.fixture
def proxy(postgres: Postgres) -> Iterator[Proxy]:
    with Proxy("127.0.0.1", postgres.port) as proxy:
        yield proxy


@pytest.fixture
def ring(urls: Urls) -> Iterator[PostgresKeyring]:
    """A node's keyring with a workspace and a visitor in it."""
    ring = PostgresKeyring(urls.owner, ROOT, CHANCE)
    ring.persist([new(KeyName("wsp_a", "wsp_a"), None), new(VISITOR)])
    yield ring
    ring.close()


@pytest.fixture
def through_proxy(
    ring: Keyring, postgres: Postgres, urls: Urls, proxy: Proxy
) -> Iterator[PostgresKeyring]:
    """Another node's, which has the visitor's key in memory."""
    there = urls.owner.replace(f":{postgres.port}/", f":{proxy.port}/")
    other = PostgresKeyring(there, ROOT, CHANCE)
    assert other.load(VISITOR).material == ring.load(VISITOR).material
    yield other
    proxy.heal()
    other.close()


def new(name: KeyName, parent_id: str | None = "wsp_a") -> NewKey:
    return NewKey(name, parent_id, SealKey(CHANCE.bytes(32)))


def let_go(ring: Keyring) -> bool:
    try:
        ring.held(VISITOR)
    except KeyNotLoaded:
        return True
    return False


def within(seconds: float, come_true: Callable[[], bool]) -> bool:
    """Whether it comes true in time; looked at in small steps, because memory tells nobody."""
    give_up = time.monotonic() + seconds
    while not come_true():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def refused(attempt: Callable[[], object]) -> bool:
    """Whether it is refused for want of an answer, and in time."""
    started = time.monotonic()
    with pytest.raises(Refusal) as no:
        attempt()
    return no.value.code == "storage_failed" and time.monotonic() - started < A_FEW_SECONDS


def test_what_one_node_destroys_the_others_let_go_of(ring: Keyring, through_proxy: Keyring) -> None:
    assert not let_go(through_proxy)
    ring.destroy([VISITOR])
    assert within(A_FEW_SECONDS, lambda: let_go(through_proxy))
    with pytest.raises(Refusal) as no:
        through_proxy.load(VISITOR)
    assert no.value.code == "erased"


@pytest.mark.parametrize("ill", ["silent", "refusing"])
def test_a_node_that_cannot_hear_of_it_lets_go_as_well(
    through_proxy: Keyring, proxy: Proxy, ill: str
) -> None:
    make_ill(proxy, ill)
    assert within(A_FEW_SECONDS, lambda: let_go(through_proxy))
    assert refused(lambda: through_proxy.load(VISITOR))
    proxy.heal()
    assert within(A_FEW_SECONDS, lambda: loads(through_proxy))


@pytest.mark.parametrize("ill", ["silent", "refusing"])
def test_a_database_that_does_not_answer_is_refused_in_time(
    through_proxy: Keyring, proxy: Proxy, ill: str
) -> None:
    make_ill(proxy, ill)
    started = time.monotonic()
    assert refused(lambda: through_proxy.load(KeyName("wsp_a", "vis_2")))
    assert refused(lambda: through_proxy.persist([new(KeyName("wsp_a", "vis_2"))]))
    assert refused(lambda: through_proxy.destroy([VISITOR]))
    assert time.monotonic() - started < A_FEW_SECONDS, "each in turn waited for the same silence"


def make_ill(proxy: Proxy, ill: str) -> None:
    if ill == "silent":
        proxy.to_client.silent = True  # half-open: it hears, and its answers are lost
    else:
        proxy.refuse()
        proxy.reset()


def loads(ring: Keyring) -> bool:
    try:
        return len(ring.load(VISITOR).material) == 32
    except Refusal:
        return False


def test_connections_that_were_cut_are_made_anew_before_anybody_notices(
    ring: Keyring, urls: Urls
) -> None:
    for number in range(2):
        cut_all(urls)
        ring.persist([new(KeyName("wsp_a", f"cnv_{number}"), "vis_1")])
        cut_all(urls)
        with pytest.raises(Refusal) as no:
            ring.load(KeyName("wsp_a", "cnv_9"))
        assert no.value.code == "erased"


def cut_all(urls: Urls) -> None:
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_keys_are_never_in_the_database_in_the_clear(ring: Keyring, urls: Urls) -> None:
    material = ring.load(VISITOR).material
    with psycopg.connect(urls.superuser) as connection:
        stored = connection.execute("SELECT keys::text, wrapped FROM keys").fetchall()
    assert len(stored) == 2
    for text, wrapped in stored:
        assert material.hex() not in text
        assert material not in wrapped


def test_a_wrapped_key_moved_to_another_workspace_does_not_open(ring: Keyring, urls: Urls) -> None:
    ring.persist([new(KeyName("wsp_b", "wsp_b"), None)])
    with psycopg.connect(urls.superuser) as connection:
        connection.execute(
            "INSERT INTO keys SELECT 'wsp_b', key_id, 'wsp_b', version, wrapped FROM keys "
            "WHERE workspace_id = 'wsp_a' AND key_id = 'vis_1'"
        )
    with pytest.raises(SealBroken):
        ring.load(KeyName("wsp_b", "vis_1"))


def test_another_root_key_does_not_open_it_and_the_operator_is_told(urls: Urls) -> None:
    settings = Settings(keyring_url=urls.owner)
    assert not holds_keys(settings)
    open_keyring(settings, ROOT, CHANCE).close()
    assert holds_keys(settings)
    with pytest.raises(RootKeyUnsafe, match="All nodes need the same one"):
        open_keyring(settings, SealKey(CHANCE.bytes(32)), CHANCE)


@pytest.mark.parametrize(
    "url", ["postgresql://silkroad@127.0.0.1:{port}/none", "postgresql://[", "nonsense"]
)
def test_an_address_without_a_database_is_named_to_the_operator(url: str) -> None:
    settings = Settings(keyring_url=url.format(port=free_port()))
    for start in (holds_keys, lambda settings: open_keyring(settings, ROOT, CHANCE)):
        with pytest.raises(BadSettings, match="SILKROAD_KEYRING_URL does not answer"):
            start(settings)


def test_a_server_keeps_its_keys_there_and_nowhere_else(tmp_path: Path, urls: Urls) -> None:
    with Server(tmp_path / "data", keyring_url=urls.owner) as server:
        set_up(server)
        shop = open_shop(server)
        shop.asks("Under a key from afar")
        server.kill()
        server.start()
        (item,) = shop.arta.get("/api/conversations")["items"]
        assert "afar" in str(item)
        assert not (tmp_path / "data" / "keys" / "keyring.db").exists()
