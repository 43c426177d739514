"""F8, F8: the last act never happened. What will be taken back is shown before it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.domain.exchange import DisputeCategory, Exchange, Presence, Settlement, Side
from desk.domain.intents import (
    Arrive,
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
    Reopen,
    Settle,
    Start,
    Swap,
)
from desk.domain.lifecycle import Verb
from tests.builders import StationUnderTest, an_exchange, moment
from tests.tui.running import running

G, R = Side.GIVER, Side.RECEIVER
DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
WAITING = DUE.with_seller_here("14:20")
READY = WAITING.with_buyer_here("14:25")
FILED: dict[str, Any] = {"category": DisputeCategory.OTHER, "reported_by": None, "text": "says so"}


def as_it_was(exchange: Exchange) -> Exchange:
    """The exchange without its version, which only rises."""
    return replace(exchange, version=0)


Act = Callable[[StationUnderTest, str], object]

ACTS: dict[Verb, tuple[Any, Act]] = {
    Verb.ARRIVE: (DUE, lambda s, ref: s.did(Arrive, ref, side=G)),
    Verb.START: (READY, lambda s, ref: s.did(Start, ref)),
    Verb.LEAVE: (READY, lambda s, ref: s.did(Leave, ref, side=R)),
    Verb.FINISH: (READY, lambda s, ref: s.did(Finish, ref)),
    Verb.NOT_MET: (WAITING, lambda s, ref: s.did(NotMet, ref)),
    Verb.NO_SHOW: (WAITING, lambda s, ref: s.did(NoShow, ref, sides=(R,))),
    Verb.CANCEL: (DUE, lambda s, ref: s.did(Cancel, ref)),
    Verb.NOTE: (DUE, lambda s, ref: s.did(Note, ref, text="waits")),
    Verb.EXPECT: (DUE, lambda s, ref: s.did(Expect, ref, side=G, comes_at=moment("14:50"))),
    Verb.SWAP: (DUE, lambda s, ref: s.did(Swap, ref)),
    Verb.AMEND: (DUE.in_bay("2"), lambda s, ref: s.did(MoveToNow, ref)),
}


async def test_every_act_is_undone_by_f8_f8(station: StationUnderTest) -> None:
    refs = dict(
        zip(
            ACTS,
            station.book(*(builder.about(verb) for verb, (builder, _) in ACTS.items())),
            strict=True,
        )
    )

    async with running(station) as front:
        for verb, (_builder, do) in ACTS.items():
            ref = refs[verb]
            before = station.exchange(ref)
            do(station, ref)
            await front.point_at(ref)
            await front.press("f8")
            assert front.sheets == ["UndoSheet"]
            assert ref in front.part("#undone")
            assert station.service.journal(ref)[-1].verb == verb

            await front.press("f8")
            assert front.sheets == []
            assert front.notice.startswith(f"✓ Undone: {ref} ")
            assert as_it_was(station.exchange(ref)) == as_it_was(before), verb

    assert station.service.verify().ok


async def test_closing_and_settling_are_undone_too(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        station.did(Cancel, ref)
        station.did(Reopen, ref, reason="by mistake")
        await front.point_at(ref)
        await front.press("f8", "f8")
        assert station.exchange(ref).outcome == "cancelled"

        station.did(OpenDispute, ref, **FILED)
        station.did(Settle, ref, settlement=Settlement.NO_ACTION)
        await front.press("f8", "f8")
        assert station.exchange(ref).disputed


async def test_a_filed_dispute_is_not_undone(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)
    station.did(OpenDispute, ref, **FILED)

    async with running(station) as front:
        await front.press("f8", "f8")
        assert "A filed dispute is not undone" in front.answer + front.notice

    assert station.exchange(ref).disputed


async def test_enter_goes_back_and_undoes_nothing(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        for key in ("enter", "escape"):
            await front.press("f8", key)
            assert front.sheets == []
        await front.hurry("f8", "f8")

    assert station.exchange(ref).giver.presence is Presence.HERE


async def test_the_arrows_walk_ones_last_acts(station: StationUnderTest) -> None:
    first, second = station.book(DUE.about("a"), DUE.about("b"))
    for ref in (first, second):
        station.did(Arrive, ref, side=G)

    async with running(station) as front:
        await front.point_at(second)
        await front.press("f8")
        assert "your last 3 acts" in front.words
        assert second in front.part("#undone")
        await front.press("down")
        assert first in front.part("#undone")
        await front.press("down", "down", "down")
        assert "2 exchanges: booked from a file" in front.part("#undone")
        await front.press("up", "f8")

    assert station.exchange(first).giver.presence is Presence.EXPECTED
    assert station.exchange(second).giver.presence is Presence.HERE


async def test_ten_acts_can_be_walked_and_no_more(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    for n in range(12):
        station.did(Note, ref, text=str(n))

    async with running(station) as front:
        await front.press("f8")
        assert "your last 10 acts" in front.words


async def test_the_act_on_the_highlighted_exchange_comes_first(station: StationUnderTest) -> None:
    first, second = station.book(DUE.about("a"), DUE.about("b"))
    station.did(Arrive, first, side=G)
    station.did(Arrive, second, side=G)

    async with running(station) as front:
        await front.point_at(first)
        await front.press("f8", "f8")

    assert station.exchange(first).giver.presence is Presence.EXPECTED
    assert station.exchange(second).giver.presence is Presence.HERE


async def test_what_depends_on_an_act_is_listed_and_undone_with_it(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)
    station.did(Arrive, ref, side=G)
    station.did(Note, ref, text="waits")
    station.did(Leave, ref, side=G)

    async with running(station) as front:
        await front.press("f8", "down", "down")
        told = front.part("#undone")
        assert [word in told for word in ("arrived", "note", "left")] == [True] * 3
        await front.press("f8")
        assert front.sheets == []

    assert station.exchange(ref).giver.visits == ()
    assert [row.verb for row in station.service.journal(ref)][-3:] == ["undo"] * 3


async def test_another_officers_act_in_between_is_in_the_way(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    station.did(Arrive, ref, side=G)
    novak = By("5500", "desk 1")
    station.service.sign_on(novak.badge, "Novak")
    assert station.service.perform(Leave(by=novak, ref=ref, side=G)).accepted
    before = station.exchange(ref)

    async with running(station) as front:
        await front.press("f8")
        assert "5500" in front.part("#undone")
        await front.press("f8")
        assert front.sheets == ["UndoSheet"]
        assert front.answer.startswith("Somebody else acted on it since")

    assert station.exchange(ref) == before


async def test_an_act_of_another_desk_meanwhile_is_noticed(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    station.did(Arrive, ref, side=G)

    async with running(station) as front:
        await front.press("f8")
        with station.another_desk() as other:
            by = By("5500", "desk 2")
            other.sign_on(by.badge, "Novak")
            assert other.perform(Leave(by=by, ref=ref, side=G)).accepted
        await front.press("f8")
        assert front.answer.startswith(f"Something later stands on “arrived” at {ref}.")
        assert "Seller left 14:32 by 5500 at desk 2." in front.answer

    assert station.exchange(ref).giver.presence is Presence.LEFT


async def test_nobody_elses_acts_are_walked(station: StationUnderTest) -> None:
    station.book_one(WAITING)

    async with running(station, by=By("5500", "desk 1")) as front:
        await front.press("f8")
        assert front.notice.startswith(
            "You have nothing to undo here: it was done by somebody else"
        )
        assert "Correct it by a further act" in front.notice


async def test_undo_says_what_it_is_not(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        await front.press("f8")
        assert "Undo: this never happened" in front.words
        assert "your last act ·" in front.words
        assert "For what happened and then changed there is /reopen." in front.words
