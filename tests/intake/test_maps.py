"""desk.intake.maps, guess and formats.mapped: columns of a station's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from desk.domain.reading import About, DayOrder, Overrules
from desk.errors import BookingFileError
from desk.intake.formats.mapped import filled
from desk.intake.maps import (
    Fixed,
    SourceMap,
    Target,
)
from desk.intake.opening import Glimpse, glimpse
from desk.intake.terms import Terms
from tests.intake.making import NOTHING_SAID, SAMPLES, TERMS, a_file, at, found, the_plan

FRENCH = SAMPLES / "columns-of-their-own-fr.csv"
MAIRIE = SourceMap(
    name="mairie",
    header=("N°", "Date", "Heure", "Client", "État"),
    columns={
        Target.STARTS: ("Date", "Heure"),
        Target.GIVER_NAME: ("Client",),
        Target.CANCELLED: ("État",),
        Target.EXTERNAL_ID: ("N°",),
    },
)
ROW = "1;23/11/2026;14h00;Ann One;Confirmé"


def proposed(path: Path) -> SourceMap:
    """The mapping that is proposed for a file, named."""
    guessed = look(path).proposed
    assert guessed is not None
    return guessed.named("proposed")


def look(path: Path) -> Glimpse:
    """The beginning of a file."""
    return glimpse(path, TERMS, NOTHING_SAID)


def knowing(*maps: SourceMap) -> Terms:
    """The terms of a station that has these mappings."""
    return replace(TERMS, maps=maps)


def mapped(folder: Path, *rows: str) -> Path:
    """A file of the town hall's."""
    return a_file(folder, "\r\n".join(["N°;Date;Heure;Client;État", *rows]))


class TestProposal:
    def test_of_the_french_sample(self) -> None:
        guessed = proposed(FRENCH)
        assert guessed.columns == {
            Target.STARTS: ("date", "heure"),
            Target.LENGTH: ("duree",),
            Target.KIND: ("prestation",),
            Target.GIVER_NAME: ("client",),
            Target.GIVER_PHONE: ("telephone",),
            Target.RECEIVER_NAME: ("autre partie",),
            Target.ITEM: ("objet",),
            Target.BAY: ("emplacement",),
            Target.EXTERNAL_ID: ("n°",),
            Target.CANCELLED: ("etat",),
        }
        assert guessed.assumed

    def test_the_file_is_shown_beside_what_it_would_fill(self) -> None:
        shown = look(FRENCH)
        assert (shown.encoding, shown.delimiter, len(shown.rows)) == ("cp1252", ";", 10)
        assert shown.header.names[:3] == ("N°", "Date", "Heure")
        first = filled(proposed(FRENCH), shown.rows[0])
        assert first[Target.STARTS] == "23/11/2026 14h00"
        assert first[Target.GIVER_NAME] == "Ndiaye Siobhán"

    @pytest.mark.parametrize(
        ("header", "row", "columns"),
        [
            (
                "Booking ref,When,Seller,Buyer,Buyer phone,Seller's e-mail,Number plate,Goods,Bay",
                "17,2026-11-23 14:15,Ann,Bob,555,a@b.c,BRT-1,Lamp,1",
                {
                    Target.EXTERNAL_ID: ("booking ref",),
                    Target.STARTS: ("when",),
                    Target.GIVER_NAME: ("seller",),
                    Target.RECEIVER_NAME: ("buyer",),
                    Target.RECEIVER_PHONE: ("buyer phone",),
                    Target.GIVER_EMAIL: ("sellers e mail",),
                    Target.GIVER_PLATE: ("number plate",),
                    Target.ITEM: ("goods",),
                    Target.BAY: ("bay",),
                },
            ),
            (
                "Start,End,First name,Last name,Service,Created,Status",
                '"Nov 23, 2026 5:00 pm","Nov 23, 2026 5:30 pm",Ann,One,Sale,2026-11-01,ok',
                {
                    Target.STARTS: ("start",),
                    Target.ENDS: ("end",),
                    Target.GIVER_NAME: ("first name", "last name"),
                    Target.KIND: ("service",),
                    Target.CANCELLED: ("status",),
                },
            ),
            (
                "Jour,Heure de début,Heure de fin,Prénom,Nom,Acheteur,Courriel,Immatriculation",
                "23/11/2026,14h00,14h20,Ann,One,Bob,a@b.c,AB-123-CD",
                {
                    Target.STARTS: ("jour", "heure de debut"),
                    Target.ENDS: ("heure de fin",),
                    Target.GIVER_NAME: ("prenom", "nom"),
                    Target.RECEIVER_NAME: ("acheteur",),
                    Target.GIVER_EMAIL: ("courriel",),
                    Target.GIVER_PLATE: ("immatriculation",),
                },
            ),
            (
                "x,y,Client name,Téléphone de l'acheteur",
                "23/11/2026,2:15 PM,Ann,555",
                {
                    Target.STARTS: ("x", "y"),
                    Target.GIVER_NAME: ("client name",),
                    Target.RECEIVER_PHONE: ("telephone de lacheteur",),
                },
            ),
        ],
    )
    def test_by_words_in_two_languages_and_by_what_stands_there(
        self, tmp_path: Path, header: str, row: str, columns: dict[Target, tuple[str, ...]]
    ) -> None:
        assert proposed(a_file(tmp_path, f"{header}\n{row}")).columns == columns

    def test_columns_that_name_the_sides_state_them(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "Ref,When,Seller,Buyer\n1,2026-11-23 14:15,Ann,Bob")
        assert not proposed(path).assumed

    def test_a_column_called_cancelled_is_answered_with_yes(self, tmp_path: Path) -> None:
        path = a_file(
            tmp_path,
            "When,Name,Cancelled\n2026-11-23 14:15,Ann,Yes\n2026-11-23 14:30,Bob,No",
        )
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert [draft.giver.name for draft in planned.cancelled_before] == ["Ann"]
        assert [draft.giver.name for draft in planned.new] == ["Bob"]

    @pytest.mark.parametrize(
        "text", ["Colour,Size\nred,1", "Name,Size\nAnn,1", "When\n2026-11-23 14:15", "When,Name"]
    )
    def test_nothing_is_proposed_without_a_time_and_a_name(self, tmp_path: Path, text: str) -> None:
        assert look(a_file(tmp_path, text)).proposed is None

    def test_one_bad_row_does_not_hide_a_column(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "When,Name\nsoon,Ann\n2026-11-23 14:15,Bob\n2026-11-23 15:15,Cy")
        assert proposed(path).columns[Target.STARTS] == ("when",)

    @pytest.mark.parametrize("name", ["librebooking.ics", "not-a-booking-file.csv"])
    def test_what_is_no_table_cannot_be_mapped(self, name: str) -> None:
        with pytest.raises(BookingFileError) as caught:
            look(SAMPLES / name)
        assert caught.value.next

    def test_an_empty_file_cannot_be_mapped(self, tmp_path: Path) -> None:
        with pytest.raises(BookingFileError) as caught:
            look(a_file(tmp_path, ",,,\n"))
        assert caught.value.code == "empty_file"


class TestRecognised:
    def test_an_unknown_header_is_asked_about(self) -> None:
        planned = the_plan(FRENCH)
        assert found(planned) == [(None, None, "unknown_format")]
        (doubt,) = planned.doubts
        assert (doubt.about, doubt.choices) == (About.COLUMNS, ())

    def test_by_its_header_in_any_order(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "état;CLIENT;Heure;Date;n°\nok;Ann;14:15;23/11/2026;7")
        planned = the_plan(path, terms=knowing(MAIRIE))
        assert planned.readings[0].title == "mairie"
        assert (planned.new[0].source, planned.new[0].external_id) == ("mairie", "7")

    @pytest.mark.parametrize(
        "header", ["N°;Date;Heure;Client", "N°;Date;Heure;Client;État;Plus", "x;y"]
    )
    def test_not_by_another(self, tmp_path: Path, header: str) -> None:
        path = a_file(tmp_path, header)
        assert found(the_plan(path, terms=knowing(MAIRIE))) == [(None, None, "unknown_format")]

    def test_an_officers_mapping_goes_before_what_desk_knows(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "Date,Time,Seller,Buyer\n2026-11-23,14:15,Ann,Bob")
        swapped = SourceMap(
            name="swapped",
            header=("date", "time", "seller", "buyer"),
            columns={
                Target.STARTS: ("date", "time"),
                Target.GIVER_NAME: ("buyer",),
                Target.RECEIVER_NAME: ("seller",),
            },
        )
        assert the_plan(path, terms=knowing(swapped)).new[0].giver.name == "Bob"

    def test_one_that_was_said_needs_only_its_own_columns(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, f"N°;Date;Heure;Client;État;Plus\n{ROW};x")
        planned = the_plan(path, said=Overrules(source="mairie"), terms=knowing(MAIRIE))
        assert planned.new[0].giver.name == "Ann One"

    def test_one_that_was_said_and_does_not_fit(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "Date;Heure;Client\n23/11/2026;14h00;Ann")
        planned = the_plan(path, said=Overrules(source="mairie"), terms=knowing(MAIRIE))
        assert found(planned) == [(None, None, "missing_columns")]
        assert "etat, n°" in planned.rejections[0].reason

    def test_what_it_fixes_counts_unless_the_officer_says_otherwise(self, tmp_path: Path) -> None:
        fixed = Fixed(
            day_order=DayOrder.MONTH_FIRST,
            zone="America/New_York",
            encoding="cp1252",
            delimiter=";",
        )
        terms = knowing(MAIRIE.model_copy(update={"fixed": fixed}))
        row = "1;03/04/2026;14h00;Zo\x8e;ok"
        data = f"N°;Date;Heure;Client;État\n{row}".encode("latin-1")
        path = a_file(tmp_path, data)
        said = Overrules(source="mairie")
        planned = the_plan(path, said=said, terms=terms)
        (how,) = planned.readings
        assert (how.encoding, how.day_order, how.zone) == (
            "cp1252",
            DayOrder.MONTH_FIRST,
            "America/New_York",
        )
        assert planned.new[0].giver.name == "ZoŽ"
        again = the_plan(path, said=replace(said, zone="America/Los_Angeles"), terms=terms)
        assert again.readings[0].zone == "America/Los_Angeles"


class TestRows:
    @pytest.mark.parametrize(
        ("day", "time", "clock"),
        [
            ("23/11/2026", "14h00", "14:00"),
            ("23/11/2026", "14 h 00", "14:00"),
            ("23/11/2026", "14h", "14:00"),
            ("2026-11-23", "2:15 PM", "14:15"),
            ("23.11.2026", "14.15", "14:15"),
            ("November 23, 2026", "2 p.m.", "14:00"),
            ("lundi 23 novembre 2026", "14:15:00", "14:15"),
            ("Mon, Nov 23, 2026", "14:15", "14:15"),
            ("1er décembre 2026", "14:15", None),
            ("23-nov.-2026", "14:15", "14:15"),
        ],
    )
    def test_days_and_times_of_two_columns(
        self, tmp_path: Path, day: str, time: str, clock: str | None
    ) -> None:
        path = mapped(tmp_path, f'1;"{day}";{time};Ann;ok')
        planned = the_plan(path, terms=knowing(MAIRIE))
        assert planned.rejections == ()
        if clock is not None:
            assert planned.new[0].starts_at == at(clock)

    @pytest.mark.parametrize(
        ("text", "clock"),
        [
            ("23/11/2026 14:15", "14:15"),
            ("2026-11-23T14:15:00-08:00", "14:15"),
            ("2026-11-23T22:15:00.000Z", "14:15"),
            ("2026-11-23 14:15:30", "14:15"),
            ("November 23, 2026 5:00 pm", "17:00"),
            ("November 23, 2026 at 5:00 pm", "17:00"),
            ("23 novembre 2026 à 17h00", "17:00"),
            ("11/23/2026, 5:00:00 PM", "17:00"),
        ],
    )
    def test_days_and_times_of_one_column(self, tmp_path: Path, text: str, clock: str) -> None:
        path = a_file(tmp_path, f'When,Name\n"{text}",Ann')
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert planned.rejections == ()
        assert planned.new[0].starts_at.start_of("minute") == at(clock)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("23 brumaire 2026 14:15", "no_such_day"),
            ("31 novembre 2026 14:15", "no_such_day"),
            ("23/11/2026", "no_such_time"),
            ("23/11/2026 25:00", "no_such_time"),
            ("", "empty_cell"),
        ],
    )
    def test_what_is_no_time_names_its_column(self, tmp_path: Path, text: str, code: str) -> None:
        path = a_file(tmp_path, f"When,Name\n2026-11-23 14:15,Ann\n2026-11-23 15:15,Cy\n{text},Bob")
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert found(planned) == [(4, "When", code)]

    @pytest.mark.parametrize(
        ("length", "ends"),
        [("20", "14:20"), ("20 min", "14:20"), ("1h30", "15:30"), ("0:45", "14:45"), ("", "14:20")],
    )
    def test_lengths(self, tmp_path: Path, length: str, ends: str) -> None:
        path = a_file(tmp_path, f"When,Name,Durée\n23/11/2026 14:00,Ann,{length}")
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert planned.new[0].ends_at == at(ends)

    @pytest.mark.parametrize("length", ["0", "-20", "soon", "1441", "99h00", "1e3"])
    def test_what_is_no_length(self, tmp_path: Path, length: str) -> None:
        path = a_file(tmp_path, f"When,Name,Durée\n23/11/2026 14:00,Ann,{length}")
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert found(planned) == [(2, "Durée", "no_such_length")]

    def test_an_end_that_is_only_a_time(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "Date,Heure,Fin,Nom\n23/11/2026,14h00,14h45,Ann")
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert planned.new[0].ends_at == at("14:45")

    @pytest.mark.parametrize(
        ("state", "off"),
        [
            ("Annulé", True),
            ("ANNULÉE", True),
            ("Annulé par le client", True),
            ("Confirmé", False),
            ("Non annulé", False),
            ("", False),
        ],
    )
    def test_what_is_called_off(self, tmp_path: Path, state: str, *, off: bool) -> None:
        path = mapped(tmp_path, ROW.replace("Confirmé", state))
        planned = the_plan(path, terms=knowing(MAIRIE))
        assert len(planned.cancelled_before) == off

    @pytest.mark.parametrize(
        ("service", "kind"),
        [
            ("Remise de main à main", Kind.SALE),
            ("Remise d'enfant", Kind.CUSTODY),
            ("Garde partagée", Kind.CUSTODY),
            ("Vente de voiture", Kind.VEHICLE),
        ],
    )
    def test_kinds(self, tmp_path: Path, service: str, kind: Kind) -> None:
        path = a_file(tmp_path, f"When,Name,Prestation\n23/11/2026 14:00,Ann,{service}")
        planned = the_plan(path, terms=knowing(proposed(path)))
        assert planned.new[0].kind is kind
