"""Names, items and words that hurt a terminal are data, on every part of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from desk.domain.exchange import Kind, Presence, Side
from desk.domain.intents import Note
from desk.text import clean
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange
from tests.hostile import HOSTILE, foreign
from tests.tui.running import LARGE, Front, running

TOGETHER = " ".join(text[:100] for text in HOSTILE)
KEYS = {"f4": "FormSheet", "f5": "FormSheet", "f8": "UndoSheet"}


def check(front: Front) -> None:
    """Nothing that is drawn, and nothing that is said, holds what a terminal would obey."""
    assert not foreign(front.drawn().replace("\n", ""))
    assert not foreign(front.notice)


def hurting() -> Iterator[ExchangeBuilder]:
    """Returns exchanges in whose names, items and contacts every text stands somewhere."""
    texts = iter([clean(text) for text in HOSTILE])
    for n, (one, other, third) in enumerate(zip_longest(texts, texts, texts, fillvalue="Al")):
        yield (
            an_exchange()
            .at(f"14:{n:02}")
            .of_kind(list(Kind)[n % 4])
            .between(one, other)
            .about(third)
            .with_party(Side.GIVER, phone=other, email=third, plate=third)
        )


async def test_on_every_row_and_in_every_card(station: StationUnderTest) -> None:
    refs = station.book(*hurting())
    for text in reversed(HOSTILE):
        station.did(Note, refs[-1], text=clean(text, 2000))

    async with running(station, size=LARGE) as front:
        check(front)
        for ref in refs:
            await front.point_at(ref)
            check(front)
        await front.until(lambda: front.timeline_of == refs[-1])
        await front.until(lambda: "note: [bold]Bob" in front.drawn())
        check(front)


async def test_in_every_sheet(station: StationUnderTest) -> None:
    refs = station.book(*(builder.with_seller_here("14:31") for builder in hurting()))

    async with running(station) as front:
        for ref in refs:
            await front.open(ref)
            check(front)
            await front.press("escape")
        for key, sheet in KEYS.items():
            await front.press(key)
            assert front.sheets == [sheet]
            check(front)
            await front.press("escape")


async def test_found_and_listed(station: StationUnderTest) -> None:
    station.book(*hurting())

    async with running(station) as front:
        for start in range(0, len(HOSTILE), 4):
            front.board.clear_field()
            await front.paste(" ".join(HOSTILE[start : start + 4]))
            check(front)
        await front.press("escape")
        for words in ("bob", "w", "1", TOGETHER):
            await front.say(words)
            check(front)
            await front.press("escape", "escape")
        await front.app.scanned(TOGETHER)
        await front.settle()
        check(front)


async def test_in_every_text_box(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("14:30").between(None, None).with_seller_here("14:20"))

    async with running(station, size=(120, 36)) as front:
        await front.open(ref)
        for box in ("name", "at"):
            await front.paste(TOGETHER)
            assert front.box(box).value
            await front.press("tab")
        await front.press("enter")
        check(front)

        await front.press("escape", "f5", "1", "1")
        await front.paste(TOGETHER)
        await front.press("f5")
        check(front)
        assert station.exchange(ref).disputed

        await front.press("f7")
        await front.paste(TOGETHER)
        await front.press("enter")
        check(front)
        assert front.sheets == ["DaySheet"]


async def test_what_looks_like_markup_is_shown_as_it_was_written(
    station: StationUnderTest,
) -> None:
    link = "[@click=app.quit]Al[/]"
    ref = station.book_one(an_exchange().at("14:15").between(link, "[bold]Bo[/bold]").about("[/"))

    async with running(station, size=LARGE) as front:
        assert link in front.drawn(front.board.table)
        assert "[bold]Bo[/bold]" in front.drawn(front.board.table)
        await front.say("al")
        assert link in front.words
        await front.press("enter")
        assert station.exchange(ref).giver.presence is Presence.HERE
