"""``desk list``: one day's exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.i18n import _
from desk.text import fit

if TYPE_CHECKING:
    from desk.domain.exchange import Exchange
    from desk.tui.present import Scene

_NAME, _ITEM = 24, 40
"""Cells that a name and an item get in a line; ``--json`` has them whole."""


def register(app: typer.Typer) -> None:
    """Adds the command."""

    # A day such as -1 begins like an option.
    @app.command(
        "list",
        help=_("Show a day's exchanges."),
        context_settings={"ignore_unknown_options": True},
    )
    def list_(
        context: typer.Context,
        day: Annotated[
            str, typer.Argument(metavar="DAY", help=_("today, tomorrow, mon, -1 or YYYY-MM-DD."))
        ] = "today",
    ) -> int:
        return list_day(context.obj, day)


def list_day(given: Given, day: str) -> int:
    """Prints the exchanges of a day.

    Raises:
        DeskError: it is not a day, or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.cli.days import day_meant
    from desk.cli.documents import day_document, moment_of
    from desk.tui.present import GLYPHS, Scene

    with open_station(given.seat) as station:
        service = station.service
        now = given.clock.now()
        board = service.board(day_meant(day, now, service.station.zone))
    if given.json:
        output.show(day_document(service.station, service.rules, board, now))
    elif board.exchanges:
        glyphs = GLYPHS[station.settings.looks.glyphs if output.draws_unicode() else "ascii"]
        scene = Scene(service.station, service.rules, moment_of(board, now), glyphs)
        output.show_table(_head(), [_row(exchange, scene) for exchange in board.exchanges])
    else:
        output.say(_("Nothing is booked on {day}.").format(day=board.day.isoformat()))
        output.say(_("Take a booking file in with desk import FILE."))
    return 0


def _head() -> tuple[str, ...]:
    return (_("Time"), _("State"), _("Ref"), _("Bay"), _("Giver"), _("Receiver"), _("What"))


def _row(exchange: Exchange, scene: Scene) -> tuple[str, ...]:
    from desk.tui.present import full_name, state
    from desk.wording import clock_time

    words = state(exchange, scene.stage(exchange), scene)
    return (
        clock_time(exchange.starts_at, scene.zone),
        f"{words.glyph} {words.words}",
        exchange.ref,
        exchange.bay or "",
        *(fit(full_name(party), _NAME).rstrip() for party in exchange.parties),
        fit(exchange.item, _ITEM).rstrip(),
    )
