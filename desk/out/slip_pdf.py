"""A slip as a page to be printed: the upper half, which is torn or folded off."""

from __future__ import annotations

from itertools import groupby

from pendulum import DateTime

from desk.i18n import _
from desk.out.pdf import PageStyle, Pdf, lacking, new_pdf
from desk.out.qr import modules
from desk.out.slip import PrintedSlip

_MARGIN = 18.0
_CODE_SIDE = 46.0
"""Of the QR code, in millimetres: read from an arm's length."""


def slip_pdf(slip: PrintedSlip, now: DateTime, style: PageStyle) -> bytes:
    """Returns a slip as a PDF of one page.

    Raises:
        DeskError: a font of the station's cannot be used.
    """
    with new_pdf(f"{slip.station} {slip.code}", now, style) as pdf:
        pdf.page()
        pdf.gray(0)
        _draw_code(pdf, slip.code)
        top = _draw_head(pdf, slip)
        for rule in slip.rules:
            top = pdf.paragraph(f"– {rule}", top + 1, _MARGIN, 3.6)
        if pdf.lacks:
            pdf.paragraph(lacking(_("the slip as text")), top + 3, _MARGIN, 2.6)
        return pdf.content()


def _draw_head(pdf: Pdf, slip: PrintedSlip) -> float:
    """Writes what is beside the code; returns where the rules begin."""
    room = pdf.width - 2 * _MARGIN - _CODE_SIDE - 6
    lines = (
        (slip.station, 4.2, False),
        (slip.code, 11.0, True),
        (f"{slip.role} · {slip.kind}", 4.2, False),
        (slip.day, 5.0, True),
        (slip.time, 5.0, True),
        (slip.place, 5.0, True),
        (slip.remark, 4.2, True),
    )
    top = _MARGIN
    for words, size, bold in lines:
        pdf.write(words, (_MARGIN, top), (room, size * 1.3), size, bold=bold)
        top += size * 1.35
    return max(top, _MARGIN + _CODE_SIDE) + 6


def _draw_code(pdf: Pdf, code: str) -> None:
    rows = modules(code)
    side = _CODE_SIDE / len(rows)
    left = pdf.width - _MARGIN - _CODE_SIDE
    for down, row in enumerate(rows):
        across = 0
        for dark, run in groupby(row):
            wide = len(tuple(run))
            if dark:
                place = (left + across * side, _MARGIN + down * side)
                pdf.bar(place, (wide * side, side))
            across += wide
