"""The State column: the words of the design's table, and that they always fit."""

from dataclasses import replace
from itertools import product

import pytest

from desk import text
from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    Kind,
    Outcome,
    Presence,
    Side,
)
from desk.tui.present import ASCII, STATE_CELLS, UNICODE, Glyphs, StateWords, Tone, state
from tests.domain.making import an_exchange, arrived, at
from tests.tui.widgets.saturday import scene

E, HELD, HERE, LEFT, ABSENT = Presence


def told(exchange: Exchange, now: str = "14:32", glyphs: Glyphs = UNICODE) -> StateWords:
    shown = scene(now, glyphs)
    return state(exchange, shown.stage(exchange), shown)


def said(exchange: Exchange, now: str = "14:32") -> str:
    return told(exchange, now).piece.text


def custody(exchange: Exchange) -> Exchange:
    return replace(exchange, kind=Kind.CUSTODY)


def started(exchange: Exchange, clock: str) -> Exchange:
    return replace(exchange, started_at=at(clock))


BOTH_HERE = an_exchange(HERE, HERE)
SELLER_HERE = an_exchange(HERE)


@pytest.mark.parametrize(
    ("exchange", "now", "words", "tone"),
    [
        (an_exchange(LEFT, LEFT, Outcome.MET), "14:32", "✓ met 14:25", Tone.DIM),
        (an_exchange(LEFT, LEFT, Outcome.NOT_MET), "14:32", "↩ not met", Tone.DIM),
        (an_exchange(LEFT, ABSENT, Outcome.NO_SHOW), "14:32", "✗ no buyer", Tone.DIM),
        (an_exchange(ABSENT, ABSENT, Outcome.NO_SHOW), "14:32", "✗ no one", Tone.DIM),
        (an_exchange(LEFT, LEFT, Outcome.NO_SHOW), "14:32", "✗ no-show", Tone.DIM),
        (an_exchange(E, E, Outcome.CANCELLED), "14:32", "– cancelled", Tone.DIM),
        (an_exchange(HERE, LEFT, Outcome.MET), "14:32", "✓ seller here", Tone.PLAIN),
        (an_exchange(HERE, HERE, Outcome.MET), "14:32", "✓ both here", Tone.PLAIN),
        (an_exchange(HELD, E, Outcome.CANCELLED), "14:32", "– seller here", Tone.PLAIN),
        (an_exchange(HELD), "14:14", "⏸ held 4 min", Tone.LATE),
        (an_exchange(LEFT, HERE), "14:32", "↩ seller left", Tone.LATE),
        (an_exchange(LEFT, LEFT), "14:32", "↩ both left", Tone.LATE),
        (started(BOTH_HERE, "14:04"), "14:32", "▲ over 8 min", Tone.LATE),
        (started(BOTH_HERE, "14:26"), "14:32", "▸ in bay 6 min", Tone.READY),
        (BOTH_HERE, "14:13", "● ready 3 min", Tone.READY),
        (SELLER_HERE, "14:32", "‼ overdue 2 min", Tone.OVERDUE),
        (SELLER_HERE, "14:19", "! late 4 seller", Tone.LATE),
        (an_exchange(), "14:19", "! late 4 min", Tone.LATE),
        (SELLER_HERE, "14:14", "◐ seller 4 min", Tone.PLAIN),
        (an_exchange(), "14:02", "○ in 13 min", Tone.PLAIN),
        (an_exchange(), "13:32", "· in 43 min", Tone.DIM),
    ],
)
def test_each_stage_says_what_the_table_says(
    exchange: Exchange, now: str, words: str, tone: Tone
) -> None:
    shown = told(exchange, now)

    assert (shown.piece.text, shown.tone) == (words, tone)


def test_custody_says_that_both_arrived_and_leaves_the_rest_to_the_officer() -> None:
    assert told(custody(BOTH_HERE), "14:13") == StateWords("●", "both arrived", Tone.PLAIN)


@pytest.mark.parametrize(
    ("exchange", "now", "words"),
    [
        (custody(SELLER_HERE), "14:19", "! late 4 min"),
        (custody(SELLER_HERE), "14:14", "◐ releasing 4"),
        (custody(an_exchange(LEFT)), "14:32", "↩ releasing left"),
        (custody(an_exchange(E, HERE, Outcome.MET)), "14:32", "✓ receiving here"),
        (custody(an_exchange(LEFT, ABSENT, Outcome.NO_SHOW)), "14:32", "✗ no receiving"),
        (replace(SELLER_HERE, kind=Kind.OTHER), "14:19", "! late 4 first"),
    ],
)
def test_what_is_too_wide_for_the_column_is_said_in_fewer_words(
    exchange: Exchange, now: str, words: str
) -> None:
    assert said(exchange, now) == words


def test_a_side_is_named_where_it_is_here_not_where_it_is_missing() -> None:
    assert said(an_exchange(E, HERE), "14:19") == "! late 4 buyer"
    assert said(an_exchange(E, HERE), "14:14") == "◐ buyer 4 min"


@pytest.mark.parametrize(
    ("exchange", "now", "words"),
    [
        (an_exchange(), "14:15", "! late now"),
        (SELLER_HERE, "14:15", "! late now"),
        (an_exchange(E, HERE), "14:15", "! late now buyer"),
        (SELLER_HERE, "14:30", "‼ overdue now"),
        (SELLER_HERE, "14:10", "◐ seller now"),
        (BOTH_HERE, "14:10", "● ready now"),
        (started(BOTH_HERE, "14:32"), "14:32", "▸ in bay now"),
        (started(BOTH_HERE, "14:12"), "14:32", "▲ over now"),
        (an_exchange(HELD), "14:10", "⏸ held now"),
        (an_exchange(), "14:14:59", "○ in 1 min"),
    ],
)
def test_under_a_minute_is_now_and_what_is_to_come_is_never_now(
    exchange: Exchange, now: str, words: str
) -> None:
    assert said(exchange, now) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [("13:02", "· in 1 h 13"), ("15:43", "‼ overdue 1 h 13"), ("23:59", "‼ overdue 9 h 29")],
)
def test_an_hour_and_more_is_said_in_hours(now: str, words: str) -> None:
    assert said(an_exchange(), now) == words


def test_a_day_and_more_is_said_in_days_and_a_wide_time_in_whole_hours() -> None:
    exchange = an_exchange()

    assert said(replace(exchange, starts_at=exchange.starts_at.subtract(days=3))) == "‼ overdue 3 d"
    assert said(replace(exchange, starts_at=at("00:05"))) == "‼ overdue 14 h"


def test_an_open_dispute_stands_in_place_of_the_words_and_a_settled_one_does_not() -> None:
    dispute = Dispute(1, DisputeCategory.OTHER, Side.GIVER, at("14:20"))
    disputed = replace(an_exchange(LEFT, LEFT, Outcome.MET), dispute=dispute)
    settled = replace(disputed, dispute=replace(dispute, settled_at=at("14:30")))

    assert told(disputed) == StateWords("⚑", "disputed", Tone.DISPUTED)
    assert said(settled) == "✓ met 14:25"


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("kind", Kind)
def test_glyph_and_words_never_take_more_than_their_column(kind: Kind, glyphs: Glyphs) -> None:
    moments = ["00:00", "02:14", "04:16", "13:45", "14:14", "14:15", "14:16", "14:31", "23:59"]
    for giver, receiver, outcome in product(Presence, Presence, Outcome):
        exchange = replace(an_exchange(giver, receiver, outcome), kind=kind)
        both = {Presence.HERE} == {giver, receiver}
        for case in (exchange, *([started(exchange, "14:10")] if both else [])):
            for now, days in product(moments, (0, 1, 40, 400)):
                shown = told(
                    replace(case, starts_at=case.starts_at.subtract(days=days)), now, glyphs
                )
                assert text.width(shown.piece.text) <= STATE_CELLS
                assert text.width(shown.glyph) == 1
                assert shown.words


def test_the_ascii_glyphs_are_ascii_and_all_glyphs_take_one_cell() -> None:
    for glyphs in (UNICODE, ASCII):
        signs = {name: getattr(glyphs, name) for name in glyphs.__slots__}
        assert {name: text.width(sign) for name, sign in signs.items()} == dict.fromkeys(signs, 1)
    assert all(getattr(ASCII, name).isascii() for name in ASCII.__slots__)


def test_arrivals_are_counted_from_the_visit_that_is_open() -> None:
    assert said(arrived(an_exchange(), Side.RECEIVER, "14:09"), "14:14") == "◐ buyer 5 min"
