"""Channels and their members, settings, launches in full, learnings, and whom a prompt concerns."""

import sqlalchemy as sa
from alembic import op

from slackapp.core.database import Document, ExactDecimal, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Columns that no row may lack get this at first; from then on the app says what stands there.
EMPTY = sa.text("''")
NO = sa.false()


def _columns() -> dict[str, list[sa.Column[object]]]:
    """What each table gains."""
    return {
        "workspaces": [
            sa.Column("country", sa.String(length=2), nullable=True),
            sa.Column("morning", sa.Time(), nullable=True),
        ],
        "people": [
            sa.Column("country", sa.String(length=2), nullable=True),
            sa.Column("morning", sa.Time(), nullable=True),
            sa.Column("function", sa.String(length=16), nullable=True),
        ],
        "prompts": [
            sa.Column("owner_id", sa.String(length=32), nullable=True),
            sa.Column("channel_id", sa.String(length=32), nullable=True),
            sa.Column("channel_asked", sa.Boolean(), nullable=False, server_default=NO),
        ],
        "prompt_paces": [sa.Column("last_at", UtcDateTime(), nullable=True)],
        "outbox": [sa.Column("in_thread", sa.String(length=32), nullable=True)],
        "follow_ups": [
            sa.Column("else_changed", sa.Text(), nullable=False, server_default=EMPTY),
            sa.Column("users_said", sa.Text(), nullable=False, server_default=EMPTY),
        ],
        "launches": [
            sa.Column("first_day", sa.Date(), nullable=True),
            sa.Column("slips", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("thread_ts", sa.String(length=32), nullable=True),
            sa.Column("kind", sa.String(length=16), nullable=False, server_default=sa.text("'feature'")),
            sa.Column("evidence", sa.String(length=16), nullable=True),
            sa.Column("systems", Document, nullable=False, server_default=sa.text("'[]'")),
            sa.Column("estimated_weeks", ExactDecimal(), nullable=True),
            sa.Column("goal", sa.String(length=80), nullable=False, server_default=EMPTY),
            sa.Column("bottleneck", sa.String(length=16), nullable=True),
            sa.Column("expected_value", sa.String(length=200), nullable=False, server_default=EMPTY),
            sa.Column("idea_of", sa.String(length=16), nullable=True),
            sa.Column("senior_id", sa.String(length=32), nullable=True),
            sa.Column("senior_before_spec", sa.Boolean(), nullable=True),
            sa.Column("significant", sa.Boolean(), nullable=False, server_default=NO),
            sa.Column("reworks_id", sa.Integer(), nullable=True),
            sa.Column("rework_reason", sa.String(length=32), nullable=True),
            sa.Column("unlocks", sa.Text(), nullable=False, server_default=EMPTY),
            sa.Column("felt_by", sa.String(length=16), nullable=True),
            sa.Column("metric_key", sa.String(length=200), nullable=True),
            sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
            sa.Column("override", sa.String(length=16), nullable=True),
            sa.Column("override_reason", sa.Text(), nullable=False, server_default=EMPTY),
            sa.Column("overridden_by", sa.String(length=32), nullable=True),
            sa.Column("overridden_at", UtcDateTime(), nullable=True),
            sa.Column("guardrail_loss", sa.Boolean(), nullable=False, server_default=NO),
            sa.Column("changes_next", sa.Boolean(), nullable=True),
        ],
    }


def _workspace(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_workspace_id_workspaces")
    return (
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=name),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _name_metrics() -> None:
    """Without case; not in SQL, since SQLite knows that of ASCII alone."""
    launches = sa.table("launches", sa.column("metric", sa.String), sa.column("metric_key", sa.String))
    metric = launches.c.metric
    for name in op.get_bind().scalars(sa.select(metric).where(metric.is_not(None)).distinct()).all():
        op.execute(launches.update().where(metric == name).values(metric_key=name.casefold()[:200]))


def upgrade() -> None:
    for table, columns in _columns().items():
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.add_column(column)
        with op.batch_alter_table(table) as altered:
            for column in columns:
                if column.server_default is not None:
                    altered.alter_column(column.name, server_default=None)
    with op.batch_alter_table("launches") as launches:
        launches.alter_column("frozen_at", existing_type=UtcDateTime(), nullable=True)
        launches.create_foreign_key(
            op.f("fk_launches_reworks_id_launches"), "launches", ["reworks_id"], ["id"]
        )
    _name_metrics()
    # What is asked already is about a channel, too: if that is private, nobody outside may read of it.
    op.execute(
        "UPDATE prompts SET (owner_id, channel_id) = (SELECT launches.owner_id, launches.channel_id"
        " FROM follow_ups JOIN launches ON launches.id = follow_ups.launch_id"
        " WHERE follow_ups.id = prompts.subject_id) WHERE kind = 'follow_up'"
    )
    op.create_index("ix_launches_metric", "launches", ["workspace_id", "metric_key", "day"], unique=False)
    op.create_index("ix_follow_ups_echo", "follow_ups", ["workspace_id", "echo"], unique=False)
    op.create_index("ix_outbox_shown", "outbox", ["workspace_id", "posted_channel", "ts"], unique=False)
    dead = sa.text("state = 'dead'")
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["workspace_id", "channel_id"],
        unique=False,
        postgresql_where=dead,
        sqlite_where=dead,
    )
    op.create_table(
        "channels",
        *_workspace("channels"),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_channels")),
    )
    op.create_table(
        "channel_members",
        *_workspace("channel_members"),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "user_id", name=op.f("pk_channel_members")),
    )
    op.create_index("ix_channel_members_user", "channel_members", ["workspace_id", "user_id"], unique=False)
    op.create_table(
        "guardrails",
        sa.Column("id", sa.Integer(), nullable=False),
        *_workspace("guardrails"),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=80), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("baseline", ExactDecimal(), nullable=False),
        sa.Column("smallest_change", ExactDecimal(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        _refers("guardrails", "launch_id", "launches"),
        _refers("guardrails", "reading_id", "readings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardrails")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_guardrails_launch", "guardrails", ["workspace_id", "launch_id"], unique=False)
    op.create_table(
        "launch_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        *_workspace("launch_versions"),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("before", Document, nullable=False),
        sa.Column("after", Document, nullable=False),
        _refers("launch_versions", "launch_id", "launches"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch_versions")),
        sa.UniqueConstraint(
            "workspace_id",
            "launch_id",
            "number",
            name=op.f("uq_launch_versions_workspace_id_launch_id_number"),
        ),
    )
    op.create_table(
        "launch_people",
        sa.Column("id", sa.Integer(), nullable=False),
        *_workspace("launch_people"),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        _refers("launch_people", "launch_id", "launches"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch_people")),
        sa.UniqueConstraint(
            "workspace_id",
            "launch_id",
            "user_id",
            "part",
            name=op.f("uq_launch_people_workspace_id_launch_id_user_id_part"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "learnings",
        sa.Column("id", sa.Integer(), nullable=False),
        *_workspace("learnings"),
        sa.Column("launch_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("text_key", sa.String(length=600), nullable=False),
        sa.Column("stance", sa.String(length=16), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        _refers("learnings", "launch_id", "launches"),
        _refers("learnings", "about_id", "learnings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnings")),
        sa.UniqueConstraint("workspace_id", "launch_id", name=op.f("uq_learnings_workspace_id_launch_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_learnings_about", "learnings", ["workspace_id", "about_id"], unique=False)


def downgrade() -> None:
    """Planned launches go, and what is asked in new ways: before this they could not be kept."""
    for table in (
        "learnings",
        "launch_people",
        "launch_versions",
        "guardrails",
        "channel_members",
        "channels",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM prompts WHERE ladder IN ('among_us', 'news')")
    op.execute("DELETE FROM launches WHERE frozen_at IS NULL")
    op.drop_index("ix_launches_metric", "launches")
    op.drop_index("ix_follow_ups_echo", "follow_ups")
    op.drop_index("ix_outbox_shown", "outbox")
    op.drop_index("ix_outbox_dead", "outbox")
    with op.batch_alter_table("launches") as launches:
        launches.drop_constraint(op.f("fk_launches_reworks_id_launches"), type_="foreignkey")
        launches.alter_column("frozen_at", existing_type=UtcDateTime(), nullable=False)
    for table, columns in _columns().items():
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.drop_column(column.name)
