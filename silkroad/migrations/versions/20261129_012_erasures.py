"""The ledger of erasures, and what finds the rows of one person quickly"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_012"
down_revision = "20261129_011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("shredded_at", sa.BigInteger(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "subject_id", name=op.f("pk_erasures")),
    )
    for table, person in (("conversations", "visitor_id"), ("campaign_people", "subject_id")):
        op.create_index(
            op.f(f"ix_{table}_workspace_id_{person}"), table, ["workspace_id", person], unique=False
        )
