"""Who stands behind a workspace towards a person who agrees to something or refuses it."""

from __future__ import annotations

from typing import NamedTuple


class Parties(NamedTuple):
    """The controller's name as people know it, and the region whose law they are under.

    It is ``home`` only where the installation does not say where it stands.
    """

    controller: str
    region: str
