"""The typed edge: a record's words become a draft, or the first problem with its column.

The model converts nothing by itself: it is strict, and has a reader for each field. Names,
contacts and items are cleaned here, for every format alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated

from pendulum import DateTime
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    InstanceOf,
    ValidationError,
    ValidationInfo,
)

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Draft
from desk.domain.exchange import Kind
from desk.domain.reading import DayOrder
from desk.domain.reference import own_reference
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.intake.dates import Showing, read_moment
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawDraft, RawMoment
from desk.intake.table import Cell
from desk.intake.values import read_bay, read_length, read_yes_or_no
from desk.text import NO_LIMIT, clean

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands, and in which kind of file."""

    file: str
    row: int
    source: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What a record is read against.

    Attributes:
        zone: the file's.
        order: whether day or month comes first in the file; None where it does not matter.
        showing: which one is meant where the clock shows a time twice; None refuses it.
    """

    station: Station
    rules: Rules
    zone: tzinfo
    order: DayOrder | None = None
    showing: Showing | None = None

    def draft(self, raw: RawDraft, origin: Origin) -> Draft:
        """Returns the booking that a record means.

        Raises:
            ProblemError: the first thing that is wrong with it.
        """
        row = self._checked(raw)
        if row.giver.name is None and row.receiver.name is None:
            raise ProblemError(Problem.NO_NAMES, raw.giver.name.field)
        own = own_reference(row.external_id or "", self.station.code)
        if own is not None:
            raise ProblemError(Problem.OWN_EXCHANGE, raw.external_id.field, ref=own)
        return Draft(
            file=origin.file,
            row=origin.row,
            source=origin.source,
            external_id=row.external_id,
            kind=row.kind,
            starts_at=row.starts,
            ends_at=self._end(row),
            giver=row.giver.draft(),
            receiver=row.receiver.draft(),
            bay=row.bay,
            item=row.item or "",
            cancelled=row.cancelled,
        )

    def _checked(self, raw: RawDraft) -> _Row:
        try:
            return _Row.model_validate(raw, context=self)
        except ValidationError as error:
            first = (
                error.errors(include_url=False, include_input=False)[0].get("ctx", {}).get("error")
            )
            if isinstance(first, ProblemError):
                raise first from None
            raise

    def _end(self, row: _Row) -> DateTime:
        if row.ends is not None and row.ends > row.starts:
            return row.ends
        return row.starts.add(minutes=row.length or self.rules.of(row.kind).length)


def _read_text(cell: Cell) -> str | None:
    # Nothing is cut: a name would be another's, and an id another booking's.
    text = clean(cell.text, NO_LIMIT)
    if len(text) > _LONGEST_TEXT:
        raise ProblemError(Problem.CELL_TOO_LONG, cell.field, limit=_LONGEST_TEXT)
    return text or None


def _read_phone(cell: Cell) -> str | None:
    # Written so that a spreadsheet does not take "+1 509 …" for a formula.
    return clean(cell.text.removeprefix("'")) or None


def _read_moment(raw: RawMoment | None, info: ValidationInfo[Reader]) -> DateTime | None:
    reader = info.context
    return None if raw is None else read_moment(raw, reader.zone, reader.showing, reader.order)


def _read_bay(cell: Cell, info: ValidationInfo[Reader]) -> str | None:
    return read_bay(cell, info.context.station.bays)


class _Edge(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", from_attributes=True)


class _Party(_Edge):
    """One party, cleaned."""

    name: Annotated[str | None, BeforeValidator(_read_text)]
    phone: Annotated[str | None, BeforeValidator(_read_phone)]
    email: Annotated[str | None, BeforeValidator(_read_text)]
    plate: Annotated[str | None, BeforeValidator(_read_text)]
    assumed: bool

    def draft(self) -> PartyDraft:
        """Returns the same as a draft."""
        return PartyDraft(self.name, self.phone, self.email, self.plate, self.assumed)


class _Row(_Edge):
    """One record, field by field as ``RawDraft`` has them; read in this order."""

    starts: Annotated[InstanceOf[DateTime], BeforeValidator(_read_moment)]
    ends: Annotated[InstanceOf[DateTime] | None, BeforeValidator(_read_moment)]
    length: Annotated[int | None, BeforeValidator(read_length)]
    giver: _Party
    receiver: _Party
    kind: Kind
    item: Annotated[str | None, BeforeValidator(_read_text)]
    bay: Annotated[str | None, BeforeValidator(_read_bay)]
    external_id: Annotated[str | None, BeforeValidator(_read_text)]
    cancelled: Annotated[bool, BeforeValidator(read_yes_or_no)]
