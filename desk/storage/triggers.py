"""What the database itself refuses, whoever asks: SQLite's triggers, in one list.

They are dropped before a migration and made again after it, because rebuilding a table loses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sqlalchemy import Connection

from desk.domain.lifecycle import Verb
from desk.domain.looks import LookedAt
from desk.domain.verdict import Code

_JOURNAL = ("act", "act_line", "look")
_OF_OFFICERS = ("officer_details", "pin_details")
_ERASABLE = (
    "exchange_details",
    "party_details",
    "note_details",
    "hold_details",
    "request_details",
)
_WRITTEN_ONCE = (*_JOURNAL, *_OF_OFFICERS, *_ERASABLE)
_NEVER_DELETED = (
    *("station", "bay", "officer", "access", "exchange", "party", "dispute", "file_details"),
    *("legal_hold", "held_exchange", "request", "picked_party", "journal_start"),
)

_NEWEST_IS = (
    "EXISTS (SELECT 1 FROM station JOIN act ON act.station_id = station.id"
    " AND act.number = station.head_number WHERE station.id = OLD.station_id"
    " AND act.accepted AND act.verb IN (:verbs))"
)
"""Whether the newest act of a row's station is one that allows what is being done to the row."""

# Both parties of one exchange, at the station at one and the same moment: Visit.overlaps, in SQL.
# Who is held and not released has no moment from which it was here, and NULL is before nothing;
# who has not left leaves after any moment that can be kept.
_BOTH_HERE = """
    SELECT 1 FROM party AS giver
    JOIN party AS receiver ON receiver.exchange_id = giver.exchange_id
    JOIN visit AS mine ON mine.party_id = giver.id
    JOIN visit AS theirs ON theirs.party_id = receiver.id
    WHERE giver.exchange_id = :exchange AND giver.side = 'giver' AND receiver.side = 'receiver'
      AND CASE WHEN mine.held THEN mine.released_at ELSE mine.arrived_at END
        < coalesce(theirs.left_at, 9223372036854775807)
      AND CASE WHEN theirs.held THEN theirs.released_at ELSE theirs.arrived_at END
        < coalesce(mine.left_at, 9223372036854775807)
"""
_MET_WITHOUT_MEETING = (
    "EXISTS (SELECT 1 FROM exchange WHERE id = :exchange AND outcome = 'met')"
    " AND NOT EXISTS (:both_here)"
).replace(":both_here", _BOTH_HERE)
_EXCHANGE_OF = "(SELECT exchange_id FROM party WHERE id = :visit.party_id)"


def _words(words: type[StrEnum]) -> str:
    return _quoted(words)


def _quoted(words: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{word.value}'" for word in words)


def _abort(name: str, when: str, condition: str = "1") -> tuple[str, str]:
    sql = f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{name}'); END"
    return name, sql


def _append_only() -> Iterator[tuple[str, str]]:
    for table in _WRITTEN_ONCE:
        yield _abort(f"{table}_is_never_changed", f"BEFORE UPDATE ON {table}")
    for table in (*_NEVER_DELETED, *_OF_OFFICERS):
        yield _abort(f"{table}_is_never_deleted", f"BEFORE DELETE ON {table}")
    for table, (number, verbs) in _SHORTENING.items():
        kept = f"NOT {_newest_is(*verbs)}{_AFTER_THE_START.replace(':number', number)}"
        yield _abort(f"{table}_is_never_deleted", f"BEFORE DELETE ON {table}", kept)
    yield _abort(
        "journal_start_only_rises",
        "BEFORE UPDATE ON journal_start",
        "NEW.station_id <> OLD.station_id OR NEW.number <= OLD.number",
    )
    erasing = _newest_is(Verb.ERASE)
    for table in _ERASABLE:
        yield _abort(f"{table}_is_never_deleted", f"BEFORE DELETE ON {table}", f"NOT {erasing}")
    # Lines of the journal point at the name of a booking file, so that it is emptied instead.
    yield _abort(
        "file_details_is_never_changed",
        "BEFORE UPDATE ON file_details",
        f"NEW.id <> OLD.id OR NEW.station_id <> OLD.station_id OR NEW.name <> '' OR NOT {erasing}",
    )


_SHORTENING = {
    "act": ("number", (Verb.SHORTEN,)),
    "act_line": ("act_number", (Verb.SHORTEN,)),
    "look": ("act_number", (Verb.SHORTEN, Verb.ERASE)),
}
"""By table, the column that numbers its rows' acts, and the acts that let go of the oldest rows."""

_AFTER_THE_START = (
    " OR EXISTS (SELECT 1 FROM station JOIN act ON act.station_id = station.id"
    " AND act.number = station.head_number AND act.verb = 'shorten'"
    " WHERE station.id = OLD.station_id AND OLD.:number > coalesce((SELECT number"
    " FROM journal_start WHERE station_id = OLD.station_id), 0))"
)
"""Whether the journal is being shortened, and the row is of an act that stays."""


def _newest_is(*verbs: Verb) -> str:
    return _NEWEST_IS.replace(":verbs", _quoted(verbs))


def _journal() -> Iterator[tuple[str, str]]:
    yield _abort(
        "act_follows_the_head",
        "BEFORE INSERT ON act",
        "NOT EXISTS (SELECT 1 FROM station WHERE id = NEW.station_id"
        " AND head_number + 1 = NEW.number AND head_hash = NEW.prev_hash)",
    )
    yield _abort(
        "act_uses_known_words",
        "BEFORE INSERT ON act",
        f"NEW.verb NOT IN ({_words(Verb)}) OR NEW.code NOT IN ({_words(Code)})",
    )
    yield _abort(
        "act_line_belongs_to_the_act_being_written",
        "BEFORE INSERT ON act_line",
        "NOT EXISTS (SELECT 1 FROM station WHERE id = NEW.station_id"
        " AND head_number + 1 = NEW.act_number)",
    )
    yield _abort(
        "station_head_is_the_newest_act",
        "BEFORE UPDATE OF head_number, head_hash ON station",
        "NOT EXISTS (SELECT 1 FROM act WHERE station_id = NEW.id AND number = NEW.head_number"
        " AND hash = NEW.head_hash) OR EXISTS (SELECT 1 FROM act WHERE station_id = NEW.id"
        " AND number > NEW.head_number)",
    )
    yield _abort(
        "officer_keeps_the_badge",
        "BEFORE UPDATE OF id, station_id, badge ON officer",
    )


def _looks() -> Iterator[tuple[str, str]]:
    yield _abort(
        "look_belongs_to_the_act_that_notes_it",
        "BEFORE INSERT ON look",
        "NOT EXISTS (SELECT 1 FROM station JOIN act ON act.station_id = station.id"
        " AND act.number = station.head_number WHERE station.id = NEW.station_id"
        " AND act.number = NEW.act_number AND act.verb = 'looks')",
    )
    yield _abort(
        "look_uses_known_words", "BEFORE INSERT ON look", f"NEW.what NOT IN ({_words(LookedAt)})"
    )


def _exchanges() -> Iterator[tuple[str, str]]:
    yield _abort(
        "exchange_version_rises", "BEFORE UPDATE ON exchange", "NEW.version <= OLD.version"
    )
    yield _abort(
        "exchange_keeps_its_reference", "BEFORE UPDATE OF id, station_id, ref, source ON exchange"
    )
    for change in ("INSERT", "UPDATE"):
        yield _abort(
            f"exchange_met_means_both_were_here_on_{change.lower()}",
            f"BEFORE {change} ON exchange",
            f"NEW.outcome = 'met' AND NOT EXISTS ({_BOTH_HERE.replace(':exchange', 'NEW.id')})",
        )
    yield _abort(
        "exchange_in_its_bay_has_both_here",
        "BEFORE UPDATE ON exchange",
        "NEW.outcome = 'none' AND NEW.started_at IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM party WHERE exchange_id = NEW.id AND presence <> 'here')",
    )


def _parties() -> Iterator[tuple[str, str]]:
    yield _abort(
        "party_that_came_is_not_absent",
        "BEFORE UPDATE OF presence ON party",
        "NEW.presence = 'absent' AND EXISTS (SELECT 1 FROM visit WHERE party_id = NEW.id)",
    )
    yield _abort(
        "party_keeps_its_exchange", "BEFORE UPDATE OF id, station_id, exchange_id ON party"
    )
    yield _abort(
        "visit_is_not_of_an_absent_party",
        "BEFORE INSERT ON visit",
        "EXISTS (SELECT 1 FROM party WHERE id = NEW.party_id AND presence = 'absent')",
    )
    yield _abort(
        "visit_keeps_its_party", "BEFORE UPDATE OF station_id, party_id, position ON visit"
    )
    for change, visit in (("UPDATE", "NEW"), ("DELETE", "OLD")):
        yield _abort(
            f"visit_of_those_who_met_stays_on_{change.lower()}",
            f"AFTER {change} ON visit",
            _MET_WITHOUT_MEETING.replace(":exchange", _EXCHANGE_OF.replace(":visit", visit)),
        )


def triggers() -> dict[str, str]:
    """Returns every trigger: its name, which is also what it says when it aborts, and its SQL."""
    return dict([*_append_only(), *_journal(), *_looks(), *_exchanges(), *_parties()])


def has_triggers(connection: Connection) -> bool:
    """Returns whether the database has these triggers and no others.

    A release may know new words without a new schema, and somebody may have dropped one.
    """
    return _held(connection) == triggers()


def _held(connection: Connection) -> dict[str, str]:
    held = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in held}


def drop_triggers(connection: Connection) -> None:
    """Drops every trigger in the database, so that a migration can rebuild tables."""
    for name in _held(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def create_triggers(connection: Connection) -> None:
    """Makes every trigger of the list."""
    for sql in triggers().values():
        connection.exec_driver_sql(sql)
