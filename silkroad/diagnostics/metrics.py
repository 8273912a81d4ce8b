"""Prometheus metrics on a port of their own: counts and sizes, no label that names anybody."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, make_asgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp

from silkroad.http import House


class HouseCollector(Collector):
    """Reads the house's own counters when it is asked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        counts = self._house.db.counts
        yield _counter("actions", "Actions committed.", counts.actions)
        yield _counter("commits", "Commits, each of one or more actions.", counts.commits)
        yield _counter("refusals", "Actions refused.", counts.refusals)
        yield _gauge("writes_waiting", "Actions that wait for the writer.", self._house.db.waiting)
        yield _gauge("sockets", "Open sockets.", len(self._house.hub))


def metrics_app(house: House) -> ASGIApp:
    """Return the ASGI application of ``/metrics``."""
    app: ASGIApp = make_asgi_app(registry_of(house))
    return app


def registry_of(house: House) -> CollectorRegistry:
    """Return everything that is measured; ``privacy.py`` declares each of it. Clause P.1."""
    registry = CollectorRegistry()
    registry.register(HouseCollector(house))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return registry


def _counter(name: str, about: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(f"silkroad_{name}", about, value=value)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"silkroad_{name}", about, value=value)
