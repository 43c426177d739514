"""Who looked at what is written down: later, together, once, and never at anybody's expense."""

from __future__ import annotations

from sqlcipher3 import dbapi2

from desk.domain.exchange import Kind
from desk.domain.intents import By, Note
from desk.domain.looks import LookedAt, look_at_card
from desk.domain.views import NotedLook
from desk.service import open_desk
from desk.storage.engine import connect
from tests.builders import DUPONT, StationUnderTest, an_exchange


def told(looks: tuple[NotedLook, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(look.officer, look.what, look.ref) for look in looks]


def held_by_another_desk(station: StationUnderTest) -> dbapi2.Connection:
    holder = connect(station.path)
    holder.execute("BEGIN IMMEDIATE")
    return holder


def test_looks_are_noted_together_by_one_act(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.service.looked(DUPONT, LookedAt.HISTORY, (ref,))
    station.service.looked(By("4412", "desk 2"), LookedAt.JOURNAL)
    station.service.looked(By("", "desk 1"), LookedAt.EXPORT, (ref, "Q2MNRP"))
    assert station.service.looks() == ()

    station.service.write_looks()

    newest = station.service.journal()[-1]
    assert (newest.verb, newest.officer, newest.refs) == ("looks", None, ())
    looks = station.service.looks()
    assert told(looks) == [
        ("4412", "history", ref),
        ("4412", "journal", None),
        (None, "export", ref),
        (None, "export", None),
    ]
    assert {look.number for look in looks} == {newest.number}
    assert {look.at for look in looks} == {station.clock.now()}
    assert told(station.service.looks(ref)) == [told(looks)[0], told(looks)[2]]
    assert station.service.verify().ok


def test_nothing_seen_is_nothing_written(station: StationUnderTest) -> None:
    before = station.service.journal()

    station.service.write_looks()

    assert station.service.journal() == before


def test_a_busy_database_delays_nobody_and_loses_nothing(station: StationUnderTest) -> None:
    ref = station.book_one()
    holder = held_by_another_desk(station)
    for _each in range(2):
        station.service.looked(DUPONT, LookedAt.CUSTODY, (ref,))
        station.service.write_looks()
    assert station.service.looks() == ()
    holder.close()

    station.did(Note, ref, text="with the next act")

    assert [row.verb for row in station.service.journal()[-3:]] == ["looks", "looks", "note"]
    assert len(station.service.looks(ref)) == 2
    station.service.write_looks()
    station.did(Note, ref, text="and once")
    assert len(station.service.looks(ref)) == 2


def test_what_waits_is_written_when_the_program_ends(station: StationUnderTest) -> None:
    holder = held_by_another_desk(station)
    station.service.looked(DUPONT, LookedAt.JOURNAL)
    station.service.write_looks()
    station.service.looked(DUPONT, LookedAt.EXPORT)
    holder.close()

    station.service.close()

    with open_desk(station.path, station.rules, station.workplace()) as again:
        assert told(again.looks()) == [("4412", "journal", None), ("4412", "export", None)]


def test_only_custody_and_disputes_are_noted_when_their_card_is_opened() -> None:
    sale = an_exchange()

    assert look_at_card(sale.build()) is None
    assert look_at_card(sale.disputed().build()) is LookedAt.DISPUTE
    assert look_at_card(sale.of_kind(Kind.CUSTODY).disputed().build()) is LookedAt.CUSTODY
