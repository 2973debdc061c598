"""The package runs on Windows and macOS, too."""

from tests.support.source import PACKAGE, imported, modules, name

UNIX_ALONE = {"curses", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}


def test_no_module_needs_what_is_not_everywhere() -> None:
    needed = {
        name(path): found
        for path in modules(PACKAGE)
        if (found := {each.partition(".")[0] for each in imported(path)} & UNIX_ALONE)
    }
    assert needed == {}
