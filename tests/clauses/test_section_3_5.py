"""Section 3.5: the notice names a certificate only while there is evidence that has not run out."""

from __future__ import annotations

import httpx2
import pytest

from silkroad.kit.clock import DAY, SystemClock
from tests.harness.people import Json, Person, Refused
from tests.harness.server import Server
from tests.installation.operator import operator

ISO = {"name": "ISO/IEC 27001", "issuer": "Linden Audit", "reference": "No. 27-4711"}


def evidence(days: float, **changes: Json) -> Json:
    return {**ISO, "valid_until": SystemClock().now() + round(days * DAY), **changes}


def page(server: Server, language: str = "en") -> str:
    return httpx2.get(f"{server.origin}/privacy?language={language}").text


def entered(by: Person) -> list[str]:
    return [item["id"] for item in by.get("/api/operator/certificates")["items"]]


def test_without_evidence_nothing_is_claimed(own_server: Server) -> None:
    assert "Certificates" not in page(own_server)
    assert "27001" not in page(own_server)


def test_what_has_run_out_is_not_named_any_more(own_server: Server) -> None:
    by = operator(own_server)
    by.post("/api/operator/certificates", evidence(30))
    by.post("/api/operator/certificates", evidence(90, name="MLPS level 3", reference="P-3"))
    for word in ("ISO/IEC 27001", "Linden Audit", "No. 27-4711", "MLPS level 3"):
        assert word in page(own_server)
    assert "认证" in page(own_server, "zh-CN")
    own_server.let_pass(31 * DAY)
    assert "ISO/IEC 27001" not in page(own_server)
    assert "MLPS level 3" in page(own_server)
    own_server.let_pass(60 * DAY)
    assert "MLPS level 3" not in page(own_server)
    assert "Certificates" not in page(own_server)


def test_what_is_taken_out_is_not_named_any_more(own_server: Server) -> None:
    by = operator(own_server)
    made = by.post("/api/operator/certificates", evidence(30))
    assert "27001" in page(own_server)
    by.delete(f"/api/operator/certificates/{made['id']}")
    assert "27001" not in page(own_server)
    assert entered(by) == []


@pytest.mark.parametrize("wrong", [{"valid_until": 1}, {"name": ""}, {"reference": "\u202e"}])
def test_evidence_that_proves_nothing_is_refused(server: Server, wrong: Json) -> None:
    by = operator(server)
    with pytest.raises(Refused) as no:
        by.post("/api/operator/certificates", {**evidence(30), **wrong})
    assert no.value.status == 422
    assert entered(by) == []
