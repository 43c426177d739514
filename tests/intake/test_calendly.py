"""desk.intake.formats.calendly: what each row of an export means."""

import csv
import io
from pathlib import Path

import pytest

from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Kind
from tests.intake.making import SAMPLES, a_file, at, found, the_plan

# Row, start, giver (the invitee), receiver (the answer), item, bay, kind, plate, called off.
EXPECTED = [
    [cell.strip() for cell in line.split("|")]
    for line in """\
 2 | 09:00 | Omar Diaz          | Omar Novák     | iPhone 13 128 GB     | 1 | sale    | BRT-7888
 3 | 09:15 | Ravi Haddad        | Jonas Haddad   | Canon EOS R6         | 2 | sale    | BRT-8969
 4 | 09:30 | Paul Petrov        | Omar Yamada    | Trek Marlin 7 bike   | 3 | sale    | BRT-2221
 5 | 09:45 | Keiko Brown        | Hana Svensson  | Nintendo Switch OLED | 1 | sale    | BRT-2661
 6 | 10:00 | Priya Ndiaye       | Jonas Yamada   | Fender Stratocaster  | 2 | sale    | BRT-4357
 7 | 10:15 | Nadia Tran         | Tomás Johnson  |                      | 3 | custody | BRT-6263
 8 | 10:30 | Łukasz Haddad      | Hana Martin    | Dyson V11            | 1 | sale    | BRT-9525 | x
 9 | 10:45 | José Petrov        | Marie Chen     | Baby stroller        | 2 | sale    | BRT-4358
10 | 11:00 | Björn MacLeod      | Chloé Petrov   | MacBook Air M2       | 3 | sale    | BRT-6005
11 | 11:15 | Ana Chen           | Dmitri Martin  | Snow tires (4)       | 1 | sale    | BRT-7673
12 | 11:30 | Élodie MacLeod     | Fatima Tran    | Dining table         | 2 | sale    | BRT-8887
13 | 11:45 | Zoë Sato           | Renée Sato     | LEGO 10497           | 3 | sale    | BRT-7319
14 | 12:00 | Zoë O'Brien        | Mei Walsh      | Kayak                | 1 | sale    | BRT-5003
15 | 12:15 | Dmitri Costa       | Jonas Sato     |                      | 2 | custody | BRT-7507
16 | 12:30 | Ana Kowalski       | Nadia Tran     | Camera lens 24-70    | 3 | sale    | BRT-5258
17 | 12:45 | Björn Chen         | Björn Kowalski | Gold necklace        | 1 | sale    | BRT-4855
18 | 13:00 | Pedro Costa        | Hana Walsh     | Mountain bike        | 2 | sale    | BRT-9869
19 | 13:15 | Renée Yamada       | Ravi Patel     | Chainsaw             | 3 | sale    | BRT-7551 | x
20 | 13:30 | Ravi Walsh         | Renée Chen     | Drone DJI Mini 3     | 1 | sale    | BRT-9397
21 | 13:45 | Olu Novák          | Jonas Kowalski | Vinyl records, 40    | 2 | sale    | BRT-6549
22 | 14:00 | José Rossi         | Élodie Johnson | iPhone 13 128 GB     | 3 | sale    | BRT-2418
23 | 14:15 | Priya Lefèvre      | Luís van-Dijk  |                      | 1 | custody | BRT-4709
24 | 14:30 | Omar Dupont        | Priya van-Dijk | Trek Marlin 7 bike   | 2 | sale    | BRT-5310
25 | 14:45 | Renée Garcia-Lopez | Paul Müller    | Nintendo Switch OLED | 3 | sale    | BRT-5608
""".splitlines()
]

BOOKING = {
    "Invitee Name": "Omar Diaz",
    "Invitee Email": "omar@example.com",
    "Invitee Time Zone": "Central Time - US & Canada",
    "Text Reminder Number": "+1 509 555 0196",
    "Event Type Name": "Safe exchange",
    "Start Date & Time": "2026-11-23 09:00 am",
    "End Date & Time": "2026-11-23 09:30 am",
    "Location": "Bay 1",
    "Canceled": "false",
    "Question 1": "Name of the other person",
    "Response 1": "Ana Novák",
    "Marked as No-Show": "No",
    "Event UUID": "event-1",
    "Invitee UUID": "invitee-1",
}


def the_row(folder: Path, **changes: str) -> ImportPlan:
    """The plan for one booking that differs from ``BOOKING`` by ``column_name=value``."""
    booking = dict(BOOKING)
    by_name = {name.lower().replace(" ", "_"): name for name in booking}
    booking |= {by_name.get(name, name): value for name, value in changes.items()}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, booking.keys())
    writer.writeheader()
    writer.writerow(booking)
    return the_plan(a_file(folder, text.getvalue()))


def the_draft(folder: Path, **changes: str) -> Draft:
    """The one new booking of such a file."""
    planned = the_row(folder, **changes)
    assert planned.rejections == ()
    (draft,) = planned.new
    return draft


def asked(folder: Path, *pairs: tuple[str, str]) -> Draft:
    """The booking with exactly these questions and answers."""
    answers = {"Question 1": "", "Response 1": ""}
    for number, (question, answer) in enumerate(pairs, 1):
        answers |= {f"Question {number}": question, f"Response {number}": answer}
    return the_draft(folder, **answers)


class TestTheSample:
    @pytest.fixture(scope="class")
    def drafts(self) -> dict[int, Draft]:
        planned = the_plan(SAMPLES / "calendly.csv")
        assert planned.rejections == ()
        assert planned.writes == len(EXPECTED)
        return {draft.row: draft for draft in planned.new + planned.cancelled_before}

    @pytest.mark.parametrize("expected", EXPECTED, ids=[row[0] for row in EXPECTED])
    def test_each_row(self, drafts: dict[int, Draft], expected: list[str]) -> None:
        row, starts, giver, receiver, item, bay, kind, plate, *called_off = expected
        draft = drafts[int(row)]
        assert draft.starts_at == at(starts)
        assert draft.ends_at == at(starts).add(minutes=20)
        assert (draft.giver.name, draft.receiver.name) == (giver, receiver)
        assert (draft.item, draft.bay, draft.kind) == (item, bay, kind)
        assert draft.cancelled == bool(called_off)
        assert (draft.giver.plate, draft.receiver.plate) == (plate, None)
        assert (draft.giver.assumed, draft.receiver.assumed) == (True, True)
        assert (draft.file, draft.source) == ("calendly.csv", "calendly")

    def test_contacts_and_ids(self, drafts: dict[int, Draft]) -> None:
        draft = drafts[2]
        assert draft.giver.phone == "+1 509 555 0196"
        assert draft.giver.email == "omar.diaz@example.com"
        assert draft.receiver.email == "omar.novk@example.com"
        assert draft.receiver.phone is None
        assert draft.external_id == "d7bd4005-ebba-43eb-ada1-0c764516f839"

    def test_two_of_them_were_called_off(self) -> None:
        planned = the_plan(SAMPLES / "calendly.csv")
        assert [draft.row for draft in planned.cancelled_before] == [8, 19]
        assert len(planned.new) == 22


class TestTimes:
    def test_are_the_stations_whatever_the_invitees_zone(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, invitee_time_zone="Eastern Time - US & Canada")
        assert (draft.starts_at, draft.ends_at) == (at("09:00"), at("09:30"))

    def test_no_end_takes_the_length_of_the_rules(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, **{"End Date & Time": ""})
        assert draft.ends_at == at("09:20")

    @pytest.mark.parametrize("end", ["2026-11-23 08:30 am", "2026-11-23 09:00 am"])
    def test_an_end_that_is_not_after_the_start_takes_the_length_of_the_rules(
        self, tmp_path: Path, end: str
    ) -> None:
        assert the_draft(tmp_path, **{"End Date & Time": end}).ends_at == at("09:20")

    def test_a_start_without_a_time_is_rejected(self, tmp_path: Path) -> None:
        planned = the_row(tmp_path, **{"Start Date & Time": "2026-11-23"})
        assert found(planned) == [(2, "Start Date & Time", "no_such_time")]

    def test_a_missing_start_is_rejected(self, tmp_path: Path) -> None:
        planned = the_row(tmp_path, **{"Start Date & Time": ""})
        assert found(planned) == [(2, "Start Date & Time", "empty_cell")]

    def test_a_repeated_time_can_be_written_with_its_offset(self, tmp_path: Path) -> None:
        rejected = the_row(tmp_path, **{"Start Date & Time": "2026-11-01 01:30 am"})
        assert found(rejected) == [(2, "Start Date & Time", "repeated_time")]
        draft = the_draft(tmp_path, **{"Start Date & Time": "2026-11-01 01:30 am -08:00"})
        assert draft.starts_at.isoformat() == "2026-11-01T09:30:00+00:00"


class TestWhoIsWho:
    def test_nobody_else_is_named_yet(self, tmp_path: Path) -> None:
        draft = asked(tmp_path)
        assert (draft.giver.name, draft.receiver.name) == ("Omar Diaz", None)
        assert draft.receiver.assumed

    def test_the_name_is_put_together_where_it_is_in_two_columns(self, tmp_path: Path) -> None:
        draft = the_draft(
            tmp_path,
            invitee_name="",
            **{"Invitee First Name": "Omar", "Invitee Last Name": "Diaz"},
        )
        assert draft.giver.name == "Omar Diaz"

    def test_both_names_missing_is_rejected(self, tmp_path: Path) -> None:
        planned = the_row(tmp_path, invitee_name="", response_1="")
        assert found(planned) == [(2, "Invitee Name", "no_names")]

    def test_a_question_that_names_the_buyer_states_the_sides(self, tmp_path: Path) -> None:
        draft = asked(tmp_path, ("Buyer's name", "Ana Novák"))
        assert (draft.giver.name, draft.receiver.name) == ("Omar Diaz", "Ana Novák")
        assert not draft.giver.assumed
        assert not draft.receiver.assumed

    def test_a_question_that_names_the_seller_makes_the_invitee_the_buyer(
        self, tmp_path: Path
    ) -> None:
        draft = asked(tmp_path, ("Seller's name", "Ana Novák"), ("Number plate", "BRT-1"))
        assert (draft.giver.name, draft.receiver.name) == ("Ana Novák", "Omar Diaz")
        assert (draft.giver.plate, draft.receiver.plate) == (None, "BRT-1")
        assert not draft.receiver.assumed

    def test_ones_own_name_as_the_buyer_makes_the_invitee_the_buyer(self, tmp_path: Path) -> None:
        draft = asked(
            tmp_path, ("Name of the buyer", "omar diaz"), ("Who is the seller?", "Ana Novák")
        )
        assert (draft.giver.name, draft.receiver.name) == ("Ana Novák", "omar diaz")
        assert draft.receiver.email == "omar@example.com"

    def test_a_question_about_ones_own_role_states_the_sides(self, tmp_path: Path) -> None:
        draft = asked(
            tmp_path, ("Are you the seller or the buyer?", "Buyer"), ("Other party", "Ana Novák")
        )
        assert (draft.giver.name, draft.receiver.name) == ("Ana Novák", "Omar Diaz")
        assert not draft.giver.assumed

    def test_a_role_that_is_no_role_states_nothing(self, tmp_path: Path) -> None:
        draft = asked(tmp_path, ("Seller or buyer?", "not sure"), ("Other party", "Ana Novák"))
        assert (draft.giver.name, draft.receiver.name) == ("Omar Diaz", "Ana Novák")
        assert draft.giver.assumed

    def test_the_first_of_two_answers_counts(self, tmp_path: Path) -> None:
        draft = asked(
            tmp_path, ("Other party", ""), ("Other person", "Ana"), ("Who do you meet?", "Bea")
        )
        assert draft.receiver.name == "Ana"

    def test_the_first_of_several_guests_is_the_other(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, **{"Guest Email(s)": "ana@example.com, bea@example.com"})
        assert draft.receiver.email == "ana@example.com"

    def test_a_phone_question_about_the_other_person(self, tmp_path: Path) -> None:
        draft = asked(tmp_path, ("Other person's phone", "555 0100"), ("Your phone", "555 0101"))
        assert (draft.giver.phone, draft.receiver.phone) == ("555 0101", "555 0100")


class TestTheRest:
    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("Custody exchange", Kind.CUSTODY),
            ("CUSTODY", Kind.CUSTODY),
            ("Vehicle hand-over", Kind.VEHICLE),
            ("Sell your car", Kind.VEHICLE),
            ("Trading cards", Kind.SALE),
            ("", Kind.SALE),
        ],
    )
    def test_the_kind_is_a_word_of_the_event_type(
        self, tmp_path: Path, words: str, kind: Kind
    ) -> None:
        assert the_draft(tmp_path, event_type_name=words).kind is kind

    def test_an_empty_location_is_no_bay_yet(self, tmp_path: Path) -> None:
        assert the_draft(tmp_path, location="").bay is None

    def test_an_unknown_bay_is_rejected_with_the_bays_there_are(self, tmp_path: Path) -> None:
        planned = the_row(tmp_path, location="Bay 9")
        assert found(planned) == [(2, "Location", "unknown_bay")]
        assert "Bay 1, Bay 2, Bay 3, Lobby" in planned.rejections[0].remedy

    def test_without_an_invitees_id_the_events_counts(self, tmp_path: Path) -> None:
        assert the_draft(tmp_path, invitee_uuid="").external_id == "event-1"
        assert the_draft(tmp_path, invitee_uuid="", event_uuid="").external_id is None

    def test_an_endless_id_is_rejected_and_not_cut(self, tmp_path: Path) -> None:
        assert the_draft(tmp_path, invitee_uuid="a" * 200).external_id == "a" * 200
        planned = the_row(tmp_path, invitee_uuid="a" * 201)
        assert found(planned) == [(2, "Invitee UUID", "cell_too_long")]

    def test_canceled_must_say_yes_or_no(self, tmp_path: Path) -> None:
        assert found(the_row(tmp_path, canceled="perhaps")) == [(2, "Canceled", "not_yes_or_no")]
        assert the_row(tmp_path, canceled="TRUE").cancelled_before[0].cancelled

    def test_marked_as_no_show_changes_nothing(self, tmp_path: Path) -> None:
        said_yes = the_draft(tmp_path, **{"Marked as No-Show": "Yes"})
        assert said_yes == the_draft(tmp_path)

    def test_columns_may_come_in_any_order_case_and_number(self, tmp_path: Path) -> None:
        header = (
            "EXTRA,canceled,Response 2,Question 2, invitee  name ,start date & time,"
            "Event Type Name,Question 1,Response 1"
        )
        row = (
            "x,false,A lamp,What is exchanged?,Omar Diaz,2026-11-23 9:00 AM,"
            "Safe exchange,Other party,Ana Novák"
        )
        (draft,) = the_plan(a_file(tmp_path, f"{header}\n{row}")).new
        assert (draft.giver.name, draft.receiver.name) == ("Omar Diaz", "Ana Novák")
        assert (draft.item, draft.starts_at) == ("A lamp", at("09:00"))
