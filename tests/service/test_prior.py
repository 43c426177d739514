"""A refusal names the act that explains it: the last one that changed what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from desk.domain.exchange import DisputeCategory, Settlement, Side
from desk.domain.intents import (
    Arrive,
    Cancel,
    Expect,
    Finish,
    Leave,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    StillHere,
)
from desk.domain.verdict import Code, Verdict
from desk.storage.engine import connect
from tests.builders import StationUnderTest, an_exchange, moment

G, R = Side.GIVER, Side.RECEIVER


@dataclass(frozen=True)
class Scene:
    """What was done, what is tried, and which of the acts done explains the refusal."""

    done: Callable[[StationUnderTest, str], list[Verdict]]
    tried: Callable[[StationUnderTest, str], Verdict]
    code: Code
    explained_by: int


def arrive(station: StationUnderTest, ref: str, side: Side = G, at: str = "14:13") -> Verdict:
    return station.did(Arrive, ref, side=side, at=moment(at))


def both(station: StationUnderTest, ref: str) -> list[Verdict]:
    return [arrive(station, ref, G), arrive(station, ref, R)]


def note(station: StationUnderTest, ref: str) -> Verdict:
    return station.did(Note, ref, text="x")


def dispute(station: StationUnderTest, ref: str) -> Verdict:
    return station.did(OpenDispute, ref, category=DisputeCategory.OTHER, text="x")


def settle(station: StationUnderTest, ref: str) -> Verdict:
    return station.did(Settle, ref, settlement=Settlement.NO_ACTION)


def leave(station: StationUnderTest, ref: str, side: Side = G, at: str = "14:20") -> Verdict:
    return station.did(Leave, ref, side=side, at=moment(at))


def hold_apart(station: StationUnderTest, side: Side) -> Verdict:
    """Keeps that side apart when it comes, which no act does yet."""
    raw = connect(station.path)
    raw.execute("UPDATE party SET hold = 1 WHERE side = ?", (side.value,))
    raw.close()
    return Verdict(Code.ACCEPTED)


def reopened(station: StationUnderTest, ref: str) -> list[Verdict]:
    return [station.did(Cancel, ref), station.did(Reopen, ref, reason="x")]


SCENES = {
    "here since the arrival of that side": Scene(
        both, lambda s, r: s.do(Arrive, r, side=G), Code.ALREADY_HERE, 0
    ),
    "here since the second visit": Scene(
        lambda s, r: [
            arrive(s, r),
            leave(s, r),
            arrive(s, r, G, "14:25"),
            s.did(Note, r, text="x"),
        ],
        lambda s, r: s.do(Arrive, r, side=G),
        Code.ALREADY_HERE,
        2,
    ),
    "both here, and no side named": Scene(both, lambda s, r: s.do(Arrive, r), Code.ALREADY_HERE, 1),
    "left before the closing": Scene(
        lambda s, r: [arrive(s, r), leave(s, r), s.did(NotMet, r)],
        lambda s, r: s.do(Leave, r, side=G),
        Code.ALREADY_LEFT,
        1,
    ),
    "left with the closing": Scene(
        lambda s, r: [arrive(s, r), s.did(NotMet, r, still_here=StillHere.LEAVES)],
        lambda s, r: s.do(Leave, r, side=G),
        Code.ALREADY_LEFT,
        1,
    ),
    "closed by the finish": Scene(
        lambda s, r: [*both(s, r), s.did(Finish, r), s.did(Note, r, text="x")],
        lambda s, r: s.do(Arrive, r, side=G),
        Code.CLOSED,
        2,
    ),
    "closed as no-show": Scene(
        lambda s, r: [arrive(s, r), s.did(NoShow, r)],
        lambda s, r: s.do(Cancel, r),
        Code.CLOSED,
        1,
    ),
    "cancelled the second time": Scene(
        lambda s, r: [*reopened(s, r), s.did(Cancel, r)],
        lambda s, r: s.do(Arrive, r, side=G),
        Code.CANCELLED,
        2,
    ),
    "reopened": Scene(reopened, lambda s, r: s.do(Reopen, r, reason="x"), Code.NOT_CLOSED, 1),
    "sent to the bay": Scene(
        lambda s, r: [*both(s, r), s.did(Start, r)],
        lambda s, r: s.do(Start, r),
        Code.ALREADY_STARTED,
        2,
    ),
    "disputed": Scene(
        lambda s, r: [arrive(s, r), dispute(s, r)],
        lambda s, r: s.do(OpenDispute, r, category=DisputeCategory.OTHER, text="x"),
        Code.ALREADY_DISPUTED,
        1,
    ),
    "settled": Scene(
        lambda s, r: [arrive(s, r), dispute(s, r), settle(s, r)],
        lambda s, r: s.do(Settle, r, settlement=Settlement.NO_ACTION),
        Code.NOT_DISPUTED,
        2,
    ),
    "never held": Scene(both, lambda s, r: s.do(Release, r, side=R), Code.NOT_HELD, 1),
    "no longer expected": Scene(
        both,
        lambda s, r: s.do(Expect, r, side=G, comes_at=moment("15:00")),
        Code.ALREADY_HERE,
        0,
    ),
    "gone, who was called for": Scene(
        lambda s, r: [*both(s, r), leave(s, r), leave(s, r, R, "14:25")],
        lambda s, r: s.do(Expect, r, side=G, comes_at=moment("15:00")),
        Code.ALREADY_LEFT,
        2,
    ),
    "gone, the only one who came": Scene(
        lambda s, r: [arrive(s, r, R), leave(s, r, R), note(s, r)],
        lambda s, r: s.do(Leave, r),
        Code.ALREADY_LEFT,
        1,
    ),
    "kept apart since the arrival of the one who is held": Scene(
        lambda s, r: [hold_apart(s, G), *both(s, r)][1:],
        lambda s, r: s.do(Start, r),
        Code.HOLD,
        0,
    ),
    "stale since the newest act": Scene(
        lambda s, r: [*both(s, r), s.undo(r)],
        lambda s, r: s.do(Note, r, text="x", seen_version=1),
        Code.STALE,
        2,
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_the_act_that_explains_a_refusal_is_named(station: StationUnderTest, name: str) -> None:
    scene = SCENES[name]
    ref = station.book_one()
    done = scene.done(station, ref)

    verdict = scene.tried(station, ref)

    assert verdict.code is scene.code
    assert verdict.prior is not None
    assert verdict.prior.number == done[scene.explained_by].number
    assert (verdict.prior.officer, verdict.prior.desk) == ("4412", "desk 1")


def test_an_act_that_was_undone_explains_nothing(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Cancel, ref)
    station.undo(ref)
    first = station.did(Cancel, ref)

    refused = station.do(Arrive, ref, side=G)

    assert refused.prior is not None
    assert refused.prior.number == first.number


@pytest.mark.parametrize(
    ("tried", "code"),
    [
        (lambda s, r: s.do(Leave, r, side=G), Code.NOT_ARRIVED),
        (lambda s, r: s.do(Finish, r), Code.DID_NOT_MEET),
        (lambda s, r: s.do(Arrive, r), Code.WHICH_SIDE),
        (lambda s, _r: s.do(Arrive, "K7QDM7"), Code.UNKNOWN),
        (lambda s, r: s.do(Reopen, r, reason="x"), Code.NOT_CLOSED),
    ],
)
def test_what_no_act_explains_names_none(
    station: StationUnderTest, tried: Callable[[StationUnderTest, str], Verdict], code: Code
) -> None:
    ref = station.book_one(an_exchange())

    verdict = tried(station, ref)

    assert (verdict.code, verdict.prior) == (code, None)
