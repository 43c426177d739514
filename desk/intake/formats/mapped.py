"""Tables with columns of their own, read by a mapping that an officer has made."""

from __future__ import annotations

from desk.domain.exchange import Side
from desk.intake.dates import split_moment
from desk.intake.formats.tables import TableFormat, joined
from desk.intake.maps import SourceMap, Target, columns_of
from desk.intake.raw import RawDraft, RawMoment, RawParty
from desk.intake.table import NOTHING, Cell, Header, Record
from desk.intake.values import kind_by_word
from desk.text import fold


def format_of(source_map: SourceMap) -> TableFormat:
    """Returns a mapping as the format that it makes."""
    header = frozenset(source_map.header)

    def recognises(found: Header) -> bool:
        return found.positions.keys() == header

    def draft(record: Record) -> RawDraft:
        return _draft(source_map, record)

    return TableFormat(
        source=source_map.name,
        title=source_map.name,
        needs=columns_of(source_map),
        draft=draft,
        days=tuple(
            source_map.columns[target][0]
            for target in (Target.STARTS, Target.ENDS)
            if target in source_map.columns
        ),
        known_by=recognises,
    )


def filled(source_map: SourceMap, record: Record) -> dict[Target, str]:
    """Returns what a record's cells fill, as a person who checks the mapping sees it."""
    return {target: _cell(source_map, record, target).text for target in source_map.columns}


def _draft(source_map: SourceMap, record: Record) -> RawDraft:
    return RawDraft(
        starts=_moment(source_map, record, Target.STARTS) or RawMoment(NOTHING, NOTHING),
        ends=_moment(source_map, record, Target.ENDS),
        length=_cell(source_map, record, Target.LENGTH),
        giver=_party(source_map, record, Side.GIVER),
        receiver=_party(source_map, record, Side.RECEIVER),
        kind=kind_by_word(_cell(source_map, record, Target.KIND).text, source_map.kinds),
        bay=_cell(source_map, record, Target.BAY),
        item=_cell(source_map, record, Target.ITEM),
        external_id=_cell(source_map, record, Target.EXTERNAL_ID),
        cancelled=_called_off(source_map, _cell(source_map, record, Target.CANCELLED)),
    )


def _cells(source_map: SourceMap, record: Record, target: Target) -> tuple[Cell, ...]:
    return tuple(record.cell(name) for name in source_map.columns.get(target, ()))


def _cell(source_map: SourceMap, record: Record, target: Target) -> Cell:
    return joined(*_cells(source_map, record, target))


def _party(source_map: SourceMap, record: Record, side: Side) -> RawParty:
    name, phone, email, plate = (
        _cell(source_map, record, Target(f"{side}.{word}"))
        for word in ("name", "phone", "email", "plate")
    )
    return RawParty(name=name, phone=phone, email=email, plate=plate, assumed=source_map.assumed)


def _moment(source_map: SourceMap, record: Record, target: Target) -> RawMoment | None:
    cells = _cells(source_map, record, target)
    if target is Target.ENDS and not (cells and cells[-1].text):
        return None
    if len(cells) == 1:
        only = split_moment(cells[0])
        if target is Target.ENDS and only.day.text == only.time.text:
            # An end that is only a time of day is on the day of the start.
            return RawMoment(_day(source_map, record), cells[0])
        return only
    day, at = cells
    return RawMoment(day, at)


def _day(source_map: SourceMap, record: Record) -> Cell:
    start = _moment(source_map, record, Target.STARTS)
    return NOTHING if start is None else start.day


def _called_off(source_map: SourceMap, state: Cell) -> Cell:
    """Returns "true" where a state begins with one of the words: "Annulé par le client"."""
    said = f"{fold(state.text)} "
    called_off = any(said.startswith(f"{word} ") for word in source_map.cancelled)
    return Cell(state.field, "true" if called_off else "")
