"""What a playground keeps beside its database, and what it makes of half of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slackapp.core.settings import SettingsError
from slackapp.installation import StartError
from slackapp.playground.keeping import kept, story_of
from slackapp.playground.story import History, Story, StoryClock, TourState

NOON = datetime(2026, 9, 7, 12, 0, tzinfo=UTC)


def test_a_story_is_read_as_it_was_written(tmp_path: Path) -> None:
    story = Story(tmp_path / "story")
    assert (story.now, story.history, story.tour) == (None, History.NONE, TourState())
    tour = TourState(NOON.isoformat(), 28, closed=True, done=frozenset({1, 2}), skipped=frozenset({3}))
    story.has_history(History.WHOLE, 7)
    story.tours(tour)
    StoryClock(NOON, story).turn(NOON + timedelta(hours=1))
    again = Story(tmp_path / "story")
    assert (again.history, again.seed, again.tour) == (History.WHOLE, 7, tour)
    assert StoryClock(NOON, again).now() == NOON + timedelta(hours=1)


def test_a_history_that_is_being_made_keeps_no_moment_until_it_is_whole(tmp_path: Path) -> None:
    story = Story(tmp_path / "story")
    story.has_history(History.BEGUN, 7)
    story.stands_at(NOON)
    assert (Story(tmp_path / "story").history, Story(tmp_path / "story").now) == (History.BEGUN, None)
    story.has_history(History.WHOLE, 7)
    assert Story(tmp_path / "story").now == NOON


def test_what_is_thrown_away_leaves_nothing() -> None:
    with kept(None, None) as files:
        assert not files.stays
        Story(files.story).stands_at(NOON)
        assert files.story.exists()
    assert not files.story.parent.exists()


def test_only_one_at_a_time_has_it(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'play.db'}"
    with kept(url, None) as files:
        assert files.state == tmp_path / "play.db.slack"
        with pytest.raises(StartError, match="Another playground is running"), kept(url, None):
            pass
    with kept(url, None):
        pass


def test_another_databases_workspace_is_kept_under_its_name_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    states = []
    for address in ("mara:old@there/play", "mara:new@there/play", "mara:new@there/other"):
        with kept(f"postgresql+asyncpg://{address}", None) as files:
            states.append(files.state)
    assert states[0] == states[1] != states[2]
    assert states[0].is_relative_to(tmp_path)


def test_a_database_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^--database: must begin with"), kept("mysql://there", None):
        pass


def test_half_a_history_is_thrown_away_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    with kept(f"sqlite+aiosqlite:///{tmp_path / 'play.db'}", None) as files:
        Story(files.story).has_history(History.BEGUN, 0)
        for name in ("play.db", "play.db-wal", "play.db-shm", "play.db.slack", "other.db"):
            (tmp_path / name).write_text("half")
        story, thrown_away = story_of(files)
        assert thrown_away
        assert (story.now, story.history) == (None, History.NONE)
    assert {path.name for path in tmp_path.iterdir()} == {"play.db.slack.lock", "other.db"}


def test_elsewhere_half_a_history_stops_the_start(tmp_path: Path) -> None:
    with kept("postgresql+asyncpg://there/play", tmp_path / "play.slack") as files:
        Story(files.story).has_history(History.BEGUN, 0)
        with pytest.raises(StartError, match="never finished"):
            story_of(files)


@pytest.mark.parametrize("missing", ["play.db", "play.db.slack"])
def test_a_playground_of_which_a_part_is_gone_is_not_taken_for_a_new_one(
    tmp_path: Path, missing: str
) -> None:
    with kept(f"sqlite+aiosqlite:///{tmp_path / 'play.db'}", None) as files:
        Story(files.story).stands_at(NOON)
        for name in {"play.db", "play.db.slack"} - {missing}:
            (tmp_path / name).write_text("")
        with pytest.raises(StartError, match=f"{missing} is gone"):
            story_of(files)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"now": null, "seed": 0, "history": "half", "tour": {}}'])
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    with kept(f"sqlite+aiosqlite:///{tmp_path / 'play.db'}", None) as files:
        files.story.write_text(text)
        with pytest.raises(StartError, match="is no playground's"):
            story_of(files)
        assert files.story.read_text() == text
