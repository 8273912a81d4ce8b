"""How it is protected, and where that ends: clause 3.6."""

from __future__ import annotations

import httpx2
import pytest

from silkroad.kit.languages import LANGUAGES, Language
from tests.harness.server import Server

LIMITS: dict[Language, str] = {
    "en": "No measure is flawless.",
    "zh-CN": "没有任何措施是万无一失的。",
    "sq": "Asnjë masë nuk është e përsosur.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_where_protection_ends(server: Server, language: Language) -> None:
    notice = httpx2.get(f"{server.origin}/privacy?language={language}")
    assert notice.status_code == 200
    assert notice.headers["content-language"] == language
    assert LIMITS[language] in notice.text
