"""`desk do`: the words of the board, one verdict, the exit code that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.exchange import Kind, Presence, Side
from tests.builders import StationUnderTest, an_exchange, moment
from tests.cli.running import CommandLine

KEYS = ["accepted", "code", "explanation", "next", "prior", "ref"]


def test_an_accepted_act_is_done_and_told(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    ended = cli("do", "arrive", ref, "seller", "id", "seen", "--json")

    assert ended.code == 0
    assert list(ended.document) == KEYS
    assert ended.document["accepted"] is True
    assert (ended.document["code"], ended.document["ref"]) == ("accepted", ref)
    assert (ended.document["next"], ended.document["prior"]) == (None, None)
    assert station.exchange(ref).giver.presence is Presence.HERE


def test_a_refused_act_says_why_what_next_and_who_was_first(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))

    ended = cli("do", "in", ref, "seller", "--json")

    assert ended.code == 1
    assert ended.document["accepted"] is False
    assert ended.document["code"] == "already_here"
    assert ended.document["explanation"]
    assert ended.document["next"]
    assert ended.document["prior"] == {
        "number": ended.document["prior"]["number"],
        "verb": "arrive",
        "side": "giver",
        "officer": "4412",
        "desk": "desk 1",
        "occurred_at": "2026-11-21T14:13:00-08:00",
        "recorded_at": "2026-11-21T14:32:00-08:00",
    }


def test_a_refused_act_is_in_the_journal(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    cli("do", "finish", ref)

    newest = station.service.journal(ref)[-1]
    assert (newest.verb, newest.accepted, newest.code) == ("finish", False, "did_not_meet")


def test_people_get_the_sentence(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    assert cli("do", "arrive", f"{ref.lower()}-g").out == f"{ref} seller arrived, 14:32.\n"


def test_a_reference_that_nobody_knows_is_refused(cli: CommandLine) -> None:
    ended = cli("do", "cancel", "K7QDM7", "--json")

    assert ended.code == 1
    assert (ended.document["code"], ended.document["ref"]) == ("unknown", "K7QDM7")


def test_a_time_may_begin_with_a_dash(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    cli("do", "arrive", ref, "seller", "at", "-5")

    assert station.exchange(ref).giver.visits[0].arrived_at == station.clock.now().subtract(
        minutes=5
    )


def test_free_text_may_begin_with_a_dash(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    ended = cli("do", "note", ref, "--", "--json", "at", "the", "door")

    assert ended.code == 0
    assert station.service.timeline(ref)[0].text == "--json at the door"


def test_an_import_that_others_stand_on_is_told_without_a_reference_that_is_not_meant(
    cli: CommandLine, chief: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "bookings.csv"
    rows = ("14:30,Marie Dupont,Paul Martin", "14:45,Omar Diaz,Lena Novak")
    file.write_text(
        "Date,Time,Seller,Buyer\n" + "".join(f"2026-11-21,{row}\n" for row in rows),
        encoding="utf-8",
    )
    cli("import", str(file))
    first, second = (each["ref"] for each in cli("list", "--json").document["exchanges"])
    cli("do", "arrive", first, "seller", *chief)

    number = cli("journal", second, "--json").document["rows"][0]["number"]

    for words in (["undo"], ["undo", "act", str(number)]):
        told = cli("do", *words, "--json").document
        assert told["code"] == "depended_on"
        assert told["explanation"].startswith("Something later stands on one of the exchanges of")
        assert second not in told["explanation"]


def test_an_import_is_undone_by_its_number_and_not_by_a_reference(
    cli: CommandLine, station: StationUnderTest
) -> None:
    first, second = station.book(an_exchange(), an_exchange().at("15:00"))

    refused = cli("do", "undo", second)

    assert refused.code == 1
    why, how = refused.out.splitlines()
    assert why == (
        f"“booked from a file” (act 6) is about 2 exchanges, and is not undone by {second} alone. "
        "Booked from a file 14:32 by 4412 at desk 1."
    )
    assert how == "Take all of it back with undo act 6; on the board F8 finds it."
    assert station.exchange(first).ref == first

    undone = cli("do", "undo", "act", "6")
    assert undone.code == 0
    assert undone.out == "Undone: 2 exchanges: booked from a file 14:32 by 4412 at desk 1.\n"
    assert station.board().exchanges == ()
    told = cli("journal", second)
    assert told.code == 0
    line = next(each for each in told.out.splitlines() if "undone: " in each)
    assert "undone: booked from a file (6)" in line
    assert f"{first} {second}" in line


def test_a_text_that_is_too_long_is_refused_with_its_limit(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    ended = cli("do", "note", ref, "x" * 2001)

    assert ended.code == 1
    assert ended.out == (
        "The text has 2001 characters, and 2000 at most can be kept.\n"
        "Shorten it, and put the rest in a note of its own.\n"
    )


def test_an_act_is_undone(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here())

    ended = cli("do", "undo", ref, "--json")

    assert ended.code == 0
    assert station.exchange(ref).giver.presence is Presence.EXPECTED


def test_a_word_that_fits_both_sides_is_refused(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(an_exchange().of_kind(Kind.CUSTODY))

    ended = cli("do", "arrive", ref, "adult", "--json")

    assert ended.code == 1
    assert ended.document == {
        "accepted": False,
        "code": "which_side",
        "explanation": f"{ref} has two parties, and either could be meant.",
        "next": "Say giver or receiver.",
        "prior": None,
        "ref": ref,
    }
    assert station.exchange(ref).sides_with(Presence.EXPECTED) == tuple(Side)
    newest = station.service.journal(ref)[-1]
    assert (newest.verb, newest.accepted, newest.code) == ("arrive", False, "which_side")


@pytest.mark.parametrize(
    ("words", "next_step"),
    [
        (["arrive", "seller", "at", "23:00"], "Correct the time."),
        (
            ["note", "at", "23:00", "later"],
            "Correct the time. If it is part of the text, write -- before the text.",
        ),
    ],
)
def test_a_time_to_come_is_refused_and_in_the_journal(
    cli: CommandLine, station: StationUnderTest, words: list[str], next_step: str
) -> None:
    ref = station.book_one()
    verb, *rest = words

    ended = cli("do", verb, ref, *rest, "--json")

    assert ended.code == 1
    assert ended.document == {
        "accepted": False,
        "code": "in_the_future",
        "explanation": "23:00 is still to come: it is 14:32 now.",
        "next": next_step,
        "prior": None,
        "ref": ref,
    }
    newest = station.service.journal(ref)[-1]
    assert (newest.verb, newest.accepted, newest.code) == (verb, False, "in_the_future")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["dance", "K7QDM7"], "unknown_verb", "“dance” is not a command."),
        (["arrive"], "missing_ref", "Say which exchange"),
        (["note", "K7QDM7"], "missing_text", "A few words are missing"),
        (["arrive", "K7QDM7", "at", "soon"], "no_such_time", "“soon” is not a time."),
        (["fold"], "unknown_verb", "“fold” only works on the board."),
        (["theme", "day"], "unknown_verb", "“theme” only works on the board."),
        ([], "usage", "WORDS"),
    ],
)
def test_words_that_make_no_sense_are_wrong_usage(
    cli: CommandLine, words: list[str], code: str, said: str
) -> None:
    ended = cli("do", *words, "--json")

    assert ended.code == 2
    assert ended.error["code"] == code
    assert said in ended.error["explanation"]


def test_somebody_has_to_act(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    ended = cli.without("DESK_OFFICER")("do", "arrive", ref, "seller", "--json")

    assert ended.code == 2
    assert ended.error["code"] == "no_officer"
    assert station.exchange(ref).giver.presence is Presence.EXPECTED


def test_the_named_officer_and_desk_are_in_the_record(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    ref = station.book_one()

    cli("do", "arrive", ref, "seller", *chief, "--desk", "gate")

    newest = station.service.journal(ref)[-1]
    assert (newest.officer, newest.desk) == ("1000", "gate")


# What was written on paper


def test_a_walk_in_is_booked_at_the_time_on_the_paper(
    cli: CommandLine, station: StationUnderTest
) -> None:
    station.book_one(an_exchange().at("13:00").in_bay("1"))

    ended = cli("do", "walkin", "Ann One", "Bob Two", "road", "bike", "at", "13:05", "--json")

    booked = station.exchange(ended.document["ref"])
    assert (ended.code, ended.document["code"]) == (0, "accepted")
    assert (booked.giver.name, booked.receiver.name) == ("Ann One", "Bob Two")
    assert (booked.item, booked.source, booked.bay) == ("road bike", "walk_in", "2")
    assert booked.starts_at == moment("13:05")
    assert {party.visits[0].arrived_at for party in booked.parties} == {moment("13:05")}
    rows = station.service.journal(booked.ref)
    assert {row.occurred_at for row in rows} == {moment("13:05")}
    assert {row.recorded_at for row in rows} == {moment("14:32")}


def test_a_walk_in_without_names_is_wrong_usage(cli: CommandLine) -> None:
    ended = cli("do", "walkin", "Ann One", "--json")

    assert (ended.code, ended.error["code"]) == (2, "missing_names")


def test_a_walk_in_to_come_is_refused_and_a_taken_bay_too(
    cli: CommandLine, station: StationUnderTest
) -> None:
    station.book_one(an_exchange().at("14:30").in_bay("1"))
    names = ("do", "walkin", "Ann One", "Bob Two")

    assert cli(*names, "at", "18:00", "--json").document["code"] == "in_the_future"
    assert cli(*names, "bay", "1", "--json").document["code"] == "bay_taken"
    assert cli(*names, "bay", "1", "because", "1", "--json").document["accepted"] is True


@pytest.mark.parametrize(
    "phrase",
    [
        "arrive {ref} giver at 13:50",
        "start {ref} at 14:00",
        "leave {ref} giver at 14:10",
        "finish {ref} at 14:10",
        "not_met {ref} at 14:10",
        "no_show {ref} receiver at 14:10",
        "cancel {ref} at 14:10",
        "swap {ref} at 14:10",
        "note {ref} at 14:10 it rained",
        "expect {ref} receiver 14:40 at 14:10",
        "dispute {ref} threat at 14:10 he shouted",
    ],
)
def test_every_act_takes_the_time_on_the_paper(
    cli: CommandLine, station: StationUnderTest, phrase: str
) -> None:
    here = an_exchange().at("14:15")
    verb = phrase.split(maxsplit=1)[0]
    if verb in ("start", "finish"):
        here = here.with_both_here("13:50")
    elif verb not in ("arrive", "cancel", "swap"):
        here = here.with_seller_here("13:50")
    ref = station.book_one(here)

    words = phrase.format(ref=ref).split()

    assert cli("do", *words, "--json").document["accepted"] is True
    newest = station.service.journal(ref)[-1]
    time = words[words.index("at") + 1]
    assert (newest.occurred_at, newest.recorded_at) == (moment(time), moment("14:32"))


def test_an_exchange_is_moved_and_a_bay_is_given_all_the_same(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref, taker = station.book(
        an_exchange().at("15:00").in_bay("1"), an_exchange().at("15:30").in_bay("2").about("rug")
    )

    assert cli("do", "move", ref, "15:30").code == 0
    refused = cli("do", "move", ref, "bay", "2", "--json")
    assert (refused.code, refused.document["code"]) == (1, "bay_taken")
    assert taker in refused.document["explanation"]
    assert refused.document["next"] == (
        "Free: bay 3 at 15:30, Lobby at 15:30, bay 1 at 15:35, bay 3 at 15:35, Lobby at 15:35. "
        "Book it there anyway, with a reason."
    )
    assert list(refused.document) == ["accepted", "code", "explanation", "next", "prior", "ref"]
    assert "Free: bay 3 at 15:30" in cli("do", "move", ref, "bay", "2").out
    assert cli("do", "amend", ref, "bay", "2", "because", "1").code == 0

    exchange = station.exchange(ref)
    assert (exchange.starts_at, exchange.bay) == (moment("15:30"), "2")
    assert cli("do", "move", "V2JX76", "15:30", "--json").document["code"] == "unknown"
    assert cli("do", "move", ref, "bay", "9").code == 2
