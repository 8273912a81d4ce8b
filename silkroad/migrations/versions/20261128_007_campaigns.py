"""Campaigns: what people were told of the policy, what they were asked anew, and who was woken"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_007"
down_revision = "20261128_006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_records",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_told_records")),
    )
    op.create_table(
        "campaigns",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "campaign_people",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_people_workspace_id_campaign_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "campaign_id", "subject_id", name=op.f("pk_campaign_people")
        ),
    )
    op.create_table(
        "consent_renewals",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "purpose", name=op.f("pk_consent_renewals")),
    )
    _notices()


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "device_id"],
            ["devices.workspace_id", "devices.id"],
            name=op.f("fk_notices_workspace_id_device_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_notices")),
    )
    op.create_index(
        op.f("ix_notices_workspace_id_device_id"),
        "notices",
        ["workspace_id", "device_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_notices_workspace_id_expires_at"),
        "notices",
        ["workspace_id", "expires_at"],
        unique=False,
    )
