"""``desk practice``: a station to try everything at, which is gone when the officer leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.given import Given
from desk.clock import PracticeClock
from desk.errors import UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.cli.practice_station import Practice


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "practice",
        help=_("Open the board of an invented day at an invented station; nothing is kept."),
    )
    def practice(
        context: typer.Context,
        *,
        at: Annotated[
            str | None,
            typer.Option(
                metavar='"YYYY-MM-DD HH:MM"', help=_("The station's time at which to begin.")
            ),
        ] = None,
        seed: Annotated[
            int, typer.Option(metavar="N", help=_("Another number is another day."))
        ] = 1,
        bookings: Annotated[
            list[Path] | None,
            typer.Option(
                metavar="FILE", help=_("A booking file instead of the invented day; repeatable.")
            ),
        ] = None,
    ) -> int:
        from desk.cli.practice_station import Practice, moment_meant

        given: Given = context.obj
        clock = given.clock if at is None else PracticeClock(moment_meant(at))
        return open_practice(Practice(clock, seed, bookings or (), given.desk_name))


def open_practice(practice: Practice) -> int:
    """Shows the practice board until the officer leaves it.

    Raises:
        DeskError: there is no terminal, or a booking file cannot be used.
    """
    from desk.bootstrap import show
    from desk.cli.board import need_terminal
    from desk.cli.importing import say_rejections
    from desk.cli.practice_station import board_of

    for file in practice.bookings:
        if not file.is_file():
            raise UsageError(
                "no_such_file",
                _("There is no file {file}.").format(file=file),
                _("Name a booking file behind --bookings."),
            )
    need_terminal()
    with board_of(practice) as launch:
        ended = show(launch)
    # Said only now: while the board was up, it had the screen to itself.
    say_rejections(practice.rejections)
    return ended
