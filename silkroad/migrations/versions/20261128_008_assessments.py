"""Assessments, and what was shown of whoever gets something

Nobody noted what the registry said of a third party that is on: an administrator reads it again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_008"
down_revision = "20261128_007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("engagements", sa.Column("facts", sa.Text(), nullable=True))
    op.add_column("exception_uses", sa.Column("consent_id", sa.Text(), nullable=True))
    op.add_column("exception_uses", sa.Column("said_no", sa.Integer(), nullable=True))
    for name in ("relationship", "evidence"):
        op.add_column("consent_records", sa.Column(name, sa.Text(), nullable=True))
    for name in ("notice_hash", "language"):
        op.add_column("wards", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "assessments",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("harm", sa.LargeBinary(), nullable=False),
        sa.Column("measures", sa.LargeBinary(), nullable=False),
        sa.Column("likelihood_before", sa.Integer(), nullable=False),
        sa.Column("severity_before", sa.Integer(), nullable=False),
        sa.Column("likelihood_after", sa.Integer(), nullable=False),
        sa.Column("severity_after", sa.Integer(), nullable=False),
        sa.Column("assessed_by", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_assessments")),
    )
    op.create_index(
        op.f("ix_assessments_workspace_id_assessed_at"),
        "assessments",
        ["workspace_id", "assessed_at"],
        unique=False,
    )
    op.create_table(
        "assessed_features",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "feature", name=op.f("pk_assessed_features")),
    )
