"""A station, files on a stick and a shelf of known bookings, as the tests of intake need them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.booking import PartyDraft
from desk.domain.days import local_day, local_moment
from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Exchange, Kind, Outcome, Party, Side
from desk.domain.reading import Overrules
from desk.domain.rules import Rules
from desk.domain.views import Bay, Board, Station
from desk.intake.intake import plan
from desk.intake.read import file_name
from desk.intake.terms import Answers, Terms
from tests.builders import StoppedClock

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
BAYS = (Bay("1", "Bay 1"), Bay("2", "Bay 2"), Bay("3", "Bay 3"), Bay("L", "Lobby"))
STATION = Station("Kennewick PD", "KPD", "America/Los_Angeles", BAYS)
ZONE = ZoneInfo(STATION.timezone)
DAY = date(2026, 11, 23)
HEADER = "Date,Time,Seller,Buyer,Item,Bay"


def at(clock: str, day: date = DAY) -> DateTime:
    """The moment at which the station's clock shows ``14:15`` on that day."""
    return local_moment(day, time.fromisoformat(clock), ZONE)


@dataclass(frozen=True)
class Shelf:
    """A service that knows these exchanges, and on which of them an officer has acted."""

    known: tuple[Exchange, ...] = ()
    decided: frozenset[str] = frozenset()
    station: Station = STATION
    rules: Rules = field(default_factory=Rules)

    def board(self, day: date) -> Board:
        """Every exchange on the shelf that is of that day."""
        theirs = (each for each in self.known if local_day(each.starts_at, ZONE) == day)
        return Board(day, tuple(theirs))

    def known_bookings(self, drafts: Sequence[Draft]) -> tuple[Exchange, ...]:
        """Every exchange on the shelf."""
        return self.known if drafts else ()

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Those of them on which an officer has acted."""
        return self.decided & frozenset(refs)


def stored(draft: Draft, ref: str = "K7QDM7") -> Exchange:
    """The exchange that taking the draft in makes."""
    return Exchange(
        ref=ref,
        kind=draft.kind,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        giver=_party(draft.giver, Side.GIVER),
        receiver=_party(draft.receiver, Side.RECEIVER),
        bay=draft.bay,
        item=draft.item,
        outcome=Outcome.CANCELLED if draft.cancelled else Outcome.NONE,
        source=draft.source,
        external_id=draft.external_id,
    )


def _party(draft: PartyDraft, side: Side) -> Party:
    return Party(side, draft.name, draft.phone, draft.email, draft.plate, assumed=draft.assumed)


def a_draft(giver: str | None = "Ann One", receiver: str | None = "Bob Two") -> Draft:
    """A lamp, sold by the first to the second in bay 1 at 9:00, in row 2 of a plain file."""
    return Draft(
        file="plain.csv",
        row=2,
        source="plain",
        external_id=None,
        kind=Kind.SALE,
        starts_at=at("09:00"),
        ends_at=at("09:20"),
        giver=PartyDraft(giver),
        receiver=PartyDraft(receiver),
        bay="1",
        item="Lamp",
    )


def moved(draft: Draft, clock: str) -> Draft:
    """The same booking at another time, for as long."""
    starts = at(clock)
    return replace(draft, starts_at=starts, ends_at=starts + (draft.ends_at - draft.starts_at))


TERMS = Terms(clock=StoppedClock(at("14:30", date(2026, 11, 21))))
"""Those of a station that has set nothing, on the Saturday before."""
NOTHING_SAID = Overrules()


def the_plan(
    path: Path,
    shelf: Shelf | None = None,
    said: Overrules = NOTHING_SAID,
    terms: Terms = TERMS,
) -> ImportPlan:
    """The plan for one file, of which an officer may have said something."""
    answers = Answers(overrules={file_name(path): said})
    return plan([path], shelf or Shelf(), terms, answers)


def a_file(folder: Path, content: str | bytes, name: str = "bookings.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def plain(*rows: str) -> str:
    """A plain file with those rows."""
    return "".join(f"{line}\r\n" for line in (HEADER, *rows))


def found(planned: ImportPlan) -> list[tuple[int | None, str | None, str]]:
    """Row, field and code of each rejection."""
    return [(one.row, one.field, one.code) for one in planned.rejections]
