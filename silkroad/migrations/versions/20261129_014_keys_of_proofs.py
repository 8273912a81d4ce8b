"""A key of its own for what somebody proves themselves with, and for what a guardian writes

What is there from before lies under the key of its request or its child. It is not shown any
more: a proof is asked for again, and gone within a week in any case; a consent that was accepted
holds.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_014"
down_revision = "20261129_013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact_requests", sa.Column("proof_key", sa.Text(), nullable=True))
    op.add_column("wards", sa.Column("consent_key", sa.Text(), nullable=True))
