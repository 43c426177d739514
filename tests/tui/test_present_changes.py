"""What an amendment changed, as the card tells it: old beside new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.booking import Booking, PartyDraft, differences
from desk.domain.exchange import Kind
from desk.tui.present.changes import changed_words
from tests.domain.making import at
from tests.hostile import HOSTILE, HOSTILE_NAMES
from tests.tui.widgets import saturday

LAMP = Booking(
    Kind.SALE, at("14:15"), at("14:35"), PartyDraft("Ann One"), PartyDraft(), bay="1", item="Lamp"
)


def told(after: Booking, kind: Kind = Kind.SALE) -> str:
    return changed_words(differences(LAMP, after), kind, saturday.scene())


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (LAMP, ""),
        (LAMP.moved_to(at("15:30")), "14:15 → 15:30"),
        (
            LAMP.moved_to(at("10:15").add(days=2)),
            "Sat 21 Nov 14:15 → Mon 23 Nov 10:15",
        ),
        (replace(LAMP, ends_at=at("14:45")), "end 14:35 → 14:45"),
        (LAMP.in_bay("2"), "bay 1 → 2"),
        (LAMP.in_bay("Lobby"), "bay 1 → Lobby"),
        (LAMP.in_bay(None), "bay 1 → no bay yet"),
        (replace(LAMP, item="Vase"), "what Lamp → Vase"),
        (replace(LAMP, item=""), "what Lamp → –"),
        (replace(LAMP, kind=Kind.VEHICLE), "Sale → Vehicle"),
        (replace(LAMP, large=True), "not large → large"),
        (replace(LAMP, receiver=PartyDraft("Bo Two")), "buyer not named yet → Bo Two"),
        (
            replace(LAMP, giver=PartyDraft("Ann One", phone="123", plate="A B")),
            "seller phone – → 123, seller plate – → A B",
        ),
        (
            replace(LAMP.moved_to(at("15:30")).in_bay("2"), item="Vase"),
            "14:15 → 15:30, bay 1 → 2, what Lamp → Vase",
        ),
    ],
)
def test_old_stands_beside_new(after: Booking, words: str) -> None:
    assert told(after) == words


def test_a_side_is_called_by_the_kind() -> None:
    renamed = replace(LAMP, giver=PartyDraft("Ann Two"))

    assert told(renamed, Kind.CUSTODY) == "releasing Ann One → Ann Two"


@pytest.mark.parametrize("words", HOSTILE, ids=HOSTILE_NAMES)
def test_outside_text_is_safe(words: str) -> None:
    assert "\x1b" not in told(replace(LAMP, item=words, giver=PartyDraft(words), bay=words))
