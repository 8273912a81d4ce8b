"""Beside each version of the policy and of a chat's notice: the questions that people answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_016"
down_revision = "20261129_015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice_versions", sa.Column("about", sa.Text(), nullable=True))
