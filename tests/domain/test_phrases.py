"""The words after ``/`` and ``desk do``: every verb, every fault."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory, IdCheck, Settlement, Side
from desk.domain.intents import (
    Amend,
    Arrive,
    ArriveAnyway,
    Cancel,
    ExchangeIntent,
    Expect,
    Finish,
    Leave,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    Swap,
    Undo,
)
from desk.domain.lifecycle import Verb
from desk.domain.phrases import Fault, PhraseContext, PhraseError, read_act, verb_words
from tests.domain.making import OFFICER, OTHER_REF, REF, an_exchange, at
from tests.domain.saying import BOARD, COMMAND_LINE, G, R, arrive, fault, note, outcome, read
from tests.hostile import ANY_TEXT

WHOLE: list[tuple[str, ExchangeIntent]] = [
    (
        "move K7QDM7 15:30 bay none because they asked",
        Amend(
            by=OFFICER,
            ref=REF,
            booking=Booking.of(an_exchange()).moved_to(at("15:30")),
            reason="they asked",
        ),
    ),
    ("arrive K7QDM7", Arrive(by=OFFICER, ref=REF)),
    (
        "arrive K7QDM7 seller at 14:05 id seen",
        Arrive(by=OFFICER, ref=REF, side=G, at=at("14:05"), id_check=IdCheck.SEEN),
    ),
    (
        "arrive K7QDM7-R at -5 id not_shown because came by bus",
        ArriveAnyway(
            by=OFFICER,
            ref=REF,
            side=R,
            at=at("14:26"),
            id_check=IdCheck.NOT_SHOWN,
            reason="came by bus",
        ),
    ),
    ("release K7QDM7 g", Release(by=OFFICER, ref=REF, side=G)),
    ("start K7QDM7 at 1420", Start(by=OFFICER, ref=REF, at=at("14:20"))),
    ("leave K7QDM7 r at 14:20", Leave(by=OFFICER, ref=REF, side=R, at=at("14:20"))),
    ("leave K7QDM7-G at not_observed", Leave(by=OFFICER, ref=REF, side=G, observed=False)),
    ("finish K7QDM7", Finish(by=OFFICER, ref=REF)),
    ("finish K7QDM7 at -1", Finish(by=OFFICER, ref=REF, at=at("14:30"))),
    ("not_met K7QDM7", NotMet(by=OFFICER, ref=REF)),
    ("no_show K7QDM7 buyer", NoShow(by=OFFICER, ref=REF, sides=(R,))),
    ("no_show K7QDM7 both", NoShow(by=OFFICER, ref=REF, sides=(G, R))),
    ("no_show K7QDM7", NoShow(by=OFFICER, ref=REF)),
    ("cancel K7QDM7", Cancel(by=OFFICER, ref=REF)),
    ("reopen K7QDM7 because she came", Reopen(by=OFFICER, ref=REF, reason="she came")),
    ("reopen K7QDM7", Reopen(by=OFFICER, ref=REF, reason="")),
    ("swap K7QDM7", Swap(by=OFFICER, ref=REF)),
    ("note K7QDM7 waits outside", Note(by=OFFICER, ref=REF, text="waits outside")),
    ("expect K7QDM7 buyer 14:50", Expect(by=OFFICER, ref=REF, side=R, comes_at=at("14:50"))),
    (
        "dispute K7QDM7 not_as_described by buyer it is locked",
        OpenDispute(
            by=OFFICER,
            ref=REF,
            category=DisputeCategory.NOT_AS_DESCRIBED,
            reported_by=R,
            text="it is locked",
        ),
    ),
    ("settle K7QDM7 no_action", Settle(by=OFFICER, ref=REF, settlement=Settlement.NO_ACTION)),
    (
        "settle K7QDM7 advised_civil at 14:30 both went",
        Settle(
            by=OFFICER,
            ref=REF,
            at=at("14:30"),
            settlement=Settlement.ADVISED_CIVIL,
            text="both went",
        ),
    ),
]


@pytest.mark.parametrize(("phrase", "intent"), WHOLE)
def test_a_phrase_says_it_all(phrase: str, intent: ExchangeIntent) -> None:
    assert read(phrase) == replace(intent, intent_id="one")


@pytest.mark.parametrize(("phrase", "intent"), WHOLE)
def test_on_the_board_it_says_the_same(phrase: str, intent: ExchangeIntent) -> None:
    assert read(phrase, replace(BOARD, default_ref=OTHER_REF)) == replace(intent, intent_id="one")


@pytest.mark.parametrize(("phrase", "intent"), WHOLE)
def test_on_the_board_the_highlighted_exchange_needs_no_reference(
    phrase: str, intent: ExchangeIntent
) -> None:
    verb, ref, *rest = phrase.split(" ")
    suffix = ref.removeprefix(REF).removeprefix("-")

    assert read(" ".join([verb, *suffix, *rest]), BOARD) == replace(intent, intent_id="one")


def test_every_phrase_has_its_own_id() -> None:
    ids = {read_act(["swap", REF], COMMAND_LINE).intent_id for _ in range(2)}

    assert len(ids) == 2


# Verbs


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("in", Verb.ARRIVE),
        ("checkin", Verb.ARRIVE),
        ("check-in", Verb.ARRIVE),
        ("out", Verb.LEAVE),
        ("noshow", Verb.NO_SHOW),
        ("no-show", Verb.NO_SHOW),
        ("No_Show", Verb.NO_SHOW),
        ("not-met", Verb.NOT_MET),
        ("NOT_MET", Verb.NOT_MET),
        ("ARRIVE", Verb.ARRIVE),
    ],
)
def test_a_verb_is_known_by_its_aliases_hyphens_and_case(word: str, verb: Verb) -> None:
    assert read(f"{word} K7QDM7").verb is verb


def test_every_word_that_begins_a_phrase_is_told() -> None:
    assert {*verb_words().values()} == {type(intent).verb for _, intent in WHOLE} | {Verb.UNDO}


@pytest.mark.parametrize("word", verb_words())
def test_every_word_that_is_told_begins_a_phrase(word: str) -> None:
    answer = outcome([word, REF], COMMAND_LINE)

    if isinstance(answer, PhraseError):
        assert answer.code.startswith("missing_")
    else:
        assert answer.verb is verb_words()[word]


@pytest.mark.parametrize("phrase", ["", "  "])
def test_no_verb(phrase: str) -> None:
    assert fault(phrase) == ("missing_verb", "")


@pytest.mark.parametrize("word", ["book", "merge", "import", "dance", "K7QDM7", "--", "_"])
def test_no_such_verb(word: str) -> None:
    assert fault(f"{word} K7QDM7") == ("unknown_verb", word)


# References


@pytest.mark.parametrize(
    ("typed", "ref", "side"),
    [
        ("k7qdm7", REF, None),
        ("k7qdm7-g", REF, G),
        ("K7QDM7-R", REF, R),
        ("K7QDM8", "K7QDM8", None),
        ("k7qdm8-r", "K7QDM8", R),
        ("k7qdo7", "K7QDO7", None),
        ("nonsense", "NONSENSE", None),
        ("x-y", "X-Y", None),
        ("-g", "-G", None),
        ("1234", "1234", None),
        ("\x1b[2Jab", "[2JAB", None),
        ("w" * 1000, "W" * 32, None),
    ],
)
def test_the_command_line_passes_any_reference_on(typed: str, ref: str, side: Side | None) -> None:
    assert read(f"arrive {typed}") == arrive(side, ref)


@pytest.mark.parametrize(
    "phrase",
    ["arrive", "arrive at 14:05", "arrive seller", "arrive g", "note", "note -- text"],
)
def test_the_command_line_wants_a_reference(phrase: str) -> None:
    assert fault(phrase) == ("missing_ref", "")


def test_a_reference_without_a_sign_that_can_be_shown_is_none() -> None:
    assert fault("arrive \x00")[0] == "missing_ref"


@pytest.mark.parametrize("word", ["K7QDM8", "k7qdo7", "Q2MNRP-G", "SELLEX"])
def test_on_the_board_what_looks_like_a_reference_is_one(word: str) -> None:
    intent = read(f"arrive {word}", BOARD)

    assert isinstance(intent, Arrive)
    assert intent.ref == word.upper().removesuffix("-G")


@pytest.mark.parametrize("word", ["seller", "buyer", "giver", "SELLER"])
def test_on_the_board_a_side_is_no_reference(word: str) -> None:
    intent = read(f"arrive {word}", BOARD)

    assert intent == arrive(R if word == "buyer" else G)


def test_on_the_board_another_word_is_neither() -> None:
    assert fault("arrive nonsense", BOARD) == ("unknown_word", "nonsense")


def test_on_the_board_text_begins_with_a_reference_only_if_it_is_one() -> None:
    assert read("note seller waits", BOARD) == note("seller waits")
    assert read("note K7QDM8 is wrong", BOARD) == note("K7QDM8 is wrong")
    assert read("note q2mnrp is late", BOARD) == note("is late", OTHER_REF)
    assert read("note -- Q2MNRP is late", BOARD) == note("Q2MNRP is late")


def test_a_category_of_six_letters_is_no_reference() -> None:
    intent = read("dispute threat he shouted", BOARD)

    assert isinstance(intent, OpenDispute)
    assert (intent.ref, intent.category) == (REF, DisputeCategory.THREAT)


# Undo


@pytest.mark.parametrize(
    ("phrase", "context", "ref"),
    [
        ("undo", COMMAND_LINE, None),
        ("undo k7qdm7-g", COMMAND_LINE, REF),
        ("undo", BOARD, REF),
        ("undo Q2MNRP", BOARD, OTHER_REF),
        ("undo nonsense", BOARD, "NONSENSE"),
        ("undo k7\u017fdm7", BOARD, "k7\u017fdm7"),
    ],
)
def test_undo_means_an_exchange_or_the_last_act(
    phrase: str, context: PhraseContext, ref: str | None
) -> None:
    assert read(phrase, context) == Undo(by=OFFICER, ref=ref, intent_id="one")


def test_undo_takes_no_more_words() -> None:
    assert fault("undo K7QDM7 please") == ("unknown_word", "please")
    assert fault("undo act 12 please") == ("unknown_word", "please")


@pytest.mark.parametrize("context", [COMMAND_LINE, BOARD])
def test_undo_means_an_act_by_its_number(context: PhraseContext) -> None:
    assert read("undo act 12", context) == Undo(by=OFFICER, number=12, intent_id="one")


@pytest.mark.parametrize("number", ["", "K7QDM7", "-1", "٣", "9" * 30])
def test_an_act_is_named_by_a_number(number: str) -> None:
    assert fault(f"undo act {number}") == ("missing_number", number)


# Any words

WORDS = st.sampled_from(
    [
        *verb_words(),
        *("K7QDM7", "q2mnrp-g", "V2JX76-R", "K7QDM8", "g", "r", "seller", "party", "adult", "both"),
        *("at", "id", "by", "because", "--", "seen", "not_observed", "14:05", "-5", "2", "threat"),
        *("no_action", "counterfeit", "words", "", " "),
    ]
)


@given(st.lists(WORDS | ANY_TEXT, max_size=8), st.sampled_from([COMMAND_LINE, BOARD]))
def test_any_words_are_an_intent_or_a_fault(words: list[str], context: PhraseContext) -> None:
    answer = outcome(words, context)

    if isinstance(answer, PhraseError):
        assert answer.code in set(Fault)
        assert answer.word in " ".join(words)
        assert answer.exit_code == 2
    else:
        assert answer.by == OFFICER
        assert isinstance(answer, Undo) or answer.ref
