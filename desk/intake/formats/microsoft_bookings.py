"""Microsoft Bookings' export, with today's header or the older one.

A length in minutes takes the place of an end; a booking that was called off just vanishes. What
the page asked stands as JSON in one cell, and the other party's address may be in copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from desk.intake.dates import split_moment
from desk.intake.formats.tables import TableFormat
from desk.intake.questions import who_is_who
from desk.intake.raw import RawDraft, RawParty
from desk.intake.table import Cell, Record
from desk.intake.values import first_address, kind_by_word

_NEEDED = frozenset({"date time", "customer name", "service", "duration (mins.)"})


def _draft(record: Record) -> RawDraft:
    booker = RawParty(
        name=record.cell("customer name"),
        phone=record.cell("customer phone"),
        email=record.cell("customer email"),
    )
    other = RawParty(email=first_address(record.cell("cc attendees")))
    answered = who_is_who(booker, other, _answers(record.cell("custom fields")))
    return RawDraft(
        starts=split_moment(record.cell("date time")),
        length=record.cell("duration (mins.)"),
        giver=answered.giver,
        receiver=answered.receiver,
        kind=kind_by_word(record.cell("service").text),
        bay=record.cell("location"),
        item=answered.item,
        external_id=record.cell("booking id"),
    )


def _answers(fields: Cell) -> Iterator[tuple[str, Cell]]:
    """Yields each question with its answer; a cell of anything else asks nothing."""
    try:
        told = json.loads(fields.text or "{}")
    except (ValueError, RecursionError):
        return
    if isinstance(told, dict):
        for question, answer in told.items():
            if isinstance(answer, str):
                yield question, Cell(fields.field, answer.strip())


FORMAT = TableFormat(
    source="microsoft_bookings",
    title="Microsoft Bookings",
    needs=_NEEDED,
    draft=_draft,
    days=("date time",),
)
