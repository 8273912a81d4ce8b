"""Forms of our own pages, for browsers without script: an operation's body, url-encoded.

They go the way of every operation, but for one thing: a form cannot send our header. So it has to
show that our own page sent it: by its origin, and where a browser tells from where a request
comes, by that. What shows neither is refused (CSRF).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from silkroad.kit.errors import refuse

from .call import Call
from .dispatch import MOST_JSON, Doorkeeper, admit, converted
from .operations import Operation

MOST_FORM = 2 * MOST_JSON
"""Bytes: a letter that takes three of them takes nine here."""


async def filled_in(call: Call) -> dict[str, str]:
    """Return the fields of a form that have something in them; line breaks as we have them.

    Raises Refusal ``wrong_origin`` before anything is read, ``too_large``, ``malformed``.
    """
    refuse_foreign_forms(call)
    try:
        pairs = parse_qsl((await call.body(MOST_FORM)).decode(), max_num_fields=50, errors="strict")
    except ValueError as broken:
        raise refuse("malformed") from broken
    return {name: text.replace("\r\n", "\n") for name, text in pairs if text.strip()}


def refuse_foreign_forms(call: Call) -> None:
    """Refuse a form that another site's page may have sent. Raises Refusal ``wrong_origin``."""
    ours = {"origin": call.house.settings.origin, "sec-fetch-site": "same-origin"}
    told = {name: call.header(name) for name in ours if call.header(name)}
    if not told or any(ours[name] != said for name, said in told.items()):
        raise refuse("wrong_origin")


async def submitted(
    operation: Operation, call: Call, door: Doorkeeper, values: dict[str, str]
) -> Any:
    """Do an operation whose body was filled in as a form. Raises Refusal, as the operation does."""
    await admit(operation, call, door)
    names = {name: call.request.path_params[name] for name in operation.path_names}
    body = {"body": converted(values, operation.body)} if operation.body else {}
    return await operation.handler(call, **names, **body)
