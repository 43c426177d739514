"""Which bay a booking could have, and what is said where one is still in use."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from desk.domain.bays import Place
from desk.domain.booking import Booking
from desk.domain.exchange import Exchange, Kind, Outcome, Presence
from desk.domain.rules import BayRules, Rules
from desk.domain.views import Board
from desk.tui.present import ExchangeRow, StateWords, Tone, card, picture
from desk.tui.present.places import OtherBay, Outlook, other_bay, outlook
from desk.tui.widgets.card_layout import narrow_card, wide_card
from desk.wording import place_words
from tests.domain.making import DAY, OTHER_REF, an_exchange, at
from tests.tui.widgets import saturday

WANTED = Booking(Kind.SALE, at("14:32"), at("14:52"))
RULES = Rules(
    bays={
        "2": BayRules(kinds=frozenset({Kind.CUSTODY})),
        "3": BayRules(closes=time(18)),
        "Lobby": BayRules(large=False),
    }
)
DUE = replace(an_exchange(), bay="1", starts_at=at("14:30"), ends_at=at("14:50"))
IN_IT = replace(
    an_exchange(Presence.HERE, Presence.HERE),
    ref=OTHER_REF,
    bay="1",
    starts_at=at("14:00"),
    ends_at=at("14:20"),
)


def in_bay(bay: str, starts: str) -> Exchange:
    starts_at = at(starts)
    return replace(an_exchange(), bay=bay, starts_at=starts_at, ends_at=starts_at.add(minutes=20))


def words(booking: Booking, *others: Exchange) -> dict[str, str]:
    scene = replace(saturday.scene(), rules=RULES)
    return {one.bay: one.words for one in outlook(booking, others, scene)}


@pytest.mark.parametrize(
    ("booking", "others", "bay", "told"),
    [
        (WANTED, (), "1", "free"),
        (WANTED, (in_bay("1", "15:15"),), "1", "free to 15:15"),
        (WANTED, (in_bay("3", "15:15"),), "1", "free"),
        (WANTED, (in_bay("1", "14:40"),), "1", "K7QDM7 has it 14:40–15:00"),
        (WANTED, (IN_IT,), "1", "Q2MNRP still in it"),
        (WANTED.moved_to(at("16:00")), (IN_IT,), "1", "free"),
        (WANTED, (), "2", "not for: sale"),
        (WANTED, (), "Lobby", "free"),
        (replace(WANTED, large=True), (), "Lobby", "no room for large items"),
        (WANTED.moved_to(at("17:50")), (), "3", "not open then"),
    ],
)
def test_each_bay_says_how_it_stands_at_that_time(
    booking: Booking, others: tuple[Exchange, ...], bay: str, told: str
) -> None:
    assert words(booking, *others)[bay] == told


def test_a_bay_that_refuses_is_not_free() -> None:
    bays = outlook(WANTED, [in_bay("1", "14:40")], saturday.scene())

    assert [one for one in bays if not one.free] == [
        Outlook("1", "K7QDM7 has it 14:40–15:00", free=False)
    ]


def test_a_place_names_its_day_only_where_that_is_another() -> None:
    scene = saturday.scene()

    assert place_words(Place("3", at("14:40")), WANTED, scene.station) == "bay 3 at 14:40"
    tomorrow = Place("Lobby", at("00:10").add(days=1))
    assert place_words(tomorrow, WANTED, scene.station) == "Lobby at 00:10, Sun 22 Nov"


class TestBusy:
    """The next are due, and the ones before have not left their bay."""

    def row(self, *exchanges: Exchange, now: str = "14:32") -> ExchangeRow:
        board = Board(DAY, exchanges)
        drawn = picture(board, saturday.scene(now), unfolded=False)
        (found,) = (
            row for row in drawn.rows if isinstance(row, ExchangeRow) and row.ref == DUE.ref
        )
        return found

    def test_the_row_says_so_and_has_room_for_it(self) -> None:
        row = self.row(DUE, IN_IT)
        board = Board(DAY, (replace(DUE, bay="Lobby"), replace(IN_IT, bay="Lobby")))

        assert (row.bay, row.busy) == ("1 busy", True)
        assert picture(board, saturday.scene(), unfolded=False).bay_cells == len("Lobby busy")

    def test_only_once_it_is_due_and_only_in_its_own_bay(self) -> None:
        assert self.row(DUE, IN_IT, now="14:29").bay == "1"
        assert self.row(DUE, replace(IN_IT, bay="2")).bay == "1"
        assert self.row(DUE).bay == "1"

    def test_the_card_names_who_is_in_it(self) -> None:
        shown = card(DUE, (), (), saturday.scene(), [DUE, IN_IT])
        free = card(DUE, (), (), saturday.scene(), [DUE])

        assert (shown.busy, free.busy) == ("busy: Q2MNRP", "")
        head = "".join(piece.text for piece in narrow_card(shown, 60)[0])
        assert "bay 1 busy: Q2MNRP" in head
        column = ["".join(piece.text for piece in line) for line in wide_card(shown, 40, 30)]
        assert "  bay 1 busy: Q2MNRP" in column

    def test_those_who_could_begin_are_told_so_before_all_else(self) -> None:
        both_came = replace(an_exchange(Presence.HERE, Presence.HERE), bay="1")
        both_came = replace(both_came, starts_at=DUE.starts_at, ends_at=DUE.ends_at)
        shown = card(both_came, (), (), saturday.scene(), [both_came, IN_IT])

        assert self.row(both_came, IN_IT).state == StateWords("●", "bay busy", Tone.LATE)
        assert self.row(both_came).state.words == "ready 22 min"
        assert self.row(DUE, IN_IT).state.words == "late 2 min"
        assert shown.state.words == "bay busy"

    def test_another_bay_is_offered_that_is_free_for_longest(self) -> None:
        others = (DUE, IN_IT, replace(in_bay("2", "15:00"), ref="V2JX76"))
        full = [replace(in_bay(bay, "14:30"), ref="T5WCBP") for bay in ("2", "3", "Lobby")]

        assert other_bay(DUE, others, saturday.scene()) == OtherBay("3", "bay 3", "free")
        assert other_bay(DUE, (DUE,), saturday.scene()) is None
        queued = replace(DUE, bay=None)
        assert other_bay(queued, (queued, *others[1:]), saturday.scene()) == OtherBay(
            "3", "bay 3", "free"
        )
        assert other_bay(queued, (queued,), saturday.scene("14:29")) is None
        closed = replace(queued, outcome=Outcome.NOT_MET)
        assert other_bay(closed, (closed,), saturday.scene()) is None
        assert other_bay(DUE, (DUE, IN_IT, *full), saturday.scene()) is None
