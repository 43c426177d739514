"""Checking the whole record: the chain, the words that were committed to, and the tables.

Rows are read past the types of their columns, so that a value that is not what was written is seen
as it is. Everything streams: memory does not grow with the years.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, or_, select

from desk.domain.views import Finding, Verification
from desk.i18n import _
from desk.storage.canonical import act_hash, line_digest, lines_digest
from desk.storage.commitments import Commitments, refs_in, strangers
from desk.storage.erasing import ERASED, LOOKS_ERASED, ids_in
from desk.storage.failures import as_written
from desk.storage.raw import any_text, raw_columns, raw_rows
from desk.storage.replay import RESTATED, Restated, Told, replay
from desk.storage.shortening import started
from desk.storage.stations import ROWS
from desk.storage.tables import ACT, ACT_LINE, OF_THE_STATION, OFFICER, STATION
from desk.storage.verify_looks import looks_touched
from desk.storage.verify_rows import Key, differences, orphans
from desk.storage.verify_schema import UNREADABLE, damage, parts_touched

CHAINED = frozenset({"lines_digest", "prev_hash", "hash"})
"""The columns of an act that its own columns' canonical JSON leaves out."""

_MOST_MISSED = 1000
"""Acts of one gap that are named: a single byte of the head can claim a trillion of them."""

_ACTS = (
    select(*raw_columns(ACT), OFFICER.c.badge)
    .select_from(ACT.outerjoin(OFFICER, OFFICER.c.id == ACT.c.officer_id))
    .where(ACT.c.station_id == bindparam("station"))
    .order_by(ACT.c.number)
)
_STATIONS = raw_rows(STATION).order_by(STATION.c.id)
_LINES = (
    raw_rows(ACT_LINE)
    .where(ACT_LINE.c.station_id == bindparam("station"))
    .order_by(ACT_LINE.c.act_number, ACT_LINE.c.exchange_id)
)


def verify(connection: Connection) -> Verification:
    """Returns what in the record is not as it was written: every station's, and the file's own.

    Raises:
        StoreError: the file cannot be read, or was forged into something that makes no sense.
    """
    with any_text(connection), as_written():
        findings = list(parts_touched(connection))
        if any(each.code in UNREADABLE for each in findings):
            return Verification(0, None, tuple(findings))
        findings += damage(connection)
        stations = connection.execute(_STATIONS).mappings().all()
        found = [_Check(connection, station).run() for station in stations]
        for station, each in zip(stations, found, strict=True):
            findings += _told_of(station["code"], each) if len(found) > 1 else each.findings
        findings += _not_among(tuple(findings), orphans(connection))
    head = found[0].head if found else None
    return Verification(sum(each.rows for each in found), head, tuple(findings))


def _not_among(known: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the others' first finding about each row of which nothing is known yet."""
    rows = {(each.table, each.number) for each in known}
    for each in others:
        if (each.table, each.number) not in rows:
            rows.add((each.table, each.number))
            yield each


def _told_of(code: object, found: Verification) -> Iterator[Finding]:
    """Yields the findings of one station among several, each saying whose it is."""
    for each in found.findings:
        told = _("Station {code}: {finding}").format(code=code, finding=each.explanation)
        yield replace(each, explanation=told)


class _Check:
    """One walk through the record of one station."""

    def __init__(self, connection: Connection, station: RowMapping) -> None:
        self._connection = connection
        self._station_id = station["id"]
        self._head = (station["head_number"], station["head_hash"])
        self._said: dict[str, dict[Key, dict[str, Any]]] = {
            table.name: {} for table in OF_THE_STATION
        }
        self._commitments = Commitments(connection, self._station_id)
        self._damaged: set[tuple[object, object]] = set()
        self._unsound: set[object] = set()
        self._findings: dict[tuple[str, object], Finding] = {}
        self._looks_erased = 0
        self._restated: dict[int, Restated] = {}
        self._rows = 0
        self._hash: Any
        self._number, self._hash = self._start = started(connection, self._station_id)

    @property
    def _newest(self) -> int:
        """The number of the newest act that the station remembers, if it still is a number."""
        return self._head[0] if isinstance(self._head[0], int) else self._number

    def run(self) -> Verification:
        """Returns everything that was found."""
        for act, lines in self._acts_with_lines():
            self._look_at(act, lines)
        self._look_at_head()
        self._keep(self._commitments.finish())
        for table in self._commitments.strangers_possible():
            committed = self._committed_in(table)
            self._keep(strangers(self._connection, self._station_id, table, committed))
        for table in OF_THE_STATION:
            self._look_at_rows(table)
        self._keep(
            looks_touched(self._connection, self._station_id, self._unsound, self._looks_erased)
        )
        told = Told(frozenset(self._damaged), self._restated, began_later=self._start[0] > 0)
        self._keep(replay(self._connection, self._station_id, told))
        head = self._hash if self._rows else None
        return Verification(self._rows, head, tuple(self._findings.values()))

    def _acts_with_lines(self) -> Iterator[tuple[RowMapping | None, list[RowMapping]]]:
        """Yields each act with its lines, and lines whose act is not there with None."""
        acts = self._stream(_ACTS)
        act = next(acts, None)
        lines = self._stream(_LINES)
        for number, group in groupby(lines, key=lambda line: line["act_number"]):
            while act is not None and _order(act["number"]) < _order(number):
                yield act, []
                act = next(acts, None)
            if act is not None and act["number"] == number:
                yield act, list(group)
                act = next(acts, None)
            else:
                yield None, list(group)
        while act is not None:
            yield act, []
            act = next(acts, None)

    def _stream(self, query: Any) -> Iterator[RowMapping]:
        its, in_pieces = {"station": self._station_id}, {"yield_per": 500}
        return iter(self._connection.execute(query, its, execution_options=in_pieces).mappings())

    def _look_at(self, act: RowMapping | None, lines: list[RowMapping]) -> None:
        for line in lines:
            self._look_at_line(line)
        if act is None:
            self._look_at_stray(lines)
            return
        self._rows += 1
        self._look_for_gap(act["number"])
        columns = {name: value for name, value in act.items() if name not in CHAINED}
        kept, digest = act["lines_digest"], lines_digest(line["digest"] for line in lines)
        if act_hash(act["prev_hash"], columns, kept) != act["hash"]:
            self._unsound.add(act["number"])
            self._find(act["number"], "act", "changed", _("Act {number} is not as written."))
        else:
            facts = json.loads(act["facts"])
            self._commitments.add(refs_in(act["details"]))
            self._commitments.erase(ids_in(facts.get(ERASED, {})))
            self._looks_erased = max(self._looks_erased, facts.get(LOOKS_ERASED, 0))
            self._note_rows(facts.get(ROWS, {}))
            if RESTATED in facts:
                self._restated[act["number"]] = facts[RESTATED]
            if act["number"] == self._number + 1 and act["prev_hash"] != self._hash:
                sentence = _("Act {number} is not the one that the next was chained to.")
                self._find(max(self._number, 1), "act", "replaced", sentence)
        if digest != kept and act_hash(act["prev_hash"], columns, digest) != act["hash"]:
            sentence = _("The lines of act {number} are not those that were written with it.")
            self._find(act["number"], "act_line", "incomplete", sentence)
        self._hash = act["hash"]
        if isinstance(act["number"], int):
            self._number = act["number"]

    def _look_at_line(self, line: RowMapping) -> None:
        columns = {name: value for name, value in line.items() if name != "digest"}
        if line_digest(columns) == line["digest"]:
            self._commitments.add(refs_in(line["details"]))
            return
        self._damaged.add((line["act_number"], line["exchange_id"]))
        sentence = _("A line of act {number} is not as written.")
        self._find(line["act_number"], "act_line", "changed", sentence)

    def _look_at_stray(self, lines: list[RowMapping]) -> None:
        for line in lines:
            sentence = _("A line speaks of act {number}, which is not there.")
            self._find(line["act_number"], "act_line", "orphan", sentence)

    def _look_for_gap(self, number: Any) -> None:
        if isinstance(number, int):
            self._miss(range(self._number + 1, min(number, self._newest + 1)))

    def _miss(self, numbers: range) -> None:
        for number in numbers[:_MOST_MISSED]:
            self._find(number, "act", "missing", _("Act {number} was written, and is gone."))

    def _look_at_head(self) -> None:
        self._miss(range(self._number + 1, self._newest + 1))
        if (self._number, self._hash) != self._head:
            sentence = _("Act {number} is not the newest that the station remembers.")
            self._find(self._number, "act", "not_the_head", sentence)

    def _note_rows(self, written: Mapping[str, list[dict[str, Any]]]) -> None:
        """Notes which rows of the station an act left, and how; a later act knows better."""
        for name, rows in written.items():
            for row in rows:
                self._said[name].setdefault((row["id"],), {}).update(row)

    def _look_at_rows(self, table: Table) -> None:
        """Compares the rows of a table that is the station's with what the journal says of them."""
        said = self._said[table.name]
        chosen = {"station": self._station_id, "ids": [id_ for (id_,) in said]}
        held = self._connection.execute(_rows_spoken_of(table), chosen).mappings()
        self._keep(differences(table, said, held))

    def _committed_in(self, table: Table) -> set[int]:
        """Returns the rows of a details table that sound rows of the journal speak of."""
        sound = chain(
            (act for act in self._stream(_ACTS) if act["number"] not in self._unsound),
            (
                line
                for line in self._stream(_LINES)
                if (line["act_number"], line["exchange_id"]) not in self._damaged
            ),
        )
        refs = (ref for row in sound for ref in refs_in(row["details"]))
        return {id_ for name, id_, _commitment in refs if name == table.name}

    def _find(self, number: Any, table: str, code: str, sentence: str) -> None:
        known = number if isinstance(number, int) else None
        self._keep([Finding(known, table, code, sentence.format(number=number))])

    def _keep(self, findings: Iterable[Finding]) -> None:
        """Keeps the first finding about each row: what follows from it says nothing new."""
        for finding in findings:
            self._findings.setdefault((finding.table, finding.number), finding)


@cache
def _rows_spoken_of(table: Table) -> Select[Any]:
    """Returns the query for a station's rows in a table, and for those that its acts speak of."""
    own = table.c.id if table is STATION else table.c.station_id
    said = table.c.id.in_(bindparam("ids", expanding=True))
    return raw_rows(table).where(or_(own == bindparam("station"), said))


def _order(number: Any) -> tuple[int, Any]:
    """Orders as SQLite does, where a tampered number may be a text: numbers come first."""
    return (0, number) if isinstance(number, int | float) else (1, str(number))
