"""No other file of the product can speak to another machine."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import ROOT, name, parsed, sources

from .ways import MODULES, WORDS, spoken, ways_out

CLIENT = ROOT / "silkroad" / "engines" / "outbound" / "client.py"
WEED = ROOT / "silkroad" / "push" / "weed.py"


def test_no_other_file_imports_a_client() -> None:
    """Nor says another word that reaches out: a call, a name, a string, under any other name."""
    found = {
        name(path): said
        for path in sources(".py", below="silkroad")
        if (said := ways_out(path, parsed(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("import httpx2", "httpx2"),
        ("import obstore", "obstore"),
        ("from nats.aio.client import Client", "nats"),
        ("import psycopg as database", "psycopg"),
        ("import httpcore2", "httpcore2"),
        ("import a_library_that_nobody_has_looked_at", "a_library_that_nobody_has_looked_at"),
        ("from socket import socket", "socket"),
        ("import urllib.request", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("import smtplib", "smtplib"),
        ("def f():\n import subprocess", "subprocess"),
        ("from multiprocessing.connection import Client", "multiprocessing"),
        ("import logging\nlogging.handlers.HTTPHandler", "logging.handlers"),
        ("from logging import handlers", "logging.handlers"),
        ("from ctypes import CDLL", "ctypes"),
        ("from importlib import import_module", "importlib"),
        ("from silkroad.engines.outbound.client import HttpOutbound", "HttpOutbound"),
        ("from silkroad.engines.keyring.roots import HttpOutbound as Sender", "HttpOutbound"),
        ("from silkroad.engines.outbound import client", "silkroad.engines.outbound.client"),
        ("from ..engines.outbound import client", "silkroad.engines.outbound.client"),
        ('from silkroad.engines.outbound import Recipient as R\nR("telemetry")', "Recipient()"),
        ('from silkroad.engines import outbound\noutbound.Recipient("ads")', "Recipient()"),
        ('replace(known, hosts=frozenset({"collector.example"}))', "hosts="),
    ],
)
def test_a_planted_client_is_found(planted: str, found: str) -> None:
    assert found in ways_out(WEED, ast.parse(planted))


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("import asyncio\nasyncio.open_connection(h, 443)", "open_connection"),
        ("from asyncio import open_connection\nopen_connection(h, 443)", "open_connection"),
        ("from asyncio import open_connection as look\nlook(h, 443)", "open_connection"),
        ("async def f(loop): await loop.create_connection(Line, h, 443)", "create_connection"),
        ('getattr(loop, "create_" "connection")', "create_connection"),
        ("import anyio\nanyio.connect_tcp(h, 443)", "anyio"),
        ("from anyio import connect_tcp", "connect_tcp"),
        ('import asyncio\nasyncio.create_subprocess_exec("curl", h)', "create_subprocess_exec"),
        ("loop.subprocess_exec(Line, 'curl', h)", "subprocess_exec"),
        ("import os\nos.system(f'curl {h}')", "os.system"),
        ("import os as o\no.execvp('curl', ['curl', h])", "os.execvp"),
        ("from os import popen as run\nrun('curl')", "popen"),
        ("__import__('socket')", "__import__"),
    ],
)
def test_no_file_at_all_dials_by_itself(planted: str, found: str) -> None:
    assert found in ways_out(WEED, ast.parse(planted))


def test_the_way_out_itself_would_be_found() -> None:
    found = ways_out(WEED, parsed(CLIENT))
    assert {"httpcore2", "ssl", "AnyIOBackend", "HttpOutbound"} <= set(found)


def test_whoever_may_still_does() -> None:
    """A file that is named in the list and has no need of it any more is a door left open."""
    for known, files in (*MODULES.items(), *WORDS.items()):
        for file in files:
            assert known in spoken(ROOT / file, parsed(ROOT / file)), f"{file}: {known}"
