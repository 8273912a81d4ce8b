"""Consents, the policies that were accepted, and media grants"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_004"
down_revision = "20261128_003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _forget_devices()
    op.create_table(
        "consents",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "workspace_id", "subject_id", "purpose", "recipient", name=op.f("pk_consents")
        ),
    )
    op.create_table(
        "consent_records",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("controller", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("withdrawal", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_consent_records")),
    )
    op.create_index(
        op.f("ix_consent_records_workspace_id_subject_id_at"),
        "consent_records",
        ["workspace_id", "subject_id", "at"],
        unique=False,
    )
    op.create_table(
        "notice_acceptances",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "subject_id", "notice_hash", name=op.f("pk_notice_acceptances")
        ),
    )
    op.create_table(
        "media_grants",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_media_grants")),
    )
    op.create_index(
        op.f("ix_media_grants_workspace_id_subject_id_granted_at"),
        "media_grants",
        ["workspace_id", "subject_id", "granted_at"],
        unique=False,
    )


def _forget_devices() -> None:
    """Forget every device: nobody has agreed to it yet, and whoever wants it back is asked."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("TRUNCATE wakes, devices")  # row-level security binds the owner's DELETE as well
    else:
        op.execute("DELETE FROM wakes")
        op.execute("DELETE FROM devices")
