"""An exchange together with the rows that hold it, and the snapshot that the journal keeps.

A snapshot holds ids, times and fixed words: everything about an exchange but its version, which
only rises, and the words about people, of which it holds the current details rows' numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    IdCheck,
    Kind,
    Outcome,
    Party,
    Presence,
    Settlement,
    Side,
    Visit,
)
from desk.storage.failures import as_written
from desk.storage.types import from_micros

Snapshot: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredParty:
    """The rows of one party; ``hold`` keeps it apart when it arrives."""

    id: int
    details_id: int
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """An exchange and the numbers of its rows.

    Attributes:
        bay_id: the row of the exchange's bay.
        details_id: its current details row.
        unbooked: its booking was undone; it is kept, and hidden everywhere.
        merged_into: the row of the exchange that it turned out to be, to which it leads.
    """

    id: int
    station_id: int
    exchange: Exchange
    bay_id: int | None
    details_id: int
    giver: StoredParty
    receiver: StoredParty
    unbooked: bool = False
    merged_into: int | None = None

    def party(self, side: Side) -> StoredParty:
        """Returns the rows of the party on that side."""
        return self.giver if side is Side.GIVER else self.receiver

    @property
    def holds(self) -> frozenset[Side]:
        """The sides that a safety hold keeps apart."""
        return frozenset(side for side in Side if self.party(side).hold)


@dataclass(frozen=True, slots=True)
class PartyWords:
    """What a ``party_details`` row says."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    plate: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What the current details rows of one exchange say."""

    item: str = ""
    external_id: str | None = None
    booking_key: str | None = None
    giver: PartyWords = PartyWords()
    receiver: PartyWords = PartyWords()


def about_words(exchange: Exchange) -> dict[str, Any]:
    """Returns what an ``exchange_details`` row says of an exchange."""
    return {
        "item": exchange.item,
        "external_id": exchange.external_id,
        "booking_key": exchange.booking_key,
    }


def party_words(party: Party) -> PartyWords:
    """Returns a party's words."""
    return PartyWords(party.name, party.phone, party.email, party.plate)


def snapshot(stored: Stored) -> dict[str, Any]:
    """Returns what the journal keeps of an exchange's state."""
    exchange = stored.exchange
    return {
        "ref": exchange.ref,
        "kind": exchange.kind,
        "starts_at": exchange.starts_at,
        "ends_at": exchange.ends_at,
        "bay": stored.bay_id,
        "large": int(exchange.large),
        "outcome": exchange.outcome,
        "closed_at": exchange.closed_at,
        "started_at": exchange.started_at,
        "source": exchange.source,
        "details": stored.details_id,
        "unbooked": int(stored.unbooked),
        "merged_into": stored.merged_into,
        "dispute": None if exchange.dispute is None else dispute_snapshot(exchange.dispute),
        "parties": [_party(stored, party) for party in exchange.parties],
    }


def dispute_snapshot(dispute: Dispute) -> dict[str, Any]:
    """Returns what the journal keeps of a dispute."""
    return {
        "number": dispute.number,
        "category": dispute.category,
        "reported_by": dispute.reported_by,
        "opened_at": dispute.opened_at,
        "settled_at": dispute.settled_at,
        "settlement": dispute.settlement,
    }


def _party(stored: Stored, party: Party) -> dict[str, Any]:
    rows = stored.party(party.side)
    return {
        "id": rows.id,
        "side": party.side,
        "presence": party.presence,
        "assumed": int(party.assumed),
        "id_check": party.id_check,
        "expected_at": party.expected_at,
        "hold": int(rows.hold),
        "details": rows.details_id,
        "visits": [
            [
                visit.arrived_at,
                visit.left_at,
                None if visit.left_observed is None else int(visit.left_observed),
                int(visit.held),
                visit.released_at,
            ]
            for visit in party.visits
        ],
    }


def exchange_of(kept: Snapshot, words: Words, bay: str | None, version: int) -> Exchange:
    """Returns the exchange that a snapshot, read back from JSON, describes.

    Args:
        kept: the snapshot.
        words: what its details rows say.
        bay: the code of its bay.
        version: the version, which a snapshot does not hold.

    Raises:
        StoreError: it is not a snapshot of ours.
    """
    with as_written():
        giver, receiver = kept["parties"]
        return Exchange(
            ref=kept["ref"],
            kind=Kind(kept["kind"]),
            starts_at=from_micros(kept["starts_at"]),
            ends_at=from_micros(kept["ends_at"]),
            giver=_party_of(giver, words.giver),
            receiver=_party_of(receiver, words.receiver),
            bay=bay,
            item=words.item,
            large=bool(kept["large"]),
            outcome=Outcome(kept["outcome"]),
            closed_at=_moment(kept["closed_at"]),
            started_at=_moment(kept["started_at"]),
            dispute=None if kept["dispute"] is None else _dispute_of(kept["dispute"]),
            source=kept["source"],
            external_id=words.external_id,
            booking_key=words.booking_key,
            version=version,
        )


def _moment(micros: int | None) -> Any:
    return None if micros is None else from_micros(micros)


def _party_of(kept: Snapshot, words: PartyWords) -> Party:
    return Party(
        side=Side(kept["side"]),
        name=words.name,
        phone=words.phone,
        email=words.email,
        plate=words.plate,
        assumed=bool(kept["assumed"]),
        presence=Presence(kept["presence"]),
        id_check=IdCheck(kept["id_check"]),
        expected_at=_moment(kept["expected_at"]),
        visits=tuple(_visit_of(*visit) for visit in kept["visits"]),
    )


def _visit_of(
    came: int, left: int | None, seen: int | None, held: int, released: int | None
) -> Visit:
    observed = None if seen is None else bool(seen)
    return Visit(from_micros(came), _moment(left), observed, bool(held), _moment(released))


def _dispute_of(kept: Snapshot) -> Dispute:
    return Dispute(
        number=kept["number"],
        category=DisputeCategory(kept["category"]),
        reported_by=None if kept["reported_by"] is None else Side(kept["reported_by"]),
        opened_at=from_micros(kept["opened_at"]),
        settled_at=_moment(kept["settled_at"]),
        settlement=None if kept["settlement"] is None else Settlement(kept["settlement"]),
    )
