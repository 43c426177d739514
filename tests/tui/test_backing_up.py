"""Backups on the board: by themselves, by `/backup`, and said only where something is wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from desk.domain.backups import Backup, BackupPlan, BackupPolicy
from desk.domain.intents import By
from desk.errors import StoreError
from desk.service.backups import BackupKeeper
from tests.builders import StationUnderTest
from tests.tui.running import Front, running

POLICY = BackupPolicy(hours=4, too_old_hours=24)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("desk-*.db"))


async def look(front: Front) -> None:
    """Lets the board look whether a backup is due, as it does every minute."""
    front.board.backing_up.look()
    await front.settle()


async def test_the_board_makes_backups_and_says_nothing_where_all_is_well(
    station: StationUnderTest,
) -> None:
    folder = station.path.with_name("backups")
    stick = station.path.with_name("stick")
    stick.mkdir()
    plan = BackupPlan(POLICY, str(stick))

    def keeper(service: object) -> BackupKeeper:
        assert service is station.service
        return BackupKeeper(station.service, folder, plan, station.clock)

    async with running(station, keeper=keeper) as front:
        await look(front)
        assert names_in(folder) == ["desk-2026-11-21T143200.db"]
        assert front.notice == ""
        await look(front)
        station.clock.advance(hours=4)
        await look(front)
        assert names_in(folder) == ["desk-2026-11-21T143200.db", "desk-2026-11-21T183200.db"]

        await front.say("/backup")
        assert names_in(folder)[-1] == "desk-2026-11-21T183201.db"
        assert "desk-2026-11-21T183201.db is a good backup, up to act" in front.notice
        asked = [row.officer for row in station.service.journal() if row.verb == "backup"]
        assert asked == [None, None, "4412"]

        await front.press("escape")
        station.clock.advance(hours=6)
        stick.rename(stick.with_name("away"))
        await look(front)
        assert "is away, so this backup lies on this PC alone." in front.notice


@dataclass
class Broken:
    """A keeper whose folder takes nothing, until it is mended."""

    old: int | None
    mended: bool = False
    asked: list[By | None] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def is_due(self) -> bool:
        return True

    def make(self, by: By | None) -> Backup:
        self.asked.append(by)
        self.gate.wait(10)
        if not self.mended:
            raise StoreError("cannot_write", "No backup could be written.", "Make room.")
        self.old = None
        return Backup("desk-1.db", 1, "")

    def hours_too_old(self) -> int | None:
        return self.old


async def test_what_is_wrong_is_said_and_the_age_stays_in_sight(station: StationUnderTest) -> None:
    keeper = Broken(30)
    keeper.gate.set()

    async with running(station, keeper=lambda _service: keeper) as front:
        await look(front)
        assert front.notice.startswith("No backup could be written.")
        await front.press("escape")
        assert front.notice.startswith("The newest backup is 30 hours old.")

        # It is not tried every minute, but whenever somebody asks.
        await look(front)
        assert len(keeper.asked) == 1
        keeper.mended = True
        keeper.gate.clear()
        front.board.clear_field()
        front.board.action_command("backup")
        await front.when(lambda: len(keeper.asked) == 2)
        front.board.action_command("backup")
        keeper.gate.set()
        await front.until(lambda: "is a good backup" in front.notice)
        assert len(keeper.asked) == 2
        await front.press("escape")
        assert front.notice == ""


async def test_where_nothing_is_kept_nothing_is_made(station: StationUnderTest) -> None:
    async with running(station) as front:
        await look(front)
        assert not station.path.with_name("backups").exists()
        await front.say("/backup")
        assert front.notice == "Nothing is kept here, so there is nothing to back up."
