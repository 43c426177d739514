"""The words after the slash, on the board: each does what its command does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desk.domain.exchange import (
    DisputeCategory,
    IdCheck,
    Outcome,
    Presence,
    Settlement,
    Side,
)
from desk.domain.lifecycle import EXCHANGE, Verb
from desk.tui.commands import COMMANDS, command_said, completion
from desk.tui.themes import THEME_NAMES
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange, moment
from tests.tui.running import Front, running

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
WAITING = DUE.with_seller_here("14:20")
READY = WAITING.with_buyer_here("14:22")
COUNTERFEIT = DisputeCategory.COUNTERFEIT
TOMORROW = date(2026, 11, 22)


async def say_careful(front: Front, words: str, key: str) -> None:
    """Types the words of a careful act, sees what would be written, and presses its key."""
    await front.say(words)
    assert front.sheets == ["FormSheet"], front.notice
    await front.press(key)
    assert front.sheets == [], front.answer


Did = Callable[[Any], object]

HARMLESS: dict[str, tuple[ExchangeBuilder, Did]] = {
    "/arrive seller": (DUE, lambda x: x.giver.presence is Presence.HERE),
    "/in buy": (DUE, lambda x: x.receiver.presence is Presence.HERE),
    "/checkin g at 1425": (DUE, lambda x: x.giver.visits[0].arrived_at == moment("14:25")),
    "/check-in r id seen": (DUE, lambda x: x.receiver.id_check is IdCheck.SEEN),
    "/ARRIVE giver": (DUE, lambda x: x.giver.presence is Presence.HERE),
    "/start": (READY, lambda x: x.started_at is None),
    "/start at -2": (READY, lambda x: x.started_at == moment("14:30")),
    "/leave": (WAITING, lambda x: x.giver.presence is Presence.HERE),
    "/leave seller": (WAITING, lambda x: x.giver.presence is Presence.LEFT),
    "/out g at not_observed": (WAITING, lambda x: x.giver.visits[0].left_observed is False),
    "/finish at 1430": (READY, lambda x: x.outcome is Outcome.MET),
    "/expect buyer 1445": (DUE, lambda x: x.receiver.expected_at == moment("14:45")),
    "/swap at -1": (DUE, lambda x: x.giver.name == "Paul Martin"),
}
"""Words, what they are said of, and what is so afterwards."""


async def test_harmless_words_do_it_at_once(station: StationUnderTest) -> None:
    refs = station.book(*(builder.about(words) for words, (builder, _did) in HARMLESS.items()))

    async with running(station) as front:
        for ref, (words, (_builder, did)) in zip(refs, HARMLESS.items(), strict=True):
            await front.point_at(ref)
            await front.say(words)

            assert did(station.exchange(ref)), words
            if len(words.split()) > 1:
                assert (front.sheets, front.field) == ([], "")
                assert front.notice.startswith(f"✓ {ref}")
            else:
                assert front.sheets == ["ActSheet"]
                await front.press("escape")


CAREFUL: dict[str, tuple[ExchangeBuilder, str, Did]] = {
    "/no_show buyer": (WAITING, "f4", lambda x: x.receiver.presence is Presence.ABSENT),
    "/no-show both": (DUE, "f4", lambda x: x.giver.presence is Presence.ABSENT),
    "/noshow g at 1431": (DUE, "f4", lambda x: x.closed_at == moment("14:31")),
    "/not_met": (WAITING, "f10", lambda x: x.outcome is Outcome.NOT_MET),
    "/not-met at 1430": (WAITING, "f10", lambda x: x.closed_at == moment("14:30")),
    "/notmet": (WAITING, "f10", lambda x: x.outcome is Outcome.NOT_MET),
    "/cancel at 14:20": (DUE, "f10", lambda x: x.closed_at == moment("14:20")),
    "/dispute counterfeit the box was empty": (
        WAITING,
        "f5",
        lambda x: (x.dispute.category, x.dispute.reported_by) == (COUNTERFEIT, None),
    ),
    "/dispute threat by buyer he shouted at 1431": (
        WAITING,
        "f5",
        lambda x: x.dispute.reported_by is Side.RECEIVER,
    ),
}


async def test_careful_words_show_what_will_be_written(station: StationUnderTest) -> None:
    refs = station.book(*(builder.about(words) for words, (builder, *_rest) in CAREFUL.items()))

    async with running(station) as front:
        for ref, (words, (_builder, key, did)) in zip(refs, CAREFUL.items(), strict=True):
            await front.point_at(ref)
            await front.say(words)
            assert front.sheets == ["FormSheet"], front.notice
            assert station.exchange(ref).outcome is Outcome.NONE
            assert not station.exchange(ref).disputed

            await front.press(key)
            assert front.sheets == [], front.answer
            assert did(station.exchange(ref)), words


async def test_what_was_closed_is_reopened_and_what_is_disputed_is_settled(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.point_at(ref)
        await say_careful(front, "/cancel", "f10")
        await say_careful(front, "/reopen because 2", "f10")
        assert station.exchange(ref).outcome is Outcome.NONE
        assert station.service.timeline(ref)[0].text == "Closed by mistake"

        await say_careful(front, "/dispute other he says so", "f5")
        await say_careful(front, "/settle report_taken case 26-114", "f10")
        dispute = station.exchange(ref).dispute
        assert dispute is not None
        assert dispute.settlement is Settlement.REPORT_TAKEN
        assert station.service.timeline(ref)[0].text == "case 26-114"


async def test_a_reference_may_be_said_of_any_day(station: StationUnderTest) -> None:
    here, other = station.book(DUE, an_exchange().at("10:00", TOMORROW).about("bicycle"))

    async with running(station) as front:
        assert front.cursor == here
        await front.say(f"/expect {other.lower()} buyer 1020")
        assert front.notice.startswith(f"✓ {other}")
        assert station.exchange(other).receiver.expected_at == moment("10:20", TOMORROW)

        await say_careful(front, f"/cancel {other}", "f10")
        assert station.exchange(other).outcome is Outcome.CANCELLED

        await front.say(f"/undo {other}")
        assert front.sheets == ["UndoSheet"]
        await front.press("f8")
        assert station.exchange(other).outcome is Outcome.NONE

        await front.say(f"/undo {other}")
        await front.press("f8")
        assert station.exchange(other).receiver.expected_at is None
        await front.say(f"/undo {other}")
        assert front.sheets == []
        assert "is not undone by" in front.notice
        (booked,) = (row.number for row in station.service.journal(other) if row.verb == "import")
        await front.say(f"/undo act {booked}")
        assert front.sheets == ["UndoSheet"]
        assert "booked from a file" in front.part("#undone")
        await front.press("escape")

        await front.say("/note K7QDM7 nobody has this reference")
        assert front.notice == (
            "K7QDM7 is not a reference of this station. "
            "Read the reference again, or search by name."
        )

    assert station.exchange(here).version == 1


REFUSED = {
    "/dance": "/dance is not a command; ? lists them.",
    "/arrive soon": "“soon” does not belong there.",
    "/arrive seller at 2570": "“2570” is not a time.",
    "/leave buyer": "The buyer of {ref} has not arrived yet.",
    "/leave seller buyer": "{ref} has two parties, and either could be meant. Say giver or",
    "/no_show seller buyer": "{ref} has two parties, and either could be meant. Say giver or",
    "/leave seller at 23:00": "23:00 is still to come: it is 14:32 now. Correct the time.",
    "/note at 23:00 later": "23:00 is still to come: it is 14:32 now. Correct the time. If it",
    "/no-show seller": "The seller of {ref} has come, and so is not absent.",
    "/settle no_action": "{ref} has no open dispute.",
    "/reopen because 1": "{ref} is not closed.",
    "/dispute nothing": "“nothing” is not a category.",
}


async def test_words_that_cannot_be_are_answered_and_kept(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)
    before = station.exchange(ref)

    async with running(station) as front:
        for words, notice in REFUSED.items():
            await front.say(words)
            assert front.notice.startswith(notice.format(ref=ref)), words
            assert (front.field, front.sheets) == (words, [])

        await front.say("/theme pink")
        assert front.notice == "Themes: night · day · high-contrast"

    assert station.exchange(ref) == before
    refused = [row.code for row in station.service.journal(ref) if not row.accepted]
    assert refused == ["not_arrived", *["which_side"] * 2, *["in_the_future"] * 2]


async def test_words_that_only_move_the_screen(station: StationUnderTest) -> None:
    closed, ref = station.book(DUE.with_seller_here("14:20"), an_exchange().at("15:00"))

    async with running(station) as front:
        await front.point_at(closed)
        await say_careful(front, "/cancel", "f10")
        await front.point_at(ref)
        await front.say("/fold")
        assert front.board.unfolded
        await front.say("/copy")
        assert front.app.clipboard == ref
        assert front.notice == f"{ref} is on the clipboard."
        for name, theme in THEME_NAMES.items():
            await front.say(f"/theme {name}")
            assert front.app.theme == theme
        for word, sheet in (
            ("/help", "HelpScreen"),
            ("/", "HelpScreen"),
            ("/day", "DaySheet"),
            ("/import", "ImportSheet"),
        ):
            await front.say(word)
            assert front.sheets == [sheet]
            await front.press("escape")
            assert front.sheets == []
        await front.say("/quit")
        assert front.app.return_code == 0


async def test_tab_completes_and_the_words_that_fit_are_shown(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.point_at(ref)
        await front.type("/no")
        assert front.notice == "/no_show  /not_met  /note"
        await front.press("tab")
        assert front.field == "/no_show "
        assert front.notice.startswith("A party never came")

        await front.say("/note -- came back, and waits")
        assert front.notice == f"✓ {ref} note, 14:32."
        assert station.service.timeline(ref)[0].text == "came back, and waits"

        await front.type("/che")
        await front.press("tab")
        assert front.field == "/checkin "
        await front.type("seller")
        await front.press("tab", "enter")
        assert station.exchange(ref).giver.presence is Presence.HERE

        await front.type("dup")
        await front.press("tab")
        assert front.field == "dup"


async def test_a_slash_finds_nobody(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.type("/dup")
        assert front.board.search.matches == ()
        assert front.cursor == ref


@pytest.mark.parametrize("word", [word for one in COMMANDS for word in one.words])
def test_every_word_completes_to_itself_or_to_one_before_it(word: str) -> None:
    said = command_said(word, COMMANDS)

    assert said is not None
    assert word in said.words
    assert command_said(word.replace("_", "-").upper(), COMMANDS) is said
    assert any(full in said.words for full in completion(word, COMMANDS))


def test_every_verb_has_a_word() -> None:
    verbs = {one.verb for one in COMMANDS if one.verb is not None}

    assert verbs == {*EXCHANGE, Verb.UNDO}


async def test_a_slash_alone_lists_every_word(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        notice = front.board.query_one("#notice")
        await front.type("/")
        shown = front.drawn(notice).split()
        assert shown == [f"/{command.words[0]}" for command in front.board.commands]
        await front.press("escape")
        assert notice.size.height == 1
