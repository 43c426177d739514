"""Undoing what touched many exchanges, and undoing several acts at once: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from desk.domain.drafts import Change, TakeIn
from desk.domain.exchange import Exchange, Presence, Side
from desk.domain.intents import Arrive, By, Leave, Note, Undo
from desk.domain.verdict import Code, Step
from desk.errors import StoreError
from desk.storage.engine import connect
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange

G, R = Side.GIVER, Side.RECEIVER


def test_a_reference_undoes_nothing_that_others_share(station: StationUnderTest) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))
    station.did(Arrive, first, side=G)
    number = station.service.journal(second)[-1].number

    verdict = station.undo(second)

    assert (verdict.code, verdict.ref) == (Code.TOUCHES_OTHERS, second)
    assert (verdict.next, verdict.facts.verb) == ((Step.UNDO_WHOLE,), "import")
    assert verdict.facts.count == 2
    assert verdict.prior is not None
    assert verdict.prior.number == number
    assert station.service.journal()[-1].refs == (second,)
    assert station.undo(first).facts.verb == "arrive"
    assert station.undo(first).code is Code.TOUCHES_OTHERS
    assert [each.act.verb for each in station.service.undoable(station.by, second)] == ["import"]
    assert station.undo(number=number).accepted
    assert station.board().exchanges == ()


def test_the_journal_tells_of_an_exchange_whose_booking_was_undone(
    station: StationUnderTest,
) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))
    station.undo()
    station.do(Arrive, second, side=G)

    told = station.service.journal(second)

    assert [(row.verb, row.code) for row in told] == [
        ("import", "accepted"),
        ("undo", "accepted"),
        ("arrive", "unknown"),
    ]
    assert [row.refs for row in told] == [(first, second), (first, second), (second,)]
    assert [row.verb for row in station.service.journal(first)] == ["import", "undo"]


# Several at once


def apart_from_version(exchange: Exchange) -> Exchange:
    return replace(exchange, version=0)


def three_acts_on(station: StationUnderTest, ref: str) -> tuple[int, ...]:
    """Returns the numbers of an arrival and of two acts that stand on it."""
    done = (
        station.did(Arrive, ref, side=G),
        station.did(Note, ref, text="waits outside"),
        station.did(Leave, ref, side=G),
    )
    return tuple(verdict.number or 0 for verdict in done)


def test_what_stands_on_an_act_is_undone_with_it_newest_first(station: StationUnderTest) -> None:
    ref = station.book_one()
    before = station.exchange(ref)
    arrived, noted, left = three_acts_on(station, ref)

    verdict = station.undo(number=arrived, also=(noted, left))

    assert (verdict.code, verdict.ref, verdict.facts.verb) == (Code.ACCEPTED, ref, "arrive")
    assert apart_from_version(station.exchange(ref)) == apart_from_version(before)
    undone = station.service.journal(ref)[-3:]
    assert [(row.verb, row.undoes) for row in undone] == [
        ("undo", left),
        ("undo", noted),
        ("undo", arrived),
    ]
    assert verdict.number == undone[-1].number
    assert station.service.verify().ok


def test_the_same_undoing_sent_twice_is_done_once(station: StationUnderTest) -> None:
    ref = station.book_one()
    arrived, noted, left = three_acts_on(station, ref)
    intent = Undo(by=station.by, number=arrived, also=(left, noted))
    first = station.service.undo(intent)
    count = len(station.service.journal())

    assert station.service.undo(intent) == first
    assert len(station.service.journal()) == count


def test_nothing_is_undone_where_the_last_of_several_fails(station: StationUnderTest) -> None:
    ref = station.book_one()
    arrived, noted, left = three_acts_on(station, ref)
    before, journal = station.exchange(ref), station.service.journal()
    raw = connect(station.path)
    # The leaving and the note are taken back by then.
    raw.execute(
        "CREATE TRIGGER sabotage BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, 'sabotage'); END"
    )
    with pytest.raises(StoreError) as refused:
        station.undo(number=arrived, also=(noted, left))

    assert refused.value.code == "inconsistent"
    assert station.exchange(ref) == before
    assert station.service.journal() == journal
    raw.execute("DROP TRIGGER sabotage")
    raw.close()
    assert station.service.verify().ok
    assert station.undo(number=arrived, also=(noted, left)).accepted


def test_what_was_done_since_the_officer_looked_is_not_undone_unseen(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    arrived, noted, left = three_acts_on(station, ref)
    before = station.exchange(ref)

    unseen = station.undo(number=arrived, also=(noted,))

    assert (unseen.code, unseen.next) == (Code.DEPENDED_ON, (Step.UNDO_BOTH,))
    assert unseen.prior is not None
    assert unseen.prior.number == left
    assert station.exchange(ref) == before


def test_what_another_desk_did_meanwhile_keeps_all_of_it(station: StationUnderTest) -> None:
    ref = station.book_one()
    arrived, noted, left = three_acts_on(station, ref)
    with station.another_desk() as other:
        other.sign_on("7730", "Tran")
        theirs = other.perform(Arrive(by=By("7730", "desk 2"), ref=ref, side=R))

    verdict = station.undo(number=arrived, also=(noted, left, theirs.number))

    assert (verdict.code, verdict.next) == (Code.DEPENDED_ON, ())
    assert verdict.prior is not None
    assert verdict.prior.number == theirs.number
    assert station.exchange(ref).giver.presence is Presence.LEFT
    assert [row.verb for row in station.service.journal(ref)].count("undo") == 1


def test_what_stands_on_an_act_by_way_of_an_import_is_undone_with_it_too(
    station: StationUnderTest,
) -> None:
    second = station.book_one(an_exchange().at("15:00"))
    before = station.exchange(second)
    booked = station.take_in(a_plan(a_draft(item="a lamp")))
    first = next(each.ref for each in station.board().exchanges if each.item == "a lamp")
    changes = tuple(
        Change(a_draft(item="a kite"), station.exchange(ref), ("item",)) for ref in (first, second)
    )
    changed = station.take_in(a_plan(changed=changes))
    arrived = station.did(Arrive, second, side=G)

    (walked,) = (
        each
        for each in station.service.undoable(station.by, first)
        if each.act.number == booked.number
    )
    assert [each.number for each in walked.later] == [changed.number, arrived.number]

    also = tuple(each.number for each in walked.later)
    assert station.undo(number=booked.number, also=also).accepted
    assert station.service.exchange(first) is None
    assert apart_from_version(station.exchange(second)) == apart_from_version(before)
    assert station.service.verify().ok


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yields the statements that are sent to any database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_a_large_import_is_undone_exactly_in_statements_that_do_not_grow_with_it(
    station: StationUnderTest,
) -> None:
    refs = station.book(*(an_exchange().about(f"thing {n}") for n in range(40)))
    before = [apart_from_version(station.exchange(ref)) for ref in refs]
    changes = tuple(
        Change(
            a_draft(item="a kite", giver=replace(a_draft().giver, name="Ada Byron")),
            station.exchange(ref),
            ("item", "giver.name"),
        )
        for ref in refs
    )
    station.take_in(a_plan(changed=changes))
    assert {station.exchange(ref).item for ref in refs} == {"a kite"}

    with statements() as few:
        assert station.undo().accepted

    assert [apart_from_version(station.exchange(ref)) for ref in refs] == before
    assert len(few) < len(refs)
    assert station.service.verify().ok
    assert station.undo().accepted
    assert station.board().exchanges == ()
    assert station.service.verify().ok


def test_an_import_is_reached_behind_all_that_it_merged(station: StationUnderTest) -> None:
    ones = [a_draft(an_exchange().between(f"Ann {n}", "Bob")) for n in range(12)]
    others = [replace(one, row=99, giver=one.receiver, receiver=one.giver) for one in ones]
    pairs = tuple(zip(ones, others, strict=True))
    station.service.take_in(TakeIn(by=station.by, plan=a_plan(*ones, *others), merges=pairs))
    assert len(station.board().exchanges) == 12

    walked = station.service.undoable(station.by, None)

    assert [each.act.verb for each in walked] == [*["merge"] * 10, "import"]
    whole = walked[-1]
    also = tuple(act.number for act in whole.later)
    assert len(also) == 12
    undone = Undo(by=station.by, number=whole.act.number, also=also)
    assert station.service.undo(undone).accepted
    assert station.board().exchanges == ()
