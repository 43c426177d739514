"""What this day does not have is looked for on all days, and shown on its own."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import DAY, StationUnderTest, an_exchange
from tests.tui.running import running

LAST_YEAR = DAY - timedelta(days=365)


async def test_what_is_typed_is_found_on_any_day(station: StationUnderTest) -> None:
    old = an_exchange().at("10:00", LAST_YEAR).between("Siobhán O'Brien", "Bo Li")
    older = (
        an_exchange().at("10:00", LAST_YEAR - timedelta(days=1)).between("Siobhan Silva", "Ann X")
    )
    today, ref, older_ref = station.book(an_exchange(), old, older)

    async with running(station) as front:
        await front.type("obrien")
        await front.until(lambda: front.cursor == ref)
        await front.press("enter")
        assert front.sheets == ["ChoiceSheet"]
        assert "walk-in" in front.words
        await front.press("enter")
        assert front.sheets == ["ChoiceSheet"], "a habitual second Enter picks nothing"
        await front.press("2")
        await front.until(lambda: front.cursor == ref)
        assert (front.sheets, front.board.day, front.field) == ([], LAST_YEAR, "")

        await front.press("escape")
        await front.until(lambda: front.cursor == today)
        await front.type("/find brien")
        await front.until(lambda: front.cursor == ref)
        await front.press("enter")
        await front.until(lambda: front.board.day == LAST_YEAR)
        station.service.write_looks()
        looks = [(look.officer, look.what, look.ref) for look in station.service.looks()]
        assert looks == [("4412", "history", ref)] * 2
        assert front.notice == ""

        await front.press("escape")
        await front.type("/find ")
        await front.settle()
        assert "Type a name" in front.drawn(front.board.table), "nothing was asked for yet"
        await front.type("siobh")
        await front.until(lambda: len(front.board.search.matches) == 2)
        assert [match.ref for match in front.board.search.matches] == [ref, older_ref]
        await front.press("enter")
        assert front.sheets == ["ChoiceSheet"]
        assert "“siobh”: 2 matches" in front.words
        await front.press("2")
        await front.until(lambda: front.cursor == older_ref)

        await front.press("escape")
        await front.type("/find xyzzy")
        await front.settle()
        assert "Nobody and nothing matches" in front.drawn(front.board.table)
        await front.press("enter")
        assert front.sheets == []
