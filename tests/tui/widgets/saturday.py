"""The Saturday of the design's pictures, at 14:32: its exchanges, its station, its scene."""

from __future__ import annotations

from dataclasses import replace

from pendulum import DateTime

from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    IdCheck,
    Kind,
    Outcome,
    Party,
    Presence,
    Side,
    Visit,
)
from desk.domain.rules import Moment, Rules
from desk.domain.views import Bay, Board, Station, TimelineEntry
from desk.tui.present import UNICODE, Glyphs, Offer, Scene, Tone
from tests.domain.making import DAY, at

STATION = Station(
    "Kennewick PD",
    "KPD",
    "America/Los_Angeles",
    (
        Bay("1", "Bay 1", ("P-03", "P-04")),
        Bay("2", "Bay 2", ("P-05",)),
        Bay("3", "Bay 3", ("P-06",)),
        Bay("Lobby", "Lobby", ("L-01",)),
    ),
)

OFFERS = (
    Offer("Enter", "Arrive: buyer, 17 min late", Tone.ACCENT),
    Offer("F4", "No-show proposed: buyer", Tone.LATE),
)


def scene(now: str = "14:32", glyphs: Glyphs = UNICODE) -> Scene:
    """The station at that time."""
    return Scene(STATION, Rules(), Moment(at(now)), glyphs)


def party(side: Side, name: str | None, came: str = "", left: str = "") -> Party:
    """Somebody expected; here since ``came``; or gone since ``left``."""
    if not came:
        return Party(side, name)
    if not left:
        return Party(side, name, presence=Presence.HERE, visits=(Visit(at(came)),))
    visit = Visit(at(came), at(left), left_observed=True)
    return Party(side, name, presence=Presence.LEFT, visits=(visit,))


def an_exchange(
    ref: str,
    clock: str,
    bay: str | None,
    giver: Party,
    receiver: Party,
    item: str = "",
) -> Exchange:
    """A sale of 20 minutes at that time; custody where there is no item."""
    kind = Kind.SALE if item else Kind.CUSTODY
    starts = at(clock)
    return Exchange(ref, kind, starts, starts.add(minutes=20), giver, receiver, bay, item)


def expected(ref: str, clock: str, bay: str, names: str, item: str = "") -> Exchange:
    """Two parties that are still to come: ``Joy Okafor, Sam Nguyen``."""
    giver, receiver = names.split(", ")
    return an_exchange(
        ref, clock, bay, party(Side.GIVER, giver), party(Side.RECEIVER, receiver), item
    )


def closed(ref: str, starts: DateTime) -> Exchange:
    """Two parties that met, and left twenty minutes after its time."""
    came, left = starts.subtract(minutes=2), starts.add(minutes=20)
    visit = Visit(came, left, left_observed=True)
    parties = [
        Party(side, name, presence=Presence.LEFT, visits=(visit,))
        for side, name in ((Side.GIVER, "Ana Lima"), (Side.RECEIVER, "Per Holm"))
    ]
    return Exchange(
        ref,
        Kind.SALE,
        starts,
        left,
        parties[0],
        parties[1],
        "2",
        "Lamp",
        Outcome.MET,
        closed_at=left,
    )


def _disputed() -> Exchange:
    giver = party(Side.GIVER, "Pia Larsen", "13:58", "14:12")
    receiver = party(Side.RECEIVER, "Ravi Nair", "14:01", "14:12")
    dispute = Dispute(3, DisputeCategory.NOT_AS_DESCRIBED, Side.RECEIVER, at("14:10"))
    sale = an_exchange("V2JX76", "14:00", "3", giver, receiver, "PS5 + 2 controllers")
    return replace(sale, outcome=Outcome.MET, closed_at=at("14:12"), dispute=dispute)


def dupont() -> Exchange:
    """The seller is here since 14:13, the buyer is overdue."""
    giver = replace(
        party(Side.GIVER, "Marie Dupont", "14:13"), id_check=IdCheck.SEEN, plate="BRT-4471"
    )
    receiver = replace(party(Side.RECEIVER, "Paul Martin"), phone="+1 509 555 0142")
    return an_exchange("K7QDM7", "14:15", "1", giver, receiver, "iPhone 13 128 GB · 320 USD")


def exchanges() -> tuple[Exchange, ...]:
    """The twenty-four of that day."""
    early = tuple(
        closed(f"{letter}2B3C4", at("09:00").add(minutes=25 * n))
        for n, letter in enumerate("ABCDEFGHJMN")
    )
    giver, receiver = Side.GIVER, Side.RECEIVER
    return (
        *early,
        _disputed(),
        dupont(),
        an_exchange(
            "Q2MNRP",
            "14:30",
            "2",
            party(giver, "Ada Roe", "14:14"),
            party(receiver, "Bo Roe", "14:29"),
        ),
        an_exchange(
            "T5WCBP",
            "14:30",
            "Lobby",
            party(giver, "Hana Novák", "14:24"),
            party(receiver, "Jo Tran"),
            "Gold necklace",
        ),
        expected("B4XW7H", "14:45", "3", "Joy Okafor, Sam Nguyen", "Trek Marlin 7"),
        expected("R6HDKV", "15:00", "1", "Eva Petrov, Chris Brown", "MacBook Air M2"),
        expected("Y9FPM3", "15:15", "2", "Ian Walsh, Dino Costa", "Nintendo Switch"),
        expected("N3GVT4", "15:30", "1", "Nino Rossi, Fan Chen", "Snow tires (4)"),
        expected("C7BKX6", "15:45", "Lobby", "Tara Ndiaye, Lena Müller", "LEGO 10497"),
        expected("W2PHD7", "16:00", "3", "Cy Poe, Di Poe"),
        expected("F9TRCS", "16:15", "2", "Max Walsh, Olga Ferreira", "Fender Stratocaster"),
        expected("J5NXT5", "16:30", "1", "Alejandra Garcia-Lopez, Zoe Svensson", "Kayak"),
    )


def board() -> Board:
    """That day."""
    return Board(DAY, exchanges())


def timeline() -> tuple[TimelineEntry, ...]:
    """What happened to K7QDM7, newest first."""
    imported = TimelineEntry(
        number=2,
        verb="import",
        accepted=True,
        code="accepted",
        side=None,
        officer="4412",
        desk="desk 1",
        occurred_at=at("13:05"),
        recorded_at=at("13:05"),
        file="calendly.csv",
    )
    arrived_at = at("14:13")
    arrived = replace(
        imported,
        number=9,
        verb="arrive",
        side="giver",
        occurred_at=arrived_at,
        recorded_at=arrived_at,
        file=None,
    )
    return (arrived, imported)
