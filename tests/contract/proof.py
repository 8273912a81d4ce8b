"""The OpenAPI document put to the proof by Schemathesis: every phase, every check, a real server.

Operations are asked with what the document calls right and with what it calls wrong, and in rows in
which each answer feeds the next question.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import GenerationConfig, SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.openapi.checks import UseAfterFree

from silkroad.http.operations import Operation
from tests.harness.people import Json

from .callers import BY_NAME, Callers, Case, named

SEMANTIC = ["400", "401", "403", "404", "409", "410", "413", "415", "422", "428", "429"]
"""What may also be answered to something right; the one check that expects less than usual.

No schema can say which phone numbers exist, which tokens were issued, which notice is the current
one or whether bytes are a picture. What a schema can say, ``decoder_agrees`` holds more strictly.
Since 2026-11-26.
"""

COMES_AGAIN = "/api/widget/{inbox_id}/visitor"
"""No id is in this address: the cookie says who it is, and whoever was forgotten comes back as
somebody new (``Callers.heard``). That is no use of what was deleted; that the old cookie is dead is
held by tests/conversations/test_widget.py."""

DECODER = ("Expected `", "Object ", "Invalid enum value", "Invalid value")
"""How the decoder of bodies and queries begins when something is not of the declared shape."""


@dataclass
class Report:
    """What was found: each finding once, and how often; and what was answered."""

    found: dict[tuple[str, str, str], str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def take(self, recorder: ScenarioRecorder, phase: str) -> None:
        for name, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info:
                    failure, case = check.failure_info.failure, recorder.cases[name].value
                    if isinstance(failure, UseAfterFree) and case.operation.path == COMES_AGAIN:
                        continue
                    key = (phase, case.operation.label, type(failure).__name__)
                    self.found.setdefault(
                        key, f"{failure.title}: {failure.message}\n{check.failure_info.code_sample}"
                    )
        for asked in recorder.interactions.values():
            if asked.response:
                self.statuses[asked.response.status_code] += 1


def prove(
    callers: Callers,
    document: Json,
    examples: int,
    *,
    only: Collection[str] = (),
    thorough: bool = True,
    seed: int = 0,
) -> Report:
    """Ask about all that is in the document, or ``only`` some operations; ``thorough``: each edge.

    Always the same is asked, unless there is a ``seed``.
    """
    schema: Any = schemathesis.openapi.from_dict(
        told(document, callers), config=SchemathesisConfig(seed=seed)
    )
    if only:
        schema = schema.include(operation_id=list(only))
    configure(schema.config, callers, examples, thorough=thorough, seed=seed)
    schema.auth(refresh_interval=None)(cookies_of(callers))
    schema.hook(knowing(callers))
    report = Report()
    with hooked(callers):
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                report.take(event.recorder, str(event.phase))
            elif isinstance(event, events.NonFatalError):
                report.broken.append(f"{event.label}: {event.info.message}")
            elif isinstance(event, events.FatalError):
                raise event.exception
    return report


def told(document: Json, callers: Callers) -> Json:
    """Return the document with the one thing in it that it cannot tell: which inbox it is about."""
    text = json.dumps(document, ensure_ascii=False)
    return json.loads(text.replace("{the inbox's id}", callers.ours.ids["inbox"]))


def configure(config: Any, callers: Callers, examples: int, *, thorough: bool, seed: int) -> None:
    config.update(base_url=callers.world.server.origin)
    config.continue_on_failure = True
    config.output.sanitization.update(enabled=False)  # the cookies are of a server that is gone
    config.checks.positive_data_acceptance.expected_statuses = ["2xx", *SEMANTIC]
    phases = config.phases
    phases.coverage.enabled = thorough
    for phase in (phases.examples, phases.coverage, phases.fuzzing, phases.stateful):
        made: GenerationConfig = phase.generation
        made.max_examples, made.no_shrink = examples, True
        made.deterministic, made.database = not seed, "none"


def cookies_of(callers: Callers) -> type:
    class Cookies:
        """Lets each question be asked by whom it is for."""

        def get(self, case: Case, _context: object) -> dict[str, str]:
            return dict(callers.who(named(case)).cookies)

        def set(self, case: Case, data: dict[str, str], _context: object) -> None:
            case.cookies.update(data)

    return Cookies


def knowing(callers: Callers) -> Any:
    def map_path_parameters(context: Any, path_parameters: dict[str, str]) -> dict[str, str]:
        """Ask three times in four about what exists."""
        operation = of(context)
        if path_parameters and sum(map(len, map(str, path_parameters.values()))) % 4:
            path_parameters.update(callers.known(operation))
        return path_parameters

    return map_path_parameters


def of(context: Any) -> Operation:
    return BY_NAME[context.operation.definition.raw["operationId"]]


@contextmanager
def hooked(callers: Callers) -> Iterator[None]:
    """Watch every question and answer while this lasts."""

    def before_call(_context: Any, case: Case, _kwargs: dict[str, Any]) -> None:
        callers.ready(case)

    def after_call(_context: Any, case: Case, response: Any) -> None:
        callers.heard(named(case), response.status_code)

    schemathesis.hook(before_call)
    schemathesis.hook(after_call)
    schemathesis.check(decoder_agrees)
    yield
    schemathesis.hooks.unregister(before_call)
    schemathesis.hooks.unregister(after_call)
    schemathesis.checks.CHECKS.unregister("decoder_agrees")


def decoder_agrees(_context: Any, response: Any, case: Case) -> None:
    """What the document calls right, the decoder takes; only the product may still say no."""
    right = case.meta is not None and case.meta.generation.mode.is_positive
    if not right or response.status_code != 422:
        return
    for wrong in response.json().get("fields") or ():
        whole = wrong["detail"].endswith("got `float`")  # 59.0 is an integer to JSON Schema alone
        assert whole or not wrong["detail"].startswith(DECODER), wrong
