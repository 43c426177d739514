"""The strip of bays: who has each one, or until when it is free, and who is next."""

from dataclasses import replace

import pytest

from desk import text
from desk.domain.exchange import Exchange, Outcome, Presence
from desk.domain.views import Bay
from desk.tui.present import BaySlot, NextUp, Scene, Tone, bay_name, bay_slots
from desk.tui.present.sight import sight
from tests.domain.making import an_exchange, at
from tests.tui.widgets import saturday


def in_bay(exchange: Exchange, ref: str = "K7QDM7", clock: str = "14:15") -> Exchange:
    starts = at(clock)
    return replace(exchange, ref=ref, bay="1", starts_at=starts, ends_at=starts.add(minutes=20))


def first(*exchanges: Exchange, now: str = "14:32") -> BaySlot:
    return bay_slots(exchanges, saturday.scene(now))[0]


def test_the_strip_of_the_pictures() -> None:
    slots = bay_slots(saturday.exchanges(), saturday.scene())

    assert slots == (
        BaySlot("1", "K7QDM7", "seller 19 min", Tone.ALERT, then=after("R6HDKV", "15:00")),
        BaySlot("2", "Q2MNRP", "both arrived", Tone.READY, then=after("Y9FPM3", "15:15")),
        BaySlot("3", None, "free to 14:45", Tone.DIM, "free", after("B4XW7H", "14:45")),
        BaySlot("Lobby", "T5WCBP", "seller 8 min", Tone.LATE, then=after("C7BKX6", "15:45")),
    )


def test_a_locked_screen_says_how_bays_stand_and_of_nobody_who_is_next() -> None:
    seen = sight(saturday.board(), saturday.scene())

    assert [slot.words for slot in seen.bays] == [
        "seller 19 min",
        "both arrived",
        "free to 14:45",
        "seller 8 min",
    ]
    refs = {exchange.ref for exchange in saturday.exchanges()}
    assert not any(ref in repr(slot) for slot in seen.bays for ref in refs)


def after(ref: str, clock: str) -> NextUp:
    return NextUp(ref, clock, at(clock))


def test_whoever_is_next_says_when_the_bay_is_busy_by_then() -> None:
    in_it = in_bay(an_exchange(Presence.HERE, Presence.HERE), "Q2MNRP", "14:00")
    due = in_bay(an_exchange(Presence.HERE), "K7QDM7", "14:30")
    later = in_bay(an_exchange(), "B4XW7H", "14:50")

    assert first(in_it, due, later).then == NextUp("K7QDM7", "14:30 busy", at("14:30"), Tone.LATE)
    assert first(in_it, due, later, now="14:29").then == after("K7QDM7", "14:30")
    assert first(in_it, later).then == after("B4XW7H", "14:50")
    assert first(due, later).then == after("B4XW7H", "14:50")
    sent = replace(due, started_at=at("14:31"))
    assert first(in_it, sent, later).then == after("B4XW7H", "14:50")
    assert first(due, replace(later, outcome=Outcome.CANCELLED)).then is None


def test_who_comes_on_another_day_is_not_next_today() -> None:
    monday = replace(in_bay(an_exchange()), starts_at=at("09:00").add(days=2))
    monday = replace(monday, ends_at=monday.starts_at.add(minutes=20))

    assert first(monday) == BaySlot("1", None, "free", Tone.DIM, "free")


def test_a_bay_without_bookings_is_free() -> None:
    assert first().words == "free"


def test_a_bay_is_booked_for_as_long_as_somebody_may_still_come() -> None:
    nobody = in_bay(an_exchange())

    assert first(nobody, now="14:10").words == "free to 14:15"
    assert first(nobody, now="14:15").words == "late now"
    assert first(nobody, now="14:34").words == "overdue 4 min"
    assert first(nobody, now="14:35").words == "free"


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.MET])
def test_a_closed_exchange_has_its_bay_only_while_somebody_is_here(outcome: Outcome) -> None:
    gone = in_bay(an_exchange(Presence.LEFT, Presence.LEFT, outcome))
    stays = in_bay(an_exchange(Presence.HERE, Presence.LEFT, outcome))

    assert first(gone).words == "free"
    assert first(stays).words == "seller here"


def test_who_was_sent_to_a_bay_has_it_before_who_waits_and_before_who_is_booked() -> None:
    booked = in_bay(an_exchange(), "B4XW7H", "14:20")
    waits = in_bay(an_exchange(Presence.HERE), "C7BKX6", "14:40")
    sent = replace(
        in_bay(an_exchange(Presence.HERE, Presence.HERE), "Y9FPM3", "14:45"),
        started_at=at("14:30"),
    )

    both = in_bay(an_exchange(Presence.HERE, Presence.HERE), "D4XKW7", "14:42")

    assert first(booked, waits, sent).ref == "Y9FPM3"
    assert first(booked, waits, both).ref == "D4XKW7"
    assert first(booked, waits).ref == "C7BKX6"
    assert first(booked).ref == "B4XW7H"


def test_a_bay_that_is_no_number_goes_by_its_name() -> None:
    station = replace(saturday.STATION, bays=(Bay("L", "Lobby\x1b[2J"), Bay("1", "Bay 1")))

    assert bay_name(station, "L") == text.safe("Lobby\x1b[2J")
    assert bay_name(station, "1") == "bay 1"
    assert bay_name(station, "9") == "bay 9"
    assert bay_name(station, None) == "no bay yet"


def test_a_scene_without_bays_has_no_strip() -> None:
    usual = saturday.scene()
    bare = Scene(replace(usual.station, bays=()), usual.rules, usual.moment)

    assert bay_slots(saturday.exchanges(), bare) == ()
