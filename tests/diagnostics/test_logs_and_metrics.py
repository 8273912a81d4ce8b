"""What the operator sees: an allow-list of keys in the log, and metrics that name nobody."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest
import structlog

from silkroad.diagnostics.logs import only_allowed, places
from tests.cast import open_shop, set_up
from tests.harness.ports import free_port
from tests.harness.server import Server


def test_a_key_that_is_not_on_the_list_does_not_reach_the_log() -> None:
    line = {"event": "x", "level": "info", "text": "my secret", "phone": "+1", "error": "Oh"}
    kept = only_allowed(None, "info", line)
    assert kept == {"event": "x", "level": "info", "error": "Oh", "left_out": ["phone", "text"]}


def test_a_trace_tells_places_and_never_values(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="invalid literal") as failure:
        int("what a visitor wrote")
    told = places(failure.value.__traceback__)
    assert "test_logs_and_metrics.py" in told[0]
    assert "what a visitor wrote" not in str(told)
    assert capsys.readouterr().err == ""
    assert structlog.get_logger() is not None


def test_the_log_of_a_busy_server_is_json_without_a_word_that_was_written(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", log_level="debug")
    set_up(server)
    shop = open_shop(server, "Canary Company")
    shop.asks("canary-in-a-message")
    shop.arta.ask("POST", "/api/conversations/x/messages", content=b"{canary-in-a-body")
    assert server.stop() == 0
    log = server.errors.read_text()
    for line in log.splitlines():
        json.loads(line)
    for canary in ("canary", "Canary", shop.arta.phone, shop.arta.phone[1:], "Arta"):
        assert canary not in log


def test_metrics_stand_on_a_port_of_their_own_and_name_nobody(tmp_path: Path) -> None:
    port = free_port()
    server = Server(tmp_path / "data", metrics_port=str(port))
    set_up(server)
    shop = open_shop(server)
    _, conversation = shop.asks("Hello")
    line = shop.arta.socket()
    text = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    found = dict(row.rsplit(" ", 1) for row in text.splitlines() if not row.startswith("#"))
    assert float(found["silkroad_sockets"]) == 1
    assert float(found["silkroad_actions_total"]) > float(found["silkroad_commits_total"]) / 2 > 0
    assert "process_resident_memory_bytes" in found
    assert "wsp_" not in text
    assert conversation not in text
    line.close()
    page = shop.arta.ask("GET", "/metrics")
    assert "silkroad_actions" not in page.text, "not on the public port"
    assert server.stop() == 0
