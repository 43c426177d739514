"""Everything of an act is written together, or nothing is; and what is read is what was written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.booking import PartyDraft
from desk.domain.exchange import Exchange, Kind, Party, Side
from desk.domain.rules import Rules
from desk.errors import StoreError
from desk.service import found_station
from desk.storage.database import Database
from desk.storage.opening import open_store
from desk.storage.reading import in_batches
from desk.storage.store import Store
from desk.storage.tables import PARTY
from desk.storage.writing import StaleError, write
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange


@pytest.fixture
def store(station: StationUnderTest) -> Store:
    return open_store(station.path, Rules(), station.workplace())


def whole(ref: str) -> Exchange:
    return replace(
        an_exchange(ref).of_kind(Kind.VEHICLE).in_bay(None).from_file("calendly", "e-1").build(),
        giver=Party(Side.GIVER, "Ann", "+1 509", "ann@example.org", "BRT-4471", assumed=True),
        receiver=Party(Side.RECEIVER),
    )


def test_what_is_added_is_found_again_word_for_word(store: Store) -> None:
    exchange = whole("K7QDM7")
    with store.unit() as unit:
        (added,) = unit.add([exchange])
        assert unit.find("K7QDM7") == added

        assert added.exchange == exchange
    store.close()


def test_nothing_lasts_that_was_not_committed(store: Store) -> None:
    with store.unit() as unit:
        unit.add([whole("K7QDM7")])

    assert store.exchange("K7QDM7") is None
    store.close()


def test_nor_what_came_before_an_error(store: Store) -> None:
    def add_and_fail() -> None:
        with store.unit() as unit:
            unit.add([whole("K7QDM7")])
            unit.add([whole("K7QDM7")])

    with pytest.raises(StoreError) as refused:
        add_and_fail()

    assert refused.value.code == "inconsistent"
    assert store.exchange("K7QDM7") is None
    store.close()


def test_a_reference_that_is_taken_is_drawn_again(station: StationUnderTest) -> None:
    drawn = iter(["K7QDM7", "K7QDM7", "Q2MNRP", "K7QDM7", "Q2MNRP", "T5WCBP"])
    workplace = replace(station.workplace(), draw=lambda: next(drawn))
    path = station.path.with_name("drawn.db")
    with found_station(path, station.service.station, station.rules, workplace) as service:
        drawing = StationUnderTest(path, station.clock, service)
        service.sign_on(station.by.badge, "")
        drawing.take_in(a_plan(a_draft(item="1"), a_draft(item="2")))
        assert {each.ref for each in drawing.board().exchanges} == {"K7QDM7", "Q2MNRP"}

        drawing.take_in(a_plan(a_draft(giver=PartyDraft("Somebody else"), item="3")))
        assert {each.ref for each in drawing.board().exchanges} == {"K7QDM7", "Q2MNRP", "T5WCBP"}


def test_an_unknown_bay_is_refused_by_name(station: StationUnderTest) -> None:
    with pytest.raises(StoreError) as refused:
        station.take_in(a_plan(a_draft(bay="9")))

    assert refused.value.code == "unknown_bay"
    assert "9" in refused.value.explanation
    assert station.board().exchanges == ()


def test_a_version_that_somebody_raised_meanwhile_is_stale(station: StationUnderTest) -> None:
    ref = station.book_one()
    store = open_store(station.path, Rules(), station.workplace())
    database = Database(station.path, ballast=0)
    with store.unit() as unit:
        read = unit.find(ref)
    store.close()
    assert read is not None
    station.undo(ref)

    with database.writing() as connection, pytest.raises(StaleError):
        write(connection, read, replace(read, unbooked=True))
    database.close()


def test_a_change_of_one_thing_writes_one_new_version_of_its_words(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    store = open_store(station.path, Rules(), station.workplace())
    with store.unit() as unit:
        before = unit.find(ref)
        assert before is not None
        after = unit.save(before, replace(before.exchange, item="another"))
    store.close()

    assert after.details_id != before.details_id
    assert (after.giver, after.receiver) == (before.giver, before.receiver)
    assert after.exchange.version == before.exchange.version + 1


def test_people_who_change_sides_keep_their_words(station: StationUnderTest) -> None:
    ref = station.book_one()
    store = open_store(station.path, Rules(), station.workplace())
    with store.unit() as unit:
        before = unit.find(ref)
        assert before is not None
        was = before.exchange
        swapped = replace(
            was,
            giver=replace(was.receiver, side=Side.GIVER),
            receiver=replace(was.giver, side=Side.RECEIVER),
        )
        after = unit.save(before, swapped)
        assert unit.find(ref) == after
    store.close()

    assert after.giver.details_id == before.receiver.details_id
    assert after.receiver.details_id == before.giver.details_id


def test_what_changes_nothing_raises_no_version(station: StationUnderTest) -> None:
    ref = station.book_one()
    store = open_store(station.path, Rules(), station.workplace())
    with store.unit() as unit:
        before = unit.find(ref)
        assert before is not None
        assert unit.save(before, before.exchange, note="only words") == before
    store.close()


def test_a_hold_is_read_with_the_party(station: StationUnderTest) -> None:
    ref = station.book_one()
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        connection.execute(PARTY.update().where(PARTY.c.side == Side.GIVER).values(hold=True))
        connection.commit()
    database.close()
    store = open_store(station.path, Rules(), station.workplace())
    with store.unit() as unit:
        stored = unit.find(ref)
    store.close()

    assert stored is not None
    assert stored.holds == {Side.GIVER}


def test_rows_of_which_one_is_gone_are_damage(station: StationUnderTest) -> None:
    ref = station.book_one()
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER party_is_never_deleted")
        connection.execute(PARTY.delete().where(PARTY.c.side == Side.GIVER))
        connection.commit()
    database.close()

    with pytest.raises(StoreError) as refused:
        station.service.exchange(ref)

    assert refused.value.code == "damaged"
    assert PARTY.name in {each.table for each in station.service.verify().findings}


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (3, [3]), (4, [3, 1]), (6, [3, 3])])
def test_batches_are_of_one_size_but_the_last(count: int, sizes: list[int]) -> None:
    batches = list(in_batches(range(count), 3))

    assert [len(batch) for batch in batches] == sizes
    assert [each for batch in batches for each in batch] == list(range(count))
