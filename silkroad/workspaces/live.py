"""Who hears of members: the workspace's consoles; and whose sockets end or begin anew."""

from __future__ import annotations

from silkroad.accounts import SessionEnded
from silkroad.engines.database import Committed
from silkroad.http import House
from silkroad.live.elsewhere import Presence
from silkroad.live.frames import ChangedFrame, PresenceFrame, encode
from silkroad.live.hub import RESTARTING, Hub

from .events import MemberAccessChanged, MemberRemoved, MembersChanged


def hear_members(house: House, committed: Committed) -> None:
    """Tell the consoles that the team has changed, and a member that they have."""
    fact = committed.fact
    if isinstance(fact, MembersChanged | MemberAccessChanged):
        changed = encode(ChangedFrame("me", committed.number))
        for connection in house.hub.of_actor(committed.workspace_id, fact.member_id):
            connection.push(changed)
    frame = encode(ChangedFrame("members", committed.number))
    for connection in house.hub.members(committed.workspace_id):
        connection.push(frame)


def hear_access(house: House, committed: Committed) -> None:
    """Make a member's sockets begin anew: a socket keeps what it may hear for its whole life."""
    fact = committed.fact
    if isinstance(fact, MemberAccessChanged):
        hear_members(house, committed)
        house.hub.end_actor(committed.workspace_id, fact.member_id, RESTARTING)


def hear_removed(house: House, committed: Committed) -> None:
    """End the sockets of a member who has gone."""
    fact = committed.fact
    if isinstance(fact, MemberRemoved):
        house.hub.end_actor(committed.workspace_id, fact.member_id)
        hear_members(house, committed)


def hear_session_ended(house: House, committed: Committed) -> None:
    """End the sockets that a session opened."""
    fact = committed.fact
    if isinstance(fact, SessionEnded):
        house.hub.end_session(fact.session_id)


def tell_presence(hub: Hub, workspace_id: str, member_id: str, presence: Presence) -> None:
    """Tell the consoles that a member came, went, or stepped away."""
    frame = encode(PresenceFrame(member_id, presence))
    for connection in hub.members(workspace_id):
        connection.push(frame)
