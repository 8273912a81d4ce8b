"""Exceptions to consent, imports of other people's data, and grants to sources outside"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261128_006"
down_revision = "20261128_005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _exceptions()
    _uses()
    op.create_table(
        "imports",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("notice_hash", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_workspace("imports"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_imports")),
    )
    for name in ("import_id", "basis", "notice_hash"):
        op.add_column("invitations", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "inbound_grants",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _of_workspace("inbound_grants"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_inbound_grants")),
    )
    op.create_index(
        op.f("ix_inbound_grants_workspace_id_source_id"),
        "inbound_grants",
        ["workspace_id", "source_id"],
        unique=False,
    )


def _exceptions() -> None:
    op.create_table(
        "exceptions",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("grounds", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("everybody", sa.Integer(), nullable=False),
        sa.Column("barred", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _of_workspace("exceptions"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_exceptions")),
    )
    op.create_index(
        op.f("ix_exceptions_workspace_id_purpose"),
        "exceptions",
        ["workspace_id", "purpose"],
        unique=False,
    )
    op.create_table(
        "exception_subjects",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("exception_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        _of_exception("exception_subjects"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "exception_id", "subject_id", name=op.f("pk_exception_subjects")
        ),
    )
    op.create_table(
        "exception_approvals",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("exception_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_exception("exception_approvals"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "exception_id", "member_id", name=op.f("pk_exception_approvals")
        ),
    )


def _uses() -> None:
    op.create_table(
        "exception_uses",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("exception_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        _of_exception("exception_uses"),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f("pk_exception_uses")),
    )
    op.create_index(
        op.f("ix_exception_uses_workspace_id_exception_id_subject_id"),
        "exception_uses",
        ["workspace_id", "exception_id", "subject_id"],
        unique=False,
    )
    op.create_table(
        "exception_refusals",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "workspace_id", "subject_id", "code", name=op.f("pk_exception_refusals")
        ),
    )
    op.create_table(
        "exception_notices",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("exception_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_exception("exception_notices"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "subject_id", "exception_id", name=op.f("pk_exception_notices")
        ),
    )


def _of_workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspaces.workspace_id"], name=op.f(f"fk_{table}_workspace_id")
    )


def _of_exception(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "exception_id"],
        ["exceptions.workspace_id", "exceptions.id"],
        name=op.f(f"fk_{table}_workspace_id_exception_id"),
    )
