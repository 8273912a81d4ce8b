"""Logs and metrics: what the operator sees. Clause 1.2.2.1: an allow-list, and nobody in it."""

from .logs import configure_logs
from .metrics import metrics_app

__all__ = ["configure_logs", "metrics_app"]
