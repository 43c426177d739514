"""What the words of a phrase mean: sides, times, reasons, categories and free text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pendulum import DateTime

from desk.domain.booking import Booking
from desk.domain.exchange import Side
from desk.domain.intents import (
    Amend,
    Arrive,
    ArriveAnyway,
    ExchangeIntent,
    Expect,
    Leave,
    OpenDispute,
    Reopen,
    Swap,
)
from desk.domain.phrases import read_act
from tests.domain.making import DAY, OFFICER, OTHER_REF, REF, an_exchange, at
from tests.domain.saying import COMMAND_LINE, G, R, arrive, dispute, fault, note, read

# Sides


@pytest.mark.parametrize(
    ("ref", "word", "side"),
    [
        (REF, "g", G),
        (REF, "R", R),
        (REF, "giver", G),
        (REF, "Receiver", R),
        (REF, "seller", G),
        (REF, "sel", G),
        (REF, "BUY", R),
        (OTHER_REF, "g", G),
        (OTHER_REF, "receiver", R),
        (OTHER_REF, "rel", G),
        (OTHER_REF, "rec", R),
        (OTHER_REF, "receiving", R),
        (OTHER_REF, "releasing adult", G),
        (OTHER_REF, "adult receiving", R),
        ("V2JX76", "first", G),
        ("V2JX76", "second party", R),
        (REF, "seller g", G),
    ],
)
def test_a_side_goes_by_its_letter_its_name_or_its_role(ref: str, word: str, side: Side) -> None:
    assert read(f"arrive {ref} {word}") == arrive(side, ref)


def test_a_role_is_known_without_its_accents() -> None:
    french = replace(COMMAND_LINE, roles=lambda _kind: {G: "Vendeur", R: "Acquéreur à l'essai"})

    assert read("arrive K7QDM7 acque", french) == arrive(R)


@pytest.mark.parametrize(
    "phrase",
    [
        "arrive Q2MNRP adult",
        "arrive V2JX76 party",
        "arrive K7QDM7-G buyer",
        "arrive K7QDM7-G r",
        "arrive K7QDM7 seller buyer",
        "arrive K7QDM7 seller buyer seller",
        "no_show K7QDM7 buyer both",
        "no_show K7QDM7-R both",
        "no_show K7QDM7 both buyer",
        "dispute V2JX76 by party counterfeit x",
        "dispute V2JX76 counterfeit by party x",
    ],
)
def test_a_side_that_fits_both_or_contradicts_is_left_to_the_service(phrase: str) -> None:
    intent = read(phrase)

    assert isinstance(intent, ExchangeIntent)
    assert intent.either_side


@pytest.mark.parametrize(
    "phrase", ["arrive K7QDM7", "arrive K7QDM7-G g", "no_show K7QDM7 both", "swap K7QDM7-G"]
)
def test_no_side_or_one_or_both_is_clear(phrase: str) -> None:
    intent = read(phrase)

    assert isinstance(intent, ExchangeIntent)
    assert not intent.either_side


@pytest.mark.parametrize("word", ["se", "bu", "releasing", "adult", "first", "sellers", "gg"])
def test_a_role_counts_in_its_own_kind_from_three_letters_on(word: str) -> None:
    assert fault(f"arrive K7QDM7 {word}") == ("unknown_word", word)


def test_on_the_board_a_role_counts_in_the_kind_of_the_highlighted_exchange() -> None:
    custody = replace(COMMAND_LINE, default_ref=OTHER_REF)

    assert read("arrive rec", custody) == arrive(R, OTHER_REF)
    assert read("arrive K7QDM7 buy", custody) == arrive(R)
    assert fault("arrive buy", custody) == ("unknown_word", "buy")
    assert read("arrive adult", custody) == replace(arrive(None, OTHER_REF), either_side=True)


@pytest.mark.parametrize("word", ["seller", "releasing", "adult", "party"])
def test_of_an_unknown_exchange_every_role_is_understood(word: str) -> None:
    intent = read(f"arrive K7QDM8 {word}")

    assert isinstance(intent, Arrive)
    assert intent.ref == "K7QDM8"


def test_a_suffix_is_no_side_where_no_side_is_meant() -> None:
    assert read("swap K7QDM7-G") == Swap(by=OFFICER, ref=REF, intent_id="one")
    assert read("note K7QDM7-R seller waits") == note("seller waits")


# Times


@pytest.mark.parametrize(
    ("phrase", "code", "word"),
    [
        ("arrive K7QDM7 at", "missing_time", "at"),
        ("arrive K7QDM7 at noon", "no_such_time", "noon"),
        ("arrive K7QDM7 at 24:00", "no_such_time", "24:00"),
        ("arrive K7QDM7 at not_observed", "no_such_time", "not_observed"),
        ("leave K7QDM7 g at", "missing_time", "at"),
        ("arrive K7QDM7 at 14:05 at 14:06", "unknown_word", "at"),
        ("expect K7QDM7 buyer", "missing_time", ""),
        ("expect K7QDM7 buyer soon", "no_such_time", "soon"),
        ("expect K7QDM7 buyer 14:50 15:00", "unknown_word", "15:00"),
    ],
)
def test_a_time_that_cannot_be(phrase: str, code: str, word: str) -> None:
    assert fault(phrase) == (code, word)


def test_a_time_to_come_is_left_to_the_service() -> None:
    intent = read("arrive K7QDM7 g at 14:32")

    assert intent == replace(arrive(G), at=at("14:32"))


@pytest.mark.parametrize(
    ("phrase", "code", "word"),
    [
        ("note K7QDM7 at 25:00 he left", "no_such_time", "25:00"),
        ("note K7QDM7 at 14:75 he left", "no_such_time", "14:75"),
        ("dispute K7QDM7 counterfeit at 25:00 he left", "no_such_time", "25:00"),
    ],
)
def test_what_looks_like_a_time_is_no_text(phrase: str, code: str, word: str) -> None:
    assert fault(phrase) == (code, word)


def test_a_time_that_the_clocks_skip_or_repeat_is_no_text_either() -> None:
    march = replace(COMMAND_LINE, now=at("12:00").set(month=3, day=8, hour=20))

    assert fault("note K7QDM7 at 02:30 he left", march) == ("skipped_time", "02:30")


def test_every_fault_of_a_time_is_one_of_a_phrase() -> None:
    november = replace(COMMAND_LINE, now=at("12:00").set(month=11, day=1, hour=20))
    march = replace(COMMAND_LINE, now=at("12:00").set(month=3, day=8, hour=20))

    assert fault("start K7QDM7 at 01:30", november) == ("repeated_time", "01:30")
    assert fault("start K7QDM7 at 02:30", march) == ("skipped_time", "02:30")


@pytest.mark.parametrize("word", ["not_observed", "not-observed", "Not_Observed"])
def test_a_leaving_may_be_unobserved(word: str) -> None:
    intent = read(f"out K7QDM7 g at {word}")

    assert isinstance(intent, Leave)
    assert (intent.observed, intent.at) == (False, None)


def test_a_call_names_the_time_nearest_to_the_booking() -> None:
    intent = read("expect V2JX76 second 00:10")

    assert isinstance(intent, Expect)
    assert intent.comes_at == at("23:50").add(minutes=20)


def test_a_call_for_an_unknown_exchange_is_near_now_and_its_order_is_free() -> None:
    intent = read("expect K7QDM8 15:00 r at 14:30")

    assert isinstance(intent, Expect)
    assert (intent.comes_at, intent.at, intent.side) == (at("15:00"), at("14:30"), R)


# Reasons, categories, texts


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2", "Wrong time"),
        ("1", "Both agreed"),
        ("came by bus at 14:00", "came by bus at 14:00"),
        ("2 hours late", "2 hours late"),
        ("-- -5 was meant", "-5 was meant"),
        ("²", "²"),
        ("", ""),
    ],
)
def test_a_reason_is_a_number_or_words(typed: str, reason: str) -> None:
    intent = read(f"arrive K7QDM7 because {typed}")

    assert isinstance(intent, ArriveAnyway)
    assert intent.reason == reason


@pytest.mark.parametrize("number", ["0", "3", "02", "99"])
def test_a_reason_has_a_number_of_the_list(number: str) -> None:
    assert fault(f"arrive K7QDM7 because {number}") == ("unknown_reason", number)


def test_without_a_list_a_number_is_a_reason_like_any_other() -> None:
    intent = read("arrive K7QDM7 because 3", replace(COMMAND_LINE, reasons=()))

    assert isinstance(intent, ArriveAnyway)
    assert intent.reason == "3"


def test_reopening_has_reasons_of_its_own() -> None:
    intent = read("reopen K7QDM7 because 1")

    assert isinstance(intent, Reopen)
    assert intent.reason == "Came back"


@pytest.mark.parametrize(
    ("rest", "intent"),
    [
        ("counterfeit it is a copy", dispute("it is a copy")),
        ("COUNTERFEIT it is a copy", dispute("it is a copy")),
        ("by buyer counterfeit it is a copy", dispute("it is a copy", R)),
        ("counterfeit by r it is a copy", dispute("it is a copy", R)),
        ("counterfeit by the look of it", dispute("by the look of it")),
        ("counterfeit by", dispute("by")),
        ("counterfeit at the door", dispute("at the door")),
        ("counterfeit -- by buyer", dispute("by buyer")),
        ("counterfeit by seller by buyer", dispute("by buyer", G)),
    ],
)
def test_a_dispute_names_its_category_and_perhaps_who_reported_it(
    rest: str, intent: OpenDispute
) -> None:
    assert read(f"dispute K7QDM7 {rest}") == intent


@pytest.mark.parametrize(
    ("phrase", "code", "word"),
    [
        ("dispute K7QDM7", "missing_category", ""),
        ("dispute K7QDM7 -- text", "missing_category", ""),
        ("dispute K7QDM7 stolen it is", "unknown_category", "stolen"),
        ("dispute K7QDM7 counterfeit", "missing_text", ""),
        ("dispute K7QDM7 by nobody counterfeit x", "unknown_word", "nobody"),
        ("dispute K7QDM7 by", "missing_side", "by"),
        ("settle K7QDM7", "missing_outcome", ""),
        ("settle K7QDM7 peace", "unknown_outcome", "peace"),
        ("note K7QDM7", "missing_text", ""),
        ("note K7QDM7 --", "missing_text", ""),
        ("note K7QDM7 at 14:20", "missing_text", ""),
        ("arrive K7QDM7 id", "missing_id", "id"),
        ("arrive K7QDM7 id maybe", "unknown_id", "maybe"),
        ("arrive K7QDM7 id not_asked", "unknown_id", "not_asked"),
        ("arrive K7QDM7 id seen id seen", "unknown_word", "id"),
        ("arrive K7QDM7 quickly", "unknown_word", "quickly"),
        ("arrive K7QDM7 -- text", "unknown_word", "--"),
        ("finish K7QDM7 because", "unknown_word", "because"),
        ("start K7QDM7 seller", "unknown_word", "seller"),
        ("cancel K7QDM7 both", "unknown_word", "both"),
    ],
)
def test_a_word_that_is_missing_or_unknown_is_named(phrase: str, code: str, word: str) -> None:
    assert fault(phrase) == (code, word)


@pytest.mark.parametrize(
    ("typed", "clock", "text"),
    [
        ("at 14:20 they shouted", "14:20", "they shouted"),
        ("at the door", None, "at the door"),
        ("at 18:00 he comes back", "18:00", "he comes back"),
        ("-- at 18:00 he comes back", None, "at 18:00 he comes back"),
        ("he comes back at 18:00", None, "he comes back at 18:00"),
        ("at 12 Main Street", None, "at 12 Main Street"),
        ("at", None, "at"),
        ("-- at 14:20 they shouted", None, "at 14:20 they shouted"),
        ("at 14:20 -- at 14:25 he left", "14:20", "at 14:25 he left"),
        ("at 14:20 at 14:25 he left", "14:20", "at 14:25 he left"),
        ("they left at 14:20", None, "they left at 14:20"),
    ],
)
def test_a_note_says_when_only_where_a_time_begins_it(
    typed: str, clock: str | None, text: str
) -> None:
    expected = replace(note(text), at=None if clock is None else at(clock))

    assert read(f"note K7QDM7 {typed}") == expected


def test_words_that_the_shell_kept_together_are_read_apart() -> None:
    intent = read_act(["note K7QDM7", "came  late,", "", "waits"], COMMAND_LINE)

    assert replace(intent, intent_id="one") == note("came late, waits")


# Another day, another time, another bay


BOARD_BAYS = replace(COMMAND_LINE, bays=("1", "2", "Lobby"), bay_reasons=("They share it",))
MONDAY = DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("words", "starts", "bay"),
    [
        ("15:30", at("15:30"), None),
        ("1530", at("15:30"), None),
        ("mon", at("14:15", MONDAY), None),
        ("monday 10:15", at("10:15", MONDAY), None),
        ("10:15 monday", at("10:15", MONDAY), None),
        ("23/11 10:15", at("10:15", MONDAY), None),
        ("2026-11-23", at("14:15", MONDAY), None),
        ("+2 1015", at("10:15", MONDAY), None),
        ("bay 2", at("14:15"), "2"),
        ("bay lobby", at("14:15"), "Lobby"),
        ("bay none", at("14:15"), None),
        ("bay 2 15:30", at("15:30"), "2"),
        ("mon 10:15 bay 2", at("10:15", MONDAY), "2"),
    ],
)
def test_an_exchange_is_moved_to_a_day_a_time_or_a_bay(
    words: str, starts: DateTime, bay: str | None
) -> None:
    booking = replace(
        Booking.of(an_exchange()), starts_at=starts, ends_at=starts.add(minutes=20), bay=bay
    )
    moved = Amend(by=OFFICER, ref=REF, booking=booking, intent_id="one")

    assert read(f"move {REF} {words}", BOARD_BAYS) == moved
    assert read(f"amend {REF} {words}", BOARD_BAYS) == moved
    assert read(f"move {words}", replace(BOARD_BAYS, default_ref=REF)) == moved


def test_why_a_bay_is_given_all_the_same() -> None:
    shared = read(f"move {REF} bay 2 because 1", BOARD_BAYS)
    told = read(f"move {REF} 15:30 because they both asked", BOARD_BAYS)

    assert isinstance(shared, Amend)
    assert isinstance(told, Amend)
    assert (shared.reason, told.reason) == ("They share it", "they both asked")


@pytest.mark.parametrize(
    ("words", "code", "word"),
    [
        ("", "missing_change", ""),
        ("because 1", "missing_change", ""),
        ("soon", "no_such_moment", "soon"),
        ("-5", "no_such_moment", "-5"),
        ("31/2", "no_such_moment", "31/2"),
        ("15:30 16:00", "unknown_word", "16:00"),
        ("mon tue", "unknown_word", "tue"),
        ("mon 10:15 tue", "unknown_word", "tue"),
        ("bay", "unknown_bay", "bay"),
        ("bay 9", "unknown_bay", "9"),
        ("15:30 bay 2 because 7", "unknown_reason", "7"),
        ("2026-03-08 02:30", "skipped_time", "2026-03-08 02:30"),
        ("1/11 01:30", "repeated_time", "1/11 01:30"),
    ],
)
def test_a_move_that_cannot_be(words: str, code: str, word: str) -> None:
    assert fault(f"move {REF} {words}".strip(), BOARD_BAYS) == (code, word)


def test_whether_there_is_such_an_exchange_is_the_services_to_answer() -> None:
    intent = read("move K7QDM8 15:30", BOARD_BAYS)

    assert isinstance(intent, Amend)
    assert intent.ref == "K7QDM8"
