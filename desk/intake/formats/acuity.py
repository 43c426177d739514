"""Acuity Scheduling's export.

Times are the station's. "Timezone" is the one that the client saw when booking; where every row
names the same and it is not the station's, it may also be the account's, and is asked about.
"Date Scheduled" is when it was booked. The export has one client and nothing about the other.
"""

from __future__ import annotations

from desk.intake.dates import split_moment
from desk.intake.formats.tables import TableFormat, joined
from desk.intake.raw import RawDraft, RawParty
from desk.intake.table import Record
from desk.intake.values import kind_by_word

_NEEDED = frozenset({"start time", "end time", "first name", "last name", "type", "calendar"})


def _draft(record: Record) -> RawDraft:
    end = record.cell("end time")
    return RawDraft(
        starts=split_moment(record.cell("start time")),
        ends=split_moment(end) if end.text else None,
        giver=RawParty(
            name=joined(record.cell("first name"), record.cell("last name")),
            phone=record.cell("phone"),
            email=record.cell("email"),
            assumed=True,
        ),
        receiver=RawParty(assumed=True),
        kind=kind_by_word(record.cell("type").text),
        bay=record.cell("calendar"),
        external_id=record.cell("appointment id"),
    )


FORMAT = TableFormat(
    source="acuity",
    title="Acuity Scheduling",
    needs=_NEEDED,
    draft=_draft,
    days=("start time", "end time"),
    zone="timezone",
)
