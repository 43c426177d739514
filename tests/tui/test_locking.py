"""The lock: nothing of anybody is seen, and all of it is given back, but only to whose it is."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desk.domain.exchange import Side
from desk.domain.intents import Arrive, ExchangeIntent
from desk.domain.officers import Proof
from desk.domain.verdict import Verdict
from desk.service import Desk
from desk.tui import leaving, locking
from desk.tui.screens.lock_screen import LockScreen
from tests.builders import DUPONT, StationUnderTest, an_exchange
from tests.guarded import CHIEF, CHIEFS_WORDS, WORDS, StaffedStation, a_staffed_station
from tests.tui.guarding import before
from tests.tui.running import Front, running

PIN = "839201"
DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
READY = an_exchange().at("14:30").between("Ines Roy", "Jun Mori")


class Elapsed:
    """The seconds that have passed, by a test's hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def elapsed(monkeypatch: pytest.MonkeyPatch) -> Elapsed:
    passed = Elapsed()
    monkeypatch.setattr(locking, "elapsed", passed)
    return passed


@pytest.fixture
def leaving_elapsed(monkeypatch: pytest.MonkeyPatch) -> Elapsed:
    passed = Elapsed()
    monkeypatch.setattr(leaving, "elapsed", passed)
    return passed


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[StaffedStation]:
    station = a_staffed_station(tmp_path)
    with station.service:
        assert station.service.guarded_access.change_pin(DUPONT, WORDS, PIN).accepted
        yield station


@asynccontextmanager
async def at_work(
    station: StaffedStation, settings: dict[str, dict[str, object]] | None = None
) -> AsyncIterator[Front]:
    async with before(station, settings=settings, proof=Proof(DUPONT.badge, WORDS)) as front:
        await front.until(lambda: front.board.ready)
        yield front


def verbs(station: StaffedStation) -> list[tuple[str, str | None, str]]:
    acts = ("lock", "unlock", "lock_out", "sign_in", "sign_out")
    rows = station.service.journal()
    return [(row.verb, row.officer, row.code) for row in rows if row.verb in acts]


async def unlock(front: Front, badge: str, secret: str) -> None:
    """Says who goes on, and presses Enter where it is needed: a PIN needs none."""
    front.box("badge").value = badge
    front.box("secret").focus()
    await front.paste(secret)
    if not secret.isdecimal():
        await front.press("enter")
    await front.until(lambda: not is_checking(front))


def is_checking(front: Front) -> bool:
    """Tells whether the locked screen has yet to say whether a secret is right."""
    screen = front.app.screen
    return isinstance(screen, LockScreen) and screen.checking


async def test_nothing_of_anybody_is_seen_and_no_key_reaches_what_is_covered(
    staffed: StaffedStation,
) -> None:
    ref = staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.type("dup")
        front.app.lock.cover(DUPONT.badge)
        await front.settle()
        assert isinstance(front.app.screen, LockScreen)
        seen = front.drawn()
        for hidden in ("Dupont", "Martin", ref, "dup", "lamp"):
            assert hidden not in seen, hidden
        assert "Kennewick PD" in seen
        assert "late 2 min" in seen
        assert front.box("badge").value == DUPONT.badge

        await front.press("f2", "ctrl+p", "escape", "f1")
        await front.scan(ref)
        assert front.answer == "Unlock first, then scan the slip again."
        assert len(front.app.screen_stack) == 1
        assert front.app.lock.is_locked


async def test_all_is_given_back_to_the_same_officer_and_another_begins_anew(
    staffed: StaffedStation,
) -> None:
    staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.type("dup")
        await front.press("enter")
        assert front.sheets == ["ActSheet"]
        await front.press("f12")

        await unlock(front, CHIEF.badge, CHIEFS_WORDS)
        await front.until(lambda: front.board.ready)
        assert (front.sheets, front.field) == ([], "")
        assert f"{CHIEF.badge} · desk 1" in front.drawn()
        await front.type("/switch")
        await front.press("enter")
        assert front.box("badge").value == ""

        await unlock(front, DUPONT.badge, PIN)
        await front.until(lambda: front.sheets == ["ActSheet"])
        assert front.field == "dup"
        assert f"{DUPONT.badge} · desk 1" in front.drawn()

        # As many digits as the PIN has need no Enter, after a wrong one as well.
        await front.press("escape", "escape", "f12")
        await front.type("000001")
        await front.until(lambda: front.answer.startswith("The PIN is wrong."))
        await front.type(PIN)
        await front.until(lambda: not front.app.lock.is_locked)
        front.app.lock.sign_out()

    here, there = DUPONT.badge, CHIEF.badge
    assert [each[:2] for each in verbs(staffed)[-10:]] == [
        ("sign_in", here),
        ("lock", here),
        ("unlock", there),
        ("lock", there),
        ("unlock", here),
        ("lock", here),
        ("unlock", here),
        ("unlock", here),
        ("sign_out", here),
        ("sign_out", there),
    ]


async def test_wrong_ones_are_told_and_five_lock_out(staffed: StaffedStation) -> None:
    async with at_work(staffed) as front:
        await front.press("f12")
        for _wrong in range(5):
            await unlock(front, DUPONT.badge, "000001")
            assert front.answer.startswith("The PIN is wrong.")
            assert front.box("secret").value == ""
        await unlock(front, DUPONT.badge, PIN)
        assert "locked" in front.answer
        assert front.app.lock.is_locked

        await unlock(front, CHIEF.badge, CHIEFS_WORDS)
        await front.until(lambda: front.board.ready)
        await front.say("/officers")
        await front.until(lambda: front.sheets)
        assert "locked out" in front.words
        await front.press("3", "1")
        await front.until(lambda: front.sheets and "let in again" in front.words)
        await front.press("escape", "f12")
        await unlock(front, DUPONT.badge, PIN)
        await front.until(lambda: not front.app.lock.is_locked)
        assert f"{DUPONT.badge} · desk 1" in front.drawn()

    assert [each[0] for each in verbs(staffed)].count("lock_out") == 1


async def test_an_idle_desk_and_one_that_slept_are_covered(
    staffed: StaffedStation, elapsed: Elapsed
) -> None:
    async with at_work(staffed, {"lock": {"idle_minutes": 2}}) as front:
        for _second in range(119):
            elapsed.now += 1
            front.app.lock.tick()
        assert not front.app.lock.is_locked
        await front.press("down")
        elapsed.now += 2
        front.app.lock.tick()
        assert not front.app.lock.is_locked
        for _second in range(120):
            elapsed.now += 1
            front.app.lock.tick()
        assert front.app.lock.is_locked
        await front.settle()
        await unlock(front, DUPONT.badge, WORDS)
        await front.until(lambda: not front.app.lock.is_locked)

        elapsed.now += 30
        front.app.lock.tick()
        assert front.app.lock.is_locked


async def test_a_covered_screen_goes_on_and_rings_where_the_station_wants_it(
    staffed: StaffedStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = staffed.book_one(READY)
    rung: list[str] = []
    async with at_work(staffed, {"lock": {"bell": True}}) as front:
        monkeypatch.setattr(front.app, "bell", lambda: rung.append("bell"))
        await front.press("f12")
        for side in (Side.GIVER, Side.RECEIVER):
            assert staffed.service.perform(Arrive(by=DUPONT, ref=ref, side=side)).accepted
        front.board.refresh_board()
        await front.settle()
        front.app.lock.tick()
        front.app.lock.tick()
        await front.settle()
        assert rung == ["bell"]
        assert "2 here" in front.drawn()
        assert "ready now" in front.drawn()
        assert ref not in front.drawn()


async def test_an_answer_that_comes_while_it_is_locked_is_taken_by_whom_it_is_for(
    staffed: StaffedStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = staffed.book_one(DUE)
    may_answer = threading.Event()
    perform = Desk.perform

    def slowly(service: Desk, intent: ExchangeIntent) -> Verdict:
        verdict = perform(service, intent)
        assert may_answer.wait(10)
        return verdict

    async with at_work(staffed) as front:
        await front.type("/note")
        await front.press("enter")
        await front.write("Grey coat.")
        monkeypatch.setattr(Desk, "perform", slowly)
        front.send("enter")
        await front.until_saving()
        front.app.lock.cover(DUPONT.badge)
        may_answer.set()
        await front.settle()
        assert front.app.lock.is_locked
        assert len(front.app.screen_stack) == 1
        assert ref not in front.drawn()

        await unlock(front, DUPONT.badge, WORDS)
        await front.until(lambda: not front.app.lock.is_locked)
        assert front.sheets == []
        assert ref in front.notice

    assert [row.verb for row in staffed.service.journal(ref)].count("note") == 1


async def test_a_parked_form_comes_back_to_whose_it_is(staffed: StaffedStation) -> None:
    staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.type("/note")
        await front.press("enter")
        await front.write("Grey coat.")
        await front.press("escape", "f12")
        await unlock(front, CHIEF.badge, CHIEFS_WORDS)
        await front.until(lambda: front.board.ready)
        assert "parked" not in front.drawn()
        await front.say("/back")
        assert front.notice == "No form was put aside."

        await front.press("f12")
        await unlock(front, DUPONT.badge, WORDS)
        await front.until(lambda: "1 parked" in front.drawn())
        await front.say("/back")
        await front.until(lambda: front.sheets)
        assert front.box("text").value == "Grey coat."


async def test_leaving_a_locked_screen_says_first_what_is_lost_by_it_and_of_whom_never(
    staffed: StaffedStation, leaving_elapsed: Elapsed
) -> None:
    ref = staffed.book_one(DUE)
    async with at_work(staffed) as front:
        for text in ("Grey coat.", "Blue hat."):
            await front.say("/note")
            await front.write(text)
            await front.press("escape")
        await front.press("f12")
        await unlock(front, CHIEF.badge, CHIEFS_WORDS)
        await front.until(lambda: front.board.ready and not front.app.lock.is_locked)
        await front.say("/note")
        await front.write("Waits outside.")
        await front.press("f12", "ctrl+q")
        told = "Ctrl+Q again leaves and loses 2 parked forms and 1 half-typed text of 2 officers."
        assert front.answer == told
        seen = front.drawn()
        for hidden in (DUPONT.badge, ref, "Dupont", "coat", "Waits"):
            assert hidden not in seen, hidden

        # Long after, it is told anew; soon after, it is done.
        leaving_elapsed.now += 60
        await front.press("ctrl+q")
        assert front.app.is_running
        leaving_elapsed.now += 2
        await front.press("ctrl+q")
        assert front.app.return_code == 0


@pytest.mark.parametrize(
    "leave",
    [lambda front: front.press("ctrl+q"), lambda front: front.say("/quit")],
    ids=["key", "word"],
)
async def test_an_open_desk_says_likewise_what_leaving_loses(
    staffed: StaffedStation, leaving_elapsed: Elapsed, leave: Callable[[Front], Awaitable[None]]
) -> None:
    staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.say("/note")
        await front.write("Grey coat.")
        await front.press("ctrl+q")
        told = "Ctrl+Q again leaves and loses {} of 1 officer."
        assert front.answer == told.format("1 half-typed text")
        await front.press("escape")
        leaving_elapsed.now += 60
        await leave(front)
        assert front.notice == told.format("1 parked form")
        await front.press("ctrl+q")
        assert front.app.return_code == 0


async def test_where_nothing_is_lost_a_locked_screen_is_left_at_once(
    staffed: StaffedStation,
) -> None:
    staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.type("dup")
        await front.press("enter", "f12", "ctrl+q")
        assert front.app.return_code == 0


async def test_what_is_pressed_before_the_board_is_seen_again_presses_nothing(
    staffed: StaffedStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed.book_one(DUE)
    async with at_work(staffed) as front:
        await front.press("f12")
        await front.settle()
        # A hand that is used to it ends the PIN with Enter.
        for key in (*PIN, "enter"):
            front.send(key)
        await front.until(lambda: not front.app.lock.is_locked)
        assert front.sheets == []

        monkeypatch.setattr(locking, "_HABIT", 60.0)
        await front.press("f12")
        await unlock(front, DUPONT.badge, PIN)
        await front.until(lambda: not front.app.lock.is_locked)
        await front.press("enter")
        assert front.sheets == [], "it came late, and belongs to the PIN"
        await front.press("f2")
        assert front.sheets == ["ActSheet"]


async def test_a_practice_station_is_never_locked(
    station: StationUnderTest, elapsed: Elapsed
) -> None:
    async with running(station, practice=True) as front:
        await front.press("f12")
        assert front.notice == "Here nobody is asked, so nothing is locked."
        for word in ("/switch", "/officers", "/pin", "/passphrase"):
            await front.say(word)
            assert front.sheets == []
            assert "nobody is asked" in front.notice
        elapsed.now += 10_000
        front.app.lock.tick()
        assert not front.app.lock.is_locked
        assert "practice" in front.drawn().splitlines()[0]


def test_whatever_is_laid_over_a_board_says_over_which() -> None:
    """What is pushed without a mode lies over a locked screen, if it comes late."""
    room = Path(locking.__file__).parent
    pushing = {
        file.name for file in room.rglob("*.py") if ".push_screen" in file.read_text("utf-8")
    }

    assert pushing == {"app.py", "arrival.py", "overlay.py", "sheet.py"}
