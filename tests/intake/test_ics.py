"""desk.intake.formats.ics: what each event of a calendar means."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from desk.domain.reading import Overrules
from desk.intake.read import Limits
from tests.intake.calendars import ANN, BOB, calendar, event, read, the_draft
from tests.intake.making import TERMS, a_file, at, found, the_plan

OWN_ZONE = """\
BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


class TestTimes:
    @pytest.mark.parametrize(
        "start",
        [
            "DTSTART:20261123T170000Z",
            "DTSTART;TZID=America/Los_Angeles:20261123T090000",
            'DTSTART;TZID="America/New_York":20261123T120000',
            "DTSTART;TZID=Pacific Standard Time:20261123T090000",
            "DTSTART;TZID=Romance Standard Time:20261123T180000",
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20261123T180000",
            "DTSTART;VALUE=DATE-TIME:20261123T170000Z",
            "dtstart:20261123T170000z",
            "DTSTART:20261123T090000",
        ],
    )
    def test_in_utc_in_a_zone_or_floating(self, tmp_path: Path, start: str) -> None:
        assert the_draft(tmp_path, start=start).starts_at == at("09:00")

    def test_a_floating_time_means_the_files_zone(self, tmp_path: Path) -> None:
        said = Overrules(zone="America/New_York")
        planned = read(tmp_path, event(start="DTSTART:20261123T120000"), said=said)
        assert planned.new[0].starts_at == at("09:00")
        assert planned.readings[0].zone == "America/New_York"

    def test_a_zone_that_the_file_defines(self, tmp_path: Path) -> None:
        start = "DTSTART;TZID=Customized Time Zone:20261123T090000"
        planned = read(tmp_path, event(start=start), OWN_ZONE)
        assert planned.new[0].starts_at == at("09:00")

    def test_a_definition_that_says_where_it_is(self, tmp_path: Path) -> None:
        zone = "BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:America/Los_Angeles\nEND:VTIMEZONE"
        planned = read(tmp_path, zone, event(start="DTSTART;TZID=X:20261123T090000"))
        assert planned.new[0].starts_at == at("09:00")

    @pytest.mark.parametrize(
        "zone",
        [
            "",
            OWN_ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY"),
            OWN_ZONE.replace("-0800", "-9900"),
            OWN_ZONE.replace("TZOFFSETFROM:-0700\n", ""),
            "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nEND:VTIMEZONE",
        ],
    )
    def test_a_zone_nobody_knows_rejects_its_event_only(self, tmp_path: Path, zone: str) -> None:
        start = "DTSTART;TZID=Customized Time Zone:20261123T090000"
        planned = read(tmp_path, event(start=start), event(uid="UID:2"), zone)
        assert found(planned) == [(3, "DTSTART", "unknown_zone")]
        assert "Customized Time Zone" in planned.rejections[0].reason
        assert len(planned.new) == 1

    @pytest.mark.parametrize(
        ("start", "code"),
        [
            ("DTSTART:20261131T170000Z", "no_such_day"),
            ("DTSTART:20261123T256000Z", "no_such_time"),
            ("DTSTART:19991123T170000Z", "no_such_day"),
            ("DTSTART:soon", "no_such_time"),
            ("DTSTART:", "empty_cell"),
            ("", "empty_cell"),
            ("DTSTART;VALUE=DATE:20261123", "all_day"),
            ("DTSTART;TZID=Pacific Standard Time:20260308T023000", "skipped_time"),
            ("DTSTART;TZID=Pacific Standard Time:20261101T013000", "repeated_time"),
        ],
    )
    def test_a_broken_start_rejects_its_event_only(
        self, tmp_path: Path, start: str, code: str
    ) -> None:
        planned = read(tmp_path, event(uid="UID:2"), event(start=start))
        assert found(planned) == [(8, "DTSTART", code)]
        assert [draft.external_id for draft in planned.new] == ["2"]

    @pytest.mark.parametrize(
        ("line", "ends"),
        [
            ("DTEND:20261123T174500Z", "09:45"),
            ("DTEND;TZID=America/New_York:20261123T124500", "09:45"),
            ("DURATION:PT45M", "09:45"),
            ("DURATION:PT1H30M", "10:30"),
            ("DTEND:20261123T170000Z", "09:20"),
            ("SUMMARY:Lamp", "09:20"),
        ],
    )
    def test_ends_and_lengths(self, tmp_path: Path, line: str, ends: str) -> None:
        assert the_draft(tmp_path, line).ends_at == at(ends)

    @pytest.mark.parametrize("line", ["DURATION:long", "DURATION:P2D", "DURATION:PT99999999999S"])
    def test_a_broken_length(self, tmp_path: Path, line: str) -> None:
        assert found(read(tmp_path, event(line))) == [(3, "DURATION", "no_such_length")]


class TestStatus:
    @pytest.mark.parametrize(
        ("status", "off"),
        [("CANCELLED", True), ("cancelled", True), ("TENTATIVE", False), ("CONFIRMED", False)],
    )
    def test_only_what_is_cancelled_is_called_off(
        self, tmp_path: Path, status: str, *, off: bool
    ) -> None:
        planned = read(tmp_path, event(f"STATUS:{status}"))
        assert (len(planned.cancelled_before), len(planned.new)) == (off, not off)

    def test_a_calendar_that_calls_off_calls_all_off(self, tmp_path: Path) -> None:
        planned = read(tmp_path, "METHOD:CANCEL", event())
        assert len(planned.cancelled_before) == 1


class TestPeople:
    def test_the_first_two_who_are_invited(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, BOB)
        assert (draft.giver.name, draft.receiver.name) == ("Ann One", "Bob Two")
        assert (draft.giver.email, draft.receiver.email) == ("ann@example.com", "bob@example.com")
        assert draft.giver.assumed
        assert draft.receiver.assumed

    def test_neither_the_desk_nor_a_room_is_a_party(self, tmp_path: Path) -> None:
        lines = (
            "ORGANIZER;CN=Desk:mailto:Desk@example.org",
            "ATTENDEE;CN=Desk:mailto:desk@example.org",
            "ATTENDEE;CUTYPE=ROOM;CN=Bay 1:mailto:bay1@example.org",
            BOB,
        )
        draft = the_draft(tmp_path, *lines)
        assert (draft.giver.name, draft.receiver.name) == ("Ann One", "Bob Two")

    def test_an_address_is_no_name(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, "ATTENDEE;CN=bob@example.com:mailto:bob@example.com")
        assert (draft.receiver.name, draft.receiver.email) == (None, "bob@example.com")

    def test_nobody_named_is_rejected(self, tmp_path: Path) -> None:
        text = event("DESCRIPTION:nobody").replace(ANN, "CLASS:PUBLIC")
        assert found(read(tmp_path, text))[0][2] == "no_names"

    @pytest.mark.parametrize(
        ("description", "giver", "receiver", "assumed"),
        [
            ("Cy Three / Di Four", "Cy Three", "Di Four", True),
            (r"Seller: Cy Three\nBuyer: Di Four", "Cy Three", "Di Four", False),
            (r"Buyer: Di Four\nSeller: Cy Three", "Cy Three", "Di Four", False),
            (r"Vendeur : Cy Three\NAcheteur : Di Four", "Cy Three", "Di Four", False),
            (r"Customer: Cy Three\nOther party: Di Four", "Cy Three", "Di Four", True),
            ("Client : Cy Three", "Cy Three", None, True),
            (
                "<p><b>Seller:</b> Cy Three<br>Buyer: Di &amp; Four</p>",
                "Cy Three",
                "Di & Four",
                False,
            ),
        ],
    )
    def test_the_description_names_them(
        self,
        tmp_path: Path,
        description: str,
        giver: str,
        receiver: str | None,
        *,
        assumed: bool,
    ) -> None:
        text = event(f"DESCRIPTION:{description}").replace(ANN, "CLASS:PUBLIC")
        (draft,) = read(tmp_path, text).new
        assert (draft.giver.name, draft.receiver.name) == (giver, receiver)
        assert draft.giver.assumed is assumed

    def test_easy_appointments_in_another_language(self, tmp_path: Path) -> None:
        description = (
            r"Anbieter\nFront Desk\ndesk@example.org\n+49 30 1111111\n\nKunde\nAnn One\n"
            r"ann@example.com\n+49 30 2222222\n\nNotizen\n\nEin altes Fahrrad"
        )
        draft = the_draft(tmp_path, f"DESCRIPTION:{description}", "SUMMARY:Safe exchange")
        assert draft.giver.phone == "+49 30 2222222"
        assert draft.item == "Ein altes Fahrrad"

    def test_librebooking_breaks_a_description_with_folds(self, tmp_path: Path) -> None:
        text = event("DESCRIPTION:Seller: Cy Three\n Buyer: Di Four").replace(ANN, "CLASS:PUBLIC")
        path = a_file(tmp_path, calendar(text, product="-//LibreBooking//EN"), "l.ics")
        (draft,) = the_plan(path).new
        assert (draft.giver.name, draft.receiver.name) == ("Cy Three", "Di Four")


class TestWords:
    @pytest.mark.parametrize(
        ("summary", "item", "kind"),
        [
            ("Kayak", "Kayak", Kind.SALE),
            (r"Air Jordan 1\, size 10", "Air Jordan 1, size 10", Kind.SALE),
            ("Exchange: Kayak", "Kayak", Kind.SALE),
            ("Échange : vélo", "vélo", Kind.SALE),
            ("Cancelled: Exchange One / Two", "", Kind.SALE),
            ("Safe exchange", "", Kind.SALE),
            ("Custody exchange", "", Kind.CUSTODY),
            ("Vehicle sale", "", Kind.VEHICLE),
            ("LEGO: Star Wars", "LEGO: Star Wars", Kind.SALE),
            ("Car seat", "Car seat", Kind.SALE),
        ],
    )
    def test_a_summary_is_a_service_or_an_item(
        self, tmp_path: Path, summary: str, item: str, kind: Kind
    ) -> None:
        draft = the_draft(tmp_path, f"SUMMARY:{summary}")
        assert (draft.item, draft.kind) == (item, kind)

    def test_a_category_names_the_kind(self, tmp_path: Path) -> None:
        draft = the_draft(tmp_path, "SUMMARY:Meet", "CATEGORIES:Custody")
        assert draft.kind is Kind.CUSTODY

    def test_an_alarm_inside_says_nothing(self, tmp_path: Path) -> None:
        alarm = "BEGIN:VALARM\nDESCRIPTION:Cy / Di\nSUMMARY:Ring\nEND:VALARM"
        draft = the_draft(tmp_path, alarm, "SUMMARY:Kayak")
        assert (draft.item, draft.giver.name) == ("Kayak", "Ann One")

    def test_an_unknown_bay_is_rejected(self, tmp_path: Path) -> None:
        planned = read(tmp_path, event("LOCATION:Main Street 5"))
        assert found(planned) == [(3, "LOCATION", "unknown_bay")]


class TestLines:
    def test_a_character_that_was_folded_between_its_bytes(self, tmp_path: Path) -> None:
        whole = calendar(event("SUMMARY:V\u00e9lo")).encode()
        path = a_file(tmp_path, whole.replace(b"V\xc3\xa9lo", b"V\xc3\r\n \xa9lo"), "f.ics")
        planned = the_plan(path)
        assert planned.new[0].item == "Vélo"
        assert planned.readings[0].encoding == "utf-8"

    def test_another_encoding(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, calendar(event("SUMMARY:Vélo")).encode("cp1252"), "f.ics")
        assert the_plan(path).new[0].item == "Vélo"

    @pytest.mark.parametrize(
        ("line", "field", "code"),
        [
            (b"SUMMARY:a\x00b", "SUMMARY", "nul_byte"),
            ("SUMMARY:é".encode() + b"\xff", "SUMMARY", "undecoded"),
            (b"SUMMARY:" + b"x" * 40_000, "SUMMARY", "cell_too_long"),
        ],
        ids=["zero", "undecoded", "long"],
    )
    def test_a_damaged_line_rejects_its_event_only(
        self, tmp_path: Path, line: bytes, field: str, code: str
    ) -> None:
        good = event("SUMMARY:Vélo, vélo", uid="UID:2")
        text = calendar(event("SUMMARY:HERE"), good).encode().replace(b"SUMMARY:HERE", line)
        planned = the_plan(a_file(tmp_path, text, "f.ics"))
        assert found(planned) == [(3, field, code)]
        assert [draft.external_id for draft in planned.new] == ["2"]

    def test_an_event_without_an_end(self, tmp_path: Path) -> None:
        first = event().removesuffix("END:VEVENT")
        text = calendar(first, event(uid="UID:2"), event(uid="UID:3"))
        whole = the_plan(a_file(tmp_path, text, "f.ics"))
        assert found(whole) == [(3, None, "unended_event")]
        cut_off = text[: text.rindex("END:VEVENT")]
        assert found(the_plan(a_file(tmp_path, cut_off, "f.ics"))) == [
            (3, None, "unended_event"),
            (12, None, "unended_event"),
        ]

    def test_too_many_events(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, calendar(event(), event(uid="UID:2")), "f.ics")
        terms = replace(TERMS, limits=Limits(rows=1))
        assert found(the_plan(path, terms=terms)) == [(None, None, "too_many_rows")]

    def test_an_empty_calendar_is_an_empty_plan(self, tmp_path: Path) -> None:
        planned = read(tmp_path)
        assert planned.rejections == ()
        assert planned.writes == 0


class TestWhoseCalendar:
    @pytest.mark.parametrize(
        ("product", "source"),
        [
            ("-//EasyAppointments//NONSGML//EN", "easyappointments"),
            ("-//Easy!Appointments//EN", "easyappointments"),
            ("-//Google Inc//Google Calendar 70.9054//EN", "google_calendar"),
            ("-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "outlook"),
            ("Microsoft Exchange Server 2010", "outlook"),
            ("-//Somebody//EN", "ics"),
        ],
    )
    def test_by_its_product(self, tmp_path: Path, product: str, source: str) -> None:
        path = a_file(tmp_path, calendar(event(), product=product), "f.ics")
        (draft,) = the_plan(path).new
        assert draft.source == source
