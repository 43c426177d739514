"""The sheet with a person's own data as pages to be handed out."""

from __future__ import annotations

from pendulum import DateTime

from desk.i18n import _
from desk.out.own_data import OwnData, explanation, title
from desk.out.pdf import PageStyle, Pdf, lacking, new_pdf

_MARGIN = 18.0
_SIZE = 3.4
_BOTTOM = 24.0
"""Millimetres at a page's foot on which nothing begins any more."""


def own_data_pdf(sheet: OwnData, now: DateTime, style: PageStyle) -> bytes:
    """Returns the sheet as a PDF.

    Raises:
        DeskError: a font of the station's cannot be used.
    """
    with new_pdf(title(sheet), now, style) as pdf:
        pdf.page()
        pdf.gray(0)
        top = pdf.paragraph(title(sheet), _MARGIN, _MARGIN, 5.0)
        top = pdf.paragraph(explanation(sheet), top + 1, _MARGIN, _SIZE)
        for each in sheet.exchanges:
            top = _room(pdf, top + 4)
            top = pdf.paragraph(each.heading, top, _MARGIN, 4.2)
            for label, words in each.lines:
                top = pdf.paragraph(f"{label}: {words}", _room(pdf, top), _MARGIN, _SIZE)
        if pdf.lacks:
            pdf.paragraph(lacking(_("the sheet as text")), top + 3, _MARGIN, 2.6)
        return pdf.content()


def _room(pdf: Pdf, top: float) -> float:
    """Returns where to go on: there, or on top of another page."""
    if top < pdf.height - _BOTTOM:
        return top
    pdf.page()
    return _MARGIN
