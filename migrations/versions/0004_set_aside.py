"""How often a step of a prompt failed, and finding the workspaces that are paused."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FAILED = sa.text("failures > 0")
PAUSED = sa.text("scope = ''")


def upgrade() -> None:
    op.add_column("prompts", sa.Column("failures", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.create_index(
        "ix_prompts_failures", "prompts", ["workspace_id"], postgresql_where=FAILED, sqlite_where=FAILED
    )
    op.create_index(
        "ix_outbox_pace_paused", "outbox_pace", ["workspace_id"], postgresql_where=PAUSED, sqlite_where=PAUSED
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_pace_paused", "outbox_pace")
    op.drop_index("ix_prompts_failures", "prompts")
    op.drop_column("prompts", "failures")
