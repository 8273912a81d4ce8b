"""Tickets that nodes share"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261126_003"
down_revision = "20261122_001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("inbox_ids", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "token_hash", name=op.f("pk_tickets")),
    )
    op.create_index(
        op.f("ix_tickets_workspace_id_expires_at"),
        "tickets",
        ["workspace_id", "expires_at"],
        unique=False,
    )
    op.create_index(op.f("ix_tickets_token_hash"), "tickets", ["token_hash"], unique=False)
