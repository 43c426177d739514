"""What tests of rights share: a supervisor, and somebody with more than a name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk.domain.exchange import Side
from desk.domain.intents import By
from desk.domain.rights import OpenRequest, Person, PickParty, PlaceHold, RequestKind
from desk.domain.verdict import Verdict
from desk.domain.views import Officer, Role
from desk.service.rights import Rights
from desk.storage.database import Database
from desk.storage.officers import Officers
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange

CHIEF = By("1000", "desk 1")
"""The supervisor of every station that `with_supervisor` made."""

ZELDA = Person("Zelda Quispe", "+1 509 555 0142", "zelda.quispe@example.net", "BRT-4471")
G, R = Side.GIVER, Side.RECEIVER


def with_supervisor(station: StationUnderTest) -> StationUnderTest:
    """Lets a station have a supervisor."""
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        chief = Officer(CHIEF.badge, "Ito", Role.SUPERVISOR)
        Officers(connection, 1).know(chief, CHIEF.desk, station.clock.now())
        connection.commit()
    database.close()
    return station


def zeldas(builder: ExchangeBuilder | None = None) -> ExchangeBuilder:
    """Returns an exchange whose seller is Zelda Quispe, with all that she is known by."""
    known = {"phone": ZELDA.phone, "email": ZELDA.email, "plate": ZELDA.plate}
    return (builder or an_exchange()).with_party(G, name=ZELDA.name, **known)


def rights_of(station: StationUnderTest) -> Rights:
    return station.service.rights


def hold(station: StationUnderTest, *refs: str, by: By = CHIEF, **more: Any) -> Verdict:
    usual = PlaceHold(by=by, refs=refs, reason="order of the court")
    return rights_of(station).place_hold(replace(usual, **more))


def ask(station: StationUnderTest, kind: RequestKind, **more: Any) -> int:
    """Writes a request of Zelda's down, and returns its number."""
    usual = OpenRequest(by=station.by, kind=kind, asker=ZELDA.name, person=ZELDA)
    verdict = rights_of(station).open_request(replace(usual, **more))
    assert verdict.accepted, verdict
    assert verdict.facts.case is not None
    return verdict.facts.case


def pick(station: StationUnderTest, number: int, ref: str, side: Side = G) -> Verdict:
    picked = PickParty(by=station.by, number=number, ref=ref, side=side)
    return rights_of(station).handle_request(picked)
