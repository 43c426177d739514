"""``desk retention``: what is kept no longer, and its erasing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.bootstrap import OpenStation
    from desk.domain.retention import (
        Applied,
        ClassReport,
        Due,
        KeptBackup,
        Leftovers,
        RetentionReport,
    )


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "retention",
        help=_(
            "Report what is due to go by the periods of station.toml; with --apply a supervisor "
            "erases it."
        ),
    )
    def retention(
        context: typer.Context,
        *,
        apply: Annotated[
            bool, typer.Option("--apply", help=_("Erase what the report says is due."))
        ] = False,
    ) -> int:
        return apply_retention(context.obj) if apply else show_retention(context.obj)


def show_retention(given: Given) -> int:
    """Prints what is due, and what else holds it.

    Raises:
        DeskError: the officer is not let in, or the station cannot be read.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        _show(given, _report(station), None)
    return 0


def apply_retention(given: Given) -> int:
    """Erases what is due, and prints what it was.

    Raises:
        DeskError: the officer is not let in, or the station cannot be written.
    """
    from desk.bootstrap import open_station
    from desk.cli.case_acts import show_verdict
    from desk.domain.intents import By
    from desk.domain.verdict import Code

    by = By(given.officer_needed().badge, given.desk_name)
    with open_station(given.seat) as station:
        report = _report(station)
        periods = station.settings.retention.periods
        applied = station.service.retention.apply(by, report, periods)
        # Every night something is due or nothing is, and neither is a failure.
        if not applied.verdict.accepted and applied.verdict.code is not Code.NOTHING_DUE:
            return show_verdict(given, station, applied.verdict)
        _show(given, report, applied)
    return 0


def _report(station: OpenStation) -> RetentionReport:
    settings = station.settings
    return station.service.retention.report(settings.retention.periods, settings.backups.plan)


def _show(given: Given, report: RetentionReport, applied: Applied | None) -> None:
    from desk.wording import leftover_lines

    if given.json:
        output.show(_document(report) | {"applied": applied and _applied_document(applied)})
        return
    rows = [_row(each) for each in report.classes]
    output.show_table((_("Class"), _("Days"), _("Due"), _("Held"), _("Unfinished")), rows)
    output.show_lines([*_listed(report), *leftover_lines(report.leftovers)])
    if applied is not None:
        output.show_lines(list(_applied_lines(applied)))


def _applied_lines(applied: Applied) -> Iterator[str]:
    if not applied.verdict.accepted:
        yield _("Nothing is due to be erased, and nothing was.")
        return
    count = applied.exchanges
    done = ngettext("{n} exchange was erased.", "{n} exchanges were erased.", count)
    yield done.format(n=count)
    if applied.archive:
        went = ngettext(
            "{n} act went from the journal into {file}.",
            "{n} acts went from the journal into {file}.",
            applied.acts,
        )
        yield went.format(n=applied.acts, file=applied.archive)


def _applied_document(applied: Applied) -> dict[str, object]:
    return {
        "exchanges": applied.exchanges,
        "acts": applied.acts,
        "archive": applied.archive or None,
    }


def _row(report: ClassReport) -> tuple[str, ...]:
    days = _("kept") if report.days is None else str(report.days)
    held = sum(1 for each in report.due if each.hold is not None)
    due = len(report.goes) + report.count
    return report.record_class.value, days, str(due), str(held), str(len(report.unfinished))


def _listed(report: RetentionReport) -> Iterator[str]:
    for each in report.classes:
        for due in each.due:
            yield _line(each, due, _due_words(due))
        for due in each.unfinished:
            yield _line(each, due, _("stays: it is not over; close it and settle its dispute"))


def _due_words(due: Due) -> str:
    return _("goes") if due.hold is None else _("stays: hold {n}").format(n=due.hold)


def _line(report: ClassReport, due: Due, words: str) -> str:
    return f"{due.ref}  {report.record_class.value}  {due.ended_on.isoformat()}  {words}"


def _document(report: RetentionReport) -> dict[str, object]:
    return {
        "today": report.today.isoformat(),
        "classes": [
            {
                "class": each.record_class.value,
                "days": each.days,
                "due": [_due_document(due) for due in each.due],
                "unfinished": [_due_document(due) for due in each.unfinished],
                "count": each.count,
            }
            for each in report.classes
        ],
        "leftovers": leftovers_document(report.leftovers),
    }


def _due_document(due: Due) -> dict[str, object]:
    return {"ref": due.ref, "ended_on": due.ended_on.isoformat(), "hold": due.hold}


def leftovers_document(leftovers: Leftovers) -> dict[str, object]:
    """Returns what else holds what is erased."""
    return {
        "files": list(leftovers.files),
        "unread": list(leftovers.unread),
        "waiting": list(leftovers.waiting),
        "backups": [_backup_document(each) for each in leftovers.backups],
    }


def _backup_document(backup: KeptBackup) -> dict[str, object]:
    """Returns a backup; no day is promised that has passed, or that no backup ever brings."""
    day = None if backup.newer or backup.gone_by is None else backup.gone_by.isoformat()
    return {"file": backup.name, "gone_by": day, "newer": backup.newer or None}
