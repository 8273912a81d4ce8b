"""An installation whose root key a transit engine wraps, from the first start to a restoration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.story import told_on
from tests.cast import open_shop, set_up
from tests.clauses.verbs.sweep import files, hits
from tests.harness.commands import Operator
from tests.harness.engines import Engine
from tests.harness.server import Server
from tests.harness.transits import SERVICES, Service


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    with SERVICES[request.param]() as service:
        yield service


@pytest.fixture
def operator(service: Service, tmp_path: Path) -> Operator:
    """An operator of a new installation, whose token lies apart from its data."""
    return Operator(tmp_path / "data", service.settings(tmp_path))


def served(operator: Operator) -> Server:
    return Server(operator.data, on=Engine("the operator's", settings=operator.settings))


def root_key(operator: Operator) -> bytes:
    return (operator.data / "keys" / "root.key").read_bytes()


def why_not(operator: Operator) -> str:
    """Return why the server does not start, in a sentence that tells nothing secret."""
    token, stored = (operator.data.parent / "token").read_text().strip(), root_key(operator)
    said = Operator(operator.data, {**operator.settings, "port": "0"}).types("serve", expecting=2)
    assert len(said.splitlines()) == 1
    assert not [secret for secret in (token, stored.decode("latin-1")) if secret in said]
    return said


def test_it_is_wrapped_at_the_first_start_and_opened_at_the_next(
    operator: Operator, service: Service, tmp_path: Path
) -> None:
    with served(operator) as server:
        assert any("the key that SILKROAD_ROOT_URL names" in line for line in server.heard)
        set_up(server)
        shop = open_shop(server)
        shop.asks("Under a key that is wrapped")
        stored = root_key(operator)
        assert stored.startswith(b"vault:v1:")
        service.rotate()
        server.kill()
        server.start()
        assert "is wrapped" in str(shop.arta.get("/api/conversations")["items"])
        assert root_key(operator) == stored
        assert server.stop() == 0
    token = (tmp_path / "token").read_text().strip()
    kept = files(operator.data, server.errors) | {"said": "\n".join(server.heard).encode()}
    assert hits(kept, [service.material(stored), token]) == []
    assert hits(kept | {"planted": service.material(stored)}, [service.material(stored)])


def test_a_first_start_without_the_service_makes_no_key(
    operator: Operator, service: Service
) -> None:
    service.seal()
    said = Operator(operator.data, {**operator.settings, "port": "0"}).types("serve", expecting=2)
    assert "is sealed or down" in said
    assert "was made" not in said
    assert [path.name for path in operator.data.rglob("*")] == ["lock"]


def test_without_the_service_it_does_not_start_and_says_why(
    operator: Operator, service: Service
) -> None:
    with served(operator):
        pass
    service.revoke()
    assert "refuses the token" in why_not(operator)
    service.seal()
    assert "is sealed or down" in why_not(operator)
    assert "set SILKROAD_ROOT_URL" in why_not(Operator(operator.data))


@pytest.mark.prove
def test_a_backup_is_verified_and_restored_where_the_service_is(
    operator: Operator, service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    with served(operator) as server:
        story = told_on(server)
        operator.types("backup", file)
    assert operator.types("verify", file).startswith("whole: ")
    key = tmp_path / "root.key"
    key.write_bytes(root_key(operator))
    key.chmod(0o400)
    there = Operator(tmp_path / "there", {**operator.settings, "root_key_file": str(key)})
    there.types("restore", file)
    with served(there) as restored:
        story.still_stands(restored)
    alone = Operator(tmp_path / "alone", {"root_key_file": str(key)})
    assert "set SILKROAD_ROOT_URL" in alone.types("verify", file, expecting=2)
    service.revoke()
    assert "refuses the token" in there.types("verify", file, expecting=2)


def test_an_installation_with_a_bare_key_goes_over_to_a_wrapped_one(
    operator: Operator, service: Service
) -> None:
    bare = Operator(operator.data)
    with served(bare) as server:
        story = told_on(server)
    material = root_key(bare)
    assert "run `silkroad wrap-root-key`" in why_not(operator)
    assert "Set SILKROAD_ROOT_URL" in bare.types("wrap-root-key", expecting=2)
    said = operator.types("wrap-root-key")
    assert "Copies of what it was before still open everything" in said
    assert service.material(root_key(operator)) == material
    assert hits(files(operator.data), [material]) == []
    with served(operator) as server:
        story.still_stands(server)
