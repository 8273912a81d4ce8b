"""What was shown before it had a key of its own is asked for again; and who was chosen, and copied

Nobody can open a proof or a guardian's consent from before the keys of 014 any more, so whoever
answers could only accept it unseen: both stand as if they had been turned down. A consent that was
accepted holds. Whose data a request is about stays as it was chosen before: a copy may be out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_015"
down_revision = "20261129_014"
branch_labels = None
depends_on = None

TABLES = ("contact_requests", "wards")


def upgrade() -> None:
    for name in ("bound_at", "copied_at"):
        op.add_column("contact_requests", sa.Column(name, sa.BigInteger(), nullable=True))
    guarded = op.get_context().dialect.name == "postgresql"
    for table in TABLES if guarded else ():  # row-level security binds the owner as well
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    _ask_again()
    for table in TABLES if guarded else ():
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _ask_again() -> None:
    op.execute(
        "UPDATE contact_requests SET proof = NULL, proof_at = NULL"
        " WHERE proof IS NOT NULL AND proof_key IS NULL"
    )
    op.execute(
        "UPDATE contact_requests SET asked = NULL"
        " WHERE state = 'received' AND EXISTS (SELECT 1 FROM wards"
        " WHERE wards.workspace_id = contact_requests.workspace_id"
        " AND wards.request_id = contact_requests.id"
        " AND wards.standing = 'claimed' AND wards.consent_key IS NULL)"
    )
    op.execute(
        "UPDATE wards SET standing = 'asked', consent = NULL, notice_hash = NULL, language = NULL"
        " WHERE standing = 'claimed' AND consent_key IS NULL"
    )
