"""What a station prints, with its own paper, fonts and rules: for screen and command line alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.clock import Clock
from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.ports import DeskService
from desk.domain.rights import RequestFile
from desk.domain.views import DayLoad
from desk.errors import DeskError
from desk.i18n import _
from desk.out.day_files import DayFiles, day_file_name
from desk.out.day_sheet import CustodyParties, DaySheet, day_sheet, sheet_lines
from desk.out.day_sheet_pdf import day_sheet_pdf
from desk.out.ics import party_calendar, station_calendar
from desk.out.own_data import OwnData, OwnPart, own_data, own_data_lines
from desk.out.own_data_pdf import own_data_pdf
from desk.out.paper import Paper, paper_of
from desk.out.pdf import PageStyle
from desk.out.qr import half_blocks
from desk.out.slip import PrintedSlip, house_rules, printed_slip
from desk.out.slip_pdf import slip_pdf
from desk.paths import make_private_folder, write_whole
from desk.settings import Settings
from desk.spelling import spelling_in


@dataclass(frozen=True, slots=True)
class Press:
    """Prints for one station.

    Attributes:
        service: what is printed comes from it.
        exports: where the sheets of the days lie.
    """

    service: DeskService
    settings: Settings
    clock: Clock
    exports: Path

    @property
    def style(self) -> PageStyle:
        """The paper and the fonts."""
        said = self.settings.paper
        paper = paper_of(self.service.station.timezone) if said.size is None else Paper(said.size)
        return PageStyle(paper, tuple(map(Path, said.fonts)))

    def rules(self, kind: Kind) -> tuple[str, ...]:
        """Returns the house rules, a sentence each."""
        own = tuple(self.settings.slip.rules)
        return own or house_rules(kind, self.service.rules.of(kind))

    def slip(self, exchange: Exchange, side: Side) -> PrintedSlip:
        """Returns the slip for one side of an exchange."""
        return printed_slip(exchange, side, self.service.station, self.rules(exchange.kind))

    def slip_pdf(self, slip: PrintedSlip) -> bytes:
        """Returns a slip as a PDF.

        Raises:
            DeskError: a font of the station's cannot be used.
        """
        return slip_pdf(slip, self.clock.now(), self.style)

    def code(self, slip: PrintedSlip) -> tuple[str, ...]:
        """Returns a slip's QR code in lines of half blocks, with as little around as will do."""
        return half_blocks(slip.code, quiet=2)

    def write_slip(self, slip: PrintedSlip) -> Path:
        """Writes a slip to the exports, as PDF, and returns where.

        Raises:
            DeskError: a font of the station's cannot be used, or the folder not be written.
        """
        file = self.exports / f"slip-{slip.code}.pdf"
        self._export({file: self.slip_pdf(slip)})
        return file

    def _export(self, contents: Mapping[Path, bytes]) -> None:
        """Writes files to the exports.

        Raises:
            DeskError: one of them cannot be written.
        """
        for file, content in contents.items():
            try:
                make_private_folder(self.exports)
                write_whole(file, content)
            except OSError as error:
                raise DeskError(
                    "cannot_write",
                    _("{file} cannot be written: {reason}.").format(
                        file=file, reason=error.strerror
                    ),
                    _("Make room there, and try again."),
                ) from None

    def own_data(self, file: RequestFile) -> OwnData:
        """Returns the sheet with the own data of a request's person, as they were picked.

        Raises:
            DeskError: the record cannot be read.
        """
        parts = [
            OwnPart(each.exchange, each.side, self.service.timeline(each.exchange.ref))
            for each in file.candidates
            if each.picked
        ]
        station = self.service.station
        spelling = spelling_in(station.timezone)
        return own_data(station, file.request.number, parts, self.clock.now(), spelling)

    def own_data_pdf(self, sheet: OwnData) -> bytes:
        """Returns that sheet as a PDF.

        Raises:
            DeskError: a font of the station's cannot be used.
        """
        return own_data_pdf(sheet, self.clock.now(), self.style)

    def write_own_data(self, sheet: OwnData) -> tuple[Path, Path]:
        """Writes that sheet to the exports, as text and as PDF, and returns where.

        Raises:
            DeskError: a font of the station's cannot be used, or the folder not be written.
        """
        stem = f"request-{sheet.number}"
        text, pdf = (self.exports / f"{stem}.{kind}" for kind in ("txt", "pdf"))
        lines = "".join(f"{line}\n" for line in own_data_lines(sheet))
        self._export({text: lines.encode(), pdf: self.own_data_pdf(sheet)})
        return text, pdf

    def calendar(self, exchanges: Sequence[Exchange], side: Side | None = None) -> bytes:
        """Returns exchanges as a calendar.

        Args:
            exchanges: which; just one where a side is given.
            side: the party whose calendar it is; None for the station's own.
        """
        now, station = self.clock.now(), self.service.station
        if side is None:
            return station_calendar(station, exchanges, now)
        (exchange,) = exchanges
        return party_calendar(station, exchange, side, self.rules(exchange.kind), now)

    def day_sheet(self, day: date, custody: CustodyParties = CustodyParties.BY_ROLE) -> DaySheet:
        """Returns the sheet of a day, as it is now.

        Raises:
            DeskError: the day cannot be read.
        """
        now = self.clock.now()
        return day_sheet(self.service.station, self.service.board(day), now, custody)

    def day_sheet_pdf(self, sheet: DaySheet) -> bytes:
        """Returns the sheet of a day as a PDF.

        Raises:
            DeskError: a font of the station's cannot be used.
        """
        return day_sheet_pdf(sheet, self.clock.now(), self.style)

    def write_day(self, day: date, sheet: DaySheet) -> tuple[Path, Path]:
        """Writes a sheet to the exports, as text and as PDF, and returns where.

        Raises:
            DeskError: a font of the station's cannot be used.
            OSError: the folder cannot be written.
        """
        make_private_folder(self.exports)
        contents = self._contents(sheet)
        text, pdf = (self.exports / day_file_name(day, kind) for kind in contents)
        for file, content in zip((text, pdf), contents.values(), strict=True):
            write_whole(file, content)
        return text, pdf

    def _contents(self, sheet: DaySheet) -> Mapping[str, bytes]:
        """Returns a sheet as text and as PDF."""
        text = "".join(f"{line}\n" for line in sheet_lines(sheet))
        return {"txt": text.encode(), "pdf": self.day_sheet_pdf(sheet)}

    def _days_kept(self, today: date, week: Sequence[DayLoad]) -> set[date]:
        """Returns the days whose sheets lie in the exports unasked."""
        if self.service.access is not None and not self.settings.paper.days_in_clear:
            return set()
        return {load.day for load in week if load.exchanges} | {today}

    def refresh_days(self) -> str:
        """Writes today's sheet anew, and those of the week's days that are booked, for a power cut.

        What is taken in on a Saturday is of Monday, and on Monday the power may be gone before
        anybody has started desk. The sheets of the days before, which tell names, are deleted; so
        is that of a day to come once nothing is booked any more. Beside an encrypted record none
        lies there unless the station wants it: nobody is named in clear unasked.

        Returns:
            Why it could not; empty where it could. Nothing else fails because of it.
        """
        today = local_day(self.clock.now(), self.service.station.zone)
        files = DayFiles(self.exports)
        try:
            week = self.service.week(today)
            wanted = self._days_kept(today, week)
            for day in sorted(wanted):
                files.write(day, self._contents(self.day_sheet(day)))
            files.clear(lambda day: day < today or (day <= week[-1].day and day not in wanted))
        except (DeskError, OSError) as error:
            reason = error.explanation if isinstance(error, DeskError) else error.strerror
            return _("The day sheet in {folder} is not up to date: {reason}").format(
                folder=self.exports, reason=reason
            )
        return ""
