"""The small rules: how long to wait, what is shown of a message, which page a click may open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silkroad.kit.clock import HOUR, SECOND
from silkroad.kit.errors import Refusal
from silkroad.push.devices import page_address
from silkroad.push.wakes.model import MOST_TRIES, shortened, wait_before

chances = st.binary(min_size=2, max_size=2)


@given(st.integers(0, MOST_TRIES), st.integers(0, 86_400), chances)
def test_we_never_come_back_before_the_push_service_asked(
    tries: int, asked: int, chance: bytes
) -> None:
    wait = wait_before(tries, asked, chance)
    assert asked * SECOND <= wait <= max(asked * SECOND, 5 * SECOND) * 1.5


@given(st.integers(0, MOST_TRIES - 1), chances)
def test_without_its_word_we_wait_ever_longer_up_to_an_hour_and_a_half(
    tries: int, chance: bytes
) -> None:
    assert wait_before(tries, None, b"\0\0") <= wait_before(tries + 1, None, b"\0\0")
    assert 5 * SECOND <= wait_before(tries, None, chance) <= 1.5 * HOUR


def test_not_everybody_comes_back_at_once() -> None:
    assert wait_before(3, None, b"\0\0") == 40 * SECOND
    assert wait_before(3, None, b"\x80\0") == 50 * SECOND


@given(st.text(max_size=400))
def test_a_notification_shows_one_short_line(text: str) -> None:
    shown = shortened(text)
    assert len(shown) <= 100
    assert len(shown.splitlines()) <= 1
    assert text.split()[:1] == shown.removesuffix("…").split()[:1] or len(shown) == 100


@given(st.text(max_size=60))
def test_no_page_of_another_site_is_opened(page: str) -> None:
    with pytest.raises(Refusal) as no:
        page_address(page, ["https://shop.example"])
    assert no.value.code == "invalid"


@pytest.mark.parametrize("path", ["", "/", "/tea", "/%E8%8C%B6/", "/a/../b"])
def test_a_page_of_the_companys_own_is(path: str) -> None:
    page = f"https://shop.example{path}"
    assert page_address(page, ["https://shop.example"]) == page
