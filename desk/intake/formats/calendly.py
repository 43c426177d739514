"""Calendly's export of events.

Times are wall-clock times without an offset, and mean the station's zone; "Invitee Time Zone" is
where the invitee's browser was. The invitee is the booker; the other party is an answer or a
guest's e-mail address. "Marked as No-Show" is not read: a file never sets a presence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from desk.intake.questions import who_is_who
from desk.intake.raw import Format, RawDraft, RawMoment, RawParty
from desk.intake.table import Cell, Header, Record
from desk.intake.values import kind_by_word

_NEEDED = frozenset({"invitee name", "event type name", "start date & time", "canceled"})
_QUESTION = re.compile(r"question (?P<number>\d+)")


def _recognises(header: Header) -> bool:
    return header.positions.keys() >= _NEEDED


def _draft(record: Record) -> RawDraft:
    booker = RawParty(
        name=_first(
            record.cell("invitee name"),
            _joined(record.cell("invitee first name"), record.cell("invitee last name")),
        ),
        phone=record.cell("text reminder number"),
        email=record.cell("invitee email"),
    )
    guest = RawParty(email=_first_address(record.cell("guest email(s)")))
    answered = who_is_who(booker, guest, _answers(record))
    end = record.cell("end date & time")
    return RawDraft(
        starts=_moment(record.cell("start date & time")),
        ends=_moment(end) if end.text else None,
        giver=answered.giver,
        receiver=answered.receiver,
        kind=kind_by_word(record.cell("event type name").text),
        bay=record.cell("location"),
        item=answered.item,
        external_id=_first(record.cell("invitee uuid"), record.cell("event uuid")),
        cancelled=record.cell("canceled"),
    )


def _answers(record: Record) -> Iterator[tuple[str, Cell]]:
    for question, response in _pairs(record.header.names):
        yield record.cell(question).text, record.cell(response)


@lru_cache(maxsize=16)
def _pairs(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Returns the columns of each question and its response; how many there are varies."""
    found = (_QUESTION.fullmatch(name) for name in Header.of(names).positions)
    return tuple((match[0], f"response {match['number']}") for match in found if match)


def _moment(cell: Cell) -> RawMoment:
    """Takes ``2025-03-03 11:00 am`` apart."""
    day, *time = cell.text.replace("T", " ", 1).split(maxsplit=1) or [""]
    return RawMoment(Cell(cell.field, day), Cell(cell.field, time[0] if time else cell.text))


def _first(cell: Cell, other: Cell) -> Cell:
    return other if other.text and not cell.text else cell


def _joined(first: Cell, last: Cell) -> Cell:
    return Cell(first.field or last.field, f"{first.text} {last.text}".strip())


def _first_address(cell: Cell) -> Cell:
    addresses = re.split(r"[,;\s]+", cell.text)
    return Cell(cell.field, next(filter(None, addresses), ""))


FORMAT = Format("calendly", "Calendly", _recognises, _draft)
