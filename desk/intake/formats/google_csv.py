"""The table that Google Calendar takes in, and that people type for it.

The subject names the item, the description the parties: "Seller: …", "Buyer: …". It has no id and
no status. What Google itself exports is a calendar: see ``desk.intake.formats.ics``.
"""

from __future__ import annotations

from desk.intake.descriptions import service_and_item, told_by
from desk.intake.formats.tables import TableFormat, first_of
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawDraft, RawMoment
from desk.intake.table import Record
from desk.intake.values import kind_by_word, read_yes_or_no

_NEEDED = frozenset({"subject", "start date", "start time"})


def _draft(record: Record) -> RawDraft:
    all_day = record.cell("all day event")
    if read_yes_or_no(all_day):
        raise ProblemError(Problem.ALL_DAY, all_day.field)
    service, item = service_and_item(record.cell("subject"))
    told = told_by(record.cell("description"))
    day, ends_on = record.cell("start date"), record.cell("end date")
    ends_at = record.cell("end time")
    return RawDraft(
        starts=RawMoment(day, record.cell("start time")),
        ends=RawMoment(first_of(ends_on, day), ends_at) if ends_at.text else None,
        giver=told.giver,
        receiver=told.receiver,
        kind=kind_by_word(service),
        bay=record.cell("location"),
        item=first_of(item, told.item),
    )


FORMAT = TableFormat(
    source="google_csv",
    title="Google Calendar CSV",
    needs=_NEEDED,
    draft=_draft,
    days=("start date", "end date"),
)
