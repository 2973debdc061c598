"""Polls and discovery, and who was asked for their function."""

import sqlalchemy as sa
from alembic import op

from slackapp.core.database import Document, ExactDecimal, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("functions", Document, nullable=False),
        sa.Column("shows", sa.String(length=16), nullable=False),
        sa.Column("by_function", sa.Boolean(), nullable=False),
        sa.Column("open_minutes", sa.Integer(), nullable=False),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.Column("every", sa.String(length=16), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("in_own_zone", sa.Boolean(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_polls_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_polls_workspace_id_number")),
    )
    op.create_index("ix_polls_channel", "polls", ["workspace_id", "channel_id", "number"], unique=False)
    op.create_index(
        "ix_polls_next",
        "polls",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("next_at IS NOT NULL"),
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_table(
        "discovery_considerations",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=32), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("echo", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_discovery_considerations_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_discovery_considerations_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "launch_id", name=op.f("pk_discovery_considerations")),
    )
    op.create_table(
        "poll_people",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_people_poll_id_polls")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_people_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "poll_id", "user_id", name=op.f("pk_poll_people")),
    )
    op.create_table(
        "poll_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("options", Document, nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("lowest", ExactDecimal(), nullable=True),
        sa.Column("highest", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_questions_poll_id_polls")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_questions_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_questions")),
        sa.UniqueConstraint(
            "workspace_id", "poll_id", "version", name=op.f("uq_poll_questions_workspace_id_poll_id_version")
        ),
    )
    op.create_table(
        "poll_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=True),
        sa.Column("reminds_at", UtcDateTime(), nullable=True),
        sa.Column("calls_roll_at", UtcDateTime(), nullable=True),
        sa.Column("is_asking", sa.Boolean(), nullable=False),
        sa.Column("answer_key", sa.String(length=64), nullable=True),
        sa.Column("meant", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("forgets_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_rounds_poll_id_polls")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["poll_questions.id"], name=op.f("fk_poll_rounds_question_id_poll_questions")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_rounds_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_rounds")),
        sa.UniqueConstraint(
            "workspace_id", "poll_id", "number", name=op.f("uq_poll_rounds_workspace_id_poll_id_number")
        ),
        sa.UniqueConstraint(
            "workspace_id", "poll_id", "occurs_on", name=op.f("uq_poll_rounds_workspace_id_poll_id_occurs_on")
        ),
    )
    op.create_index(
        "ix_poll_rounds_asking",
        "poll_rounds",
        ["workspace_id"],
        unique=False,
        postgresql_where=sa.text("is_asking"),
        sqlite_where=sa.text("is_asking = 1"),
    )
    op.create_index(
        "ix_poll_rounds_calls_roll",
        "poll_rounds",
        ["calls_roll_at"],
        unique=False,
        postgresql_where=sa.text("calls_roll_at IS NOT NULL"),
        sqlite_where=sa.text("calls_roll_at IS NOT NULL"),
    )
    op.create_index(
        "ix_poll_rounds_closes",
        "poll_rounds",
        ["closes_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_poll_rounds_forgets",
        "poll_rounds",
        ["forgets_at"],
        unique=False,
        postgresql_where=sa.text("forgets_at IS NOT NULL"),
        sqlite_where=sa.text("forgets_at IS NOT NULL"),
    )
    op.create_index(
        "ix_poll_rounds_open",
        "poll_rounds",
        ["workspace_id", "poll_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_poll_rounds_reminds",
        "poll_rounds",
        ["reminds_at"],
        unique=False,
        postgresql_where=sa.text("reminds_at IS NOT NULL"),
        sqlite_where=sa.text("reminds_at IS NOT NULL"),
    )
    op.create_table(
        "discovery_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("launch_id", sa.Integer(), nullable=True),
        sa.Column("before_spec", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("weeks_saved", ExactDecimal(), nullable=True),
        sa.Column("logged_by", sa.String(length=32), nullable=False),
        sa.Column("logged_at", UtcDateTime(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launches.id"], name=op.f("fk_discovery_activities_launch_id_launches")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["poll_rounds.id"], name=op.f("fk_discovery_activities_round_id_poll_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_discovery_activities_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discovery_activities")),
        sa.UniqueConstraint(
            "workspace_id", "round_id", name=op.f("uq_discovery_activities_workspace_id_round_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_discovery_activities_channel",
        "discovery_activities",
        ["workspace_id", "channel_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_discovery_activities_launch", "discovery_activities", ["workspace_id", "launch_id"], unique=False
    )
    op.create_table(
        "poll_responses",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("responder", sa.String(length=64), nullable=False),
        sa.Column("option", sa.Integer(), nullable=True),
        sa.Column("number", ExactDecimal(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("function", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["poll_rounds.id"], name=op.f("fk_poll_responses_round_id_poll_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_responses_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "responder", name=op.f("pk_poll_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_poll_responses_tally", "poll_responses", ["workspace_id", "round_id", "option"], unique=False
    )
    op.create_table(
        "poll_round_people",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("asks_at", UtcDateTime(), nullable=True),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["poll_rounds.id"], name=op.f("fk_poll_round_people_round_id_poll_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_round_people_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "round_id", "user_id", name=op.f("pk_poll_round_people")),
    )
    op.create_index(
        "ix_poll_round_people_unasked",
        "poll_round_people",
        ["asks_at"],
        unique=False,
        postgresql_where=sa.text("NOT is_asked"),
        sqlite_where=sa.text("is_asked = 0"),
    )
    op.create_index(
        "ix_poll_round_people_user", "poll_round_people", ["workspace_id", "user_id"], unique=False
    )
    op.create_table(
        "discovery_contributions",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["discovery_activities.id"],
            name=op.f("fk_discovery_contributions_activity_id_discovery_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_discovery_contributions_workspace_id_workspaces"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "activity_id", "kind", name=op.f("pk_discovery_contributions")
        ),
    )
    op.create_table(
        "discovery_present",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["discovery_activities.id"],
            name=op.f("fk_discovery_present_activity_id_discovery_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_discovery_present_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "activity_id", "function", name=op.f("pk_discovery_present")),
    )
    op.create_table(
        "poll_choices",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("responder", sa.String(length=64), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round_id", "responder"],
            ["poll_responses.workspace_id", "poll_responses.round_id", "poll_responses.responder"],
            name=op.f("fk_poll_choices_workspace_id_round_id_responder_poll_responses"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_poll_choices_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "round_id", "responder", "option", name=op.f("pk_poll_choices")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_poll_choices_tally", "poll_choices", ["workspace_id", "round_id", "option"], unique=False
    )
    op.add_column(
        "people", sa.Column("asked_function", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("people", "asked_function")
    op.drop_index("ix_poll_choices_tally", table_name="poll_choices")
    op.drop_table("poll_choices")
    op.drop_table("discovery_present")
    op.drop_table("discovery_contributions")
    op.drop_index("ix_poll_round_people_user", table_name="poll_round_people")
    op.drop_index(
        "ix_poll_round_people_unasked",
        table_name="poll_round_people",
        postgresql_where=sa.text("NOT is_asked"),
        sqlite_where=sa.text("is_asked = 0"),
    )
    op.drop_table("poll_round_people")
    op.drop_index("ix_poll_responses_tally", table_name="poll_responses")
    op.drop_table("poll_responses")
    op.drop_index("ix_discovery_activities_launch", table_name="discovery_activities")
    op.drop_index("ix_discovery_activities_channel", table_name="discovery_activities")
    op.drop_table("discovery_activities")
    op.drop_index(
        "ix_poll_rounds_reminds",
        table_name="poll_rounds",
        postgresql_where=sa.text("reminds_at IS NOT NULL"),
        sqlite_where=sa.text("reminds_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_poll_rounds_open",
        table_name="poll_rounds",
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        "ix_poll_rounds_forgets",
        table_name="poll_rounds",
        postgresql_where=sa.text("forgets_at IS NOT NULL"),
        sqlite_where=sa.text("forgets_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_poll_rounds_closes",
        table_name="poll_rounds",
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.drop_index(
        "ix_poll_rounds_calls_roll",
        table_name="poll_rounds",
        postgresql_where=sa.text("calls_roll_at IS NOT NULL"),
        sqlite_where=sa.text("calls_roll_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_poll_rounds_asking",
        table_name="poll_rounds",
        postgresql_where=sa.text("is_asking"),
        sqlite_where=sa.text("is_asking = 1"),
    )
    op.drop_table("poll_rounds")
    op.drop_table("poll_questions")
    op.drop_table("poll_people")
    op.drop_table("discovery_considerations")
    op.drop_index(
        "ix_polls_next",
        table_name="polls",
        postgresql_where=sa.text("next_at IS NOT NULL"),
        sqlite_where=sa.text("next_at IS NOT NULL"),
    )
    op.drop_index("ix_polls_channel", table_name="polls")
    op.drop_table("polls")
