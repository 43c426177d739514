"""``desk slip``: what one party is handed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from desk.cli import output
from desk.cli.files import write_file
from desk.cli.given import Given
from desk.cli.references import exchange_meant
from desk.errors import UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.domain.exchange import Exchange, Side
    from desk.domain.ports import DeskService
    from desk.out.slip import PrintedSlip


class Code(StrEnum):
    """How the QR code is printed among text."""

    BLOCKS = "blocks"
    ASCII = "ascii"
    NONE = "none"


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "slip",
        help=_(
            "Print the slip of one party: its reference and QR code, day, time, bay and the house "
            "rules; nothing about the other party."
        ),
    )
    def slip(
        context: typer.Context,
        ref: Annotated[str, typer.Argument(metavar="REF[-G|-R]", show_default=False)],
        side: Annotated[
            str | None, typer.Argument(metavar="SIDE", help=_("giver, receiver or the role."))
        ] = None,
        *,
        pdf: Annotated[
            Path | None, typer.Option(metavar="FILE", help=_("Write a PDF instead of text."))
        ] = None,
        text: Annotated[bool, typer.Option("--text", help=_("Print text; as without it."))] = False,
        code: Annotated[
            Code,
            typer.Option("--qr", help=_("How text shows the QR code, by what the printer prints.")),
        ] = Code.BLOCKS,
    ) -> int:
        if text and pdf is not None:
            raise UsageError(
                "text_or_pdf", _("A slip is text or a PDF."), _("Leave --text or --pdf away.")
            )
        return print_slip(context.obj, (ref, side), pdf, code)


def print_slip(given: Given, said: tuple[str, str | None], pdf: Path | None, code: Code) -> int:
    """Prints a slip, or writes it as a PDF.

    Args:
        given: the program's own options.
        said: the reference as it was typed, and the side if it was said apart.
        pdf: the file; None for text on stdout.
        code: how text shows the QR code.

    Raises:
        DeskError: there is no such exchange, it is not clear which side is meant, or the file
            cannot be written.
    """
    from desk.bootstrap import open_station, press_of
    from desk.out.slip import slip_lines

    with open_station(given.seat) as station:
        press = press_of(given.seat, station)
        exchange, side = _meant(station.service, *said)
        slip = press.slip(exchange, side)
        content = None if pdf is None else press.slip_pdf(slip)
    if pdf is not None and content is not None:
        write_file(pdf, content)
    if given.json:
        zone = station.service.station.zone
        written = None if pdf is None else str(pdf)
        output.show({**_document(slip, exchange, side, zone), "out": written})
    elif pdf is not None:
        output.say(_("{slip} written to {file}.").format(slip=slip.code, file=pdf))
    else:
        output.show_lines(slip_lines(slip, _code_lines(slip.code, code)))
    return 0


def _code_lines(words: str, code: Code) -> tuple[str, ...]:
    from desk.out.qr import ascii_blocks, half_blocks

    if code is Code.NONE:
        return ()
    return ascii_blocks(words) if code is Code.ASCII else half_blocks(words)


def _document(
    slip: PrintedSlip, exchange: Exchange, side: Side, zone: ZoneInfo
) -> dict[str, object]:
    return {
        "slip": slip.code,
        "ref": exchange.ref,
        "side": side,
        "station": slip.station,
        "starts_at": exchange.starts_at.astimezone(zone).isoformat(),
        "ends_at": exchange.ends_at.astimezone(zone).isoformat(),
        "bay": exchange.bay,
        "rules": list(slip.rules),
    }


def _meant(service: DeskService, typed: str, side_word: str | None) -> tuple[Exchange, Side]:
    """Returns which slip is meant.

    Raises:
        DeskError: no exchange has that reference, or none or two sides are meant.
    """
    from desk.domain.phrase_reader import sides_meant
    from desk.wording import roles

    exchange, side = exchange_meant(service, typed)
    words = roles(exchange.kind)
    sides = frozenset(words) if side_word is None else sides_meant(side_word, [words])
    if side is not None:
        sides &= {side}
    if len(sides) != 1:
        giver, receiver = words.values()
        raise UsageError(
            "which_side",
            _("It is not clear whose slip of {ref} is meant.").format(ref=exchange.ref),
            _("Say which side: {ref}-G for the {giver}, {ref}-R for the {receiver}.").format(
                ref=exchange.ref,
                giver=giver.lower(),
                receiver=receiver.lower(),
            ),
        )
    (side,) = sides
    return exchange, side
