"""``desk export``: exchanges as a file for a spreadsheet or a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from pendulum import DateTime

from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError, UsageError
from desk.i18n import _, ngettext

if TYPE_CHECKING:
    from desk.domain.ports import DeskService
    from desk.domain.views import Board

_MOST_DAYS = 366


class Form(StrEnum):
    """What the file is written as."""

    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "export",
        help=_("Write exchanges for a spreadsheet or a program; today's, unless told otherwise."),
    )
    def export(
        context: typer.Context,
        *,
        day: Annotated[str | None, typer.Option(metavar="DAY", help=_("One day."))] = None,
        from_: Annotated[
            str | None, typer.Option("--from", metavar="DAY", help=_("The first of several days."))
        ] = None,
        to: Annotated[str | None, typer.Option(metavar="DAY", help=_("The last of them."))] = None,
        form: Annotated[
            Form | None,
            typer.Option("--format", help=_("Rows for a spreadsheet (csv), or a document (json).")),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help=_("Where to; a file of that name is replaced.")),
        ] = None,
    ) -> int:
        return export_days(context.obj, (day, from_, to), form, out)


def export_days(
    given: Given,
    said: tuple[str | None, str | None, str | None],
    form: Form | None,
    out: Path | None,
) -> int:
    """Writes the exchanges of some days.

    Args:
        given: the program's own options.
        said: ``--day``, ``--from`` and ``--to``.
        form: what to write; None where it was not said.
        out: the file; None for stdout.

    Raises:
        DeskError: the days make no sense, the station cannot be read, or the file not written.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import days_document
    from desk.cli.spreadsheet import csv_text

    form = _form_meant(given, form, out)
    with open_station(given.seat) as station:
        service = station.service
        now = given.clock.now()
        days = _days_meant(said, now, service.station.zone)
        boards = list(_boards(service, days))
        document = days_document(service.station, service.rules, boards, now, days)
    exchanges = document["exchanges"]
    content = csv_text(exchanges) if form is Form.CSV else json.dumps(document, indent=2) + "\n"
    if out is None:
        output.show_text(content)
    else:
        _write(given, out, form, content, len(exchanges))
    return 0


def _form_meant(given: Given, form: Form | None, out: Path | None) -> Form:
    """Returns what to write; on stdout ``--json`` leaves room for nothing but a document."""
    if given.json and out is None:
        if form is Form.CSV:
            raise UsageError(
                "csv_is_not_json",
                _("With --json there is one document on stdout, and rows are none."),
                _("Write the rows to a file with --out, or leave --json away."),
            )
        return Form.JSON
    return form or Form.CSV


def _days_meant(
    said: tuple[str | None, str | None, str | None], now: DateTime, zone: ZoneInfo
) -> tuple[date, date]:
    from desk.cli.days import day_meant

    day, first, last = said
    if day is not None and (first or last):
        raise UsageError(
            "which_days",
            _("--day is one day, and --from and --to are several."),
            _("Leave one of them away."),
        )
    begins = day_meant(day or first or last or "today", now, zone)
    ends = day_meant(day or last or first or "today", now, zone)
    if not 0 <= (ends - begins).days < _MOST_DAYS:
        raise UsageError(
            "which_days",
            _("From {first} to {last} are no days, or more than a year of them.").format(
                first=begins, last=ends
            ),
            _("Write the earlier day behind --from, and at most a year at a time."),
        )
    return begins, ends


def _boards(service: DeskService, days: tuple[date, date]) -> Iterator[Board]:
    """Yields each day with its own exchanges; today's board holds guests from other days."""
    from desk.domain.days import local_day

    first, last = days
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        board = service.board(day)
        own = [
            exchange
            for exchange in board.exchanges
            if local_day(exchange.starts_at, service.station.zone) == day
        ]
        yield replace(board, exchanges=tuple(own))


def _write(given: Given, out: Path, form: Form, content: str, count: int) -> None:
    from desk.paths import write_whole

    if out.exists() and not out.is_file():
        raise DeskError(
            "cannot_write",
            _("{file} is no file, and would be replaced by one.").format(file=out),
            _("Name a file, or leave --out away for stdout."),
        )
    try:
        # Where a link says that the file lies elsewhere, there.
        write_whole(out.resolve(), content.encode())
    except OSError as error:
        raise DeskError(
            "cannot_write",
            _("{file} cannot be written: {reason}.").format(file=out, reason=error.strerror),
            _("Name another file, or make room; a file that was there is as it was."),
        ) from None
    if given.json:
        output.show({"out": str(out), "format": form, "exchanges": count})
        return
    told = ngettext("{n} exchange written to {file}.", "{n} exchanges written to {file}.", count)
    output.say(told.format(n=count, file=out))
