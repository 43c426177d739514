"""``desk doctor``: whether this PC, this terminal and this folder are fit for the work."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation

_LEAST_ROOM = 200 * 1024 * 1024
_SMALLEST = (80, 24)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: stable, for programs.
        value: what was found; None where there was nothing to look at.
        fix: what to do about it; None where it is well.
    """

    name: str
    ok: bool
    value: str | None
    fix: str | None = None


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "doctor", help=_("Check this PC, terminal and folder; exit code 1 for a red check.")
    )
    def doctor(
        context: typer.Context,
        *,
        keys: Annotated[
            bool, typer.Option("--keys", help=_("Show what each key sends instead."))
        ] = False,
    ) -> int:
        from desk.cli.keys import show_keys

        return show_keys(context.obj) if keys else check_up(context.obj)


def check_up(given: Given) -> int:
    """Prints every check."""
    checks = [*_checks_of_program(), *_checks_of_terminal(), *_checks_of_folder(given)]
    ok = all(check.ok for check in checks)
    if given.json:
        output.show({"ok": ok, "checks": [asdict(check) for check in checks]})
    else:
        output.show_table(
            (_("Check"), "", _("Found"), _("What to do")),
            [
                (check.name, _("ok") if check.ok else _("RED"), check.value or "", check.fix or "")
                for check in checks
            ],
        )
    return 0 if ok else 1


def _checks_of_program() -> Iterator[Check]:
    from importlib.metadata import version

    from desk.storage.health import library

    sqlite = library()
    yield Check("python", ok=True, value=platform.python_version())
    yield Check("textual", ok=True, value=version("textual"))
    yield Check(
        "sqlite",
        sqlite.keeps_wal_safe,
        sqlite.version,
        None
        if sqlite.keeps_wal_safe
        else _(
            "Install desk anew: this SQLite can lose commits, so a slower way of writing is used."
        ),
    )


def _checks_of_terminal() -> Iterator[Check]:
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


def _checks_of_folder(given: Given) -> Iterator[Check]:
    from desk.bootstrap import open_station

    folder = given.folder.path
    yield _writable(folder)
    yield _room(folder)
    if given.folder.is_new:
        yield Check("station", ok=True, value=_("none yet, desk asks when it starts"))
        return
    try:
        with open_station(given.seat) as station:
            checks = list(_checks_of_station(given, station))
    except DeskError as error:
        yield Check("station", ok=False, value=error.explanation, fix=error.next)
    else:
        yield from checks


def _writable(folder: Path) -> Check:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with TemporaryFile(dir=there):
            return Check("folder", ok=True, value=str(folder))
    except OSError as error:
        return Check(
            "folder",
            ok=False,
            value=f"{folder}: {error.strerror}",
            fix=_("Let this account write the folder, or name another with --data."),
        )


def _room(folder: Path) -> Check:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    return Check(
        "room",
        free >= _LEAST_ROOM,
        f"{free // 1024**2} MiB",
        None if free >= _LEAST_ROOM else _("Free some space on this disk."),
    )


def _checks_of_station(given: Given, station: OpenStation) -> Iterator[Check]:
    from desk.domain.days import local_day
    from desk.storage.health import settings_read_back

    service, now = station.service, given.clock.now()
    yield Check("station", ok=True, value=f"{service.station.name} ({service.station.code})")
    settings = settings_read_back(given.folder.database)
    yield Check(
        "database", ok=True, value=", ".join(f"{name} {said}" for name, said in settings.items())
    )
    yield Check("zone", ok=True, value=service.station.timezone)
    newest = service.board(local_day(now, service.station.zone)).last_recorded_at
    behind = newest is not None and newest > now
    yield Check(
        "clock",
        not behind,
        now.astimezone(service.station.zone).isoformat(timespec="seconds"),
        _("Set this PC's clock: the record already holds a later time.") if behind else None,
    )
