"""``desk export``: exchanges as a file for a spreadsheet, a program or a calendar."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from pendulum import DateTime

from desk.cli import output
from desk.cli.files import write_file
from desk.cli.gathered import gathered, gathered_option
from desk.cli.given import Given
from desk.cli.looking import note_look
from desk.cli.references import exchange_meant
from desk.domain.looks import LookedAt
from desk.errors import UsageError
from desk.i18n import _, ngettext

if TYPE_CHECKING:
    from desk.domain.exchange import Side
    from desk.domain.ports import DeskService
    from desk.domain.views import Board
    from desk.printing import Press

_MOST_DAYS = 366


class Form(StrEnum):
    """What the file is written as."""

    CSV = "csv"
    JSON = "json"
    ICS = "ics"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which exchanges are to be written: ``--ref``, or ``--day``, or ``--from`` and ``--to``."""

    ref: str | None = None
    day: str | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The exchanges that are written.

    Attributes:
        boards: with these exchanges and no others.
        days: the first and the last.
        side: the one party whom the file is for; None where it is for the station.
    """

    boards: tuple[Board, ...]
    days: tuple[date, date]
    side: Side | None = None

    @property
    def refs(self) -> list[str]:
        """What they are called."""
        return [exchange.ref for board in self.boards for exchange in board.exchanges]

    @property
    def count(self) -> int:
        """How many they are."""
        return sum(len(board.exchanges) for board in self.boards)


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "export",
        help=_(
            "Write exchanges for a spreadsheet, a program or a calendar; today's, unless told "
            "otherwise."
        ),
    )
    def export(
        context: typer.Context,
        *,
        _day: Annotated[str | None, gathered_option("--day", "DAY", _("One day."))] = None,
        _from: Annotated[
            str | None, gathered_option("--from", "DAY", _("The first of several days."))
        ] = None,
        _to: Annotated[str | None, gathered_option("--to", "DAY", _("The last of them."))] = None,
        _ref: Annotated[
            str | None,
            gathered_option(
                "--ref", "REF[-G|-R]", _("One exchange; with a side, as a calendar for that party.")
            ),
        ] = None,
        form: Annotated[
            Form | None,
            typer.Option(
                "--format", help=_("For a spreadsheet (csv), a program (json), a calendar (ics).")
            ),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help=_("Where to; a file of that name is replaced.")),
        ] = None,
    ) -> int:
        return export_exchanges(context.obj, _asked(gathered(context)), form, out)


def _asked(said: Mapping[str, str]) -> Asked:
    return Asked(said.get("ref"), said.get("day"), said.get("from"), said.get("to"))


def export_exchanges(given: Given, asked: Asked, form: Form | None, out: Path | None) -> int:
    """Writes exchanges.

    Args:
        given: the program's own options.
        asked: which.
        form: what to write; None where it was not said.
        out: the file; None for stdout.

    Raises:
        DeskError: the days make no sense, there is no such exchange, the station cannot be read,
            or the file not written.
    """
    from desk.bootstrap import open_station, press_of

    form = _form_meant(given, form, out)
    with open_station(given.seat) as station:
        service = station.service
        chosen = _chosen(service, asked, given.clock.now())
        if chosen.side is not None and form is not Form.ICS:
            raise UsageError(
                "side_is_for_ics",
                _("Only a calendar is for one party."),
                _("Add --format ics, or leave the side away."),
            )
        content = _content(press_of(given.seat, station), chosen, form)
        note_look(given, service, LookedAt.EXPORT, chosen.refs)
    if out is None:
        # Lines end as a calendar wants them; a stream that makes such ends itself makes them.
        text = content.decode()
        output.show_text(text.replace("\r\n", "\n") if os.linesep == "\r\n" else text)
        return 0
    write_file(out, content)
    if given.json:
        output.show({"out": str(out), "format": form, "exchanges": chosen.count})
        return 0
    told = ngettext(
        "{n} exchange written to {file}.", "{n} exchanges written to {file}.", chosen.count
    )
    output.say(told.format(n=chosen.count, file=out))
    return 0


def _form_meant(given: Given, form: Form | None, out: Path | None) -> Form:
    """Returns what to write; on stdout ``--json`` leaves room for nothing but a document."""
    if given.json and out is None:
        if form in (Form.CSV, Form.ICS):
            raise UsageError(
                f"{form.value}_is_not_json",
                _("With --json there is one document on stdout, and {form} is none.").format(
                    form=form.value
                ),
                _("Write it to a file with --out, or leave --json away."),
            )
        return Form.JSON
    return form or Form.CSV


def _content(press: Press, chosen: Chosen, form: Form) -> bytes:
    """Returns the file."""
    from desk.cli.documents import days_document
    from desk.cli.spreadsheet import csv_text

    if form is Form.ICS:
        exchanges = [each for board in chosen.boards for each in board.exchanges]
        return press.calendar(exchanges, chosen.side)
    service = press.service
    document = days_document(
        service.station, service.rules, chosen.boards, press.clock.now(), chosen.days
    )
    if form is Form.CSV:
        return csv_text(document["exchanges"]).encode()
    return f"{json.dumps(document, indent=2)}\n".encode()


def _chosen(service: DeskService, asked: Asked, now: DateTime) -> Chosen:
    from desk.domain.days import local_day

    if asked.ref is None:
        days = _days_meant(asked, now, service.station.zone)
        return Chosen(tuple(_boards(service, days)), days)
    if asked.day or asked.first or asked.last:
        raise UsageError(
            "which_days",
            _("--ref is one exchange, whatever its day."),
            _("Leave --ref or the days away."),
        )
    exchange, side = exchange_meant(service, asked.ref)
    day = local_day(exchange.starts_at, service.station.zone)
    board = replace(service.board(day), exchanges=(exchange,))
    return Chosen((board,), (day, day), side)


def _days_meant(asked: Asked, now: DateTime, zone: ZoneInfo) -> tuple[date, date]:
    from desk.cli.days import day_meant

    day, first, last = asked.day, asked.first, asked.last
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
