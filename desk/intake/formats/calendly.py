"""Calendly's export of events.

Times are wall-clock times without an offset, and mean the station's zone; "Invitee Time Zone" is
where the invitee's browser was. The invitee is the booker; the other party is an answer or a
guest's e-mail address. "Marked as No-Show" is not read: a file never sets a presence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from desk.intake.dates import split_moment
from desk.intake.formats.tables import TableFormat, first_of, joined
from desk.intake.questions import who_is_who
from desk.intake.raw import RawDraft, RawParty
from desk.intake.table import Cell, Header, Record
from desk.intake.values import first_address, kind_by_word

_NEEDED = frozenset({"invitee name", "event type name", "start date & time", "canceled"})
_QUESTION = re.compile(r"question (?P<number>\d+)")


def _draft(record: Record) -> RawDraft:
    booker = RawParty(
        name=first_of(
            record.cell("invitee name"),
            joined(record.cell("invitee first name"), record.cell("invitee last name")),
        ),
        phone=record.cell("text reminder number"),
        email=record.cell("invitee email"),
    )
    guest = RawParty(email=first_address(record.cell("guest email(s)")))
    answered = who_is_who(booker, guest, _answers(record))
    end = record.cell("end date & time")
    return RawDraft(
        starts=split_moment(record.cell("start date & time")),
        ends=split_moment(end) if end.text else None,
        giver=answered.giver,
        receiver=answered.receiver,
        kind=kind_by_word(record.cell("event type name").text),
        bay=record.cell("location"),
        item=answered.item,
        external_id=first_of(record.cell("invitee uuid"), record.cell("event uuid")),
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


FORMAT = TableFormat(
    source="calendly",
    title="Calendly",
    needs=_NEEDED,
    draft=_draft,
    days=("start date & time", "end date & time"),
)
