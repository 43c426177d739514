"""`/officers`, `/pin` and `/passphrase`: who belongs, and by what they are known."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desk.domain.officers import Proof
from tests.builders import DUPONT
from tests.guarded import CHIEF, CHIEFS_WORDS, WORDS, StaffedStation, a_staffed_station
from tests.tui.guarding import before
from tests.tui.running import Front

NEWER = "seven grey herons wait"


@pytest.fixture
def staffed(tmp_path: Path) -> Iterator[StaffedStation]:
    station = a_staffed_station(tmp_path)
    with station.service:
        yield station


@asynccontextmanager
async def at_work(station: StaffedStation, badge: str, words: str) -> AsyncIterator[Front]:
    async with before(station, proof=Proof(badge, words)) as front:
        await front.until(lambda: front.board.ready)
        yield front


async def answer(front: Front, *answers: str) -> None:
    """Answers one question after another, each with Enter."""
    for each in answers:
        if each:
            await front.paste(each)
        await front.press("enter")


async def listed(front: Front) -> str:
    """Returns the list of officers, once it is shown."""
    await front.until(lambda: front.sheets == ["ChoiceSheet"] and "Add an officer" in front.words)
    return front.words


async def test_a_supervisor_adds_changes_and_takes_off(staffed: StaffedStation) -> None:
    async with at_work(staffed, CHIEF.badge, CHIEFS_WORDS) as front:
        await front.say("/officers")
        assert "4412       Marie Dupont" in await listed(front)

        await front.press("1")
        await answer(front, "77", "Bob[/] Roe", "", "password1234", "password1234")
        assert front.answer.startswith("A guesser tries this early")
        await answer(front, NEWER, NEWER)
        assert "77: officer enrolled." in await listed(front)
        assert "Bob[/] Roe" in front.words

        # A new role is careful: Enter goes back, F10 does it.
        await front.press("4", "2")
        await front.until(lambda: front.sheets == ["CarefulSheet"])
        await front.press("enter")
        assert "77: given another role." not in await listed(front)
        await front.press("4", "2", "f10")
        assert "77: given another role." in await listed(front)

        await front.press("4", "1")
        await answer(front, WORDS, WORDS)
        assert "77: passphrase changed." in await listed(front)
        await front.press("4", "3", "f10")
        assert "77: officer taken off." in await listed(front)
        assert "taken off Sat 21 Nov" in front.words

        # The verdict of the service is what is said.
        await front.press("2", "2", "f10")
        assert "1000 is the only supervisor who can come in." in await listed(front)
        await front.press("escape")
        assert front.sheets == []

    known = {one.badge: one for one in staffed.service.guarded_access.officers("desk 1")}
    assert known["77"].left_at is not None
    asked = [
        (row.verb, row.code) for row in staffed.service.journal() if row.officer == CHIEF.badge
    ]
    assert ("change_role", "last_supervisor") in asked


async def test_another_recovery_code_is_drawn(staffed: StaffedStation) -> None:
    async with at_work(staffed, CHIEF.badge, CHIEFS_WORDS) as front:
        await front.say("/officers")
        await listed(front)
        await front.press("4", "f10")
        await front.until(lambda: front.sheets == ["RecoveryCodeSheet"])
        code = front.part("#recovery-code")
        await answer(front, code[-4:])
        assert code not in await listed(front)
        assert "given another recovery code" in front.words


async def test_an_officer_is_told_who_may(staffed: StaffedStation) -> None:
    async with at_work(staffed, DUPONT.badge, WORDS) as front:
        await front.until(lambda: "/pin" in front.notice)
        await front.say("/officers")
        await front.until(lambda: front.notice)
        assert front.notice == "Only a supervisor can do that. Call a supervisor."
        assert front.sheets == []

        await front.say("/pin")
        await front.until(lambda: front.sheets)
        await answer(front, WORDS, "123456", "123456")
        assert front.answer.startswith("This PIN repeats itself or counts up or down.")
        await answer(front, "839201839201", "839201839201")
        assert front.answer == "A PIN has 11 digits at most."
        await answer(front, "839201", "839201")
        await front.until(lambda: not front.sheets)
        assert front.notice == "✓ From now on your PIN unlocks the screen."
        await front.press("f12")
        await front.type("839201")
        await front.until(lambda: not front.app.lock.is_locked)

        await front.type("/passphrase")
        await front.press("enter")
        await front.until(lambda: front.sheets)
        await answer(front, "not the words of Dupont", NEWER, NEWER)
        assert front.answer.startswith("Badge or passphrase is wrong")
        await answer(front, WORDS, NEWER, NEWER)
        await front.until(lambda: not front.sheets)
        assert front.notice == f"✓ {DUPONT.badge}: passphrase changed."

    async with at_work(staffed, DUPONT.badge, NEWER) as front:
        assert front.sheets == []
        assert "/pin" not in front.notice


async def test_an_unlocked_desk_lets_nobody_choose_a_secret_of_its_officer(
    staffed: StaffedStation,
) -> None:
    async with at_work(staffed, CHIEF.badge, CHIEFS_WORDS) as front:
        await front.say("/pin")
        await front.until(lambda: front.sheets)
        await answer(front, "not the words of the chief", "839201", "839201")
        assert front.answer.startswith("Badge or passphrase is wrong")
        assert [front.box(each).value for each in ("old", "pin", "again")] == ["", "", ""]
        await front.press("escape")

        # Not by the way either that a supervisor has for those who forgot theirs.
        await front.say("/officers")
        await listed(front)
        await front.press("2", "1")
        await front.until(lambda: front.sheets and "Your passphrase" in front.words)
        await answer(front, "not the words of the chief", NEWER, NEWER)
        assert front.answer.startswith("Badge or passphrase is wrong")
        await answer(front, CHIEFS_WORDS, NEWER, NEWER)
        assert f"{CHIEF.badge}: passphrase changed." in await listed(front)
    known = {one.badge: one for one in staffed.service.guarded_access.officers("desk 1")}
    assert not known[CHIEF.badge].has_pin
