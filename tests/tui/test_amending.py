"""What is booked is moved and amended at the desk; a bay that refuses is answered with places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import zip_longest

from desk.domain.booking import Booking, PartyDraft
from desk.domain.exchange import Kind, Outcome, Side
from desk.domain.intents import Amend
from desk.text import clean
from tests.builders import StationUnderTest, an_exchange, moment
from tests.hostile import HOSTILE
from tests.tui.running import Front, running

G, R = Side.GIVER, Side.RECEIVER
MONDAY = date(2026, 11, 23)
DUE = an_exchange().at("15:00").in_bay("1").between("Marie Dupont", "Paul Martin").about("lamp")
TAKER = an_exchange().at("15:30").in_bay("2").between("Ann One", "Bo Two").about("rug")


async def fill(front: Front, **boxes: str) -> None:
    """Types over what stands in these boxes, one after another in the order of the form."""
    for name, text in boxes.items():
        box = name.replace("_", "-")
        while front.app.screen.focused is not front.box(box):
            await front.press("tab")
        await front.type(text)


async def test_the_form_is_filled_and_only_what_is_changed_is_written(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE.with_party(G, phone="555 0142", email="m@example.org"))
    before = station.exchange(ref)

    async with running(station) as front:
        await front.open(ref)
        line = next(one for one in front.part("#acts").splitlines() if "Amend or move" in one)
        await front.press(line.split()[0])
        assert front.sheets == ["ActSheet", "BookingSheet"]
        assert "Nothing is changed yet." in front.part(".telling")
        assert (front.box("day").value, front.box("time").value) == ("2026-11-21", "15:00")
        assert front.box("giver-phone").value == "555 0142"

        await front.press("enter")
        assert front.answer.startswith(f"Nothing about {ref} would change.")

        # What is booked is typed over.
        await fill(front, time="15:45", item="vase")
        assert "15:00 → 15:45, what lamp → vase" in front.part(".telling")
        await front.press("enter")
        assert front.sheets == []
        assert front.notice == f"✓ {ref} amended, 14:32."
        await front.until(lambda: "15:00 → 15:45" in front.drawn(front.board))

        await front.press("f8", "f8")
    assert replace(station.exchange(ref), version=0) == replace(before, version=0)


async def test_names_kind_size_bay_and_day_are_changed_alike(station: StationUnderTest) -> None:
    ref = station.book_one(DUE.between("Marie Dupont", None))

    async with running(station) as front:
        await front.point_at(ref)
        await front.say("/amend")
        await front.press("up")
        await fill(front, day="mon", giver_name="M. Dupond", receiver_name="Paul Martin")
        await front.press("tab", "tab", "v", "tab", "y", "tab", "l")
        await fill(front, receiver_plate="K 123")
        told = front.part(".telling")
        assert "Sat 21 Nov 15:00 → Mon 23 Nov 15:00, bay 1 → Lobby, Sale → Vehicle" in told
        assert "buyer not named yet → Paul Martin" in told
        await front.press("enter")
        assert front.sheets == [], front.answer

    after = station.exchange(ref)
    assert (after.starts_at, after.bay) == (moment("15:00", MONDAY), "Lobby")
    assert (after.kind, after.large, after.receiver.plate) == (Kind.VEHICLE, True, "K 123")
    assert [party.name for party in after.parties] == ["M. Dupond", "Paul Martin"]


async def test_words_move_at_once(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    words = {
        "/move 15:30": (moment("15:30"), "1"),
        "/move bay 3": (moment("15:30"), "3"),
        "/amend bay none": (moment("15:30"), None),
        f"/move {ref} mon 10:15 bay 2": (moment("10:15", MONDAY), "2"),
    }

    async with running(station) as front:
        await front.point_at(ref)
        for said, (starts_at, bay) in words.items():
            await front.say(said)
            exchange = station.exchange(ref)
            assert (exchange.starts_at, exchange.bay) == (starts_at, bay), said
            assert (front.sheets, front.field) == ([], ""), said
        await front.say("/move soon")
        assert front.notice.startswith("“soon” is not a day or a time")
        assert front.field == "/move soon"


class TestPlaces:
    """Two want one bay."""

    async def test_a_digit_takes_a_free_place(self, station: StationUnderTest) -> None:
        ref, taker = station.book(DUE, TAKER)

        async with running(station) as front:
            await front.point_at(ref)
            await front.say("/move 15:30 bay 2")
            assert front.sheets == ["ChoiceSheet"]
            assert f"Bay 2 is taken by {taker} from 15:30 to 15:50." in front.words
            assert "bay 1 at 15:30" in front.words
            assert front.field == "/move 15:30 bay 2"
            await front.press("enter")
            assert station.exchange(ref).starts_at == moment("15:00")

            await front.press("1")
            assert (front.sheets, front.field) == ([], "")

        exchange = station.exchange(ref)
        assert (exchange.starts_at, exchange.bay) == (moment("15:30"), "1")
        refused, accepted = station.service.journal(ref)[-2:]
        assert (refused.code, accepted.code) == ("bay_taken", "accepted")

    async def test_there_anyway_with_a_reason(self, station: StationUnderTest) -> None:
        ref, taker = station.book(DUE, TAKER)

        async with running(station) as front:
            await front.point_at(ref)
            await front.press("enter")
            line = next(one for one in front.part("#acts").splitlines() if "Amend or" in one)
            await front.press(line.split()[0])
            await fill(front, time="15:35")
            await front.press("tab", "tab", "tab", "tab", "tab", "tab", "2")
            assert f"{taker} has it 15:30–15:50" in front.drawn()
            await front.press("enter")
            assert front.sheets == ["ActSheet", "BookingSheet", "ChoiceSheet"]

            # Every step back keeps what was typed.
            anyway = next(
                one for one in front.words.splitlines() if "there anyway, with a reason" in one
            )
            digit = anyway.split()[0]
            await front.press(digit, "tab")
            await front.write("they know each other")
            await front.press("enter")
            assert front.sheets == ["ActSheet", "BookingSheet"]
            assert front.box("time").value == "15:35"
            await front.press("enter", digit)
            assert front.box("reason").value == "they know each other"
            await front.press("f10")
            assert front.sheets == [], front.answer

        assert (station.exchange(ref).bay, station.exchange(ref).starts_at) == (
            "2",
            moment("15:35"),
        )
        row = station.service.journal(ref)[-1]
        assert row.overrode == ("bay_taken",)
        assert station.service.timeline(ref)[0].text == "they know each other"

    async def test_a_walk_in_is_not_sent_away_for_hours(self, station: StationUnderTest) -> None:
        all_day = [
            TAKER.at("14:15", minutes=90).in_bay(bay).about(bay) for bay in ("1", "2", "3", "Lobby")
        ]
        station.book(*all_day)

        async with running(station) as front:
            await front.press("f6")
            await front.type("Ann")
            await front.press(*("tab",) * 5, "1", "enter")
            assert front.sheets == ["BookingSheet", "ChoiceSheet"]
            assert "at 15:45" not in front.words
            assert "no bay yet" in front.words
            await front.press("escape")
            assert front.box("giver-name").value == "Ann"
            await front.press("enter", "1")
            assert front.sheets == []

        booked = next(one for one in station.board().exchanges if one.giver.name == "Ann")
        assert booked.bay is None


async def test_another_desks_change_is_not_overwritten(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.point_at(ref)
        await front.say("/move")
        await fill(front, item="vase")
        booking = Booking.of(station.exchange(ref))
        station.did(Amend, ref, booking=booking.moved_to(moment("16:00")))
        await front.press("enter")
        assert front.answer.startswith(f"{ref} was changed while you looked at it.")

        await front.press("escape")
        await front.say("/back")
        assert (front.box("time").value, front.box("item").value) == ("16:00", "vase")
        await front.press("enter")
        assert front.sheets == [], front.answer

    assert (station.exchange(ref).starts_at, station.exchange(ref).item) == (
        moment("16:00"),
        "vase",
    )


async def test_what_is_closed_is_not_amended(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    async with running(station) as front:
        await front.point_at(ref)
        await front.say("/cancel")
        await front.press("f10")
        await front.point_at(ref)
        await front.say("/move")
        assert front.sheets == ["ActSheet"]
        assert front.answer == f"{ref} was cancelled at 14:32."
    assert station.exchange(ref).outcome is Outcome.CANCELLED


async def test_a_bay_that_is_still_in_use(station: StationUnderTest) -> None:
    user, due = station.book(
        an_exchange().at("14:00").in_bay("1").between("Ann", "Bo").with_both_here("14:02"),
        an_exchange().at("14:30").in_bay("1"),
    )

    async with running(station, (120, 36)) as front:
        await front.point_at(due)
        assert "1 busy" in front.drawn(front.board.table)
        await front.until(lambda: f"bay 1 busy: {user}" in front.drawn())
        await front.press("enter")
        assert f"bay 1 busy: {user}" in front.words
        line = next(one for one in front.part("#acts").splitlines() if "Move to bay 2" in one)
        assert line.endswith("Move to bay 2 (free) … ")
        await front.press(line.split()[0])
        assert "Bay 2 is free; its own is not." in front.words
        # Meanwhile somebody else takes it.
        taken = station.book_one(an_exchange().at("14:40").in_bay("2").about("quicker"))
        await front.press("enter")
        assert front.sheets == ["ActSheet", "PlacingSheet", "ChoiceSheet"]
        assert f"Bay 2 is taken by {taken}" in front.words
        await front.press("1")
        assert front.sheets == []
        assert "busy" not in front.drawn(front.board.table)

    assert station.exchange(due).bay == "3"


async def test_what_stands_in_the_form_is_data_and_stays_what_it_was(
    station: StationUnderTest,
) -> None:
    words = [text for text in map(clean, HOSTILE) if text]
    pairs = zip_longest(words[::2], words[1::2], fillvalue="lamp")
    refs = station.book(*(DUE.between(name, None).about(item) for name, item in pairs))
    before = {ref: Booking.of(station.exchange(ref)) for ref in refs}

    async with running(station) as front:
        for ref in refs:
            await front.point_at(ref)
            await front.say("/amend")
            assert "\x1b" not in front.drawn()
            front.box("receiver-name").focus()
            await front.type("B")
            await front.press("enter")
            assert front.sheets == [], front.answer
            changed = replace(before[ref], receiver=PartyDraft(name="B"))
            assert Booking.of(station.exchange(ref)) == changed
