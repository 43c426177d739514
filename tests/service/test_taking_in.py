"""A plan is checked again when it is applied, and is one act: written whole, undone whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Change, Draft, ImportPlan, TakeIn
from desk.domain.exchange import Kind, Outcome, Presence, Side
from desk.domain.intents import Arrive, Cancel, Note
from desk.domain.verdict import Code, Step
from desk.errors import DeskError
from tests.builders import DAY, StationUnderTest, a_draft, a_plan, an_exchange, moment
from tests.hostile import HOSTILE


def known(number: int) -> Draft:
    """Returns a draft that the booking tool knows by an id of its own."""
    at = an_exchange().at("10:00", minutes=20).from_file("calendly", f"id-{number}")
    return a_draft(at, item=f"thing {number}", row=number + 2)


def test_a_new_booking_is_stored_word_for_word(station: StationUnderTest) -> None:
    draft = replace(
        known(1),
        kind=Kind.VEHICLE,
        bay=None,
        giver=PartyDraft("Ann", "+1 509", "ann@example.org", "BRT-4471", assumed=True),
        receiver=PartyDraft(),
    )
    station.take_in(a_plan(draft))

    (exchange,) = station.board().exchanges
    assert (exchange.kind, exchange.bay, exchange.item) == (Kind.VEHICLE, None, "thing 1")
    assert (exchange.starts_at, exchange.ends_at) == (draft.starts_at, draft.ends_at)
    assert (exchange.source, exchange.external_id) == ("calendly", "id-1")
    giver = exchange.giver
    assert (giver.name, giver.phone, giver.email) == ("Ann", "+1 509", "ann@example.org")
    assert (giver.plate, giver.assumed, giver.presence) == ("BRT-4471", True, Presence.EXPECTED)
    assert (exchange.receiver.name, exchange.outcome) == (None, Outcome.NONE)


def test_an_import_of_all_its_files_is_one_act(station: StationUnderTest) -> None:
    drafts = tuple(replace(known(n), file=f"{n % 2}.csv") for n in range(500))

    verdict = station.take_in(ImportPlan(("0.csv", "1.csv"), new=drafts))

    assert verdict.accepted
    assert verdict.facts.count == 500
    row = station.service.journal()[-1]
    assert (row.number, row.verb, len(row.refs)) == (3, "import", 500)
    assert len({each.ref for each in station.board().exchanges}) == 500
    files = {
        each.item: station.service.timeline(each.ref)[0].file
        for each in station.board().exchanges[:10]
    }
    assert all(file == f"{int(item.split()[1]) % 2}.csv" for item, file in files.items())
    assert station.service.verify().ok

    assert station.undo().facts.count == 500
    assert station.board().exchanges == ()
    assert station.service.verify().ok


def test_what_was_cancelled_before_it_was_known_is_stored_as_cancelled(
    station: StationUnderTest,
) -> None:
    plan = ImportPlan(("a.csv",), cancelled_before=(replace(known(1), cancelled=True),))
    station.take_in(plan)

    (exchange,) = station.board().exchanges
    assert (exchange.outcome, exchange.closed_at) == (Outcome.CANCELLED, moment("14:32"))


def test_changes_and_cancellations_are_applied_and_undone_together(
    station: StationUnderTest,
) -> None:
    station.take_in(a_plan(known(1), known(2), known(3)))
    first, second, third = station.board().exchanges
    later = replace(
        known(1),
        starts_at=moment("11:00"),
        ends_at=moment("11:30"),
        item="not named as changed",
        receiver=PartyDraft("Paula Martin", phone="+1 509"),
    )
    plan = ImportPlan(
        ("b.csv",),
        new=(known(4),),
        changed=(
            Change(later, first, ("starts_at", "ends_at", "receiver.name", "receiver.phone")),
        ),
        cancelled=(Change(replace(known(2), cancelled=True), second, ("cancelled",)),),
        unchanged=(Change(known(3), third),),
    )

    assert station.take_in(plan).facts.count == 3

    changed = station.exchange(first.ref)
    assert (changed.starts_at, changed.ends_at) == (moment("11:00"), moment("11:30"))
    assert (changed.receiver.name, changed.receiver.phone) == ("Paula Martin", "+1 509")
    assert (changed.item, changed.giver) == (first.item, first.giver)
    assert station.exchange(second.ref).outcome is Outcome.CANCELLED
    assert station.exchange(third.ref) == third
    assert len(station.board().exchanges) == 4

    station.undo()
    restored = {each.ref: replace(each, version=1) for each in station.board().exchanges}
    assert restored == {each.ref: each for each in (first, second, third)}
    assert station.service.verify().ok


def test_a_plan_made_before_somebody_acted_is_refused_whole(station: StationUnderTest) -> None:
    station.take_in(a_plan(known(1)))
    (exchange,) = station.board().exchanges
    plan = ImportPlan(
        ("b.csv",),
        new=(known(2),),
        changed=(Change(replace(known(1), item="another"), exchange, ("item",)),),
    )
    act = station.did(Arrive, exchange.ref, side=Side.GIVER, at=moment("10:00"))

    verdict = station.take_in(plan)

    assert (verdict.code, verdict.ref) == (Code.STALE, exchange.ref)
    assert verdict.next == (Step.LOOK_AGAIN,)
    assert verdict.prior is not None
    assert verdict.prior.number == act.number
    assert len(station.board().exchanges) == 1
    assert station.exchange(exchange.ref).item == exchange.item
    assert station.service.journal()[-1].code == "stale"


def test_a_long_import_tells_how_far_it_is_and_stops_with_nothing_written(
    station: StationUnderTest,
) -> None:
    plan = ImportPlan(("a.csv",), new=tuple(replace(known(n), file="a.csv") for n in range(1200)))
    intent = TakeIn(by=station.by, plan=plan)
    acts = len(station.service.journal())
    told: list[tuple[int, int]] = []

    def stops_midway(written: int, of: int) -> None:
        told.append((written, of))
        if written:
            raise DeskError("stopped", "Stopped.")

    with pytest.raises(DeskError, match=r"Stopped\."):
        station.service.take_in(intent, stops_midway)
    assert told == [(0, 1200), (0, 1200), (500, 1200)]
    assert station.board().exchanges == ()
    assert len(station.service.journal()) == acts

    told.clear()
    assert station.service.take_in(intent, lambda *each: told.append(each)).accepted
    assert told[1:] == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]
    assert len({each.ref for each in station.board().exchanges}) == 1200


def test_a_booking_that_was_only_noted_meanwhile_is_not_changed_by_a_file(
    station: StationUnderTest,
) -> None:
    station.take_in(a_plan(known(1)))
    (exchange,) = station.board().exchanges
    change = Change(replace(known(1), item="another"), exchange, ("item",))
    note = station.did(Note, exchange.ref, text="comes by taxi")

    verdict = station.take_in(ImportPlan(("b.csv",), changed=(change,)))

    assert (verdict.code, verdict.ref) == (Code.STALE, exchange.ref)
    assert verdict.prior is not None
    assert verdict.prior.number == note.number
    assert station.exchange(exchange.ref).item == exchange.item


def test_a_booking_that_another_desk_took_in_meanwhile_is_not_booked_twice(
    station: StationUnderTest,
) -> None:
    station.take_in(a_plan(known(1)))
    nameless = a_draft(an_exchange().at("09:00"))
    station.take_in(a_plan(nameless))
    (second, first) = station.board().exchanges

    assert station.take_in(a_plan(known(2), known(1))).ref == first.ref
    accents = replace(nameless, giver=PartyDraft("MARIE DÜPONT"), item="said otherwise")
    assert station.take_in(a_plan(accents)).ref == second.ref
    assert station.take_in(a_plan(known(2))).accepted
    assert len(station.board().exchanges) == 3


def test_a_booking_that_was_unbooked_meanwhile_is_stale(station: StationUnderTest) -> None:
    station.take_in(a_plan(known(1)))
    (exchange,) = station.board().exchanges
    station.undo()
    change = Change(replace(known(1), item="another"), exchange, ("item",))

    verdict = station.take_in(ImportPlan(("b.csv",), changed=(change,)))

    assert (verdict.code, verdict.ref) == (Code.STALE, exchange.ref)
    assert station.take_in(a_plan(known(1))).accepted, "and may be booked again"


def test_a_plan_applied_again_is_answered_as_the_first_time(station: StationUnderTest) -> None:
    intent = TakeIn(by=station.by, plan=a_plan(known(1)))
    first = station.service.take_in(intent)

    assert station.service.take_in(intent) == first
    assert len(station.board().exchanges) == 1


def test_an_import_on_which_an_officer_acted_is_depended_on(station: StationUnderTest) -> None:
    station.take_in(a_plan(known(1), known(2)))
    imported = station.service.journal()[-1]
    ref = station.board().exchanges[0].ref
    station.did(Cancel, ref)

    assert station.undo(number=imported.number).code is Code.DEPENDED_ON
    station.undo(ref)
    assert station.undo(number=imported.number).accepted


def test_hostile_text_in_a_file_is_stored_clean(station: StationUnderTest) -> None:
    drafts = [
        replace(
            a_draft(an_exchange().from_file(text, f"{number}{text}")),
            file=text,
            item=text,
            giver=PartyDraft(text, text, text, text),
            receiver=PartyDraft(text),
        )
        for number, text in enumerate(HOSTILE)
    ]
    verdict = station.take_in(ImportPlan(tuple(HOSTILE), new=tuple(drafts)))

    assert verdict.accepted
    assert len(station.board().exchanges) == len(HOSTILE)
    for exchange in station.board().exchanges:
        kept = (exchange.item, exchange.giver.name, exchange.receiver.name, exchange.giver.plate)
        assert not {"\x1b", "\x00", "\r", "\x9b"} & set("".join(text or "" for text in kept))
    assert station.service.verify().ok


# What a plan is made from


def test_known_are_those_of_the_same_id_and_those_of_the_same_days(
    station: StationUnderTest,
) -> None:
    tomorrow, next_week = DAY + timedelta(days=1), DAY + timedelta(days=7)
    station.take_in(
        a_plan(
            known(1),
            a_draft(an_exchange().at("23:59").from_file("calendly", "late")),
            a_draft(an_exchange().at("00:00", tomorrow).from_file("calendly", "tomorrow")),
            a_draft(an_exchange().at("12:00", next_week).from_file("calendly", "moved")),
            a_draft(an_exchange().at("12:00").from_file("acuity", "id-1")),
        )
    )

    def found(*drafts: Draft) -> list[str | None]:
        return [each.external_id for each in station.service.known_bookings(drafts)]

    assert found(known(7)) == ["id-1", "late"]
    assert found(a_draft(an_exchange().at("09:00", next_week).from_file("calendly", "id-1"))) == [
        "id-1",
        "moved",
    ]
    assert found(a_draft(an_exchange().at("09:00").from_file("acuity"))) == ["id-1"]
    assert found(a_draft(an_exchange().from_file("plain"))) == []
    assert found() == []
    station.undo()
    assert found(known(1)) == []


def test_decided_are_those_on_which_an_officer_acted(station: StationUnderTest) -> None:
    station.take_in(a_plan(*(known(number) for number in range(4))))
    acted, noted, undone, refused = (each.ref for each in station.board().exchanges)
    station.did(Arrive, acted, side=Side.GIVER, at=moment("10:00"))
    station.did(Note, noted, text="x")
    station.did(Cancel, undone)
    station.undo(undone)
    assert not station.do(Arrive, refused, side=Side.GIVER, at=moment("23:00")).accepted

    decided = station.service.decided_refs([acted, noted, undone, refused, "K7QDM7"])

    assert decided == {acted, noted}
    assert station.service.decided_refs([]) == frozenset()


def test_two_bookings_of_one_meeting_go_in_as_one(station: StationUnderTest) -> None:
    one = a_draft(an_exchange().between("Marie Dupont", "Paul Martin"))
    other = a_draft(an_exchange().at("14:30").between("Paul Martin", "Marie Dupont"), row=3)
    intent = TakeIn(by=station.by, plan=a_plan(one, other), merges=((one, other),))

    assert station.service.take_in(intent).accepted

    (exchange,) = station.board().exchanges
    assert exchange.starts_at == one.starts_at
    assert [row.verb for row in station.service.journal()][-2:] == ["import", "merge"]
    assert station.undo(exchange.ref).accepted
    assert len(station.board().exchanges) == 2
    assert station.service.verify().ok
