"""The looks, held against the acts that noted them."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, exists, select, type_coerce
from sqlalchemy.types import NullType

from desk.domain.lifecycle import Verb
from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.canonical import looks_digest
from desk.storage.looks import COUNT, DIGEST
from desk.storage.raw import raw_rows
from desk.storage.tables import ACT, LOOK

_NOTED = (ACT.c.station_id == LOOK.c.station_id) & (ACT.c.number == LOOK.c.act_number)
_NOTES = type_coerce(ACT.c.verb, NullType()) == Verb.LOOKS.value
_FACTS = type_coerce(ACT.c.facts, NullType()).label("facts")
_OWN: BindParameter[int] = bindparam("station")
_LOOKS = (
    raw_rows(LOOK)
    .add_columns(_FACTS)
    .select_from(LOOK.outerjoin(ACT, _NOTED & _NOTES))
    .where(LOOK.c.station_id == _OWN)
    .order_by(LOOK.c.act_number, LOOK.c.position)
)
_WITHOUT_LOOKS = select(ACT.c.number).where(
    ACT.c.station_id == _OWN, _NOTES, ~exists().where(_NOTED)
)


def looks_touched(
    connection: Connection, station_id: int, unsound: Container[object], erased: int
) -> Iterator[Finding]:
    """Yields the acts whose looks are not those that they noted, and looks that none noted.

    Args:
        connection: reads rows past their types.
        station_id: whose they are.
        unsound: the numbers of the acts that are not to be believed.
        erased: the last act whose looks were erased, with all before; 0 where none were.
    """
    its, in_pieces = {"station": station_id}, {"yield_per": 500}
    rows = connection.execute(_LOOKS, its, execution_options=in_pieces).mappings()
    for number, group in groupby(rows, key=lambda row: row["act_number"]):
        looks = list(group)
        if isinstance(number, int) and number <= erased:
            yield _finding(
                number, "not_erased", _("The looks of act {number} were erased, and are there.")
            )
        elif looks[0]["facts"] is None or number in unsound:
            yield _finding(
                number, "uncommitted", _("No sound act notes the looks of act {number}.")
            )
        elif not _as_noted(json.loads(looks[0]["facts"]), looks):
            sentence = _("The looks that act {number} noted are not as they were written.")
            yield _finding(number, "changed", sentence)
    for number in connection.execute(_WITHOUT_LOOKS, its).scalars():
        if number not in unsound and number > erased:
            yield _finding(number, "missing", _("The looks that act {number} noted are gone."))


def _as_noted(noted: dict[str, Any], looks: list[RowMapping]) -> bool:
    kept = [{name: value for name, value in look.items() if name != "facts"} for look in looks]
    return (len(kept), looks_digest(kept)) == (noted[COUNT], noted[DIGEST])


def _finding(number: object, code: str, sentence: str) -> Finding:
    known = number if isinstance(number, int) else None
    return Finding(known, LOOK.name, code, sentence.format(number=number))
