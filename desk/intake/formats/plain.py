"""The plain format that a station can type by itself: ``Date,Time,Seller,Buyer,Item,Bay``.

Its columns name the sides, so nothing is assumed.
"""

from __future__ import annotations

from desk.intake.formats.tables import TableFormat
from desk.intake.raw import RawDraft, RawMoment, RawParty
from desk.intake.table import Header, Record

_NEEDED = frozenset({"date", "time", "seller", "buyer"})
_COLUMNS = _NEEDED | {"item", "bay"}


def _recognises(header: Header) -> bool:
    # A column that would be dropped in silence makes it another format.
    return _NEEDED <= header.positions.keys() <= _COLUMNS


def _draft(record: Record) -> RawDraft:
    return RawDraft(
        starts=RawMoment(record.cell("date"), record.cell("time")),
        giver=RawParty(name=record.cell("seller")),
        receiver=RawParty(name=record.cell("buyer")),
        item=record.cell("item"),
        bay=record.cell("bay"),
    )


FORMAT = TableFormat(
    source="plain",
    title="Date,Time,Seller,Buyer,Item,Bay",
    needs=_NEEDED,
    draft=_draft,
    days=("date",),
    known_by=_recognises,
)
