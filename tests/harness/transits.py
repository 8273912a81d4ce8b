"""The transit engines that there are: ours, and a real OpenBao where somebody has one."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.transit import Transit
from tests.harness import openbao
from tests.harness.openbao import OpenBao

Service = Transit | OpenBao
SERVICES: dict[str, Callable[[], Service]] = {"transit": Transit}
if openbao.PROGRAM:
    SERVICES["openbao"] = OpenBao
