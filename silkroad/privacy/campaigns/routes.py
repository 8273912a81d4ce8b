"""HTTP operations of campaigns: what I am to be told, that I was, and how many were."""

from __future__ import annotations

from silkroad.http import Call, Empty, operation
from silkroad.kit.inventory import DataClass, Purpose
from silkroad.kit.languages import Language, choose
from silkroad.kit.permissions import Permission

from . import actions, queries
from .model import CampaignMark, CampaignQuery, CampaignReaches, MyCampaigns

TOLD = {DataClass.CONTACT}  # it may name who answers for the installation


@operation(
    "campaigns.mine",
    "GET",
    "/api/me/campaigns",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns=TOLD,
    audited=False,
)
async def my_campaigns(call: Call, query: CampaignQuery) -> MyCampaigns:
    """Return the changes of the policy that the caller has not read yet."""
    origin, language = call.house.settings.origin, _language(call, query)
    return await call.house.db.read(call.scope, queries.mine, call.house.came_at, language, origin)


@operation(
    "campaigns.mark",
    "PUT",
    "/api/me/campaigns/{campaign_id}",
    permission=Permission.OWN_ACCOUNT,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def mark_campaign(call: Call, campaign_id: str, body: CampaignMark) -> Empty:
    """Note that a member has a change on the screen, or has read it."""
    await call.house.db.write(call.scope, actions.mark, campaign_id, body)
    return Empty()


@operation(
    "campaigns.list",
    "GET",
    "/api/campaigns",
    permission=Permission.MANAGE_PRIVACY,
    purpose=Purpose.ACCOUNTABILITY,
    returns=TOLD,
    audited=False,
)
async def list_campaigns(call: Call, query: CampaignQuery) -> CampaignReaches:
    """Return every change that the company's people were told, and how many have read it."""
    origin, language = call.house.settings.origin, _language(call, query)
    return await call.house.db.read(
        call.scope, queries.reaches, call.house.joined, language, origin
    )


@operation(
    "widget.campaigns",
    "GET",
    "/api/widget/{inbox_id}/campaigns",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=TOLD,
    audited=False,
)
async def visitors_campaigns(call: Call, inbox_id: str, query: CampaignQuery) -> MyCampaigns:
    """Return the changes of the policy that the visitor has not read yet."""
    origin, language = call.house.settings.origin, _language(call, query)
    return await call.house.db.read(call.scope, queries.mine, call.house.came_at, language, origin)


@operation(
    "widget.mark_campaign",
    "PUT",
    "/api/widget/{inbox_id}/campaigns/{campaign_id}",
    door="widget",
    permission=Permission.TAKE_BACK,
    purpose=Purpose.ACCOUNTABILITY,
    returns=set(),
    audited=False,
)
async def mark_visitors_campaign(
    call: Call, inbox_id: str, campaign_id: str, body: CampaignMark
) -> Empty:
    """Note that a visitor has a change on the screen, or has read it."""
    await call.house.db.write(call.scope, actions.mark, campaign_id, body)
    return Empty()


def _language(call: Call, query: CampaignQuery) -> Language:
    return choose(f"{query.language},{call.header('accept-language')}")


operations = [
    my_campaigns,
    mark_campaign,
    list_campaigns,
    visitors_campaigns,
    mark_visitors_campaign,
]
