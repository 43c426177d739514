"""From the first frame to the open board of a guarded station: by passphrase or by the code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.bootstrap import Seat, board_of
from desk.cli.founding import found_from
from desk.domain.backups import Secured
from desk.domain.lifecycle import EXCHANGE, Verb
from desk.domain.officers import FirstSupervisor, Proof
from desk.errors import StoreError, WrongSecretError
from desk.paths import DataFolder
from desk.tui.widgets.secret_box import SecretBox
from desk.vault import LEAST
from tests.builders import DUPONT, StationUnderTest, StoppedClock, an_exchange, moment
from tests.guarded import (
    CHIEF,
    CHIEFS_WORDS,
    WORDS,
    StaffedStation,
    a_guarded_station,
    a_staffed_station,
)
from tests.tui.guarding import before, entrance_of
from tests.tui.running import Front, running, started


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[StaffedStation]:
    folder = tmp_path / "staffed"
    folder.mkdir()
    station = a_staffed_station(folder)
    with station.service:
        yield station


async def test_badge_and_passphrase_open_the_board(staffed: StaffedStation) -> None:
    prepared: list[str] = []

    async with before(staffed, prepare=lambda: prepared.append("imported")) as front:
        assert front.sheets == ["SignInSheet"]
        assert prepared == ["imported"]

        await front.press("enter")
        assert front.answer == "Still missing: Badge."
        await front.type(DUPONT.badge)
        await front.press("enter")
        await front.paste("not the words of Dupont")
        assert isinstance(front.app.screen.focused, SecretBox)
        assert "not the words" not in front.drawn()
        await front.press("enter")
        assert front.answer.startswith("Badge or passphrase is wrong")
        assert front.box("badge").value == DUPONT.badge
        assert front.box("passphrase").value == ""

        await front.type(WORDS)
        await front.press("ctrl+a", "ctrl+c", "enter")
        await front.until(lambda: front.board.ready)
        assert WORDS not in front.app.clipboard
        assert front.sheets == []
        assert f"{DUPONT.badge} · desk 1" in front.drawn()

    rows = [(row.verb, row.officer, row.code) for row in staffed.service.journal()][-2:]
    assert rows == [("sign_in", DUPONT.badge, "not_proven"), ("sign_in", DUPONT.badge, "accepted")]


async def test_what_is_typed_ahead_is_kept(staffed: StaffedStation) -> None:
    async with before(staffed) as front:
        await front.hurry(*DUPONT.badge, "enter", *WORDS, "enter", *"dup")
        await front.until(lambda: front.board.ready)
        await front.until(lambda: front.field == "dup")
        assert front.sheets == []


async def test_five_wrong_ones_lock_out_and_a_supervisor_may_still_come_in(
    staffed: StaffedStation,
) -> None:
    with ExitStack() as closing:
        way_in = entrance_of(staffed, closing)
        for _wrong in range(5):
            with pytest.raises(WrongSecretError):
                way_in.open(Proof(DUPONT.badge, "not the words of Dupont"))

    # A proof that does not open is asked for again, with the sentence.
    async with before(staffed, proof=Proof(DUPONT.badge, WORDS)) as front:
        assert front.sheets == ["SignInSheet"]
        assert "locked" in front.answer
        assert front.box("badge").value == DUPONT.badge
        front.box("badge").value = CHIEF.badge
        await front.paste(CHIEFS_WORDS)
        await front.press("enter")
        await front.until(lambda: front.board.ready)


async def test_what_somebody_has_shown_already_is_not_asked_for(staffed: StaffedStation) -> None:
    async with before(staffed, proof=Proof(DUPONT.badge, WORDS)) as front:
        await front.until(lambda: front.board.ready)
        assert front.sheets == []


async def test_escape_leaves(staffed: StaffedStation) -> None:
    async with before(staffed) as front:
        front.send("escape")
        await front.until(lambda: not front.app.is_running)


async def test_a_station_that_cannot_be_opened_is_told_while_somebody_types(
    staffed: StaffedStation,
) -> None:
    error = StoreError("newer", "desk.db was written by a newer desk.", "Start the newer desk.")

    def prepare() -> None:
        raise error

    async with before(staffed, prepare=prepare) as front:
        assert front.sheets == ["SignInSheet", "ProblemScreen"]
        assert "Start the newer desk." in front.words
        front.send("enter")
        await front.until(lambda: not front.app.is_running)
        assert front.app.problem is error


async def test_the_recovery_code_makes_a_supervisor_and_the_next_code(tmp_path: Path) -> None:
    guarded = a_guarded_station(tmp_path)
    newer = "three owls read maps"

    async with before(guarded) as front:
        await front.press("f10")
        await front.press("escape", "f10")
        assert front.sheets == ["RecoverSheet"]
        await front.paste("2345-6789")
        for answer in ("7000", "Ann Reyes"):
            await front.press("enter")
            await front.paste(answer)
        await front.press("enter")
        await front.paste(newer)
        await front.press("enter")
        await front.paste("three owls")
        await front.press("enter")
        assert front.answer == "The two are not the same. Type both again."
        for answer in (newer, newer):
            await front.paste(answer)
            await front.press("enter")
        assert front.answer.startswith("A recovery code has")
        front.box("code").value = guarded.recovery_code.lower()
        front.box("again").focus()
        await front.press("enter")

        await front.until(lambda: front.sheets == ["RecoveryCodeSheet"])
        code = front.part("#recovery-code")
        assert code != guarded.recovery_code
        await front.press("escape", "enter")
        await front.type("none")
        await front.press("enter")
        assert front.answer == "That is not the last group of the code above."
        front.box("last").value = code.rpartition("-")[2].lower()
        await front.press("enter")
        await front.until(lambda: front.board.ready)
        assert code not in front.drawn()

    assert guarded.slots.recover(code) == guarded.key
    with pytest.raises(WrongSecretError):
        guarded.slots.recover(guarded.recovery_code)
    assert guarded.slots.unlock("7000", newer) == guarded.key
    guarded.service.close()


async def answer(front: Front, *answers: str) -> None:
    """Answers one question after another, each with Enter."""
    for each in answers:
        if each:
            await front.paste(each)
        await front.press("enter")


async def test_an_empty_folder_gets_a_station_and_its_first_supervisor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.vault.calibrated", lambda: LEAST)
    monkeypatch.setattr("desk.tui.screens.set_up.pc_timezone", lambda: "America/Los_Angeles")
    clock = StoppedClock(moment("14:32"))
    seat = Seat(DataFolder(tmp_path), clock, "desk 1", lambda _words: None, _nobody)

    with board_of(seat, None, lambda answers: found_from(seat, answers)[1]) as launch:
        async with started(launch) as front:
            await front.until(lambda: front.sheets == ["SetUpSheet"])
            await answer(front, "Kennewick PD", "", "", "3", "")
            assert front.sheets == ["FirstSupervisorSheet"]
            await answer(front, "1000", "Ito", "password1234", "password1234")
            assert front.answer.startswith("A guesser tries this early")
            await answer(front, CHIEFS_WORDS, CHIEFS_WORDS)
            await front.until(lambda: front.sheets == ["RecoveryCodeSheet"])
            assert "second supervisor" in front.words
            assert not seat.folder.has_station or front.part("#recovery-code")
            await answer(front, front.part("#recovery-code")[-4:])
            await front.until(lambda: front.board.ready)
            assert front.sheets == []
            assert "1000 · desk 1" in front.drawn()

    assert seat.folder.key_slots.exists()


async def test_leaving_without_a_station(tmp_path: Path) -> None:
    seat = Seat(DataFolder(tmp_path), StoppedClock(moment("14:32")), "desk 1", print, _nobody)

    with board_of(seat, None, lambda answers: found_from(seat, answers)[1]) as launch:
        async with started(launch) as front:
            await front.until(lambda: front.sheets == ["SetUpSheet"])
            front.send("escape")
            await front.until(lambda: not front.app.is_running)

    assert not seat.folder.settings.exists()


async def test_an_older_station_is_encrypted_by_its_supervisor(staffed: StaffedStation) -> None:
    secured: list[FirstSupervisor] = []

    def secure(supervisor: FirstSupervisor) -> Secured:
        secured.append(supervisor)
        return Secured("2345-6789-ABCD", left=("/media/stick/desk-2026-11-20T090000.db",))

    async with before(staffed, secure=secure) as front:
        assert front.sheets == ["FirstSupervisorSheet"]
        assert "is of a desk that did not encrypt yet" in front.words
        assert front.part(".telling").count("\n") == 1, "a sentence wraps by itself"
        await answer(front, CHIEF.badge, "Ito", CHIEFS_WORDS, CHIEFS_WORDS)
        await front.until(lambda: front.sheets == ["RecoveryCodeSheet"])
        assert "1 file could not be encrypted" in front.words
        assert "/media/stick/desk-2026-11-20T090000.db" in front.words
        await answer(front, "abcd")
        await front.until(lambda: front.board.ready)

    assert secured == [FirstSupervisor(CHIEF.badge, "Ito", CHIEFS_WORDS)]


def _nobody() -> Proof:
    raise AssertionError("Nobody was to be asked on the command line.")


A_SHIFT = (
    *("d", "u", "p", "enter", "enter"),
    *("m", "a", "r", "t", "enter", "enter"),
    *("f3", "f3"),
    *("f8", "f8"),
    *("f6", "A", "n", "n", "tab", "B", "o", "enter"),
    *("f12",),
)
"""Check both in, finish, undo that, a walk-in, and the lock; as short as it was before sign-in."""


async def test_a_shift_takes_as_many_keys_as_before_there_was_a_sign_in(
    station: StationUnderTest, staffed: StaffedStation
) -> None:
    done: list[list[tuple[str, str]]] = []
    async with running(station) as front:
        done.append(await _shift(station, front))
    async with before(staffed, proof=Proof(DUPONT.badge, WORDS)) as front:
        done.append(await _shift(staffed, front))
        assert front.app.lock.is_locked

    unguarded, guarded = done
    assert unguarded == guarded
    assert [verb for verb, _code in unguarded][-7:] == [
        *("arrive", "arrive", "finish", "undo"),
        *("book", "arrive", "arrive"),
    ]


async def _shift(station: StationUnderTest, front: Front) -> list[tuple[str, str]]:
    """Does a shift by keys alone, and returns what the record says of it."""
    await front.until(lambda: front.board.ready)
    station.book_one(an_exchange().at("14:30").between("Marie Dupont", "Paul Martin"))
    front.board.refresh_board()
    await front.settle()
    await front.press(*A_SHIFT)
    rows = station.service.journal()
    counted = {*EXCHANGE, Verb.BOOK, Verb.UNDO}
    return [(row.verb, row.code) for row in rows if row.verb in counted]
