"""Publications: what somebody was told before they showed their conversation, and the link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_009"
down_revision = "20261128_008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication_rules",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_publication_rules")),
    )
    op.create_table(
        "publications",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("visitor_id", sa.Text(), nullable=False),
        sa.Column("inbox_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name=op.f("fk_publications_workspace_id_conversation_id_conversations"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_publications")),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("uq_publications_workspace_id_token_hash")
        ),
    )
