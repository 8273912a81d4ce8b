"""All HTTP operations of workspaces, by what they are about."""

from __future__ import annotations

from . import routes_invitations, routes_me, routes_members, routes_operator, routes_sign_in

operations = [
    *routes_operator.operations,
    *routes_sign_in.operations,
    *routes_me.operations,
    *routes_members.operations,
    *routes_invitations.operations,
]
