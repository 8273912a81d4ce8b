"""Campaigns: what happens when the policy changes while people use the service. Clauses 8.0 to 8.5.

A server that starts holds what it declares against the record that people here were last told. A
difference opens a campaign in every company; so does another controller or contact, and for one
company a third party that joins or leaves. Everybody is told in plain words, a major change so
that nobody can miss it, and what it touches of the consents is closed for a person until they
choose anew. What it stores or does on another ground, and what they do themselves for a purpose
that has changed, is closed for a person until they were told, by the database itself
(``engines.database.news``). Who was told, who has read it and whom a push message reached is
counted.

The way of a change: ``actions_start.begin`` → ``actions.open_for_record`` → ``consent.ask_anew``
and ``CampaignOpened`` → the sockets (``live.hear``) and the devices (``push.wake_absent``).
"""

from .actions import Versions, open_for_controller, reached, work_through
from .actions_back import came_back
from .actions_start import begin
from .events import CampaignOpened
from .live import hear
from .model import Span
from .privacy import DECLARATIONS
from .queries import has_read
from .routes import operations

__all__ = [
    "DECLARATIONS",
    "CampaignOpened",
    "Span",
    "Versions",
    "begin",
    "came_back",
    "has_read",
    "hear",
    "open_for_controller",
    "operations",
    "reached",
    "work_through",
]
