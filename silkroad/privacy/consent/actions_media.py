"""Giving leave to use a microphone or a camera: only on a living ground. Clauses 1.1, 4.3."""

from __future__ import annotations

from silkroad.engines.database import Transaction
from silkroad.privacy import assessments

from .actions import caller, require
from .grants import store as grants
from .model import GRANT_LIFE, MediaDevice, MediaGrant


def request_media(tx: Transaction, device: MediaDevice) -> MediaGrant:
    """Grant the caller a device for the beginning of a call.

    Raises Refusal ``consent_required``, ``feature_locked``; then nothing is stored.
    """
    assessments.require_open(tx, "media")
    subject = caller(tx)
    consent_id = require(tx, subject.id, device, asked=f"media.{device}")
    tx.audit("media.granted", consent_id, device=device)
    return grants.add(tx, subject.id, device, consent_id, tx.now + GRANT_LIFE)
