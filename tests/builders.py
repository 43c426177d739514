"""What tests are made of: exchanges and drafts built by words, and a station in a temp file.

`an_exchange().at("14:15").with_seller_here("14:13").build()` is a plain `Exchange`;
`a_station(tmp_path)` is a real database, with a clock that stands still until it is set.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from pendulum import DateTime

from desk.domain import intents
from desk.domain.booking import PartyDraft
from desk.domain.days import local_moment
from desk.domain.drafts import Draft, ImportPlan, TakeIn
from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    IdCheck,
    Kind,
    Outcome,
    Party,
    Presence,
    Side,
    Visit,
)
from desk.domain.intents import By
from desk.domain.reference import draw_reference
from desk.domain.rules import Rules
from desk.domain.verdict import Verdict
from desk.domain.views import Bay, Board, Station
from desk.service import Desk, Workplace, found_station, open_desk

DAY = date(2026, 11, 21)
KENNEWICK = Station(
    "Kennewick PD",
    "KPD",
    "America/Los_Angeles",
    (Bay("1", "Bay 1"), Bay("2", "Bay 2"), Bay("3", "Bay 3"), Bay("Lobby", "Lobby")),
)
DUPONT = By("4412", "desk 1")
"""The officer of most tests, at the desk of most tests."""


def moment(clock_time: str, day: date = DAY) -> DateTime:
    """Returns the moment at which Kennewick's clocks show that time."""
    return local_moment(day, time.fromisoformat(clock_time), KENNEWICK.zone)


class StoppedClock:
    """A clock that shows what it was told to."""

    def __init__(self, shows: DateTime) -> None:
        self._shows = shows

    def now(self) -> DateTime:
        """Returns what it was told to show."""
        return self._shows

    def set(self, clock_time: str, day: date = DAY) -> None:
        """Shows that time of that day in Kennewick."""
        self._shows = moment(clock_time, day)

    def advance(self, **units: int) -> None:
        """Goes on by so many minutes, hours, days."""
        self._shows = self._shows.add(**units)


@dataclass(frozen=True)
class ExchangeBuilder:
    """An exchange in the making; every method returns a new builder."""

    exchange: Exchange

    def build(self) -> Exchange:
        return self.exchange

    def at(self, clock_time: str, day: date = DAY, *, minutes: int = 20) -> Self:
        starts = moment(clock_time, day)
        return self._with(starts_at=starts, ends_at=starts.add(minutes=minutes))

    def of_kind(self, kind: Kind) -> Self:
        return self._with(kind=kind)

    def in_bay(self, code: str | None) -> Self:
        return self._with(bay=code)

    def about(self, item: str) -> Self:
        return self._with(item=item)

    def referred_to_as(self, ref: str) -> Self:
        return self._with(ref=ref)

    def of_version(self, version: int) -> Self:
        return self._with(version=version)

    def from_file(self, source: str, external_id: str | None = None) -> Self:
        return self._with(source=source, external_id=external_id)

    def between(self, seller: str | None, buyer: str | None) -> Self:
        return self.with_party(Side.GIVER, name=seller).with_party(Side.RECEIVER, name=buyer)

    def with_sides_assumed(self) -> Self:
        return self.with_party(Side.GIVER, assumed=True).with_party(Side.RECEIVER, assumed=True)

    def with_seller_here(self, since: str = "14:13") -> Self:
        return self.with_here(Side.GIVER, since)

    def with_buyer_here(self, since: str = "14:13") -> Self:
        return self.with_here(Side.RECEIVER, since)

    def with_both_here(self, since: str = "14:13") -> Self:
        return self.with_seller_here(since).with_buyer_here(since)

    def with_here(self, side: Side, since: str = "14:13") -> Self:
        return self._came(side, Presence.HERE, Visit(moment(since)))

    def with_held(self, side: Side, since: str = "14:13") -> Self:
        return self._came(side, Presence.HELD, Visit(moment(since), held=True))

    def with_left(
        self, side: Side, came: str = "14:13", went: str = "14:30", *, observed: bool = True
    ) -> Self:
        return self._came(side, Presence.LEFT, Visit(moment(came), moment(went), observed))

    def with_absent(self, *sides: Side, closed: str = "14:40") -> Self:
        builder = self.ended(Outcome.NO_SHOW, closed)
        for side in sides:
            builder = builder.with_party(side, presence=Presence.ABSENT)
        return builder

    def with_id(self, side: Side, check: IdCheck = IdCheck.SEEN) -> Self:
        return self.with_party(side, id_check=check)

    def expecting(self, side: Side, clock_time: str) -> Self:
        return self.with_party(side, expected_at=moment(clock_time))

    def started(self, at: str = "14:20") -> Self:
        return self._with(started_at=moment(at))

    def ended(self, outcome: Outcome, at: str = "14:40") -> Self:
        return self._with(outcome=outcome, closed_at=moment(at))

    def disputed(self, at: str = "14:30", number: int = 1) -> Self:
        dispute = Dispute(number, DisputeCategory.COUNTERFEIT, Side.RECEIVER, moment(at))
        return self._with(dispute=dispute)

    def _came(self, side: Side, presence: Presence, visit: Visit) -> Self:
        visits = (*self.exchange.party(side).visits, visit)
        return self.with_party(side, presence=presence, visits=visits)

    def _with(self, **changes: Any) -> Self:
        return replace(self, exchange=replace(self.exchange, **changes))

    def with_party(self, side: Side, **changes: Any) -> Self:
        """Sets a party's own fields: name, phone, email, plate, assumed, expected_at, id_check."""
        party = replace(self.exchange.party(side), **changes)
        return replace(self, exchange=self.exchange.with_party(party))


def an_exchange(ref: str = "K7QDM7") -> ExchangeBuilder:
    """Returns a sale at 14:15 in bay 1, between Marie Dupont and Paul Martin."""
    nobody = Exchange(
        ref=ref,
        kind=Kind.SALE,
        starts_at=moment("14:15"),
        ends_at=moment("14:35"),
        giver=Party(Side.GIVER, name="Marie Dupont"),
        receiver=Party(Side.RECEIVER, name="Paul Martin"),
        bay="1",
        item="iPhone 13 128 GB",
        source="plain",
    )
    return ExchangeBuilder(nobody)


def a_draft(builder: ExchangeBuilder | None = None, **changes: Any) -> Draft:
    """Returns the draft that would book such an exchange."""
    exchange = (builder or an_exchange()).build()
    draft = Draft(
        file="bookings.csv",
        row=2,
        source=exchange.source or "plain",
        external_id=exchange.external_id,
        kind=exchange.kind,
        starts_at=exchange.starts_at,
        ends_at=exchange.ends_at,
        giver=_party_draft(exchange.giver),
        receiver=_party_draft(exchange.receiver),
        bay=exchange.bay,
        item=exchange.item,
    )
    return replace(draft, **changes)


def _party_draft(party: Party) -> PartyDraft:
    return PartyDraft(party.name, party.phone, party.email, party.plate, party.assumed)


def a_plan(*drafts: Draft, **lists: Any) -> ImportPlan:
    """Returns a plan that books these drafts; the other lists by their names."""
    return ImportPlan(files=("bookings.csv",), new=drafts, **lists)


def seeded_draw(seed: int = 1) -> Callable[[], str]:
    """Returns a draw of references that is the same in every run."""
    chance = random.Random(seed)
    return lambda: draw_reference(chance.choice)


@dataclass
class StationUnderTest:
    """A station in a temp file: its service, its clock, and the officer at work."""

    path: Path
    clock: StoppedClock
    service: Desk
    by: By = DUPONT
    rules: Rules = field(default_factory=Rules)

    def book(self, *builders: ExchangeBuilder) -> list[str]:
        """Takes these exchanges in, does what happened to their parties, returns the references."""
        known = {each.ref for each in self._known(builders)}
        drafts = [a_draft(builder, row=row) for row, builder in enumerate(builders, start=2)]
        verdict = self.service.take_in(TakeIn(by=self.by, plan=a_plan(*drafts)))
        assert verdict.accepted, verdict
        new = [each for each in self._known(builders) if each.ref not in known]
        # References are drawn by chance, so the bookings are told apart by what they say.
        refs = []
        for builder in builders:
            booked = next(each for each in new if _same_booking(each, builder.build()))
            new.remove(booked)
            refs.append(booked.ref)
            self._live(booked.ref, builder.build())
        return refs

    def book_one(self, builder: ExchangeBuilder | None = None) -> str:
        """Takes one exchange in, and returns its reference."""
        (ref,) = self.book(builder or an_exchange())
        return ref

    def exchange(self, ref: str) -> Exchange:
        exchange = self.service.exchange(ref)
        assert exchange is not None, ref
        return exchange

    def board(self, day: date = DAY) -> Board:
        return self.service.board(day)

    def do(self, intent: type[intents.ExchangeIntent], ref: str, **more: Any) -> Verdict:
        """Does an act as the officer at work: `station.do(Arrive, ref, side=Side.GIVER)`."""
        made: Any = intent
        return self.service.perform(made(**({"by": self.by, "ref": ref} | more)))

    def did(self, intent: type[intents.ExchangeIntent], ref: str, **more: Any) -> Verdict:
        """Does an act that has to be accepted."""
        verdict = self.do(intent, ref, **more)
        assert verdict.accepted, verdict
        return verdict

    def undo(self, ref: str | None = None, **more: Any) -> Verdict:
        return self.service.undo(intents.Undo(**({"by": self.by, "ref": ref} | more)))

    def take_in(self, plan: ImportPlan, by: By | None = None) -> Verdict:
        return self.service.take_in(TakeIn(by=by or self.by, plan=plan))

    def workplace(self, desk: str = "desk 1") -> Workplace:
        return Workplace(self.clock, desk, ballast=0)

    @contextmanager
    def another_desk(self, desk: str = "desk 2") -> Iterator[Desk]:
        """Opens the same file a second time, as another program would."""
        with open_desk(self.path, self.rules, self.workplace(desk)) as service:
            yield service

    def _known(self, builders: tuple[ExchangeBuilder, ...]) -> tuple[Exchange, ...]:
        return self.service.known_bookings([a_draft(builder) for builder in builders])

    def _live(self, ref: str, exchange: Exchange) -> None:
        for party in exchange.parties:
            for visit in party.visits:
                self.did(intents.Arrive, ref, side=party.side, at=visit.arrived_at)
                if visit.left_at is not None:
                    self.did(intents.Leave, ref, side=party.side, at=visit.left_at)


def _same_booking(stored: Exchange, built: Exchange) -> bool:
    return (stored.starts_at, stored.item, stored.giver.name, stored.receiver.name) == (
        built.starts_at,
        built.item,
        built.giver.name,
        built.receiver.name,
    )


def a_station(folder: Path, shows: str = "14:32", file: bytes | None = None) -> StationUnderTest:
    """Returns a station whose clock shows that time; close its service when done.

    It is new, or the one of a file from `kept`.
    """
    path = folder / "desk.db"
    path.write_bytes(file or _founded(shows))
    clock = StoppedClock(moment(shows))
    rules = Rules()
    workplace = Workplace(clock, DUPONT.desk, draw=seeded_draw(), ballast=0)
    return StationUnderTest(path, clock, open_desk(path, rules, workplace), rules=rules)


def kept(station: StationUnderTest) -> bytes:
    """Closes a station, and returns its file for `a_station`: to copy a day is to live it once."""
    station.service.close()
    return station.path.read_bytes()


@cache
def _founded(shows: str) -> bytes:
    """Returns the file of a station that was just founded; founding costs more than copying."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        workplace = Workplace(StoppedClock(moment(shows)), DUPONT.desk, ballast=0)
        with found_station(path, KENNEWICK, Rules(), workplace) as service:
            service.sign_on(DUPONT.badge, "Dupont")
        return path.read_bytes()
