"""That a company's people are to be told of a change."""

from __future__ import annotations

from silkroad.engines.database import Fact


class CampaignOpened(Fact, frozen=True):
    """The policy has changed: everybody here is told."""

    campaign_id: str
