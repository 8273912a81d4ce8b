"""What finds the rows of one person quickly, where 012 has left something out

In the trail only of visitors: what colleagues do is most of it, and costs little more to write.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_013"
down_revision = "20261129_012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_visitors = sa.text("actor_kind = 'visitor'")
    op.create_index(
        op.f("ix_audit_entries_workspace_id_actor_id"),
        "audit_entries",
        ["workspace_id", "actor_id"],
        unique=False,
        sqlite_where=of_visitors,
        postgresql_where=of_visitors,
    )
    for table, way in (
        ("wakes", "conversation_id"),
        ("handovers", "visitor_id"),
        ("publications", "visitor_id"),
    ):
        op.create_index(
            op.f(f"ix_{table}_workspace_id_{way}"), table, ["workspace_id", way], unique=False
        )
