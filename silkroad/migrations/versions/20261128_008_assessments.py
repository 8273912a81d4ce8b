"""Assessments, and what was shown of whoever gets something

Nobody noted what the registry said of a third party that is on: an administrator reads it again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_008"
down_revision = "20261128_006"
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
