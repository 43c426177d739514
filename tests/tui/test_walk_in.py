"""A walk-in costs an officer less than ten seconds, and a call for another day not much more."""

from __future__ import annotations

from datetime import date

from desk.domain.booking import MadeAt
from desk.domain.exchange import Exchange, Kind, Presence, Side
from desk.domain.intents import Arrive
from tests.builders import StationUnderTest, an_exchange, moment
from tests.tui.running import Front, running

G, R = Side.GIVER, Side.RECEIVER
HERE, EXPECTED = Presence.HERE, Presence.EXPECTED
MONDAY = date(2026, 11, 23)


def newest(station: StationUnderTest, day: date | None = None) -> Exchange:
    """The exchange that was booked last."""
    board = station.board(day) if day else station.board()
    numbered = {each.ref: each for each in board.exchanges}
    rows = [row for row in station.service.journal() if row.verb == "book" and row.accepted]
    return numbered[rows[-1].refs[0]]


async def answer(front: Front, *answers: str) -> None:
    """Types into one box after another."""
    for n, text in enumerate(answers):
        if n:
            await front.press("tab")
        if text:
            await front.type(text)


async def test_two_names_and_three_keys(station: StationUnderTest) -> None:
    station.book(an_exchange().at("15:30").in_bay("1"), an_exchange().at("14:40").in_bay("2"))
    keys = ["f6", *"Ann One", "tab", *"Bo Two", "enter"]

    async with running(station) as front:
        await front.hurry(*keys)

        booked = newest(station)
        assert front.sheets == []
        assert (front.field, front.cursor) == ("", booked.ref)
        assert front.notice == f"✓ {booked.ref} walk-in booked, seller and buyer arrived, 14:32."
        assert [key for key in keys if len(key) > 1] == ["f6", "tab", "enter"]

        await front.press("f8")
        assert f"{booked.ref} booked 14:32" in front.words
        assert "F8 undoes all 3" in front.words
        await front.press("f8")
        assert front.notice.startswith(f"✓ Undone: {booked.ref} booked")

    assert [party.name for party in booked.parties] == ["Ann One", "Bo Two"]
    assert [party.presence for party in booked.parties] == [HERE, HERE]
    assert (booked.kind, booked.starts_at, booked.length_minutes) == (
        Kind.SALE,
        moment("14:32"),
        20,
    )
    assert (booked.bay, booked.source) == ("3", MadeAt.WALK_IN)
    assert booked.ref not in {each.ref for each in station.board().exchanges}
    assert station.service.verify().ok


async def test_everything_that_can_be_said_of_a_walk_in(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.say("/walk-in")
        await answer(front, "Ann One", "", "sofa")
        await front.press("tab", "v")
        assert front.part("#giver-name-label").strip() == "Seller"
        await front.press("c")
        assert front.part("#giver-name-label").strip() == "Releasing adult"
        assert "only receiving adult" in front.drawn()
        # large, bay by its code, who is here, and how to reach them
        await front.press("tab", "y", "tab", "2", "2")
        await answer(front, "", "K 123", "555 0142")
        await front.press("enter")

        booked = newest(station)
        said = f"✓ {booked.ref} walk-in booked, releasing adult arrived, 14:32."
        assert front.notice == said

    assert (booked.kind, booked.large, booked.bay, booked.item) == (
        Kind.CUSTODY,
        True,
        "2",
        "sofa",
    )
    assert [party.presence for party in booked.parties] == [HERE, EXPECTED]
    assert (booked.giver.phone, booked.giver.plate) == (None, "K 123")
    assert (booked.receiver.name, booked.receiver.phone) == (None, "555 0142")


async def test_a_bay_is_proposed_and_said_how_long_it_is_free(station: StationUnderTest) -> None:
    names = [(f"A{n}", f"B{n}") for n in range(4)]
    bays = ("1", "2", "3", "Lobby")
    refs = station.book(
        *(
            an_exchange().at("14:15").in_bay(bay).between(*pair).about(bay)
            for bay, pair in zip(bays, names, strict=True)
        )
    )

    async with running(station) as front:
        await front.press("f6")
        assert "no bay yet" in front.drawn()
        await answer(front, "Ann")
        await front.press("enter")
        assert newest(station).bay is None

        for ref in refs:
            station.did(Arrive, ref, side=G)
        station.clock.set("15:00")
        taken = {"1": "15:45", "2": "16:00", "3": "15:10", "Lobby": "15:10"}
        station.book(*(an_exchange().at(time).in_bay(bay) for bay, time in taken.items()))
        await front.press("f6")
        assert "free to 16:00" in front.drawn()
        await answer(front, "Bo")
        # Whoever goes to another bay is told what becomes of it.
        await front.press(*("tab",) * 5, "3")
        await front.press("up")
        assert "has it 15:10–15:30" in front.drawn()
        await front.press("2", "enter")

    assert newest(station).bay == "2"


async def test_what_is_typed_is_put_aside_and_comes_back(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.press("f6", "escape")
        assert front.sheets == []
        await front.press("f6", "enter")
        assert front.answer.startswith("Type a name, or what it is about")

        await answer(front, "Ann One", "", "sofa")
        await front.press("tab", "v", "escape")
        assert (front.sheets, len(front.board.clerk.parked)) == ([], 1)
        await front.say("/back")
        assert front.box("giver-name").value == "Ann One"
        await front.press("enter")
        assert front.board.clerk.parked == []

    booked = newest(station)
    assert (booked.giver.name, booked.item, booked.kind) == ("Ann One", "sofa", Kind.VEHICLE)


async def test_a_scan_presses_nothing_in_the_form(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("14:30"))

    async with running(station) as front:
        await front.press("f6")
        await front.type("An")
        await front.scan("@ANSI 636")
        assert front.sheets == ["BookingSheet"]
        assert front.box("giver-name").value == "An@ANSI 636"
        await front.scan(ref)
        assert front.answer.startswith("1 scan waiting")
        assert len(station.board().exchanges) == 1


async def test_a_walk_in_is_of_today_whatever_day_is_shown(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.press("f7", "right", "enter")
        assert front.board.day != front.board.scene.today
        await front.hurry("f6", *"Ann", "enter")
        await front.until(lambda: front.cursor == newest(station).ref)
        assert front.board.day == front.board.scene.today


async def test_a_call_for_another_day(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.say("/book mon 10:15")
        assert "Monday 23 November, 10:15 to 10:35" in front.part(".telling")
        await front.press("tab", "tab")
        await answer(front, "Ann One", "Bo Two", "sofa")
        await front.press("enter")

        booked = newest(station, MONDAY)
        assert front.notice == f"✓ {booked.ref} booked for Monday 23 November, 10:15."

    assert (booked.starts_at, booked.source) == (moment("10:15", MONDAY), MadeAt.DESK)
    assert [party.presence for party in booked.parties] == [EXPECTED, EXPECTED]
    assert booked.bay == "1"


async def test_a_day_or_a_time_that_cannot_be(station: StationUnderTest) -> None:
    mistakes = {
        ("", ""): "Type the time: 1015 or 10:15.",
        ("", "soon"): "Type the time: 1015 or 10:15.",
        ("someday", "1015"): "That is not a day.",
        ("", "1015"): "That time has passed.",
        ("2027-03-14", "0230"): "The clocks skip that time on that day.",
    }

    async with running(station) as front:
        await front.say("/book")
        front.box("giver-name").value = "Ann"
        for (day, time), sentence in mistakes.items():
            front.box("day").value, front.box("time").value = day, time
            await front.press("enter")
            assert front.answer.startswith(sentence), (day, time)
            assert (front.box("day").value, front.box("time").value) == (day, time)
        assert station.board().exchanges == ()

        front.box("day").value, front.box("time").value = "2027-11-07", "0130"
        await front.press("enter")
        assert front.sheets == ["BookingSheet", "ChoiceSheet"]
        await front.press("2")
        assert front.sheets == [], front.answer

    first = moment("00:30", date(2027, 11, 7)).add(hours=1)
    assert newest(station, date(2027, 11, 7)).starts_at == first.add(hours=1)


async def test_the_words_of_a_walk_in_fill_its_form(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.say('/walkin "Ann One" "Bob Two" road bike kind vehicle bay 2 at 13:05')
        assert front.box("giver-name").value == "Ann One"
        assert front.box("receiver-name").value == "Bob Two"
        await front.press("enter")
        await front.say('/walkin "Ann One')
        assert front.sheets == []
        assert "two names" in front.notice

    booked = newest(station)
    assert (booked.item, booked.kind, booked.bay) == ("road bike", Kind.VEHICLE, "2")
    assert [party.name for party in booked.parties] == ["Ann One", "Bob Two"]
    assert [party.visits[0].arrived_at for party in booked.parties] == [moment("13:05")] * 2


async def test_a_walk_in_that_was_written_on_paper(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.say("/walkin")
        await front.write("Ann One")
        front.app.screen.set_focus(front.box("at"))
        await front.write("2512")
        assert "Type the time" in front.words
        await front.press(*["backspace"] * 4)
        await front.write("1305")
        await front.press("enter")
        booked = newest(station)
        assert "13:05" in front.notice

    assert booked.starts_at == moment("13:05")
    assert [party.visits[0].arrived_at for party in booked.parties] == [moment("13:05")] * 2
    assert {row.recorded_at for row in station.service.journal(booked.ref)} == {moment("14:32")}


async def test_a_walk_in_of_the_hour_that_came_twice(station: StationUnderTest) -> None:
    day = date(2026, 11, 1)
    station.clock.set("03:10", day)

    async with running(station) as front:
        await front.say("/walkin")
        await front.write("Ann One")
        front.app.screen.set_focus(front.box("at"))
        await front.write("0130")
        await front.press("enter")
        assert front.sheets[-1] == "ChoiceSheet"
        await front.press("2")
        assert front.sheets == []

    assert newest(station, day).starts_at.to_iso8601_string() == "2026-11-01T09:30:00Z"
