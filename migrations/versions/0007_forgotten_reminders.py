"""When it is forgotten whom a retro reminded; of those before, at the first look."""

import sqlalchemy as sa
from alembic import op

from slackapp.core.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FORGETS = sa.text("forgets_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("retros", sa.Column("forgets_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_retros_forgets", "retros", ["forgets_at"], postgresql_where=FORGETS, sqlite_where=FORGETS
    )
    op.execute("UPDATE retros SET forgets_at = phase_began_at WHERE step > 0 AND NOT is_live")


def downgrade() -> None:
    op.drop_index("ix_retros_forgets", "retros")
    op.drop_column("retros", "forgets_at")
