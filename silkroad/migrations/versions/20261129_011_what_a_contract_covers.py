"""What a contract with a third party covers

Nobody noted it of a contract from before: an administrator reads the third party again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261129_011"
down_revision = "20261129_010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("engagements", sa.Column("fields", sa.Text(), nullable=True))
