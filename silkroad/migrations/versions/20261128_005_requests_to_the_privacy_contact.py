"""Requests to the privacy contact, and children's guardians"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_005"
down_revision = "20261128_004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_requests",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("visitor_id", sa.Text(), nullable=True),
        sa.Column("reach", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.Column("proof_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("warn_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("warned_at", sa.BigInteger(), nullable=True),
        sa.Column("breached_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_requests")),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("uq_contact_requests_workspace_id_token_hash")
        ),
    )
    op.create_index(
        op.f("ix_contact_requests_token_hash"), "contact_requests", ["token_hash"], unique=False
    )
    op.create_index(
        op.f("ix_contact_requests_workspace_id_state_due_at"),
        "contact_requests",
        ["workspace_id", "state", "due_at"],
        unique=False,
    )
    op.create_table(
        "contact_messages",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["contact_requests.workspace_id", "contact_requests.id"],
            name=op.f("fk_contact_messages_workspace_id_request_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "request_id", "number", name=op.f("pk_contact_messages")
        ),
    )
    op.create_table(
        "age_gates",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_age_gates")),
    )
    op.create_table(
        "wards",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("visitor_id", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.LargeBinary(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("consent", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "visitor_id", name=op.f("pk_wards")),
        sa.UniqueConstraint(
            "workspace_id", "request_id", name=op.f("uq_wards_workspace_id_request_id")
        ),
    )
