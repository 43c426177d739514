"""The forms: a careful act is done by its own key, and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desk.domain.exchange import DisputeCategory, Outcome, Presence, Settlement, Side
from desk.domain.intents import Cancel, NotMet, OpenDispute
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange, moment
from tests.tui.running import Front, running

G, R = Side.GIVER, Side.RECEIVER
DUE = an_exchange().at("14:15").between("Marie Dupont", "Paul Martin")
WAITING = DUE.with_seller_here("14:13")
READY = WAITING.with_buyer_here("14:20")
HERE, LEFT, ABSENT, EXPECTED = Presence.HERE, Presence.LEFT, Presence.ABSENT, Presence.EXPECTED


@dataclass(frozen=True)
class Careful:
    """A careful act: of which exchange, on which line of its sheet, done by which key."""

    of: ExchangeBuilder
    line: str
    key: str
    telling: str
    typed: str = ""
    outcome: Outcome = Outcome.NONE


CAREFUL = {
    "no_show": Careful(WAITING, "No-show", "f4", "never came", outcome=Outcome.NO_SHOW),
    "not_met": Careful(WAITING, "Not met", "f10", "did not meet", outcome=Outcome.NOT_MET),
    "cancel": Careful(DUE, "Cancel", "f10", "called off", outcome=Outcome.CANCELLED),
    "dispute": Careful(WAITING, "Dispute", "f5", "not undone", typed="the box was empty"),
}


def digit_of(front: Front, words: str) -> str:
    """Returns the digit in front of an act of the sheet."""
    lines = front.part("#acts").splitlines()
    return str(1 + next(n for n, line in enumerate(lines) if f" {words} …" in line))


@pytest.mark.parametrize("act", CAREFUL)
async def test_only_its_own_key_does_a_careful_act(station: StationUnderTest, act: str) -> None:
    careful = CAREFUL[act]
    ref = station.book_one(careful.of)
    before = station.exchange(ref)

    async with running(station) as front:
        await front.open(ref)
        await front.press(digit_of(front, careful.line))
        assert front.sheets == ["ActSheet", "FormSheet"]
        assert careful.telling in front.words
        assert f"{careful.key.upper()} does it" in front.words

        for back in ("enter", "escape"):
            await front.press(back)
            assert front.sheets == ["ActSheet"]
            await front.press(digit_of(front, careful.line))
        other = "f4" if careful.key != "f4" else "f10"
        await front.press(other, "f3")
        if careful.typed:
            await front.press("1")
            await front.write(careful.typed)
        assert station.exchange(ref) == before

        await front.press(careful.key)
        assert front.sheets == []
        assert ref in front.notice

    exchange = station.exchange(ref)
    assert exchange.outcome is careful.outcome
    assert exchange.disputed == (act == "dispute")


async def test_a_key_pressed_before_the_form_was_seen_does_nothing(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.hurry("f4", "f4")

    assert station.exchange(ref).outcome is Outcome.NONE


async def test_a_no_show_names_who_is_missing_and_leaves_the_other_here(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.press("f4")
        assert "Never came" in front.words
        assert " buyer " in front.words
        assert "Still here: seller" in front.words
        await front.press("f4")

    exchange = station.exchange(ref)
    assert [party.presence for party in exchange.parties] == [HERE, ABSENT]


async def test_a_no_show_of_both_or_of_one(station: StationUnderTest) -> None:
    both, one, called = station.book(*(DUE.about(name) for name in ("a", "b", "c")))

    async with running(station) as front:
        await front.point_at(both)
        await front.press("f4", "f4")
        await front.point_at(one)
        await front.press("f4", "left", "f4")
        await front.point_at(called)
        await front.press("f4", "1", "f4")

    assert [party.presence for party in station.exchange(both).parties] == [ABSENT, ABSENT]
    assert [party.presence for party in station.exchange(one).parties] == [EXPECTED, ABSENT]
    assert [party.presence for party in station.exchange(called).parties] == [ABSENT, EXPECTED]


async def test_a_no_show_before_the_time_says_so(station: StationUnderTest) -> None:
    station.book_one(DUE.at("15:00"))

    async with running(station) as front:
        await front.press("f4")
        assert "The seller's grace runs until 15:15." in front.words


@pytest.mark.parametrize(
    ("keys", "presence", "observed"),
    [([], LEFT, "True"), (["right"], LEFT, "False"), (["left"], HERE, "None")],
)
async def test_closing_asks_about_whoever_is_still_here(
    station: StationUnderTest, keys: list[str], presence: Presence, observed: str
) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.say("/not-met")
        await front.press(*keys, "f10")

    giver = station.exchange(ref).giver
    assert (giver.presence, str(giver.visits[-1].left_observed)) == (presence, observed)


async def test_a_form_takes_when_it_happened(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.say("/not-met")
        await front.press("tab")
        await front.type("1433")
        await front.press("f10")
        assert front.answer.startswith("That time is still to come.")
        assert front.box("at").value == "1433"
        await front.press("backspace", "2", "f10")

    assert station.exchange(ref).closed_at == moment("14:32")


async def test_one_digit_reopens_with_a_reason(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)
    station.did(NotMet, ref)

    async with running(station) as front:
        await front.open(ref)
        await front.press(digit_of(front, "Reopen"))
        assert "undo" in front.part(".telling")
        assert front.part(".sheet-keys").startswith("F10 or a digit does it · ")
        await front.press("enter")
        assert front.sheets == ["ActSheet"]
        await front.press(digit_of(front, "Reopen"), "2")
        assert front.sheets == []

    assert station.exchange(ref).outcome is Outcome.NONE
    assert station.service.timeline(ref)[0].text == "Closed by mistake"


async def test_a_typed_reason_is_the_one_that_counts(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    station.did(Cancel, ref)

    async with running(station) as front:
        await front.say(f"/reopen {ref}")
        await front.write("they called again")
        await front.press("enter")
        assert station.exchange(ref).outcome is Outcome.CANCELLED
        await front.say("/back")
        assert front.box("reason").value == "they called again"
        await front.press("f10")

    assert station.exchange(ref).outcome is Outcome.NONE
    assert station.service.timeline(ref)[0].text == "they called again"


async def test_a_dispute_is_filed_with_category_reporter_and_words(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(READY)

    async with running(station) as front:
        await front.press("f5", "f5")
        assert front.answer == "Pick an answer first: What about."
        await front.press("4", "f5")
        assert front.answer == "That needs a few words. Type what happened."
        await front.press("3")
        await front.write("he shouted 2 times")
        await front.press("tab")
        await front.type("-3")
        await front.press("f5")

        dispute = station.exchange(ref).dispute
        assert dispute is not None
        assert dispute.category is DisputeCategory.THREAT
        assert dispute.reported_by is None
        assert dispute.opened_at == moment("14:29")
        assert station.service.timeline(ref)[0].text == "he shouted 2 times"
        assert "⚑ disputed" in front.drawn()

        await front.open(ref)
        await front.press(digit_of(front, "Settle the dispute"), "2")
        await front.write("case 26-114")
        await front.press("enter")
        assert station.exchange(ref).disputed
        await front.press(digit_of(front, "Settle the dispute"), "2")
        await front.press("f10")

    dispute = station.exchange(ref).dispute
    assert dispute is not None
    assert dispute.settlement is Settlement.REPORT_TAKEN


async def test_enter_writes_a_note_a_call_and_a_swap(station: StationUnderTest) -> None:
    ref = station.book_one(DUE.with_sides_assumed())

    async with running(station) as front:
        await front.open(ref)
        await front.press(digit_of(front, "Note"))
        await front.press("enter")
        assert front.answer == "That needs a few words. Type what happened."
        await front.write("waits by bay 2")
        await front.press("enter")
        assert station.service.timeline(ref)[0].text == "waits by bay 2"

        await front.open(ref)
        await front.press(digit_of(front, "Expect: a party called"), "2")
        await front.press("enter")
        assert front.answer.startswith("That is not a time.")
        await front.type("1440")
        await front.press("enter")
        assert station.exchange(ref).receiver.expected_at == moment("14:40")

        await front.open(ref)
        await front.press(digit_of(front, "Swap sides"), "enter")
        assert station.exchange(ref).giver.name == "Paul Martin"
        assert front.sheets == []


async def test_the_answer_of_a_question_is_chosen_by_arrows_too(station: StationUnderTest) -> None:
    ref = station.book_one(READY)

    async with running(station) as front:
        await front.press("f5", "right", "right", "left", "right", "right", "left", "down", "right")
        await front.press("down")
        await front.write("torn label")
        await front.press("up", "up", "right", "f5")
        assert front.sheets == [], front.answer

    dispute = station.exchange(ref).dispute
    assert dispute is not None
    assert dispute.category is DisputeCategory.SUSPECTED_STOLEN
    assert dispute.reported_by is R


async def test_a_dispute_after_it_was_closed(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)
    station.did(NotMet, ref)

    async with running(station) as front:
        await front.point_at(ref)
        await front.press("f5", "4")
        await front.write("came back angry")
        await front.press("f5")

    assert station.exchange(ref).disputed
    assert station.exchange(ref).outcome is Outcome.NOT_MET


async def test_one_who_came_late_after_a_no_show(station: StationUnderTest) -> None:
    stays, reopened = station.book(WAITING.about("a"), WAITING.about("b"))

    async with running(station) as front:
        for ref in (stays, reopened):
            await front.point_at(ref)
            await front.press("f4", "f4")
            assert station.exchange(ref).receiver.presence is ABSENT

        await front.open(stays)
        await front.press("2")
        assert "Enter  Came late: buyer, 17 min late; the no-show stays" in front.part("#acts")
        await front.press("enter")
        assert station.exchange(stays).receiver.presence is HERE
        assert station.exchange(stays).outcome is Outcome.NO_SHOW

        await front.open(reopened)
        await front.press(digit_of(front, "Reopen and check in: buyer"), "1")
        assert front.sheets == ["ActSheet"]
        assert "Enter  Arrive: buyer, 17 min late" in front.part("#acts")
        await front.press("enter")

    exchange = station.exchange(reopened)
    assert (exchange.receiver.presence, exchange.outcome) == (HERE, Outcome.NONE)


async def test_a_dispute_in_the_exchange_already_is_said(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)
    station.did(OpenDispute, ref, category=DisputeCategory.OTHER, reported_by=G, text="he says so")

    async with running(station) as front:
        await front.press("f5")
        assert front.answer == f"{ref} already has an open dispute."
