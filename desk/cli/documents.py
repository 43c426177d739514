"""The JSON documents: every key is always there, what is unknown is null, words are the design's.

Times are ISO 8601 with the station's offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk import wording
from desk.domain.exchange import Exchange, Kind, Outcome, Party, Side, Visit
from desk.domain.rules import Moment, Rules
from desk.domain.stage import stage_of
from desk.domain.verdict import PriorAct, Verdict
from desk.domain.views import Board, Finding, JournalRow, NotedLook, Station, Verification

Document = dict[str, Any]


_SALE = {Side.GIVER: "seller", Side.RECEIVER: "buyer"}
ROLES: Mapping[Kind, Mapping[Side, str]] = {
    Kind.SALE: _SALE,
    Kind.VEHICLE: _SALE,
    Kind.CUSTODY: {Side.GIVER: "releasing adult", Side.RECEIVER: "receiving adult"},
    Kind.OTHER: {Side.GIVER: "first party", Side.RECEIVER: "second party"},
}
"""What the sides are called for programs: the same in every language."""


def moment_of(board: Board, now: DateTime) -> Moment:
    """Returns the present, distrusted where the record already holds a later time."""
    last = board.last_recorded_at
    return Moment(now, set_back=last is not None and last > now)


def day_document(station: Station, rules: Rules, board: Board, now: DateTime) -> Document:
    """Returns one day's exchanges, as ``desk list`` prints them."""
    return {
        "station": station.name,
        "code": station.code,
        "timezone": station.timezone,
        "day": board.day.isoformat(),
        "now": _time(now, station.zone),
        "exchanges": exchange_documents(station, rules, board, now),
    }


def days_document(
    station: Station, rules: Rules, boards: Iterable[Board], now: DateTime, days: tuple[date, date]
) -> Document:
    """Returns the exchanges of several days, as ``desk export --format json`` writes them."""
    first, last = days
    return {
        "station": station.name,
        "code": station.code,
        "timezone": station.timezone,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "now": _time(now, station.zone),
        "exchanges": [
            document
            for board in boards
            for document in exchange_documents(station, rules, board, now)
        ],
    }


def exchange_documents(
    station: Station, rules: Rules, board: Board, now: DateTime
) -> list[Document]:
    """Returns the exchanges of a board, in its order."""
    moment = moment_of(board, now)
    return [_exchange(each, rules, moment, station.zone) for each in board.exchanges]


def _exchange(exchange: Exchange, rules: Rules, moment: Moment, zone: ZoneInfo) -> Document:
    return {
        "ref": exchange.ref,
        "kind": exchange.kind,
        "starts_at": _time(exchange.starts_at, zone),
        "ends_at": _time(exchange.ends_at, zone),
        "bay": exchange.bay,
        "item": exchange.item or None,
        "stage": stage_of(exchange, rules, moment).name,
        "outcome": None if exchange.outcome is Outcome.NONE else exchange.outcome,
        "disputed": exchange.disputed,
        "source": exchange.source,
        "external_id": exchange.external_id,
        "parties": [_party(party, exchange.kind, zone) for party in exchange.parties],
    }


def _party(party: Party, kind: Kind, zone: ZoneInfo) -> Document:
    return {
        "side": party.side,
        "role": ROLES[kind][party.side],
        "assumed": party.assumed,
        "name": party.name,
        "presence": party.presence,
        "id": party.id_check,
        "visits": [_visit(visit, zone) for visit in party.visits],
    }


def _visit(visit: Visit, zone: ZoneInfo) -> Document:
    return {
        "arrived_at": _time(visit.arrived_at, zone),
        "left_at": _time(visit.left_at, zone),
        "left_observed": visit.left_observed,
    }


def verdict_document(verdict: Verdict, zone: ZoneInfo, places: str = "") -> Document:
    """Returns a verdict, as ``desk do`` prints it.

    Args:
        verdict: the answer.
        zone: the station's.
        places: what is free, in words, where a bay was refused.
    """
    told = wording.tell(verdict, zone, places)
    return {
        "accepted": verdict.accepted,
        "code": verdict.code,
        "explanation": told.explanation,
        "next": told.next,
        "prior": None if verdict.prior is None else _prior(verdict.prior, zone),
        "ref": verdict.ref,
    }


def _prior(prior: PriorAct, zone: ZoneInfo) -> Document:
    return {
        "number": prior.number,
        "verb": prior.verb,
        "side": prior.side,
        "officer": prior.officer,
        "desk": prior.desk,
        "occurred_at": _time(prior.occurred_at, zone),
        "recorded_at": _time(prior.recorded_at, zone),
    }


def journal_document(rows: Iterable[JournalRow], zone: ZoneInfo) -> Document:
    """Returns the journal, as ``desk journal`` prints it."""
    return {"rows": [_journal_row(row, zone) for row in rows]}


def _journal_row(row: JournalRow, zone: ZoneInfo) -> Document:
    return {
        "number": row.number,
        "verb": row.verb,
        "accepted": row.accepted,
        "code": row.code,
        "refs": list(row.refs),
        "side": row.side,
        "officer": row.officer,
        "desk": row.desk,
        "occurred_at": _time(row.occurred_at, zone),
        "recorded_at": _time(row.recorded_at, zone),
        "undoes": row.undoes,
        "overrode": list(row.overrode),
        "hash": row.hash,
    }


def looks_document(looks: Iterable[NotedLook], zone: ZoneInfo) -> Document:
    """Returns who looked at what, as ``desk journal --looks`` prints it."""
    return {
        "looks": [
            {
                "number": look.number,
                "at": _time(look.at, zone),
                "officer": look.officer,
                "desk": look.desk,
                "what": look.what,
                "ref": look.ref,
            }
            for look in looks
        ]
    }


def verification_document(verification: Verification) -> Document:
    """Returns what checking the record found, as ``desk verify`` prints it."""
    return {
        "ok": verification.ok,
        "rows": verification.rows,
        "head": verification.head,
        "findings": [_finding(finding) for finding in verification.findings],
        "checkpoints": [
            {"number": each.number, "archive": each.archive or None} for each in verification.agreed
        ],
    }


def _finding(finding: Finding) -> Document:
    return {
        "number": finding.number,
        "table": finding.table,
        "code": finding.code,
        "explanation": finding.explanation,
    }


def _time(moment: DateTime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()
