"""The sheet that Enter opens: what is marked, chosen and typed in it, and what that writes."""

from __future__ import annotations

import pytest
from textual.message_pump import MessagePump

from desk.domain.exchange import IdCheck, Kind, Outcome, Presence, Side
from desk.domain.intents import Start
from desk.tui import app
from desk.tui.key_gate import settled
from tests.builders import StationUnderTest, an_exchange, moment
from tests.tui.running import running

G, R = Side.GIVER, Side.RECEIVER
DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
READY = DUE.with_both_here("14:25")


async def test_enter_does_what_is_marked_and_arrows_mark(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.open(ref)
        assert "Enter  Arrive: seller" in front.part("#acts")

        assert front.part(".sheet-keys").startswith("Enter does it · ↑ ↓ or a digit marks · ← → ")
        await front.press("up", "down", "down", "down")
        assert "Enter  Arrive: buyer" in front.part("#acts")

        await front.press("enter")
        assert station.exchange(ref).receiver.presence is Presence.HERE
        assert station.exchange(ref).giver.presence is Presence.EXPECTED
        assert front.notice == f"✓ {ref} buyer arrived, 14:32."


async def test_a_digit_marks_a_harmless_act_and_opens_a_careful_one(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(READY)

    async with running(station) as front:
        await front.open(ref)
        await front.press("4")
        assert "Enter  Leave: buyer" in front.part("#acts")
        assert station.exchange(ref).receiver.presence is Presence.HERE

        await front.press("0")
        assert front.sheets == ["ActSheet", "FormSheet"]
        assert f"{ref}: swap sides" in front.words

        await front.press("escape")
        assert front.sheets == ["ActSheet"]
        await front.press("enter")

    assert station.exchange(ref).receiver.presence is Presence.LEFT


IDENTITIES = {
    (): IdCheck.NOT_ASKED,
    ("right",): IdCheck.SEEN,
    ("right", "right"): IdCheck.NOT_SHOWN,
    ("left",): IdCheck.NOT_SHOWN,
    ("right", "left"): IdCheck.NOT_ASKED,
}


async def test_the_id_is_what_the_arrows_chose_and_never_a_bare_enter(
    station: StationUnderTest,
) -> None:
    refs = station.book(*(DUE.about(str(n)) for n in range(len(IDENTITIES))))

    async with running(station) as front:
        for ref, (keys, written) in zip(refs, IDENTITIES.items(), strict=True):
            await front.open(ref)
            await front.hurry(*keys, "enter")
            assert station.exchange(ref).giver.id_check is written, keys


async def test_who_is_still_here_leaves_with_the_finish(station: StationUnderTest) -> None:
    seen, unseen = station.book(READY.about("a"), READY.about("b"))
    for ref in (seen, unseen):
        station.did(Start, ref)

    async with running(station) as front:
        for ref, keys in ((seen, []), (unseen, ["right"])):
            await front.open(ref)
            assert "Still here: seller + buyer" in front.part("#pick")
            await front.hurry(*keys, "enter")

            exchange = station.exchange(ref)
            assert exchange.outcome is Outcome.MET
            for party in exchange.parties:
                assert party.presence is Presence.LEFT
                assert party.visits[-1].left_observed is (ref == seen)


async def test_one_leaves_at_a_time_that_somebody_saw_or_nobody(
    station: StationUnderTest,
) -> None:
    waiting = DUE.with_seller_here("14:20")
    seen, unseen = station.book(waiting.about("a"), waiting.about("b"))

    async with running(station) as front:
        for ref, keys in ((seen, []), (unseen, ["right"])):
            await front.open(ref)
            await front.press("2")
            assert "Enter  Leave: seller" in front.part("#acts")
            await front.hurry(*keys, "enter")

            visit = station.exchange(ref).giver.visits[-1]
            assert (visit.left_at, visit.left_observed) == (moment("14:32"), ref == seen)


TIMES = {
    "": "14:32",
    "1428": "14:28",
    "14:28": "14:28",
    "14h28": "14:28",
    "-5": "14:27",
    "1432": "14:32",
}


async def test_at_is_when_it_happened(station: StationUnderTest) -> None:
    refs = station.book(*(DUE.about(str(n)) for n in range(len(TIMES))))

    async with running(station) as front:
        for ref, (typed, arrived) in zip(refs, TIMES.items(), strict=True):
            await front.open(ref)
            await front.hurry("tab", *typed, "enter")
            assert station.exchange(ref).giver.visits[-1].arrived_at == moment(arrived)
            assert front.notice == f"✓ {ref} seller arrived, {arrived}."


async def test_a_time_that_cannot_be_is_refused_in_words_and_kept(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)
    refusals = {
        "1433": "That time is still to come.",
        "2570": "That is not a time.",
        "soon": "That is not a time.",
    }

    async with running(station) as front:
        await front.open(ref)
        await front.press("tab")
        for typed, sentence in refusals.items():
            front.box("at").clear()
            await front.type(typed)
            await front.press("enter")
            assert front.answer.startswith(sentence)
            assert front.box("at").value == typed

    assert station.exchange(ref).giver.presence is Presence.EXPECTED


async def test_a_leaving_before_the_arrival_is_refused_by_the_service(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE.with_seller_here("14:20"))

    async with running(station) as front:
        await front.open(ref)
        await front.press("2", "tab")
        await front.type("1410")
        await front.press("enter")
        assert front.answer == "14:10 is before what it follows, at 14:20. Correct the time."
        assert "Enter  Leave: seller" in front.part("#acts")

    assert station.exchange(ref).giver.presence is Presence.HERE


async def test_at_counts_from_the_present_however_long_the_sheet_was_open(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.open(ref)
        station.clock.advance(minutes=20)
        await front.hurry("tab", *"1450", "enter")
        assert front.sheets == [], front.answer

    assert station.exchange(ref).giver.visits[-1].arrived_at == moment("14:50")


async def test_tab_goes_to_the_time_and_back_to_the_acts(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.open(ref)
        await front.hurry("tab", "1", "2", "tab", "2", "right", "enter")

        assert front.answer.startswith("That is not a time.")
        await front.hurry("tab", "backspace", "backspace", "enter")

    assert station.exchange(ref).receiver.id_check is IdCheck.SEEN
    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_a_party_that_is_not_named_yet_is_asked_for_its_name(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE.between(None, "Paul Martin"))

    async with running(station) as front:
        await front.scan(f"{ref}-G")
        assert "not named yet" in front.words
        await front.type("Marie-Ève Dupont")
        await front.press("tab", "tab", "right", "enter")

        giver = station.exchange(ref).giver
        assert (giver.name, giver.presence) == ("Marie-Ève Dupont", Presence.HERE)
        assert giver.id_check is IdCheck.SEEN
        assert "Marie-Ève Dupont" in front.drawn()


async def test_the_name_is_asked_for_only_where_there_is_none(station: StationUnderTest) -> None:
    ref = station.book_one(DUE.between(None, "Paul Martin"))

    async with running(station) as front:
        await front.open(ref)
        assert front.app.screen.focused is front.box("name")
        await front.press("down")
        assert front.app.screen.focused is None
        await front.press("up")
        await front.hurry(*"Al", "enter")

    assert station.exchange(ref).giver.name == "Al"
    assert station.exchange(ref).receiver.name == "Paul Martin"


async def test_a_name_may_stay_unknown(station: StationUnderTest) -> None:
    ref = station.book_one(DUE.between(None, None))

    async with running(station) as front:
        await front.open(ref)
        await front.press("enter")

    assert station.exchange(ref).giver.presence is Presence.HERE
    assert station.exchange(ref).giver.name is None


async def test_a_function_key_marks_its_act_and_does_it_when_pressed_again(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(READY)

    async with running(station) as front:
        await front.open(ref)
        assert "Enter  Start" in front.part("#acts")
        await front.press("f3")
        assert "Enter  Finish" in front.part("#acts")
        assert station.exchange(ref).outcome is Outcome.NONE
        await front.press("f3")

    assert station.exchange(ref).outcome is Outcome.MET


async def test_a_key_whose_act_is_impossible_says_why(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    sentences = {
        "f3": f"The parties of {ref} were never here at the same time.",
        "f5": f"Nobody has arrived for that yet at {ref}.",
        "f8": f"Nobody has arrived for that yet at {ref}.",
    }

    async with running(station) as front:
        await front.open(ref)
        for key, sentence in sentences.items():
            await front.press(key)
            assert (front.sheets, front.answer) == (["ActSheet"], sentence)


async def test_from_the_board_an_impossible_act_marks_no_other(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.point_at(ref)
        await front.press("f3")
        assert front.sheets == ["ActSheet"]
        assert front.answer == f"The parties of {ref} were never here at the same time."
        assert front.part(".sheet-keys") == "↑ ↓ or a digit marks · Tab at · Esc back"

        await front.press("enter", "f3", "enter")

    assert [party.presence for party in station.exchange(ref).parties] == [Presence.EXPECTED] * 2


async def test_enter_on_an_empty_board_says_what_to_do(
    station: StationUnderTest,
) -> None:
    async with running(station) as front:
        await front.press("enter")
        assert front.notice == "There is nobody to check in: /import or F7 for another day."
        assert front.sheets == []


async def test_the_head_tells_the_booking_and_both_parties(station: StationUnderTest) -> None:
    custody = an_exchange().at("14:45").of_kind(Kind.CUSTODY).about("").in_bay("Lobby")
    sale, kids = station.book(DUE.with_party(R, phone="+1 509 555 0142"), custody)

    async with running(station) as front:
        await front.open(sale)
        assert front.part("#summary").splitlines() == [
            f"{sale}  Saturday 21 November, 14:30   ! late 2 min",
            "iPhone 13 128 GB · Sale · bay 1",
            "Seller  Marie Dupont  · not here, grace to 14:45",
            "Buyer   Paul Martin  · not here, grace to 14:45",
            "        +1 509 555 0142",
        ]
        await front.press("escape")
        await front.open(kids)
        assert front.part("#summary").splitlines()[1] == "Custody · Lobby"
        assert "Releasing adult" in front.part("#summary")


async def test_a_key_in_a_sheet_that_stays_does_not_wake_the_board_under_it(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one(DUE)
    woken: list[MessagePump] = []

    async def remembered(*nodes: MessagePump) -> None:
        woken.extend(nodes)
        await settled(*nodes)

    monkeypatch.setattr(app, "settled", remembered)
    async with running(station) as front:
        await front.open(ref)
        woken.clear()
        await front.press("down", "right")
        assert woken
        assert front.board not in woken
        await front.press("escape")
        assert front.board in woken
