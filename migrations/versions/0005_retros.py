"""Retros and action items; messages drawn by others, files, and who is of another organisation."""

import sqlalchemy as sa
from alembic import op

from slackapp.core.database import Document, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("if_then", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=150), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("helped", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_action_items_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_items")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_action_items_workspace_id_number")),
    )
    op.create_index(
        "ix_action_items_channel",
        "action_items",
        ["workspace_id", "channel_id", "state", "number"],
        unique=False,
    )
    op.create_index(
        "ix_action_items_owner", "action_items", ["workspace_id", "owner_id", "state", "number"], unique=False
    )
    op.create_table(
        "outbox_stale",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_stale_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_outbox_stale")),
    )
    op.create_index(
        op.f("ix_outbox_stale_workspace_id_key"), "outbox_stale", ["workspace_id", "key"], unique=False
    )
    op.create_table(
        "retro_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", sa.String(length=32), nullable=False),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("columns", Document, nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("whole_channel", sa.Boolean(), nullable=False),
        sa.Column("people", Document, nullable=False),
        sa.Column("co_facilitators", Document, nullable=False),
        sa.Column("collect_minutes", sa.Integer(), nullable=False),
        sa.Column("vote_minutes", sa.Integer(), nullable=False),
        sa.Column("topic_minutes", sa.Integer(), nullable=True),
        sa.Column("votes_each", sa.Integer(), nullable=True),
        sa.Column("votes_cap", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_series_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_series")),
    )
    op.create_index(
        "ix_retro_series_next",
        "retro_series",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index(
        "ix_retro_series_running",
        "retro_series",
        ["workspace_id", "channel_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "retro_waiting_notes",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_link", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_waiting_notes_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_retro_waiting_notes")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_retro_waiting_notes_channel", "retro_waiting_notes", ["workspace_id", "channel_id"], unique=False
    )
    op.create_table(
        "retro_offers",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_retro_offers_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_offers_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "launch_id", name=op.f("pk_retro_offers")),
    )
    op.create_index(
        "ix_retro_offers_due",
        "retro_offers",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "retro_waiting_launches",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_retro_waiting_launches_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_retro_waiting_launches_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "channel_id", "launch_id", name=op.f("pk_retro_waiting_launches")
        ),
    )
    op.create_table(
        "retros",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("facilitator_id", sa.String(length=32), nullable=False),
        sa.Column("opened_by", sa.String(length=32), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("columns", Document, nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("whole_channel", sa.Boolean(), nullable=False),
        sa.Column("calls_roll_at", UtcDateTime(), nullable=True),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("phase_began_at", UtcDateTime(), nullable=False),
        sa.Column("phase_ends_at", UtcDateTime(), nullable=True),
        sa.Column("reminds_at", UtcDateTime(), nullable=True),
        sa.Column("late_since", UtcDateTime(), nullable=True),
        sa.Column("collect_minutes", sa.Integer(), nullable=False),
        sa.Column("vote_minutes", sa.Integer(), nullable=False),
        sa.Column("topic_minutes", sa.Integer(), nullable=True),
        sa.Column("votes_each", sa.Integer(), nullable=True),
        sa.Column("votes_cap", sa.Integer(), nullable=False),
        sa.Column("reveal_key", sa.String(length=64), nullable=True),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("impact_by", sa.String(length=32), nullable=True),
        sa.Column("impact_skipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["retro_series.id"], name=op.f("fk_retros_series_id_retro_series")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retros_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retros")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_retros_workspace_id_number")),
    )
    op.create_index(
        "ix_retros_calls_roll",
        "retros",
        ["calls_roll_at"],
        unique=False,
        postgresql_where=sa.text("calls_roll_at IS NOT NULL"),
        sqlite_where=sa.text("calls_roll_at IS NOT NULL"),
    )
    op.create_index("ix_retros_channel", "retros", ["workspace_id", "channel_id", "number"], unique=False)
    op.create_index(
        "ix_retros_open",
        "retros",
        ["workspace_id", "channel_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_retros_phase_ends",
        "retros",
        ["phase_ends_at"],
        unique=False,
        postgresql_where=sa.text("phase_ends_at IS NOT NULL"),
        sqlite_where=sa.text("phase_ends_at IS NOT NULL"),
    )
    op.create_index(
        "ix_retros_reminds",
        "retros",
        ["reminds_at"],
        unique=False,
        postgresql_where=sa.text("reminds_at IS NOT NULL"),
        sqlite_where=sa.text("reminds_at IS NOT NULL"),
    )
    op.create_table(
        "retro_hands",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_hands_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_hands_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "retro_id", "user_id", name=op.f("pk_retro_hands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "retro_launches",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_retro_launches_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_launches_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_launches_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "retro_id", "launch_id", name=op.f("pk_retro_launches")),
    )
    op.create_index("ix_retro_launches_launch", "retro_launches", ["workspace_id", "launch_id"], unique=False)
    op.create_table(
        "retro_people",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_people_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_people_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "retro_id", "user_id", "part", name=op.f("pk_retro_people")),
    )
    op.create_table(
        "retro_phases",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("began_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_phases_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_phases_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "retro_id", "step", name=op.f("pk_retro_phases")),
    )
    op.create_table(
        "retro_private_words",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["retro_id"], ["retros.id"], name=op.f("fk_retro_private_words_retro_id_retros")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_private_words_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_retro_private_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_retro_private_words_retro", "retro_private_words", ["workspace_id", "retro_id"], unique=False
    )
    op.create_table(
        "retro_purses",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_purses_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_purses_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "retro_id", "user_id", name=op.f("pk_retro_purses")),
    )
    op.create_table(
        "retro_scores",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=32), nullable=False),
        sa.Column("works", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_retro_scores_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_scores_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_scores_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "retro_id", "launch_id", "voter", name=op.f("pk_retro_scores")
        ),
    )
    op.create_table(
        "retro_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("is_single", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("discussed_from", UtcDateTime(), nullable=True),
        sa.Column("discussed_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["retro_topics.id"], name=op.f("fk_retro_topics_merged_into_id_retro_topics")
        ),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_topics_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_topics_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_topics")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_retro_topics_retro", "retro_topics", ["workspace_id", "retro_id"], unique=False)
    op.create_table(
        "retro_actions",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action_items.id"], name=op.f("fk_retro_actions_action_id_action_items")
        ),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_actions_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["retro_topics.id"], name=op.f("fk_retro_actions_topic_id_retro_topics")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_actions_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "action_id", name=op.f("pk_retro_actions")),
    )
    op.create_index("ix_retro_actions_retro", "retro_actions", ["workspace_id", "retro_id"], unique=False)
    op.create_table(
        "retro_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_decisions_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["retro_topics.id"], name=op.f("fk_retro_decisions_topic_id_retro_topics")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_decisions_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_decisions")),
    )
    op.create_index("ix_retro_decisions_retro", "retro_decisions", ["workspace_id", "retro_id"], unique=False)
    op.create_table(
        "retro_notes",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("author_mac", sa.String(length=64), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("source_link", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_notes_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["retro_topics.id"], name=op.f("fk_retro_notes_topic_id_retro_topics")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_notes_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_retro_notes")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_retro_notes_retro", "retro_notes", ["workspace_id", "retro_id"], unique=False)
    op.create_index("ix_retro_notes_topic", "retro_notes", ["workspace_id", "topic_id"], unique=False)
    op.create_table(
        "retro_votes",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("retro_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["retro_id"], ["retros.id"], name=op.f("fk_retro_votes_retro_id_retros")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["retro_topics.id"], name=op.f("fk_retro_votes_topic_id_retro_topics")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_retro_votes_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "topic_id", "user_id", "slot", name=op.f("pk_retro_votes")),
    )
    op.create_index(
        "ix_retro_votes_retro", "retro_votes", ["workspace_id", "retro_id", "user_id"], unique=False
    )
    op.add_column("outbox", sa.Column("file_name", sa.String(length=150), nullable=True))
    op.add_column("outbox", sa.Column("file_content", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("file_id", sa.String(length=32), nullable=True))
    op.add_column("people", sa.Column("is_stranger", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("people", "is_stranger")
    op.drop_column("outbox", "file_id")
    op.drop_column("outbox", "file_content")
    op.drop_column("outbox", "file_name")
    op.drop_index("ix_retro_votes_retro", table_name="retro_votes")
    op.drop_table("retro_votes")
    op.drop_index("ix_retro_notes_topic", table_name="retro_notes")
    op.drop_index("ix_retro_notes_retro", table_name="retro_notes")
    op.drop_table("retro_notes")
    op.drop_index("ix_retro_decisions_retro", table_name="retro_decisions")
    op.drop_table("retro_decisions")
    op.drop_index("ix_retro_actions_retro", table_name="retro_actions")
    op.drop_table("retro_actions")
    op.drop_index("ix_retro_topics_retro", table_name="retro_topics")
    op.drop_table("retro_topics")
    op.drop_table("retro_scores")
    op.drop_table("retro_purses")
    op.drop_index("ix_retro_private_words_retro", table_name="retro_private_words")
    op.drop_table("retro_private_words")
    op.drop_table("retro_phases")
    op.drop_table("retro_people")
    op.drop_index("ix_retro_launches_launch", table_name="retro_launches")
    op.drop_table("retro_launches")
    op.drop_table("retro_hands")
    op.drop_index(
        "ix_retros_reminds",
        table_name="retros",
        postgresql_where=sa.text("reminds_at IS NOT NULL"),
        sqlite_where=sa.text("reminds_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_retros_phase_ends",
        table_name="retros",
        postgresql_where=sa.text("phase_ends_at IS NOT NULL"),
        sqlite_where=sa.text("phase_ends_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_retros_open",
        table_name="retros",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_retros_channel", table_name="retros")
    op.drop_index(
        "ix_retros_calls_roll",
        table_name="retros",
        postgresql_where=sa.text("calls_roll_at IS NOT NULL"),
        sqlite_where=sa.text("calls_roll_at IS NOT NULL"),
    )
    op.drop_table("retros")
    op.drop_table("retro_waiting_launches")
    op.drop_index(
        "ix_retro_offers_due",
        table_name="retro_offers",
        postgresql_where=sa.text("due_at IS NOT NULL"),
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("retro_offers")
    op.drop_index("ix_retro_waiting_notes_channel", table_name="retro_waiting_notes")
    op.drop_table("retro_waiting_notes")
    op.drop_index(
        "ix_retro_series_running",
        table_name="retro_series",
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        "ix_retro_series_next",
        table_name="retro_series",
        postgresql_where=sa.text("next_at IS NOT NULL"),
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.drop_table("retro_series")
    op.drop_index(op.f("ix_outbox_stale_workspace_id_key"), table_name="outbox_stale")
    op.drop_table("outbox_stale")
    op.drop_index("ix_action_items_owner", table_name="action_items")
    op.drop_index("ix_action_items_channel", table_name="action_items")
    op.drop_table("action_items")
