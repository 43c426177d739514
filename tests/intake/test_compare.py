"""desk.intake.compare: what the files say beside what the store knows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Exchange, Outcome
from desk.intake.compare import Reading, compare
from tests.intake.making import ZONE, a_draft, at, moved, stored

LAMP = a_draft()
PHONE = ("giver.phone",)
CALENDLY = replace(LAMP, source="calendly", external_id="invitee-1")


def compared(
    drafts: Iterable[Draft], known: Iterable[Exchange] = (), decided: Iterable[str] = ()
) -> ImportPlan:
    """The plan for these rows of one file."""
    return compare(Reading(("f.csv",), tuple(drafts)), tuple(known), frozenset(decided), ZONE)


def acted_on(drafts: Iterable[Draft], exchange: Exchange) -> ImportPlan:
    """The plan for these rows where an officer has already acted on the one known exchange."""
    return compared(drafts, [exchange], [exchange.ref])


def tally(plan: ImportPlan) -> dict[str, int]:
    """How many there are in each list that is not empty."""
    names = (
        "new unchanged changed cancelled cancelled_before decided missing same_meeting rejections"
    )
    counts = {name: len(getattr(plan, name)) for name in names.split()}
    return {name: count for name, count in counts.items() if count}


class TestKnownOrNot:
    def test_a_booking_nobody_knows_is_new(self) -> None:
        assert compared([LAMP]).new == (LAMP,)

    def test_one_called_off_before_anybody_knew_it(self) -> None:
        cancelled = replace(LAMP, cancelled=True)
        assert tally(compared([cancelled])) == {"cancelled_before": 1}

    def test_by_time_and_names_where_there_is_no_id(self) -> None:
        assert tally(compared([LAMP], [stored(LAMP)])) == {"unchanged": 1}

    def test_names_are_compared_without_accents_and_case(self) -> None:
        known = stored(replace(LAMP, giver=PartyDraft("ÁNN ONE")))
        assert compared([LAMP], [known]).changed[0].fields == ("giver.name",)

    def test_by_the_tools_own_id_whatever_else_changed(self) -> None:
        known = stored(replace(moved(CALENDLY, "15:00"), giver=PartyDraft("Somebody Else")))
        (change,) = compared([CALENDLY], [known]).changed
        assert change.fields == ("starts_at", "ends_at", "giver.name")
        assert (change.draft, change.known) == (CALENDLY, known)

    def test_another_source_is_another_booking(self) -> None:
        known = stored(replace(CALENDLY, source="acuity"))
        assert tally(compared([CALENDLY], [known])) == {"new": 1}

    def test_another_id_at_the_same_time_is_another_booking(self) -> None:
        known = stored(replace(CALENDLY, external_id="invitee-2"))
        assert tally(compared([CALENDLY], [known])) == {"new": 1, "missing": 1}

    def test_each_field_that_a_file_can_change_is_named(self) -> None:
        other = replace(
            LAMP, ends_at=at("10:00"), bay=None, item="Rug", receiver=PartyDraft("Bob Two", "555")
        )
        (change,) = compared([other], [stored(LAMP)]).changed
        assert change.fields == ("ends_at", "bay", "item", "receiver.phone")

    @pytest.mark.parametrize(
        ("known", "told", "fields"),
        [
            (PartyDraft("Ann One", "509 555 0142"), PartyDraft("Ann One", "+1 (509) 555-0142"), ()),
            (PartyDraft("Ann One", "509 555 0142"), PartyDraft("Ann One", "509 555 0143"), PHONE),
            (PartyDraft("Ann One", "509 555 0142"), PartyDraft("Ann One"), PHONE),
            (PartyDraft("Ann One", plate="brt 4471"), PartyDraft("Ann One", plate="BRT-4471"), ()),
        ],
    )
    def test_phones_and_plates_are_compared_by_what_they_mean(
        self, known: PartyDraft, told: PartyDraft, fields: tuple[str, ...]
    ) -> None:
        exchange = stored(replace(LAMP, giver=known))
        plan = compare(Reading((), (replace(LAMP, giver=told),)), [exchange], [], ZONE, "US")
        (change,) = plan.unchanged or plan.changed
        assert change.fields == fields

    def test_a_side_that_is_only_assumed_is_no_change(self) -> None:
        known = stored(replace(LAMP, giver=PartyDraft("Ann One", assumed=True)))
        assert tally(compared([LAMP], [known])) == {"unchanged": 1}


class TestCalledOff:
    def test_a_known_booking_is_cancelled(self) -> None:
        (change,) = compared([replace(LAMP, cancelled=True)], [stored(LAMP)]).cancelled
        assert change.fields == ("cancelled",)

    def test_one_that_is_already_cancelled_stays_as_it_is(self) -> None:
        cancelled = replace(LAMP, cancelled=True)
        known = replace(stored(cancelled), item="Rug")
        assert tally(compared([cancelled], [known])) == {"unchanged": 1}

    def test_an_older_file_does_not_reopen_it(self) -> None:
        known = stored(replace(LAMP, cancelled=True))
        (change,) = compared([LAMP], [known]).decided
        assert change.fields == ("cancelled",)


class TestDecided:
    """An officer has acted: the file is compared, and changes nothing."""

    def test_what_differs_is_listed(self) -> None:
        plan = acted_on([replace(LAMP, item="Rug")], stored(LAMP))
        assert tally(plan) == {"decided": 1}
        assert plan.decided[0].fields == ("item",)
        assert plan.writes == 0

    def test_a_cancellation_is_listed(self) -> None:
        assert tally(acted_on([replace(LAMP, cancelled=True)], stored(LAMP))) == {"decided": 1}

    def test_what_is_the_same_is_unchanged(self) -> None:
        assert tally(acted_on([LAMP], stored(LAMP))) == {"unchanged": 1}

    def test_a_party_that_was_named_at_the_desk(self) -> None:
        unnamed = a_draft(receiver=None)
        known = stored(LAMP)
        assert tally(acted_on([unnamed], known)) == {"unchanged": 1}
        assert tally(compared([unnamed], [known])) == {"new": 1, "missing": 1}

    def test_sides_that_were_swapped_at_the_desk(self) -> None:
        known = stored(replace(LAMP, giver=LAMP.receiver, receiver=LAMP.giver))
        assert tally(acted_on([LAMP], known)) == {"unchanged": 1}

    def test_one_that_was_moved_at_the_desk(self) -> None:
        plan = acted_on([LAMP], stored(moved(LAMP, "09:47")))
        assert tally(plan) == {"decided": 1}
        assert plan.decided[0].fields == ("starts_at", "ends_at")

    def test_a_second_booking_of_the_same_two_is_new(self) -> None:
        later = replace(moved(LAMP, "15:00"), row=3)
        assert tally(acted_on([later, LAMP], stored(LAMP))) == {"new": 1, "unchanged": 1}

    def test_another_day_is_another_booking(self) -> None:
        known = stored(LAMP)
        tomorrow = replace(LAMP, starts_at=at("09:00", date(2026, 11, 24)))
        assert tally(acted_on([tomorrow], known)) == {"new": 1}

    def test_another_buyer_is_another_booking(self) -> None:
        other = a_draft(receiver="Cy Three")
        assert tally(acted_on([other], stored(LAMP))) == {"new": 1, "missing": 1}

    def test_a_giver_that_was_named_at_the_desk(self) -> None:
        assert tally(acted_on([a_draft(giver=None)], stored(LAMP))) == {"unchanged": 1}

    def test_a_booking_with_another_id_is_another(self) -> None:
        known = stored(replace(LAMP, external_id="x"))
        assert tally(acted_on([LAMP], known)) == {"new": 1, "missing": 1}
        assert tally(acted_on([replace(LAMP, external_id="y")], stored(LAMP))) == {
            "new": 1,
            "missing": 1,
        }

    def test_a_name_that_the_tool_changed_is_listed(self) -> None:
        renamed = replace(CALENDLY, giver=PartyDraft("Somebody Else"))
        (change,) = acted_on([renamed], stored(CALENDLY)).decided
        assert change.fields == ("giver.name",)

    def test_each_exchange_is_taken_once(self) -> None:
        unnamed = a_draft(receiver=None)
        again = replace(moved(unnamed, "09:10"), row=3)
        plan = acted_on([again, unnamed], stored(LAMP))
        assert [draft.row for draft in plan.new] == [2]
        assert len(plan.decided) == 1


class TestMissing:
    def test_a_known_booking_of_that_day_and_source(self) -> None:
        known = stored(moved(LAMP, "16:00"))
        assert compared([LAMP], [known]).missing == (known,)

    def test_not_on_a_day_that_the_files_do_not_hold(self) -> None:
        known = stored(replace(LAMP, starts_at=at("09:00", date(2026, 11, 24))))
        assert tally(compared([LAMP], [known])) == {"new": 1}

    def test_not_of_another_source(self) -> None:
        assert tally(compared([LAMP], [stored(CALENDLY)])) == {"new": 1}

    def test_not_one_that_is_closed(self) -> None:
        known = replace(stored(moved(LAMP, "16:00")), outcome=Outcome.MET)
        assert tally(compared([LAMP], [known])) == {"new": 1}

    def test_the_local_day_counts(self) -> None:
        evening = moved(LAMP, "23:30")
        known = stored(moved(LAMP, "00:10"))
        assert compared([evening], [known]).missing == (known,)


class TestTwins:
    def test_a_row_that_is_there_twice_counts_once(self) -> None:
        twin = replace(LAMP, file="noon.csv", row=9)
        assert compared([LAMP, twin]).new == (LAMP,)

    def test_two_rows_that_contradict_each_other(self) -> None:
        other = replace(LAMP, file="noon.csv", row=9, item="Rug")
        plan = compared([LAMP, other])
        assert plan.new == (LAMP,)
        (rejection,) = plan.rejections
        assert (rejection.file, rejection.row, rejection.code) == ("noon.csv", 9, "contradiction")
        assert "row 2 of plain.csv" in rejection.reason


class TestSameMeeting:
    MINE = LAMP
    THEIRS = replace(a_draft("Bob Two", "ann one"), row=3)

    def test_names_crosswise_within_an_hour(self) -> None:
        theirs = moved(self.THEIRS, "10:00")
        assert compared([self.MINE, theirs]).same_meeting == ((self.MINE, theirs),)

    def test_not_more_than_an_hour_apart(self) -> None:
        assert compared([self.MINE, moved(self.THEIRS, "10:01")]).same_meeting == ()

    def test_not_across_midnight(self) -> None:
        mine = moved(self.MINE, "00:10")
        theirs = replace(self.THEIRS, starts_at=at("23:50", date(2026, 11, 22)))
        assert compared([mine, theirs]).same_meeting == ()

    def test_not_the_same_way_round(self) -> None:
        again = replace(moved(LAMP, "09:30"), row=3)
        assert compared([LAMP, again]).same_meeting == ()

    def test_not_one_that_was_called_off(self) -> None:
        assert compared([self.MINE, replace(self.THEIRS, cancelled=True)]).same_meeting == ()

    def test_not_once_both_are_known(self) -> None:
        known = [stored(self.MINE), stored(self.THEIRS, "Q2MNRP")]
        assert compared([self.MINE, self.THEIRS], known).same_meeting == ()
        assert compared([self.MINE, self.THEIRS], known[:1]).same_meeting != ()

    def test_a_booking_is_in_one_pair_at_most(self) -> None:
        second = replace(moved(self.THEIRS, "09:30"), row=4)
        assert len(compared([self.MINE, self.THEIRS, second]).same_meeting) == 1
