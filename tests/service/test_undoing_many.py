"""Undoing what touched many exchanges, and undoing several acts at once: all of it or nothing."""

from __future__ import annotations

from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from desk.domain.verdict import Code, Step
from tests.builders import StationUnderTest, an_exchange

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
