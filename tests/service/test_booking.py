"""Bookings made at the desk: a walk-in, a call, a change, and two that are one meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.domain.bays import Place
from desk.domain.booking import Booking, MadeAt, PartyDraft
from desk.domain.exchange import Exchange, Kind, Presence, Side
from desk.domain.intents import Amend, Arrive, Book, Merge, Swap
from desk.domain.lifecycle import Verb
from desk.domain.rules import BayRules, Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.service import open_desk
from tests.builders import StationUnderTest, a_draft, an_exchange, moment

WALK_IN = Booking(
    kind=Kind.SALE,
    starts_at=moment("14:32"),
    ends_at=moment("14:52"),
    giver=PartyDraft(name="Ann One"),
    item="Lamp",
)
BOTH = (Side.GIVER, Side.RECEIVER)


def book(station: StationUnderTest, booking: Booking = WALK_IN, **more: Any) -> Verdict:
    intent = Book(by=station.by, booking=booking)
    return station.service.book(replace(intent, **more))


def booked(station: StationUnderTest, booking: Booking = WALK_IN, **more: Any) -> str:
    verdict = book(station, booking, **more)
    assert verdict.accepted, verdict
    assert verdict.ref is not None
    return verdict.ref


def amend(station: StationUnderTest, ref: str, reason: str = "", **changes: Any) -> Verdict:
    booking = replace(Booking.of(station.exchange(ref)), **changes)
    return station.do(Amend, ref, booking=booking, reason=reason)


def apart_from_version(exchange: Exchange) -> Exchange:
    return replace(exchange, version=0)


def test_a_walk_in_is_on_the_board_with_both_checked_in(station: StationUnderTest) -> None:
    ref = booked(station, here=BOTH)

    (exchange,) = station.board().exchanges
    assert exchange.ref == ref
    assert [party.presence for party in exchange.parties] == [Presence.HERE] * 2
    assert (exchange.giver.name, exchange.receiver.name) == ("Ann One", None)
    assert exchange.source == MadeAt.WALK_IN
    verbs = [(entry.verb, entry.side) for entry in station.service.timeline(ref)]
    assert verbs == [("arrive", "receiver"), ("arrive", "giver"), ("book", None)]
    assert station.service.verify().ok


def test_a_retry_books_once(station: StationUnderTest) -> None:
    intent = Book(by=station.by, booking=WALK_IN, here=BOTH)

    first, second = station.service.book(intent), station.service.book(intent)

    assert (first.ref, first.number) == (second.ref, second.number)
    assert len(station.board().exchanges) == 1


def test_a_walk_in_is_undone_step_by_step(station: StationUnderTest) -> None:
    booked(station, here=BOTH)

    assert all(station.undo().accepted for _step in range(3))

    assert station.board().exchanges == ()
    assert station.service.verify().ok


def test_what_was_written_on_paper_is_entered_later(station: StationUnderTest) -> None:
    at = moment("13:00")
    ref = booked(station, WALK_IN.moved_to(at), here=BOTH, at=at)

    assert station.exchange(ref).giver.visits[0].arrived_at == at
    (entry, *_others) = station.service.timeline(ref)[::-1]
    assert (entry.occurred_at, entry.recorded_at) == (at, moment("14:32"))


def test_a_taken_bay_is_refused_and_another_place_offered(station: StationUnderTest) -> None:
    (taken,) = station.book(an_exchange().at("14:40").in_bay("1"))
    wanted = WALK_IN.in_bay("1")

    verdict = book(station, wanted)

    assert (verdict.code, verdict.next) == (Code.BAY_TAKEN, (Step.OTHER_PLACE, Step.OVERRIDE))
    assert (verdict.facts.other, verdict.facts.since) == (taken, moment("14:40"))
    assert len(station.board().exchanges) == 1
    assert station.service.journal()[-1].code == Code.BAY_TAKEN
    places = station.service.free_places(wanted)
    assert places[0] == Place("2", moment("14:32"))
    assert booked(station, wanted.in_bay(places[0].bay))


def test_a_reason_overrides_what_the_bay_refuses(station: StationUnderTest) -> None:
    station.book(an_exchange().at("14:40").in_bay("1"))

    ref = booked(station, WALK_IN.in_bay("1"), reason="They share it")

    (row,) = station.service.journal(ref)
    assert row.overrode == (Code.BAY_TAKEN,)
    (entry,) = station.service.timeline(ref)
    assert entry.text == "They share it"


def test_a_bay_that_is_not_meant_for_it_is_refused(station: StationUnderTest) -> None:
    rules = Rules(bays={"1": BayRules(kinds=frozenset({Kind.CUSTODY}))})
    with open_desk(station.path, rules, station.workplace()) as service:
        verdict = service.book(Book(by=station.by, booking=WALK_IN.in_bay("1")))
        assert verdict.code is Code.BAY_KIND
        assert service.best_bay(WALK_IN) == "2"
        assert service.verify().ok


def test_an_exchange_is_moved_and_is_never_in_its_own_way(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("15:00").in_bay("1"))
    before = station.exchange(ref)

    verdict = amend(station, ref, starts_at=moment("15:10"), ends_at=moment("15:30"), item="Vase")

    assert verdict.accepted
    after = station.exchange(ref)
    assert (after.starts_at, after.item, after.bay) == (moment("15:10"), "Vase", "1")
    assert station.undo(ref).accepted
    assert apart_from_version(station.exchange(ref)) == apart_from_version(before)
    assert station.service.verify().ok


def test_only_a_move_looks_for_a_free_bay(station: StationUnderTest) -> None:
    ref, other = station.book(
        an_exchange().at("15:00").in_bay("1"), an_exchange().at("15:05").in_bay("1").about("Rug")
    )

    renamed = amend(station, ref, giver=PartyDraft(name="Marie Dupond"))
    moved = amend(station, ref, ends_at=moment("15:25"))

    assert renamed.accepted
    assert (moved.code, moved.facts.other) == (Code.BAY_TAKEN, other)
    assert amend(station, ref, ends_at=moment("15:25"), reason="Both fit").accepted
    assert station.exchange(ref).giver.name == "Marie Dupond"


def test_the_place_that_an_exchange_has_is_not_offered_to_it(station: StationUnderTest) -> None:
    ref, _taker = station.book(
        an_exchange().at("15:00").in_bay("2"), an_exchange().at("15:00").in_bay("1").about("Rug")
    )
    wanted = Booking.of(station.exchange(ref)).in_bay("1")

    places = station.service.free_places(wanted, ref)

    assert places[0] == Place("3", moment("15:00"))
    assert Place("2", moment("15:00")) not in places
    assert Place("2", moment("15:05")) in places
    assert len(places) == 5


def test_nothing_changed_is_said(station: StationUnderTest) -> None:
    ref = station.book_one()

    assert amend(station, ref).code is Code.NOTHING_CHANGED


def test_what_happened_stays_when_a_booking_is_amended(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here())

    assert amend(station, ref, kind=Kind.VEHICLE, bay="3").accepted

    after = station.exchange(ref)
    assert (after.kind, after.bay) == (Kind.VEHICLE, "3")
    assert after.giver.presence is Presence.HERE


class TestMerge:
    """Both parties booked: two rows, one meeting."""

    def two(self, station: StationUnderTest) -> tuple[str, str]:
        one = an_exchange().between("Marie Dupont", "Paul Martin").with_party(Side.GIVER, plate="A")
        other = (
            an_exchange()
            .at("14:30")
            .between("Paul Martin", "Marie Dupont")
            .with_party(Side.GIVER, phone="+1 509 555 0142")
        )
        kept, merged = station.book(one, other)
        return kept, merged

    def test_one_reference_stays_and_the_other_leads_to_it(self, station: StationUnderTest) -> None:
        kept, merged = self.two(station)

        verdict = station.service.merge(Merge(by=station.by, ref=kept, other=merged))

        assert (verdict.code, verdict.ref) == (Code.ACCEPTED, kept)
        (exchange,) = station.board().exchanges
        assert exchange.ref == kept
        assert (exchange.giver.plate, exchange.receiver.phone) == ("A", "+1 509 555 0142")
        assert station.exchange(merged).ref == kept
        arrived = station.did(Arrive, merged, side=Side.RECEIVER)
        assert arrived.ref == kept
        assert station.service.verify().ok

    def test_undoing_makes_them_two_again(self, station: StationUnderTest) -> None:
        kept, merged = self.two(station)
        before = [apart_from_version(station.exchange(ref)) for ref in (kept, merged)]
        station.service.merge(Merge(by=station.by, ref=kept, other=merged))

        assert station.undo(kept).accepted

        assert [apart_from_version(station.exchange(ref)) for ref in (kept, merged)] == before
        assert station.service.verify().ok

    @pytest.mark.parametrize("same", [True, False])
    def test_what_cannot_be_one_is_refused(self, station: StationUnderTest, *, same: bool) -> None:
        kept, merged = self.two(station)
        if not same:
            station.did(Arrive, merged, side=Side.GIVER)
        other = kept if same else merged

        verdict = station.service.merge(Merge(by=station.by, ref=kept, other=other))

        assert verdict.code is (Code.SAME_EXCHANGE if same else Code.ALREADY_HERE)
        assert len(station.board().exchanges) == 2


def test_a_moved_booking_is_known_again_by_its_file(station: StationUnderTest) -> None:
    ref = station.book_one()
    amend(station, ref, starts_at=moment("09:00").add(days=3), ends_at=moment("09:20").add(days=3))
    station.did(Swap, ref)

    assert [each.ref for each in station.service.known_bookings([a_draft()])] == [ref]


def test_every_verb_of_a_booking_is_in_the_journal(station: StationUnderTest) -> None:
    ref = booked(station)
    amend(station, ref, item="Rug")

    assert [row.verb for row in station.service.journal(ref)] == [Verb.BOOK, Verb.AMEND]


def changes(station: StationUnderTest, ref: str) -> list[tuple[str, object, object]]:
    """What the newest act on an exchange changed of its booking."""
    entry = station.service.timeline(ref)[0]
    return [(one.field, one.old, one.new) for one in entry.changes]


def test_an_amendment_is_told_old_beside_new(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("15:00").in_bay("1"))
    amend(
        station,
        ref,
        starts_at=moment("15:30"),
        ends_at=moment("15:50"),
        bay="2",
        item="Vase",
        receiver=PartyDraft("Paula Martin", plate="B"),
    )

    assert changes(station, ref) == [
        ("starts_at", moment("15:00"), moment("15:30")),
        ("ends_at", moment("15:20"), moment("15:50")),
        ("bay", "1", "2"),
        ("item", "iPhone 13 128 GB", "Vase"),
        ("receiver.name", "Paul Martin", "Paula Martin"),
        ("receiver.plate", None, "B"),
    ]

    amend(station, ref, kind=Kind.VEHICLE, large=True, bay=None)
    assert changes(station, ref) == [
        ("bay", "2", None),
        ("kind", Kind.SALE, Kind.VEHICLE),
        ("large", False, True),
    ]
    # What was done, undone or refused besides tells nothing of the booking.
    station.did(Swap, ref)
    assert changes(station, ref) == []
    booked_as, *_amendments = station.service.timeline(ref)[::-1]
    assert booked_as.changes == ()
