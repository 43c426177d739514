"""Undo restores exactly what was before, versions aside: one's own, if nothing depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory, Exchange, IdCheck, Settlement, Side
from desk.domain.intents import (
    Amend,
    Arrive,
    ArriveAnyway,
    By,
    Cancel,
    Expect,
    Finish,
    Leave,
    MoveToNow,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    StillHere,
    Swap,
)
from desk.domain.lifecycle import UNDOABLE, Verb
from desk.domain.verdict import Code, Step, Verdict
from desk.errors import StoreError
from desk.storage.database import Database
from desk.storage.engine import connect
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange, moment

G, R = Side.GIVER, Side.RECEIVER
Deed = Callable[[StationUnderTest, str], object]


def apart_from_version(exchange: Exchange) -> Exchange:
    return replace(exchange, version=0)


def nothing(_station: StationUnderTest, _ref: str) -> None:
    """Nothing happens before the act."""


def hold(station: StationUnderTest, _ref: str) -> None:
    """A safety hold keeps the giver apart; a later release sets how, so here the row is written."""
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE party SET hold = 1 WHERE side = 'giver'")
        connection.commit()
    database.close()


def hold_and_arrive(station: StationUnderTest, ref: str) -> None:
    hold(station, ref)
    station.did(Arrive, ref, side=G)
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE party SET hold = 0")
        connection.commit()
    database.close()


def dispute(station: StationUnderTest, ref: str) -> None:
    station.did(OpenDispute, ref, category=DisputeCategory.OTHER, text="x")


EMPTY = an_exchange().with_sides_assumed()
SELLER = an_exchange().with_seller_here()
BOTH = an_exchange().with_seller_here("14:13").with_buyer_here("14:29")
LATE = an_exchange().at("18:00")

ACTS: dict[str, tuple[ExchangeBuilder, Deed, Deed]] = {
    "arrive": (EMPTY, nothing, lambda s, r: s.did(Arrive, r, side=G, id_check=IdCheck.SEEN)),
    "arrive named": (
        an_exchange().between("Marie Dupont", None),
        nothing,
        lambda s, r: s.did(Arrive, r, side=R, name="Paul"),
    ),
    "arrive held": (EMPTY, hold, lambda s, r: s.did(Arrive, r, side=G)),
    "arrive again": (
        an_exchange().with_left(G, "14:13", "14:20"),
        nothing,
        lambda s, r: s.did(Arrive, r, side=G),
    ),
    "arrive late": (
        SELLER,
        lambda s, r: s.did(NoShow, r),
        lambda s, r: s.did(Arrive, r, side=R),
    ),
    "arrive anyway": (LATE, nothing, lambda s, r: s.did(ArriveAnyway, r, side=G, reason="x")),
    "release": (EMPTY, hold_and_arrive, lambda s, r: s.did(Release, r, side=G)),
    "start": (BOTH, nothing, lambda s, r: s.did(Start, r)),
    "leave": (SELLER, nothing, lambda s, r: s.did(Leave, r, side=G)),
    "leave unseen": (SELLER, nothing, lambda s, r: s.did(Leave, r, side=G, observed=False)),
    "finish": (BOTH, nothing, lambda s, r: s.did(Finish, r)),
    "finish, staying": (BOTH, nothing, lambda s, r: s.did(Finish, r, still_here=StillHere.STAYS)),
    "not met": (SELLER, nothing, lambda s, r: s.did(NotMet, r, still_here=StillHere.LEAVES)),
    "no-show": (SELLER, nothing, lambda s, r: s.did(NoShow, r)),
    "no-show of both": (EMPTY, nothing, lambda s, r: s.did(NoShow, r, sides=(G, R))),
    "cancel": (EMPTY, nothing, lambda s, r: s.did(Cancel, r)),
    "reopen": (
        EMPTY,
        lambda s, r: s.did(NoShow, r, sides=(G, R)),
        lambda s, r: s.did(Reopen, r, reason="x"),
    ),
    "reopen met": (BOTH, lambda s, r: s.did(Finish, r), lambda s, r: s.did(Reopen, r, reason="x")),
    "amend": (
        SELLER,
        nothing,
        lambda s, r: s.did(Amend, r, booking=Booking.of(s.exchange(r)).in_bay("2")),
    ),
    "move to now": (LATE, nothing, lambda s, r: s.did(MoveToNow, r)),
    "swap": (SELLER, nothing, lambda s, r: s.did(Swap, r)),
    "swap of both": (BOTH, nothing, lambda s, r: s.did(Swap, r)),
    "note": (SELLER, nothing, lambda s, r: s.did(Note, r, text="x")),
    "expect": (EMPTY, nothing, lambda s, r: s.did(Expect, r, side=R, comes_at=moment("14:50"))),
    "settle": (
        SELLER,
        dispute,
        lambda s, r: s.did(Settle, r, settlement=Settlement.REPORT_TAKEN, text="x"),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_undone_to_exactly_what_was_before(
    station: StationUnderTest, name: str
) -> None:
    booked, first, then = ACTS[name]
    ref = station.book_one(booked)
    first(station, ref)
    before = station.exchange(ref)
    then(station, ref)
    done = station.exchange(ref)

    verdict = station.undo(ref)

    assert verdict.accepted, verdict
    assert apart_from_version(station.exchange(ref)) == apart_from_version(before)
    assert station.exchange(ref).version >= done.version
    # A hold that was written past the journal is found, and rightly so.
    assert station.service.verify().ok or first in (hold, hold_and_arrive)


@pytest.mark.parametrize("name", ACTS)
def test_what_was_undone_is_done_again(station: StationUnderTest, name: str) -> None:
    booked, first, then = ACTS[name]
    ref = station.book_one(booked)
    first(station, ref)
    then(station, ref)
    done = station.exchange(ref)
    station.undo(ref)

    then(station, ref)

    assert apart_from_version(station.exchange(ref)) == apart_from_version(done)


def test_every_verb_of_an_officers_is_among_them() -> None:
    named = {name.split(",")[0].replace("-", "_").replace(" ", "_") for name in ACTS}
    own = UNDOABLE - {Verb.DISPUTE, Verb.IMPORT}

    # Booking and merging touch more than one exchange, or none before: test_booking undoes them.
    assert own - {Verb.BOOK, Verb.MERGE} <= named


def test_the_answer_says_what_was_undone(station: StationUnderTest) -> None:
    ref = station.book_one()
    arrived = station.did(Arrive, ref, side=G)

    verdict = station.undo(ref)

    assert (verdict.ref, verdict.facts.verb, verdict.facts.side) == (ref, "arrive", "giver")
    assert verdict.prior is not None
    assert verdict.prior.number == arrived.number
    row = station.service.journal()[-1]
    assert (row.verb, row.undoes, row.refs) == ("undo", arrived.number, (ref,))


def test_an_undoing_is_not_undone_and_walks_back_act_by_act(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Arrive, ref, side=G)
    station.did(Arrive, ref, side=R)
    station.did(Finish, ref)

    verbs = [station.undo(ref).facts.verb for _each in range(4)]

    assert verbs == ["finish", "arrive", "arrive", "import"]
    assert station.undo(ref).code is Code.UNKNOWN
    assert station.undo().code is Code.NOTHING_TO_UNDO


def test_without_a_reference_the_last_act_anywhere_is_meant(station: StationUnderTest) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))
    station.did(Arrive, first, side=G)
    station.did(Arrive, second, side=G)

    assert station.undo(first).ref == first
    assert station.undo().ref == second


def test_a_number_picks_one_act(station: StationUnderTest) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))
    wanted = station.did(Arrive, first, side=G)
    station.did(Arrive, second, side=G)

    assert station.undo(second, number=wanted.number).code is Code.NOTHING_TO_UNDO
    assert station.undo(number=999).code is Code.NOTHING_TO_UNDO
    assert station.undo(number=wanted.number).ref == first


# Whose


@pytest.mark.parametrize("by", [By("7730", "desk 1"), By("4412", "desk 2")])
def test_nobody_undoes_what_another_officer_or_another_desk_did(
    station: StationUnderTest, by: By
) -> None:
    station.service.sign_on("7730", "Tran")
    ref = station.book_one()
    mine = station.did(Arrive, ref, side=G)

    by_name = [station.undo(ref, by=by), station.undo(number=mine.number, by=by)]
    assert [each.code for each in by_name] == [Code.NOT_YOURS] * 2
    assert [each.prior and each.prior.number for each in by_name] == [mine.number] * 2
    assert [each.next for each in by_name] == [(Step.CORRECT_IT,)] * 2
    anything = Code.NOT_YOURS if by.badge == station.by.badge else Code.NOTHING_TO_UNDO
    assert station.undo(by=by).code is anything
    assert station.service.undoable(by, ref) == ()


def test_the_programs_own_acts_are_nobodys(station: StationUnderTest) -> None:
    assert station.undo().code is Code.NOTHING_TO_UNDO
    assert station.undo(number=1).code is Code.NOTHING_TO_UNDO


def test_a_refused_act_is_nothing_to_undo(station: StationUnderTest) -> None:
    ref = station.book_one(SELLER)
    assert not station.do(Arrive, ref, side=G).accepted

    assert station.undo(ref).facts.verb == "arrive"
    assert station.exchange(ref).giver.visits == ()


# What hangs on it


def test_an_act_that_a_later_one_touches_is_depended_on(station: StationUnderTest) -> None:
    ref = station.book_one()
    first = station.did(Arrive, ref, side=G)
    station.did(Note, ref, text="x")
    newest = station.did(Arrive, ref, side=R)

    verdict = station.undo(number=first.number)

    assert verdict.code is Code.DEPENDED_ON
    assert verdict.next == (Step.UNDO_BOTH,)
    assert verdict.facts.count == 2
    assert verdict.prior is not None
    assert verdict.prior.number == newest.number
    assert station.service.journal()[-1].refs == (ref,)


def test_what_another_officer_did_since_is_not_offered_to_be_undone(
    station: StationUnderTest,
) -> None:
    station.service.sign_on("7730", "Tran")
    ref = station.book_one()
    station.did(Arrive, ref, side=G)
    station.did(Note, ref, text="x", by=By("7730", "desk 2"))

    verdict = station.undo(ref)

    assert (verdict.code, verdict.next) == (Code.DEPENDED_ON, ())
    assert verdict.prior is not None
    assert verdict.prior.officer == "7730"


def test_an_act_under_a_filed_dispute_is_not_offered_to_be_undone(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    arrival = station.did(Arrive, ref, side=G)
    dispute(station, ref)
    station.did(Note, ref, text="x")

    verdict = station.undo(number=arrival.number)

    assert (verdict.code, verdict.next) == (Code.DEPENDED_ON, ())


def test_refused_and_undone_acts_hold_nothing_up(station: StationUnderTest) -> None:
    ref = station.book_one()
    first = station.did(Arrive, ref, side=G)
    assert not station.do(Arrive, ref, side=G).accepted
    station.did(Cancel, ref)
    station.undo(ref)

    assert station.undo(number=first.number).accepted


def test_an_act_on_another_exchange_holds_nothing_up(station: StationUnderTest) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))
    wanted = station.did(Arrive, first, side=G)
    station.did(Arrive, second, side=G)

    assert station.undo(number=wanted.number).accepted


def test_a_filed_dispute_is_not_undone(station: StationUnderTest) -> None:
    ref = station.book_one(SELLER)
    dispute(station, ref)

    verdict = station.undo(ref)

    assert verdict.code is Code.NOT_UNDOABLE
    assert station.exchange(ref).disputed


def test_the_last_ten_are_walked_nearest_first_with_what_hangs_on_each(
    station: StationUnderTest,
) -> None:
    refs = station.book(*(an_exchange().about(f"thing {n}") for n in range(12)))
    done: list[Verdict] = [station.did(Arrive, ref, side=G) for ref in refs]
    note = station.did(Note, refs[0], text="x")

    walked = station.service.undoable(station.by, None)
    assert [each.act.number for each in walked] == [
        note.number,
        *(verdict.number for verdict in reversed(done[3:])),
    ]

    here = station.service.undoable(station.by, refs[0])
    assert [each.refs for each in here[:2]] == [(refs[0],), (refs[11],)]
    assert len(here) == 10
    station.undo(refs[0])
    oldest = station.service.undoable(station.by, refs[0])[0]
    assert (oldest.act.number, oldest.later) == (done[0].number, ())
    station.did(Note, refs[0], text="y")
    assert station.undo(number=done[0].number).code is Code.DEPENDED_ON


def test_what_hangs_on_an_act_is_listed_with_it(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Arrive, ref, side=G)
    station.did(Arrive, ref, side=R)

    newest, first, booked = station.service.undoable(station.by, ref)

    assert newest.later == ()
    assert [each.number for each in first.later] == [newest.act.number]
    assert [each.number for each in booked.later] == [first.act.number, newest.act.number]


# The record behind it


def test_an_exchange_that_is_not_as_the_journal_says_is_not_put_back(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    station.did(Arrive, ref, side=G)
    raw = connect(station.path)
    raw.execute("UPDATE party SET id_check = 'seen' WHERE side = 'giver'")
    raw.close()
    count = len(station.service.journal())

    with pytest.raises(StoreError) as refused:
        station.undo(ref)

    assert refused.value.code == "not_as_recorded"
    assert ref in refused.value.explanation
    assert len(station.service.journal()) == count
