"""What is too long to be kept is refused with its field and limit: nothing is lost silently."""

from __future__ import annotations

from typing import Any

import pytest

from desk.domain.exchange import DisputeCategory, Settlement, Side
from desk.domain.intents import (
    Arrive,
    ArriveAnyway,
    ExchangeIntent,
    Note,
    OpenDispute,
    Reopen,
    Settle,
)
from desk.domain.verdict import Code, Step
from desk.errors import UsageError
from tests.builders import StationUnderTest

LONG: dict[str, tuple[type[ExchangeIntent], dict[str, Any], str, int]] = {
    "note": (Note, {}, "text", 2000),
    "dispute": (OpenDispute, {"category": DisputeCategory.OTHER}, "text", 2000),
    "settle": (Settle, {"settlement": Settlement.NO_ACTION}, "text", 2000),
    "reopen": (Reopen, {}, "reason", 2000),
    "arrive anyway": (ArriveAnyway, {"side": Side.GIVER}, "reason", 2000),
    "arrive": (Arrive, {"side": Side.GIVER}, "name", 200),
}


@pytest.mark.parametrize("name", LONG)
def test_a_text_that_is_too_long_is_refused_with_its_field_and_limit(
    station: StationUnderTest, name: str
) -> None:
    intent, more, field, most = LONG[name]
    ref = station.book_one()
    before = station.exchange(ref)

    verdict = station.do(intent, ref, **more, **{field: "é" * (most + 1)})

    assert (verdict.code, verdict.ref, verdict.next) == (Code.TOO_LONG, ref, (Step.SHORTEN,))
    facts = verdict.facts
    assert (facts.field, facts.most, facts.count) == (field, most, most + 1)
    assert station.exchange(ref) == before
    assert station.service.journal(ref)[-1].code == "too_long"
    assert station.service.verify().ok


def test_a_text_of_the_longest_kind_is_kept_whole(station: StationUnderTest) -> None:
    ref = station.book_one()
    text = "é" * 2000

    station.did(Note, ref, text=f"  {text}\n")

    assert station.service.timeline(ref)[0].text == text


def test_an_officers_name_that_is_too_long_is_not_kept_in_part(station: StationUnderTest) -> None:
    with pytest.raises(UsageError) as refused:
        station.service.sign_on("7730", "x" * 201)

    assert refused.value.code == "too_long"
    assert station.service.sign_on("7730", "x" * 200).name == "x" * 200
