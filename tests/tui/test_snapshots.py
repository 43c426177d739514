"""How the board and its sheets look: pictures that change only when somebody meant them to.

`pytest tests/tui/test_snapshots.py --snapshot-update` draws them anew; look at the difference.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desk.domain.exchange import DisputeCategory, IdCheck, Kind, Side
from desk.domain.intents import Arrive, Cancel, Finish, Leave, NoShow, Note, OpenDispute, Start
from desk.tui.app import DeskApp
from desk.tui.themes import THEME_NAMES
from tests.builders import StationUnderTest, a_station, an_exchange, kept, moment
from tests.tui.running import LARGE, MIDDLE, SMALL, Front, launch_of

Compare = Callable[..., bool]
G, R = Side.GIVER, Side.RECEIVER

# One worker, which lives that Saturday once.
pytestmark = pytest.mark.xdist_group("pictures")

SIZES = {"80x24": SMALL, "120x36": MIDDLE, "200x60": LARGE}


@pytest.fixture(autouse=True)
def nobody_else_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the store when something was done, and never because time has passed."""
    monkeypatch.setattr("desk.tui.screens.board.connected._WATCH_EVERY", 3600)


def _close_three(station: StationUnderTest) -> None:
    closed = station.book(
        *(
            an_exchange().at(at).between(*names).about(item).in_bay(bay)
            for at, names, item, bay in (
                ("09:00", ("Ingrid Berg", "Luis Soto"), "bicycle", "1"),
                ("10:15", ("Paula Reyes", "Tom Hill"), "Nikon D750", "2"),
                ("11:30", ("Omar Haddad", "Wei Chen"), "stroller", "3"),
            )
        )
    )
    for ref, at in zip(closed, ("09:03", "10:14", "11:29"), strict=True):
        station.did(Arrive, ref, side=G, at=moment(at))
    station.did(Arrive, closed[0], side=R, at=moment("09:05"))
    station.did(Finish, closed[0], at=moment("09:21"))
    station.did(NoShow, closed[1], sides=(R,), at=moment("10:40"))
    station.did(Leave, closed[1], side=G, at=moment("10:41"))
    station.did(Cancel, closed[2], at=moment("11:45"))
    station.did(Leave, closed[2], side=G, at=moment("11:46"))


def _book_what_is_to_come(station: StationUnderTest) -> None:
    station.book(
        an_exchange()
        .at("14:45")
        .between("Jane Okafor", "Sam Nguyen")
        .in_bay("3")
        .about("desk lamp"),
        an_exchange()
        .at("15:15")
        .between("Ivy Walsh", None)
        .in_bay("2")
        .of_kind(Kind.VEHICLE)
        .about("Honda CB500")
        .with_sides_assumed(),
        an_exchange()
        .at("16:40")
        .between("Zoë Álvarez-Montgomery", "Bartholomew Featherstonehaugh")
        .in_bay(None)
        .about("a very long description of a second-hand piano"),
    )


@pytest.fixture(scope="session")
def _lived(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A Saturday with something in every stage."""
    station = a_station(tmp_path_factory.mktemp("saturday"))
    _close_three(station)
    disputed, overdue, custody, late, in_bay = station.book(
        an_exchange().at("14:00").between("Pia Larsen", "Ravi Nair").in_bay("3").about("watch"),
        an_exchange()
        .at("14:15")
        .between("Marie Dupont", "Paul Martin")
        .with_party(R, phone="+1 509 555 0142"),
        an_exchange()
        .at("14:30")
        .of_kind(Kind.CUSTODY)
        .between("Ana Ruiz", "Joe Ruiz")
        .in_bay("2")
        .about(""),
        an_exchange()
        .at("14:30")
        .between("Hana Novák", "Jim Tran")
        .in_bay("Lobby")
        .about("iPad Air"),
        an_exchange().at("14:20").between("田中太郎", "Bo O’Neill").in_bay("3").about("guitar"),
    )
    _book_what_is_to_come(station)
    for ref, side, at in (
        (disputed, G, "13:58"),
        (disputed, R, "14:01"),
        (overdue, G, "14:13"),
        (custody, G, "14:14"),
        (custody, R, "14:29"),
        (late, G, "14:24"),
        (in_bay, G, "14:19"),
        (in_bay, R, "14:22"),
    ):
        station.did(
            Arrive, ref, side=side, at=moment(at), id_check=IdCheck.SEEN if side is G else None
        )
    station.did(Start, in_bay, at=moment("14:26"))
    station.did(
        OpenDispute,
        disputed,
        category=DisputeCategory.COUNTERFEIT,
        reported_by=R,
        text="the watch is a copy",
    )
    station.did(Note, overdue, text="waits in the car")
    return kept(station)


@pytest.fixture
def saturday(tmp_path: Path, _lived: bytes) -> Iterator[StationUnderTest]:
    """That Saturday at 14:32."""
    station = a_station(tmp_path, file=_lived)
    with station.service:
        yield station


def doing(app: DeskApp, *steps: str | list[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Returns what is done before the picture is taken: words said, keys pressed."""

    async def run(_pilot: Pilot[None]) -> None:
        front = Front(app)
        await front.until(lambda: front.board.ready)
        for step in ([], *steps):
            if isinstance(step, str):
                await front.type(step)
            else:
                await front.press(*step)
            await front.until(lambda: front.timeline_of == front.cursor)

    return run


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_board(
    saturday: StationUnderTest, snap_compare: Compare, size: str, theme: str
) -> None:
    app = DeskApp(launch_of(saturday, {"looks": {"theme": theme}}))

    assert snap_compare(app, terminal_size=SIZES[size], run_before=doing(app))


SHEETS: dict[str, list[Any]] = {
    "act sheet": [["enter"]],
    "finding": ["ma"],
    "choice list": ["ruiz", ["enter"]],
    "no-show": [["f4"]],
    "dispute": [["f5", "2"], "the screen is cracked"],
    "no such act": [["f3"]],
    "walk-in": [["f6"], "Zoë Park"],
    "undo": [["f8"]],
    "day bar": [["f7"]],
    "help": [["f1"]],
    "ways out": ["walsh", ["enter", "enter"]],
    "words": ["/no"],
    "ascii": [["enter"]],
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet(saturday: StationUnderTest, snap_compare: Compare, sheet: str) -> None:
    looks = {"glyphs": "ascii"} if sheet == "ascii" else {}
    app = DeskApp(launch_of(saturday, {"looks": looks}))

    assert snap_compare(app, terminal_size=SMALL, run_before=doing(app, *SHEETS[sheet]))


def test_an_empty_board(station: StationUnderTest, snap_compare: Compare) -> None:
    app = DeskApp(launch_of(station))

    assert snap_compare(app, terminal_size=SMALL, run_before=doing(app))
