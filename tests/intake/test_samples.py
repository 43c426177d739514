"""The samples, row by row, as a person who reads the file would place them.

Each line: row, start, end, kind, giver, receiver, bay, item, and ``x`` where it was called off.
``?`` is a party that is not named yet.
"""

from dataclasses import replace

import pytest

from desk.domain.drafts import Draft, ImportPlan
from desk.domain.reading import DayOrder
from desk.intake.opening import glimpse
from tests.intake.making import NOTHING_SAID, SAMPLES, TERMS, at, the_plan

MICROSOFT = """\
 2 | 13:00 | 13:20 | sale    | Aoife O'Brien   | Ingrid Patel      | 1 | iPhone 13 128 GB
 3 | 13:15 | 13:35 | sale    | Amara Ferreira  | Björn Okafor      | 2 | Nintendo Switch OLED
 4 | 13:30 | 13:50 | sale    | Omar Larsen     | Hana Garcia-Lopez | 3 | Dyson V11
 5 | 13:45 | 14:05 | vehicle | Ravi Novák      | Siobhán Diaz      | 1 | Snow tires (4)
 6 | 14:00 | 14:20 | sale    | Zoë Haddad      | José Yamada       | 2 | Kayak
 7 | 14:15 | 14:35 | sale    | José Chen       | Keiko Moreau      | 3 | Gold necklace
 8 | 14:30 | 14:50 | sale    | Colin Ferreira  | Ravi Patel        | 1 | Drone DJI Mini 3
 9 | 14:45 | 15:05 | sale    | Keiko Costa     | Nguyễn Diaz       | 2 | Canon EOS R6
10 | 15:00 | 15:20 | sale    | Łukasz Larsen   | Olu Kowalski      | 3 | Fender Stratocaster
11 | 15:15 | 15:35 | sale    | Hana Lefèvre    | Ingrid Haddad     | 1 | Baby stroller
12 | 15:30 | 15:50 | vehicle | Olu Chen        | José Dupont       | 2 | Dining table
13 | 15:45 | 16:05 | sale    | Nadia Moreau    | Mei Costa         | 3 | Air Jordan 1, size 10
14 | 16:00 | 16:20 | sale    | Aoife Lefèvre   | Tomás Yamada      | 1 | Mountain bike
15 | 16:15 | 16:35 | sale    | Björn Brown     | Ingrid Tran       | 2 | Vinyl records, 40
"""
ACUITY = """\
 2 | 17:00 | 17:30 | custody | Aoife Kowalski  | ?                 | L |
 3 | 17:15 | 17:45 | sale    | Olu Chen        | ?                 | L |
 4 | 17:30 | 18:00 | sale    | Olu Nair        | ?                 | L |
 5 | 17:45 | 18:15 | custody | Aoife Martin    | ?                 | L |
 6 | 18:00 | 18:30 | sale    | Tomás Moreau    | ?                 | L |
 7 | 18:15 | 18:45 | sale    | Ravi O'Brien    | ?                 | L |
 8 | 18:30 | 19:00 | custody | Jonas Ndiaye    | ?                 | L |
 9 | 18:45 | 19:15 | sale    | Tomás Kowalski  | ?                 | L |
"""
GOOGLE = """\
 2 | 10:00 | 10:20 | sale    | Zoë Nair        | Ana Novák         | 2 | Fender Stratocaster
 4 | 10:15 | 10:35 | sale    | Łukasz Okafor   | Jonas Patel       | 2 | PS5 + 2 controllers
 6 | 10:30 | 10:50 | sale    | Renée Chen      | Keiko Tran        | 2 | Dyson V11
 8 | 10:45 | 11:05 | sale    | Łukasz Ndiaye   | Siobhán Sato      | 2 | Baby stroller
10 | 11:00 | 11:20 | sale    | Renée Svensson  | Mei Dupont        | 2 | MacBook Air M2
12 | 11:15 | 11:35 | sale    | Nguyễn Johnson  | Ana Moreau        | 2 | Snow tires (4)
"""
EASY_APPOINTMENTS = """\
 5 | 09:00 | 09:20 | sale    | Nguyễn Ferreira | ?                 | 1 | iPhone 13 128 GB
17 | 09:15 | 09:35 | sale    | Priya van-Dijk  | ?                 | 1 | Canon EOS R6
29 | 09:30 | 09:50 | sale    | Ravi Larsen     | ?                 | 1 | Trek Marlin 7 bike
41 | 09:45 | 10:05 | sale    | Hana van-Dijk   | ?                 | 1 | Nintendo Switch OLED
53 | 10:00 | 10:20 | sale    | Chloé Haddad    | ?                 | 1 | Fender Stratocaster
65 | 10:15 | 10:35 | sale    | Nguyễn Yamada   | ?                 | 1 | PS5 + 2 controllers
77 | 10:30 | 10:50 | sale    | Amara Nair      | ?                 | 1 | Dyson V11
89 | 10:45 | 11:05 | sale    | Hana Novák      | ?                 | 1 | Baby stroller
"""
LIBREBOOKING = """\
 5 | 11:00 | 11:30 | sale    | Siobhán Novák   | Ana Lefèvre       | 3 | Snow tires (4)
15 | 11:15 | 11:45 | sale    | Priya Costa     | Ingrid Larsen     | 3 | Dining table
25 | 11:30 | 12:00 | sale    | Pedro Moreau    | Tomás Moreau      | 3 | LEGO 10497
35 | 11:45 | 12:15 | sale    | Renée Diaz      | Élodie Okafor     | 3 | Kayak
45 | 12:00 | 12:30 | sale    | Hana Lefèvre    | Olu Svensson      | 3 | Air Jordan 1, size 10
55 | 12:15 | 12:45 | sale    | Paul Petrov     | Aoife van-Dijk    | 3 | Camera lens 24-70
"""
OUTLOOK = """\
 5 | 15:00 | 15:20 | sale    | Élodie Haddad   | José Chen         | L |
16 | 15:15 | 15:35 | sale    | José Dupont     | Aoife Nair        | L |
27 | 15:30 | 15:50 | sale    | Mei Kowalski    | Pedro Müller      | L |
38 | 15:45 | 16:05 | sale    | Mei Patel       | Ravi Ferreira     | L |      | x
49 | 16:00 | 16:20 | sale    | Nguyễn Martin   | Colin van-Dijk    | L |
"""
OF_THEIR_OWN = """\
 2 | 14:00 | 14:20 | sale    | Ndiaye Siobhán  | Petrov Jonas      | 1 | Téléphone
 3 | 14:15 | 14:35 | sale    | Ndiaye Jonas    | Walsh Hana        | 2 | Vélo
 4 | 14:30 | 14:50 | sale    | Chen Pedro      | Costa Dmitri      | 3 | Poussette
 5 | 14:45 | 15:05 | sale    | Costa Omar      | Diaz Nguy?n       | 1 | Console
 6 | 15:00 | 15:20 | sale    | Costa Olu       | Diaz Nguy?n       | 2 | Appareil photo | x
 7 | 15:15 | 15:35 | sale    | Costa Pedro     | Diaz Ravi         | 3 | Téléphone
 8 | 15:30 | 15:50 | sale    | Ndiaye Hana     | Walsh Nadia       | 1 | Vélo
 9 | 15:45 | 16:05 | sale    | Johnson Zoë     | Patel Björn       | 2 | Poussette
10 | 16:00 | 16:20 | sale    | Johnson Björn   | O'Brien Dmitri    | 3 | Console
11 | 16:15 | 16:35 | sale    | Sato Ravi       | Petrov Colin      | 1 | Appareil photo
"""

EXPECTED = {
    "microsoft-bookings.tsv": MICROSOFT,
    "acuity.csv": ACUITY,
    "google-calendar.csv": GOOGLE,
    "easyappointments.ics": EASY_APPOINTMENTS,
    "librebooking.ics": LIBREBOOKING,
    "outlook-no-vtimezone.ics": OUTLOOK,
    "columns-of-their-own-fr.csv": OF_THEIR_OWN,
}

# Contacts and ids of one row each: row, giver's phone and e-mail, receiver's e-mail, id.
CONTACTS = {
    "microsoft-bookings.tsv": (
        3,
        "+1 509 555 0178",
        "amara.ferreira@example.com",
        "bjrn.okafor@example.com",
        "AQMkAD42f50097cc344bafa5fd67750f99c597",
    ),
    "acuity.csv": (2, "+1 509 555 0147", "aoife.kowalski@example.com", None, None),
    "google-calendar.csv": (2, None, None, None, None),
    "easyappointments.ics": (
        17,
        None,
        "priya.vandijk@example.com",
        None,
        "ea-12382dfe7c9e49b5aaea434f472f80ab",
    ),
    "librebooking.ics": (25, None, None, None, "7fd71eadfefcf&n=2"),
    "outlook-no-vtimezone.ics": (
        27,
        None,
        "mei.kowalski@example.com",
        "pedro.mller@example.com",
        "040000008200E00074C5B7101A82E008D04A8759FBE1534A",
    ),
    "columns-of-their-own-fr.csv": (6, "06 99 00 22 91", None, None, "8104"),
}

HOW = {
    "microsoft-bookings.tsv": ("microsoft_bookings", "utf-8", "\t", DayOrder.MONTH_FIRST),
    "acuity.csv": ("acuity", "utf-8", ",", None),
    "google-calendar.csv": ("google_csv", "utf-8", ",", DayOrder.MONTH_FIRST),
    "easyappointments.ics": ("easyappointments", "utf-8", None, None),
    "librebooking.ics": ("librebooking", "utf-8", None, None),
    "outlook-no-vtimezone.ics": ("outlook", "utf-8", None, None),
    "columns-of-their-own-fr.csv": ("mairie", "cp1252", ";", DayOrder.DAY_FIRST),
}


def the_sample(name: str) -> ImportPlan:
    """The plan for a sample; the one with columns of its own as they are proposed."""
    path = SAMPLES / name
    if name != "columns-of-their-own-fr.csv":
        return the_plan(path)
    proposed = glimpse(path, TERMS, NOTHING_SAID).proposed
    assert proposed is not None
    return the_plan(path, terms=replace(TERMS, maps=(proposed.named("mairie"),)))


def in_words(draft: Draft) -> list[str]:
    """A booking as a line above tells it."""
    start, end = (
        each.in_timezone("America/Los_Angeles") for each in (draft.starts_at, draft.ends_at)
    )
    assert start.date() == at("00:00").in_timezone("America/Los_Angeles").date()
    return [
        str(draft.row),
        f"{start:%H:%M}",
        f"{end:%H:%M}",
        draft.kind,
        draft.giver.name or "?",
        draft.receiver.name or "?",
        draft.bay or "",
        draft.item,
        "x" if draft.cancelled else "",
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_row_is_where_a_person_would_place_it(name: str) -> None:
    lines = [[cell.strip() for cell in line.split("|")] for line in EXPECTED[name].splitlines()]
    planned = the_sample(name)
    drafts = sorted(planned.new + planned.cancelled_before, key=lambda draft: draft.row)
    assert planned.rejections == ()
    assert [in_words(draft) for draft in drafts] == [[*line, ""][:9] for line in lines]
    assert {draft.source for draft in drafts} == {HOW[name][0]}


@pytest.mark.parametrize("name", EXPECTED)
def test_contacts_and_ids(name: str) -> None:
    planned = the_sample(name)
    row, phone, email, other, external_id = CONTACTS[name]
    (draft,) = (each for each in planned.new + planned.cancelled_before if each.row == row)
    assert (draft.giver.phone, draft.giver.email) == (phone, email)
    assert draft.receiver.email == other
    assert draft.external_id == external_id


@pytest.mark.parametrize("name", EXPECTED)
def test_how_it_was_read_is_told(name: str) -> None:
    (how,) = the_sample(name).readings
    assert (how.source, how.encoding, how.delimiter, how.day_order) == HOW[name]
    assert (how.file, how.zone, how.until) == (name, "America/Los_Angeles", None)
    assert how.title


@pytest.mark.parametrize("name", EXPECTED)
def test_sides_that_the_file_does_not_state_are_assumed(name: str) -> None:
    stated = name == "google-calendar.csv"
    planned = the_sample(name)
    assert {draft.giver.assumed for draft in planned.new} == {not stated}
    assert {draft.receiver.assumed for draft in planned.new} == {not stated}
