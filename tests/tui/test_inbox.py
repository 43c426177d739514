"""The board tells quietly of files that come into the inbox, and puts away what was taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.intake.inbox import DONE
from desk.tui.screens.board import drawing, inbox
from tests.builders import StationUnderTest, an_exchange
from tests.hostile import foreign
from tests.tui.importing import put
from tests.tui.running import Front, running


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks into the inbox all the time, and waits for no reader."""
    monkeypatch.setattr(inbox, "_LOOK_EVERY", 0.005)
    monkeypatch.setattr(drawing, "_READ_AFTER", 0.0)


async def came(front: Front) -> None:
    """Waits until the board knows of a file, and lets a second pass."""
    await front.until(lambda: front.board.inbox.waiting)
    await front.tick()


def in_done(station: StationUnderTest) -> list[str]:
    folder = station.path.parent / "inbox" / DONE
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def test_a_file_is_told_of_once_and_in_nobodys_way(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().between("Hana Novak", "Jim Tran"))
    told = "1 booking file in the inbox: calendly.csv · /import"
    acts = len(station.service.journal())

    async with running(station) as front:
        await front.scan(f"{ref}-G")
        await front.press("enter")
        news = front.notice
        assert news.startswith("✓ ")
        file = put(station, "calendly.csv")
        await came(front)
        assert front.notice == news, "nobody has pressed a key since"

        await front.press("n")
        await front.tick()
        assert (front.field, front.notice) == ("n", news), "somebody is typing"
        await front.press("escape", "f1")
        await front.tick()
        assert told not in front.notice, "a sheet lies over it"
        await front.press("escape")
        cursor = front.cursor
        await front.tick()
        assert (front.notice, front.field, front.cursor) == (told, "", cursor)

        assert front.board.inbox.waiting
        for _second in range(5):
            await front.tick()
        assert not front.board.inbox.waiting
        await front.press("escape")
        await front.tick()
        assert front.notice == ""

    assert file.exists()
    assert len(station.service.journal()) == acts + 1, "only the arrival"


async def test_several_are_told_of_together_and_only_while_they_are_there(
    station: StationUnderTest,
) -> None:
    async with running(station) as front:
        odd = put(station, "[b]\x1b[2J" + "x" * 60 + ".csv")
        await came(front)
        assert front.notice == "1 booking file in the inbox: [b][2J" + "x" * 23 + "… · /import"
        assert foreign(front.drawn().replace("\n", "")) == []
        put(station, "b.csv", minutes_ago=1)
        await front.until(lambda: len(front.board.inbox.waiting) == 2)
        await front.tick()
        assert "2 booking files in the inbox: [b][2J" in front.notice
        assert front.notice.endswith("… and 1 more · /import")
        odd.unlink()
        await front.until(lambda: front.notice == "")
        await front.tick()
        assert front.notice == "1 booking file in the inbox: b.csv · /import"

        await front.say("/import")
        assert not front.board.inbox.waiting, "whoever sees the list knows"


async def pick(front: Front, name: str) -> None:
    """Takes in the first file of the list."""
    await front.say("/import")
    await front.until(lambda: f"1  {name}" in front.words)
    await front.press("1", "enter")


async def test_a_file_that_was_taken_in_goes_aside_and_undo_leaves_it_there(
    station: StationUnderTest, tmp_path: Path
) -> None:
    async with running(station) as front:
        put(station, "day.csv")
        await front.say("/import")
        await front.until(lambda: "1  day.csv" in front.words)
        await front.press("1", "escape", "escape", "escape")
        assert in_done(station) == [], "a preview takes nothing in"

        await pick(front, "day.csv")
        assert "1 booking taken in" in front.notice
        assert front.notice.endswith("“day.csv” lies in inbox/done now.")
        assert in_done(station) == ["day.csv"]

        await front.press("f8", "f8")
        assert front.notice.endswith("If its file was in the inbox, it lies in inbox/done.")
        assert in_done(station) == ["day.csv"]

        put(station, "day.csv")
        await pick(front, "day.csv")
        assert in_done(station) == ["day (2).csv", "day.csv"]

        # One from anywhere else is never moved; one that cannot be is told, and is taken in.
        elsewhere = put(station, "x.csv", "2026-11-24,09:00,Ann One,Bob Two,Lamp,1")
        elsewhere = elsewhere.rename(tmp_path / "x.csv")
        await front.say(f"/import {elsewhere}")
        await front.press("enter")
        assert "1 booking taken in" in front.notice
        assert elsewhere.exists()

        done = station.path.parent / "inbox" / DONE
        done.rename(tmp_path / "elsewhere")
        done.write_text("in the way")
        stays = put(station, "y.csv", "2026-11-25,09:00,Ann One,Bob Two,Lamp,1")
        await front.say(f"/import {stays}")
        await front.press("enter")
        assert "1 booking taken in" in front.notice
        assert "“y.csv” was taken in, and cannot be moved to inbox/done" in front.notice
        assert stays.exists()
