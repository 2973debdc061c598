"""How soon Slack may be called again, where direct messages are, and each workspace's turn."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "outbox_pace",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("next_at", sa.Double(), nullable=False),
        sa.Column("closed_until", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_pace_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "scope", name=op.f("pk_outbox_pace")),
    )
    op.create_index("ix_outbox_pace_next_at", "outbox_pace", ["next_at"])
    op.create_table(
        "outbox_directs",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_directs_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_outbox_directs")),
    )
    op.create_index(
        "ix_outbox_turns",
        "outbox",
        ["workspace_id", "due_at"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    # Direct messages that are open already need not be opened once more.
    op.execute(
        "INSERT INTO outbox_directs (workspace_id, user_id, channel_id) "
        "SELECT workspace_id, user_id, max(posted_channel) FROM outbox "
        "WHERE user_id IS NOT NULL AND posted_channel IS NOT NULL GROUP BY workspace_id, user_id"
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_turns", "outbox")
    op.drop_table("outbox_directs")
    op.drop_table("outbox_pace")
