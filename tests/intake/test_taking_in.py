"""Plans against the real service and a real database: read, taken in, read again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from desk.domain.drafts import ImportPlan
from desk.domain.exchange import Exchange, Outcome, Side
from desk.domain.intents import Arrive, Cancel, MoveToNow, Note, Swap
from desk.intake.intake import plan
from tests.builders import StationUnderTest
from tests.intake.making import SAMPLES, a_file, plain

DAY = date(2026, 11, 23)
LAMP = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
VASE = "2026-11-23,09:20,Eve Five,,Vase,"


@pytest.fixture
def monday(station: StationUnderTest) -> StationUnderTest:
    """The station on the day that the samples are about, at 8:50."""
    station.clock.set("08:50", DAY)
    return station


def read(station: StationUnderTest, *files: Path) -> ImportPlan:
    """The plan for these files, as the station's service knows things now."""
    return plan(files, station.service)


def taken_in(station: StationUnderTest, *files: Path) -> ImportPlan:
    """The plan for these files, which was then applied."""
    planned = read(station, *files)
    verdict = station.take_in(planned)
    assert verdict.accepted, verdict
    return planned


def lines(station: StationUnderTest) -> list[tuple[str, str | None, str | None]]:
    """Item and names of the day's exchanges."""
    return [(each.item, each.giver.name, each.receiver.name) for each in by_time(station)]


def by_time(station: StationUnderTest) -> Sequence[Exchange]:
    """The day's exchanges."""
    return station.board(DAY).exchanges


def the_one(station: StationUnderTest) -> Exchange:
    """The day's only exchange."""
    (exchange,) = by_time(station)
    return exchange


def changes_nothing(planned: ImportPlan) -> bool:
    """Whether a plan would leave everything as it is, and misses nothing."""
    return planned.writes == 0 and not planned.missing


@pytest.mark.parametrize(
    ("name", "exchanges"), [("plain.csv", 15), ("calendly.csv", 24), ("hostile-names.csv", 25)]
)
def test_the_same_file_twice_changes_nothing(
    monday: StationUnderTest, name: str, exchanges: int
) -> None:
    assert taken_in(monday, SAMPLES / name).writes == exchanges
    again = read(monday, SAMPLES / name)
    assert changes_nothing(again)
    assert len(again.unchanged) == exchanges
    assert monday.service.verify().ok


def test_a_calendly_day_on_the_board(monday: StationUnderTest) -> None:
    taken_in(monday, SAMPLES / "calendly.csv")
    exchanges = by_time(monday)
    assert len(exchanges) == 24
    assert sum(each.outcome is Outcome.CANCELLED for each in exchanges) == 2
    first = exchanges[0]
    assert (first.giver.name, first.receiver.name) == ("Omar Diaz", "Omar Novák")
    assert (first.bay, first.item, first.source) == ("1", "iPhone 13 128 GB", "calendly")
    assert first.giver.assumed
    assert first.giver.plate == "BRT-7888"


def test_two_files_are_one_act(monday: StationUnderTest) -> None:
    before = len(monday.service.journal())
    taken_in(monday, SAMPLES / "plain.csv", SAMPLES / "calendly.csv")
    assert len(monday.service.journal()) == before + 1


def test_a_longer_file_at_noon(monday: StationUnderTest, tmp_path: Path) -> None:
    taken_in(monday, a_file(tmp_path, plain(LAMP)))
    noon = taken_in(monday, a_file(tmp_path, plain(LAMP, VASE), "noon.csv"))
    assert (len(noon.new), len(noon.unchanged)) == (1, 1)
    assert lines(monday) == [("Lamp", "Ann One", "Bob Two"), ("Vase", "Eve Five", None)]


def test_changed_cancelled_and_missing(monday: StationUnderTest, tmp_path: Path) -> None:
    text = (SAMPLES / "calendly.csv").read_bytes().decode()
    taken_in(monday, a_file(tmp_path, text))
    rows = text.splitlines(keepends=True)
    rows[1] = rows[1].replace("iPhone 13", "iPhone 14").replace("Bay 1", "Lobby")
    rows[2] = rows[2].replace(",false,,,Name", ",true,Ravi,Sold,Name")
    del rows[3]
    noon = a_file(tmp_path, "".join(rows), "noon.csv")
    planned = taken_in(monday, noon)
    assert [change.fields for change in planned.changed] == [("bay", "item")]
    changed, cancelled, missing = by_time(monday)[:3]
    assert (changed.item, changed.bay) == ("iPhone 14 128 GB", "Lobby")
    assert (cancelled.giver.name, cancelled.outcome) == ("Ravi Haddad", Outcome.CANCELLED)
    assert planned.missing == (missing,)
    assert missing.outcome is Outcome.NONE
    assert read(monday, noon).writes == 0
    assert monday.service.verify().ok


class TestAfterAnAct:
    """The file that an exchange came from comes again, after an officer acted on it."""

    def test_an_arrival_that_named_a_party(self, monday: StationUnderTest, tmp_path: Path) -> None:
        file = a_file(tmp_path, plain(VASE))
        taken_in(monday, file)
        monday.did(Arrive, the_one(monday).ref, side=Side.RECEIVER, name="Flo Six")
        assert changes_nothing(read(monday, file))

    def test_sides_that_were_swapped(self, monday: StationUnderTest, tmp_path: Path) -> None:
        file = a_file(tmp_path, plain(LAMP))
        taken_in(monday, file)
        monday.did(Swap, the_one(monday).ref)
        assert changes_nothing(read(monday, file))

    def test_an_exchange_that_was_moved(self, monday: StationUnderTest, tmp_path: Path) -> None:
        file = a_file(tmp_path, plain(LAMP))
        taken_in(monday, file)
        monday.did(MoveToNow, the_one(monday).ref)
        again = read(monday, file)
        assert changes_nothing(again)
        assert [change.fields for change in again.decided] == [("starts_at", "ends_at")]

    def test_a_changed_row(self, monday: StationUnderTest, tmp_path: Path) -> None:
        taken_in(monday, a_file(tmp_path, plain(LAMP)))
        monday.did(Note, the_one(monday).ref, text="Buyer called")
        again = read(monday, a_file(tmp_path, plain(LAMP.replace("Lamp", "Lamps"))))
        assert changes_nothing(again)
        assert [change.fields for change in again.decided] == [("item",)]

    def test_a_cancellation_at_the_desk(self, monday: StationUnderTest) -> None:
        taken_in(monday, SAMPLES / "calendly.csv")
        monday.did(Cancel, by_time(monday)[0].ref)
        again = read(monday, SAMPLES / "calendly.csv")
        assert changes_nothing(again)
        assert [change.fields for change in again.decided] == [("cancelled",)]

    def test_an_import_that_was_undone_is_new_again(
        self, monday: StationUnderTest, tmp_path: Path
    ) -> None:
        file = a_file(tmp_path, plain(LAMP, VASE))
        taken_in(monday, file)
        assert monday.undo().accepted
        assert len(taken_in(monday, file).new) == 2
        assert len(by_time(monday)) == 2


def test_only_the_good_rows(monday: StationUnderTest) -> None:
    planned = taken_in(monday, SAMPLES / "broken-rows.csv")
    assert len(planned.rejections) == 7
    assert lines(monday) == [("Lamp", "Ann One", "Bob Two")]


def test_a_plan_that_another_desk_overtook_writes_nothing(
    monday: StationUnderTest, tmp_path: Path
) -> None:
    file = a_file(tmp_path, plain(LAMP))
    planned = read(monday, file)
    taken_in(monday, file)
    assert not monday.take_in(planned).accepted
    assert len(by_time(monday)) == 1
