"""The chat bubble on a shop's page, as a visitor uses it."""

from __future__ import annotations

from playwright.sync_api import Frame, Page


def open_bubble(page: Page) -> Frame:
    """Open the chat bubble and return its frame.

    It lives in a closed shadow root, where the host page's scripts (and this test) cannot reach:
    so click where a person sees it.
    """
    page.wait_for_function("() => typeof window.silkroad === 'function'")
    page.wait_for_timeout(150)
    size = page.viewport_size or {"width": 1280, "height": 720}
    page.mouse.click(size["width"] - 48, size["height"] - 48)
    return frame_of(page)


def frame_of(page: Page) -> Frame:
    """Return the widget's frame as soon as the loader has put it there."""
    for _ in range(100):
        for frame in page.frames:
            if "/widget/inb_" in frame.url:
                return frame
        page.wait_for_timeout(50)
    raise AssertionError("the widget's frame did not come")


def write(frame: Frame, text: str) -> None:
    field = frame.get_by_role("textbox", name="Write a message")
    field.fill(text)
    field.press("Enter")
