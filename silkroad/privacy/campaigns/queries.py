"""What somebody is to be told, and how far each campaign came."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from silkroad.engines.database import Transaction
from silkroad.kit.languages import Language
from silkroad.privacy import consent

from . import store
from .model import (
    Came,
    Campaign,
    CampaignForMe,
    CampaignReach,
    CampaignReaches,
    CampaignText,
    MyCampaigns,
    Opened,
    Reached,
)
from .phrases import said

Joined = Callable[[Transaction], Mapping[str, int]]
"""Says since when each member of a company is one."""


def mine(tx: Transaction, came_at: Came, language: Language, origin: str) -> MyCampaigns:
    """Return what opened since the caller came, and what they have not read yet."""
    me = tx.scope.actor_id
    read, awaited = store.read_by(tx, me), consent.awaited(tx, me)
    items = [
        CampaignForMe(
            text=_text(campaign, language, origin),
            asked=[purpose for purpose in campaign.purposes if purpose in awaited],
        )
        for campaign in store.since(tx, came_at(tx, me))
        if campaign.id not in read
    ]
    return MyCampaigns(sorted(items, key=lambda item: item.text.weight == "minor"))


def opened(tx: Transaction) -> dict[str, Opened]:
    """Return what each of the installation's own campaigns opened, by its id."""
    return {one.id: one.content.opened for one in store.every(tx)}


def has_read(tx: Transaction, campaign_id: str, subject_id: str) -> bool:
    return campaign_id in store.read_by(tx, subject_id)


def reaches(
    tx: Transaction,
    joined: Joined,
    language: Language,
    origin: str,
) -> CampaignReaches:
    """Return how far the company's campaigns came; ``joined`` says since when each member is."""
    team = joined(tx)
    return CampaignReaches(
        [_reach(tx, campaign, team, language, origin) for campaign in store.all_of(tx)]
    )


def _reach(
    tx: Transaction, campaign: Campaign, team: Mapping[str, int], language: Language, origin: str
) -> CampaignReach:
    found = {one.subject_id: one for one in store.people(tx, campaign.id)}
    members = {who for who, since in team.items() if since < campaign.opened_at}
    visitors = {who for who in found if who.startswith("vis_")}
    people = members | visitors
    active = [found[who] for who in people if who in found]
    chose = consent.chose(tx, campaign.purposes, campaign.opened_at) & people
    return CampaignReach(
        text=_text(campaign, language, origin),
        people=len(people),
        told=_count(active, "told_at"),
        read=_count(active, "read_at"),
        woken=_count(list(found.values()), "sent_at"),
        chose=len(chose) if campaign.purposes else None,
    )


def _count(people: list[Reached], what: str) -> int:
    return sum(getattr(one, what) is not None for one in people)


def _text(campaign: Campaign, language: Language, origin: str) -> CampaignText:
    page, span = f"{origin}/privacy?language={language}", campaign.content.span
    before, after = span.before.get(language), span.after.get(language)
    return CampaignText(
        id=campaign.id,
        weight=campaign.weight,
        opened_at=campaign.opened_at,
        language=language,
        lines=[said(point, language) for point in campaign.content.points],
        before_url=f"{page}&version={before}" if before else None,
        after_url=f"{page}&version={after}" if after else page,
    )
