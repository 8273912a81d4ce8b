"""Research: how many people a figure needs, and what was given out"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_010"
down_revision = "20261129_009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "research_settings",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("fk_research_settings_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_research_settings")),
    )
    op.create_table(
        "research_extracts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("fk_research_extracts_workspace_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "month", name=op.f("pk_research_extracts")),
    )
