"""Sentences of the policy that state a fact stand beside what is declared, and fall with it. P.1.

The lists of the notice are made from the declarations. These few sentences sum some of them up in
words that people understand, and no program can write them. So each names the set that it speaks
of: whoever changes that set is stopped here, reads the paragraph in three languages, and changes
both.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import msgspec
import pytest

from silkroad import parts
from silkroad.kit.inventory import DataClass
from silkroad.kit.languages import LANGUAGES
from silkroad.privacy.policy.facts import Facts
from silkroad.privacy.policy.model import overview
from silkroad.privacy.policy.page import text
from silkroad.privacy.policy.phrases import WORDS, Part
from silkroad.privacy.processors import PROCESSORS
from tests.privacy.test_policy_page import Operator


def in_browsers() -> set[str]:
    return {
        f"{place}: {field}"
        for module in parts.works().beyond
        for place, fields in module.items()
        if place.startswith("browser ")
        for field in fields
    }


def by_the_clock() -> set[str]:
    return {job.__name__ for job in parts.works().jobs if job.sweeps}


def outside() -> set[tuple[str, str]]:
    return {
        (entry.name, entry.purpose.value) for entry in PROCESSORS.values() if entry.kind != "own"
    }


WRITTEN = {"name", "email", "phone", "body", "text", "reach", "reason", "address"}


def in_the_clear() -> set[str]:
    """Return what is written, how somebody is called or reached, and lies unsealed."""
    return {
        f"{table}.{name}"
        for module in parts.works().declarations
        for table, columns in module.items()
        for name, column in columns.items()
        if WRITTEN & set(name.split("_")) and column.personal and not column.sealed
    }


def on_the_list() -> dict[str, set[tuple[str, str]]]:
    """Return whom the page tells of which detail, in each language."""
    known = Facts(Operator("Linden"), overview(parts.EVERYTHING), [])
    found: dict[str, set[tuple[str, str]]] = {}
    for language in LANGUAGES:
        stored = text(language, known).partition('<h3 id="')[2].partition("</section>")[0]
        of_each = (one.partition('">') for one in stored.split('<h3 id="'))
        found[language] = {
            (subject, unescape(name))
            for subject, _, cards in of_each
            for name in re.findall("<code>([^<]+)</code>", cards)
        }
    return found


def about_people() -> set[tuple[str, str]]:
    """Return whom each detail is about that is declared, in the tables and beyond."""
    return {
        (subject, f"{thing}.{name}")
        for module in parts.EVERYTHING
        for thing, known in module.items()
        for name, column in known.items()
        for subject in column.subjects
    }


def reached_by() -> set[str]:
    """Return what of the people who come here is called a contact detail, besides ids and times."""
    ours = {"visitor", "requester", "member", "invitee"}
    return {
        name
        for module in parts.works().declarations
        for columns in module.values()
        for name, column in columns.items()
        if column.data == DataClass.CONTACT and ours & set(column.subjects) and column.sealed
    }


def sweeps_of_a_conversation() -> set[str]:
    """Return the jobs that erase by the clock what is kept of conversations and in the log."""
    return {name for name in by_the_clock() if re.search("Message|Conversation|Audit|Visit", name)}


def by_cookies() -> set[str]:
    return {one for one in in_browsers() if "cookie" in one}


IN_SHORT: dict[str, tuple[str, Any, Any]] = {
    "not all is erased by the clock": ("clock", sweeps_of_a_conversation, set()),
    "what a contact detail is": ("data.CON", reached_by, {"name", "email", "phone", "reach"}),
    "a cookie lets people in again": (
        "data.ACC",
        by_cookies,
        {"browser cookie: CONSOLE", "browser cookie: visitor_cookie"},
    ),
}
"""The same of the few facts in a short notice's words, which are otherwise a phrase for a key."""


@pytest.mark.parametrize(("words", "declared", "stated"), IN_SHORT.values(), ids=IN_SHORT)
def test_a_short_notices_phrase_speaks_of_all_that_is_declared(
    words: str, declared: Any, stated: Any
) -> None:
    for language in LANGUAGES:
        said = msgspec.to_builtins(WORDS[language].brief)
        for key in words.split("."):
            said = said[key]
        assert said
    assert declared() == stated, f"read brief.{words} in silkroad/privacy/policy/words, then this"


STATED: dict[str, tuple[str, Any, Any]] = {
    "nothing is stored that is not on the list, and what concerns both stands with each": (
        "stored",
        on_the_list,
        dict.fromkeys(LANGUAGES, about_people()),
    ),
    "the cookies, and what stays in a browser": (
        "cookies",
        in_browsers,
        {
            "browser console/src/preferences.ts: localStorage",
            "browser console/src/service-worker.ts: caches",
            "browser cookie: CONSOLE",
            "browser cookie: visitor_cookie",
            "browser widget/src/loader/main.ts: localStorage",
            "browser widget/src/queue.ts: indexedDB",
        },
    ),
    "what ends by the clock": (
        "how_long",
        by_the_clock,
        {
            "SweepAccounts",
            "ForgetAssessment",
            "EndExpired",
            "ForgetInvitation",
            "ExpireConsent",
            "ForgetWritten",
            "ForgetPublication",
            "SweepPush",
            "ForgetProof",
            "CloseQuiet",
            "ForgetRequest",
        },
    ),
    "no service of others, with one exception": (
        "recipients",
        outside,
        {
            ("apple_push", "wake_up"),
            ("google_push", "wake_up"),
            ("microsoft_push", "wake_up"),
            ("mozilla_push", "wake_up"),
            ("kept_bus", "operation"),
            ("kept_files", "operation"),
            ("kept_keys", "operation"),
            ("kept_rows", "operation"),
        },
    ),
    "what is encrypted before it is written": (
        "protection",
        in_the_clear,
        {
            "accounts.phone_index",  # a keyed hash
            "invitations.phone_index",
            "facts.body",  # ids and times
            "jobs.body",
        },
    ),
}


@pytest.mark.parametrize(("part", "declared", "stated"), STATED.values(), ids=STATED)
def test_a_sentence_speaks_of_all_that_is_declared(part: str, declared: Any, stated: Any) -> None:
    for language in LANGUAGES:
        said: Part = getattr(WORDS[language], part)
        assert said.paragraphs
    assert declared() == stated, f"read {part!r} in silkroad/privacy/policy/words, then change this"
