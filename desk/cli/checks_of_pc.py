"""Whether this PC and this terminal are fit for the work."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator

import desk
from desk.cli import output
from desk.cli.checks import Check, judged
from desk.i18n import _

_SMALLEST = (80, 24)
_LIBRARIES = ("sqlalchemy", "argon2-cffi", "cryptography", "textual")


def checks_of_program() -> Iterator[Check]:
    """Yields which versions run."""
    from importlib.metadata import version

    from desk.storage.health import library

    sqlite = library()
    yield Check("desk", ok=True, value=desk.version())
    yield Check("python", ok=True, value=platform.python_version())
    yield judged(
        "sqlite",
        sqlite.version,
        None
        if sqlite.keeps_wal_safe
        else _(
            "Install desk anew: this SQLite can lose commits, so a slower way of writing is used."
        ),
    )
    yield judged(
        "sqlcipher",
        sqlite.cipher,
        None if sqlite.cipher else _("Install desk anew: this SQLite cannot encrypt."),
    )
    for library_name in _LIBRARIES:
        yield Check(library_name, ok=True, value=version(library_name))


def checks_of_terminal() -> Iterator[Check]:
    """Yields whether the board can be drawn and read here."""
    if not sys.stdout.isatty():
        # Nothing is wrong with a pipe; the board is not going to be drawn on it.
        for name in ("terminal", "colours", "utf-8"):
            yield Check(name, ok=True, value=None)
        return
    size = os.get_terminal_size(sys.stdout.fileno())
    large_enough = size.columns >= _SMALLEST[0] and size.lines >= _SMALLEST[1]
    yield Check(
        "terminal",
        large_enough,
        f"{size.columns}x{size.lines}",
        None if large_enough else _("Make the window at least 80 columns by 24 lines."),
    )
    term = os.environ.get("TERM", "")
    yield Check(
        "colours",
        term != "dumb",
        _colours(term),
        _("Use another terminal: this one cannot place its cursor.") if term == "dumb" else None,
    )
    unicode = output.draws_unicode()
    yield Check(
        "utf-8",
        unicode,
        sys.stdout.encoding,
        None if unicode else _('Set UTF-8, or write glyphs = "ascii" below [looks].'),
    )


def _colours(term: str) -> str:
    if os.environ.get("NO_COLOR"):
        return _("none, as NO_COLOR asks")
    if os.environ.get("COLORTERM") in ("truecolor", "24bit") or "WT_SESSION" in os.environ:
        return _("16 million")
    return "256" if "256" in term else "16"
