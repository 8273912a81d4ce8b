"""Prose that can fail: each command and each link in README and docs still leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name, sources

PAGES = list(sources(".md"))
BLOCK = re.compile(r"^```(?:sh|bash|console|shell)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:make|silkroad) [a-z][^`]*)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)


def test_the_pages_are_there() -> None:
    assert ROOT / "STYLE.md" in PAGES


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_on_the_page_exists(page: Path) -> None:
    unknown = [command for command in commands(page.read_text()) if not is_known(command)]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_on_the_page_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text())
    broken = [link for link in links if not (page.parent / link).exists()]
    assert broken == []


def test_every_target_of_make_is_explained() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split()
    assert sorted(TARGET.findall(text)) == sorted(phony)


def commands(markdown: str) -> list[list[str]]:
    """Find what a reader could type: lines of shell blocks, and commands within a sentence."""
    lines = [line for block in BLOCK.findall(markdown) for line in block.splitlines()]
    typed = [*(line.strip().removeprefix("$ ") for line in lines), *INLINE.findall(markdown)]
    return [words for line in typed if (words := without_settings(line))]


def without_settings(line: str) -> list[str]:
    """Split a command line, without `NAME=value` in front and the remark behind."""
    words = shlex.split(line, comments=True)
    while words and re.match(r"[A-Z_]+=", words[0]):
        words = words[1:]
    return words


def is_known(command: list[str]) -> bool:
    """Judge our own commands only; what `git` or `docker` can do is not ours to promise."""
    program, *rest = command
    if program == "make":
        targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
        return all(word in targets for word in rest if "=" not in word)
    if program.endswith("silkroad") and rest and not rest[0].startswith("-"):
        return rest[0] in subcommands()
    return True


@cache
def subcommands() -> frozenset[str]:
    """Ask the command line itself what it can do."""
    silkroad = Path(sys.executable).with_name("silkroad")
    asked = subprocess.run([silkroad, "--help"], capture_output=True, text=True, check=True)
    return frozenset(re.findall(r"^ {4}([a-z][a-z-]+)(?: {2,}\S|$)", asked.stdout, re.MULTILINE))
