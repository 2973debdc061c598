"""Where a playground is kept: its database, and beside it the workspace, the story and a lock."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_data_path
from sqlalchemy.engine import make_url

from slackapp.core.settings import DatabaseSettings, SettingsError, load
from slackapp.installation import StartError
from slackapp.playground.story import History, Story


@dataclass(frozen=True)
class Files:
    database_url: str
    #: The SQLite database; None of another kind.
    database: Path | None
    state: Path
    #: Whether it stays when the playground ends.
    stays: bool = True

    @property
    def story(self) -> Path:
        return self.state.with_name(f"{self.state.name}.story")

    @property
    def lock(self) -> Path:
        return self.state.with_name(f"{self.state.name}.lock")


@contextmanager
def kept(database_url: str | None, state: Path | None) -> Iterator[Files]:
    """Where it is kept, for this process alone while the block runs. Without a database it is thrown away.

    Beside a SQLite database `FILE` the workspace stands in `FILE.slack`, unless `state` says otherwise; of
    another database, in the user's data folder. Raises `SettingsError` for a database that cannot be one, and
    `StartError` if it is taken.
    """
    if database_url is None:
        with tempfile.TemporaryDirectory(prefix="afterlaunch-") as folder:
            database = Path(folder) / "playground.db"
            where = state or database.with_name(f"{database.name}.slack")
            with _alone(Files(f"sqlite+aiosqlite:///{database}", database, where, stays=False)) as files:
                yield files
        return
    try:
        load(DatabaseSettings, AFTERLAUNCH_DATABASE_URL=database_url)
    except SettingsError as error:
        raise SettingsError(str(error).replace("AFTERLAUNCH_DATABASE_URL", "--database")) from None
    url = make_url(database_url)
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    with _alone(Files(database_url, file, state or _beside(database_url, file))) as files:
        yield files


def _beside(database_url: str, file: Path | None) -> Path:
    if file is not None:
        return file.with_name(f"{file.name}.slack")
    # Without the password, which may change.
    name = make_url(database_url).set(password=None).render_as_string()
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return user_data_path("afterlaunch") / "playground" / f"{digest}.slack"


@contextmanager
def _alone(files: Files) -> Iterator[Files]:
    """The lock is the process's own: it is free when the process is gone, however it ended."""
    lock = FileLock(files.lock, blocking=False, preserve_lock_file=True)
    try:
        files.lock.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise StartError(
            f"Another playground is running on {files.state}. Stop it, or give this one a database of "
            "its own with --database."
        ) from None
    except OSError as error:
        raise StartError(f"The playground cannot be kept in {files.lock.parent}: {error.strerror}.") from None
    try:
        yield files
    finally:
        lock.release()


def story_of(files: Files) -> tuple[Story, bool]:
    """The story kept there; and whether a half-made history was thrown away for it.

    Raises `StartError` where what is there cannot be a playground, or only half of one.
    """
    try:
        story = Story(files.story)
    except (ValueError, OSError) as error:
        raise StartError(f"{files.story} is no playground's: {error}.") from None
    if story.history == History.BEGUN:
        if files.database is None:
            raise StartError(
                "The history in this database was never finished, and half of one is not shown. Empty the "
                f"database, delete {files.state} and {files.story}, and start again."
            )
        _throw_away(files)
        return Story(files.story), True
    if story.now is not None:
        gone = [file for file in (files.database, files.state) if file is not None and not file.exists()]
        if gone:
            raise StartError(
                f"{gone[0]} is gone, and the rest of this playground is still there. Put it back; or delete "
                f"{files.story}, {files.state} and the database, and start again."
            )
    return story, False


def _throw_away(files: Files) -> None:
    """The story goes last: as long as it is there, it says what the rest is."""
    database = files.database
    assert database is not None
    journals = [database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm")]
    for file in (database, *journals, files.state, files.story):
        file.unlink(missing_ok=True)
