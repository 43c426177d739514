"""``desk backup`` and ``desk restore``: the station kept, and put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.errors import UsageError
from desk.i18n import _, ngettext

if TYPE_CHECKING:
    from desk.domain.backups import Backup, Drill, Restored


def register(app: typer.Typer) -> None:
    """Adds the commands."""

    @app.command("backup", help=_("Make a backup of the station now, while the desks work on."))
    def backup(
        context: typer.Context,
        *,
        to: Annotated[
            Path | None,
            typer.Option(
                metavar="DIR", help=_("A folder for a copy of it, not that of station.toml.")
            ),
        ] = None,
    ) -> int:
        return make_backup(context.obj, to)

    @app.command(
        "restore", help=_("Put a backup in the place of the record, which is kept; a supervisor.")
    )
    def restore(
        context: typer.Context,
        file: Annotated[
            Path | None,
            typer.Argument(metavar="FILE", help=_("Such as backups/desk-2026-11-21T143200.db.")),
        ] = None,
        *,
        drill: Annotated[
            bool,
            typer.Option("--drill", help=_("Only prove that the newest backup can be restored.")),
        ] = False,
    ) -> int:
        if drill is (file is not None):
            raise UsageError(
                "which_backup",
                _("Name one backup, or say --drill."),
                _("Write it so: desk restore backups/desk-2026-11-21T143200.db"),
            )
        return prove_newest(context.obj) if file is None else restore_file(context.obj, file)


def make_backup(given: Given, to: Path | None) -> int:
    """Makes a backup, and prints where it lies; ends with 3 where the second folder has none.

    Raises:
        DeskError: the station cannot be opened, or no backup be written.
    """
    from desk.bootstrap import open_station
    from desk.domain.intents import By

    by = By(given.officer_needed().badge, given.desk_name)
    with open_station(given.seat) as station:
        plan = station.settings.backups.plan
        if to is not None:
            plan = replace(plan, second=str(to.absolute()))
        made = station.service.back_up(plan, by)
    if given.json:
        output.show(backup_document(made))
    else:
        output.show_lines(
            [
                _("{file} is a good backup, up to act {number}.").format(
                    file=made.file, number=made.head_number
                ),
                *filter(None, [made.trouble]),
            ]
        )
    return 3 if made.trouble else 0


def backup_document(made: Backup) -> dict[str, object]:
    """Returns a backup, as ``desk backup`` prints it."""
    return {
        "file": made.file,
        "head_number": made.head_number,
        "head_hash": made.head_hash,
        "trouble": made.trouble or None,
        "dropped": list(made.dropped),
    }


def restore_file(given: Given, file: Path) -> int:
    """Restores a backup, and prints what was replaced by what.

    Raises:
        DeskError: the officer may not, a desk has the record open, or the backup is not good.
    """
    from desk.bootstrap import restore

    done = restore(given.seat, file.absolute(), given.officer_needed().badge)
    if given.json:
        output.show(restored_document(done))
    else:
        output.show_lines(_told_restored(done))
    return 0


def restored_document(done: Restored) -> dict[str, object]:
    """Returns what came of restoring, as ``desk restore`` prints it."""
    return {"before": done.before, "after": done.after, "kept_as": done.kept_as}


def _told_restored(done: Restored) -> list[str]:
    told = [_("The record is the backup's, up to act {after}.").format(after=done.after)]
    if done.before is not None:
        told.append(
            _("Before it had {before} acts, and is kept as {file}.").format(
                before=done.before, file=done.kept_as
            )
        )
    elif done.kept_as is not None:
        told.append(
            _("What could not be read is kept as {file}; nothing of it was deleted.").format(
                file=done.kept_as
            )
        )
    return told


def prove_newest(given: Given) -> int:
    """Proves the newest backup, and prints what it holds; ends with 1 where it is not good.

    Raises:
        DeskError: the officer is not let in, or the record cannot be read.
    """
    from desk.bootstrap import drill

    done = drill(given.seat)
    if given.json:
        output.show(drill_document(done))
    else:
        _tell_drill(done)
    return 0 if done.ok else 1


def drill_document(done: Drill) -> dict[str, object]:
    """Returns what came of a drill, as ``desk restore --drill`` prints it."""
    return {
        "ok": done.ok,
        "file": done.file,
        "rows": done.rows,
        "behind": done.behind,
        "counts": {table: list(both) for table, both in done.counts.items()},
        "problems": list(done.problems),
    }


def _tell_drill(done: Drill) -> None:
    if done.file is not None:
        rows = [(table, str(kept), str(here)) for table, (kept, here) in done.counts.items()]
        output.show_table((_("Table"), _("Backup"), _("Record")), rows)
        told = ngettext(
            "{file} was restored and verified: {rows} acts, and {n} since.",
            "{file} was restored and verified: {rows} acts, and {n} since.",
            done.behind,
        )
        output.show_lines([told.format(file=done.file, rows=done.rows, n=done.behind)])
    output.show_lines(done.problems)
