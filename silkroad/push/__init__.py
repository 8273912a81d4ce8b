"""Push: an agent who is away is woken by a question, a visitor who asked for it by the answer.

Clauses 1.7 (off until somebody turns it on, and never more often than twice a minute), 2.0 (what
the push service learns), 2.1 (off in ``cn``, because browsers' push services stand elsewhere).
What travels is an opaque id; the woken device comes and asks what it is about. See docs/push.md.

The way of one wake-up: a message's fact → ``actions.wake_absent`` → a few seconds →
``jobs.Courier`` → ``wakes.take_up`` → ``engines.notify.webpush`` → the browser's service worker →
``wakes.read``.
"""

from .actions import push_key_of, wake_absent
from .devices import forget_session, has_device
from .jobs import errands, job_actions, prepare
from .key import push_key
from .privacy import DECLARATIONS
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "errands",
    "forget_session",
    "has_device",
    "job_actions",
    "operations",
    "prepare",
    "push_key",
    "push_key_of",
    "wake_absent",
]
