"""What a person is told when something happened that nobody meant to happen, and who tries it again."""

import secrets
import sqlite3

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnection

from slackapp.core.errors import UserError
from slackapp.core.transaction import UnknownCommitError

log = structlog.get_logger()

#: PostgreSQL's classes of errors that are about the server and not about the statement: connection,
#: resources, an operator's hand, the system around it. The last is what a standby says to a writer.
_AROUND = ("08", "53", "57", "58", "25006")

#: SQLite's codes for what is wrong with a statement, or with what it was given. Every other is about the
#: file, the disk or the lock.
_OF_STATEMENTS = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
    }
)

#: The event is brought again at once, after a minute and after five, as Slack numbers it.
FIRST_REPETITION, LAST_REPETITION = "1", "3"


class TroubleError(UserError):
    """No mistake of the person's: the sentence ends in a reference for whoever runs the app."""

    def __init__(self, sentence: str, reference: str) -> None:
        super().__init__(f"{sentence} {reference}.")
        self.reference = reference


def trouble(error: Exception) -> TroubleError:
    """Log what happened, and say to the person what holds for what they did."""
    reference = secrets.token_hex(4)
    if isinstance(error, UnknownCommitError):
        log.error("listener.commit_unknown", reference=reference, reason=_reason(error.__cause__))
        return TroubleError(
            "The connection to our database broke while this was being stored, so it may be done or not. "
            "Please look before you try again. If it happens again, tell whoever runs Afterlaunch:",
            reference,
        )
    if is_database_unusable(error):
        log.error("listener.database_unusable", reference=reference, reason=_reason(error))
        return TroubleError(
            "Afterlaunch cannot use its database at the moment, so nothing was changed. "
            "Please try again in a few minutes. If it lasts, tell whoever runs Afterlaunch:",
            reference,
        )
    log.error("listener.failed", reference=reference, exc_info=error)
    return TroubleError(
        "Something went wrong on our side, and nothing was changed. "
        "Please try again. If it happens again, tell whoever runs Afterlaunch:",
        reference,
    )


def tried_again(found: TroubleError) -> TroubleError:
    """The same, said of an event, which Slack brings again."""
    return TroubleError(
        "Something went wrong on our side. This is tried again by itself within a few minutes, so there is "
        "no need to repeat it. If nothing comes of it, tell whoever runs Afterlaunch:",
        found.reference,
    )


def late(*, submitted: bool) -> UserError:
    """It goes on. What became of it is told where Slack lets us; a form handed in again is the same form."""
    return UserError(
        "This takes longer than usual. Please wait a moment and press again: it is taken only once."
        if submitted
        else "This takes longer than usual, and goes on. If nothing comes of it, try again in a minute."
    )


def _reason(error: BaseException | None) -> str:
    """What the driver said, without the statement, which holds people's words."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(said).__name__}: {said}"


def is_database_unusable(error: Exception) -> bool:
    """Whether it is gone, locked, full or read-only, rather than asked the wrong thing."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, InterfaceError):
            return True
        code: int = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        state = getattr(error.orig, "sqlstate", None) or ""
        # The higher bits say more of the same.
        return code & 0xFF not in _OF_STATEMENTS or state.startswith(_AROUND)
    state = getattr(error, "sqlstate", None) or ""
    return isinstance(error, NoConnection | OSError) or state.startswith(_AROUND)
