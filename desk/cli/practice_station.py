"""The practice station: made in a temporary folder, filled with a day, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pendulum import DateTime

from desk.cli.importing import apply
from desk.clock import Clock
from desk.domain.days import YEARS, TimeTextError, local_moment
from desk.domain.drafts import ImportPlan, Rejection
from desk.domain.intents import By
from desk.domain.reference import draw_reference
from desk.domain.rules import Rules
from desk.domain.views import Bay, Officer, Station
from desk.errors import DeskError, UsageError
from desk.i18n import _
from desk.intake.drives import removable_drives
from desk.intake.intake import Policy, Standing, plan, standing
from desk.intake.station_terms import terms_at
from desk.intake.terms import Terms
from desk.paths import DataFolder
from desk.settings import Settings
from desk.text import cut
from desk.tui.launch import Launch

if TYPE_CHECKING:
    from desk.domain.ports import DeskService
    from desk.printing import Press
    from desk.service import Desk

OFFICER = Officer("0000", "Practice")
KENNEWICK = Station(
    "Kennewick PD",
    "KPD",
    "America/Los_Angeles",
    (
        Bay("1", "Bay 1", ("P-03", "P-04")),
        Bay("2", "Bay 2", ("P-04", "P-05")),
        Bay("3", "Bay 3", ("P-05", "P-06")),
        Bay("Lobby", "Lobby", ("L-01",)),
    ),
)


@dataclass(frozen=True, slots=True)
class Practice:
    """What is to be practised.

    Attributes:
        clock: shows the practised time.
        seed: another seed is another invented day.
        bookings: files that take the place of the invented day.
        desk_name: this workstation's name.
        rejections: the rows of the files that were not taken, once they are read.
    """

    clock: Clock
    seed: int
    bookings: Sequence[Path]
    desk_name: str
    rejections: list[Rejection] = field(default_factory=list)


class Hand:
    """A clock that shows what it is set to: for the acts that lie before the practised moment."""

    def __init__(self, moment: DateTime) -> None:
        self.moment = moment

    def now(self) -> DateTime:
        """Returns the moment it is set to."""
        return self.moment


def moment_meant(at: str) -> DateTime:
    """Returns the moment at which the practice station's clock shows that.

    Raises:
        UsageError: it is not a time, or the clocks skip it or show it twice.
    """
    try:
        typed = datetime.fromisoformat(at.strip())
        if typed.tzinfo is not None or typed.year not in YEARS:
            raise ValueError
        return local_moment(typed.date(), typed.timetz(), KENNEWICK.zone)
    except (ValueError, TimeTextError):
        raise UsageError(
            "no_such_time",
            _("“{at}” is not a time at the station.").format(at=cut(at, 40)),
            _('Write it as --at "2026-11-23 10:02".'),
        ) from None


@contextmanager
def board_of(practice: Practice) -> Iterator[Launch]:
    """Returns what the practice board is started with; the station is gone afterwards."""
    with ExitStack() as closing:
        # On Windows a file that is still open cannot be deleted, and that is no reason to fail.
        place = closing.enter_context(
            TemporaryDirectory(prefix="desk-practice-", ignore_cleanup_errors=True)
        )
        folder = DataFolder(Path(place))
        folder.prepare()
        yield Launch(
            connect=lambda: _connect(practice, folder, closing),
            clock=practice.clock,
            settings=Settings(),
            desk_name=practice.desk_name,
            officer=By(OFFICER.badge, practice.desk_name),
            officer_name=OFFICER.name,
            data_folder=folder.path,
            terms=lambda: terms_at(folder, Settings(), practice.clock),
            title=KENNEWICK.name,
            timezone=KENNEWICK.timezone,
            drives=removable_drives,
            practice=True,
            printer=lambda service: _press(practice, folder, service),
        )


def _press(practice: Practice, folder: DataFolder, service: DeskService) -> Press:
    from desk.printing import Press

    return Press(service, Settings(), practice.clock, folder.exports)


def _connect(practice: Practice, folder: DataFolder, closing: ExitStack) -> DeskService:
    """Makes the station and its day, and returns its service; ``closing`` will close it."""
    from desk.service import Workplace, open_desk

    if practice.bookings:
        take_files_in(practice, folder)
    else:
        live_the_day(practice, folder)
    workplace = Workplace(practice.clock, practice.desk_name, ballast=0)
    service = open_desk(folder.database, Rules(), workplace)
    closing.callback(service.close)
    return service


def live_the_day(practice: Practice, folder: DataFolder) -> None:
    """Makes the station, and does there what an invented day would have brought by now."""
    from desk.cli.practice_day import FILE, invent

    day = invent(practice.clock.now(), practice.seed)
    hand = Hand(day.booked_at)
    with _found(practice, folder, hand) as service:
        by = By(OFFICER.badge, practice.desk_name)
        apply(service, ImportPlan((FILE,), new=day.drafts), by)
        refs = {each.external_id: each.ref for each in service.known_bookings(day.drafts)}
        for external_id, moment, deed in day.deeds:
            hand.moment = moment
            service.perform(deed.done_by(by, refs[external_id], moment))


def take_files_in(practice: Practice, folder: DataFolder) -> None:
    """Makes the station, and takes the good rows of the files in.

    Raises:
        DeskError: a file cannot be read, or none of its rows can be taken.
    """
    with _found(practice, folder, practice.clock) as service:
        planned = plan(practice.bookings, service, Terms(clock=practice.clock))
        practice.rejections.extend(planned.rejections)
        if standing(planned, Policy.GOOD_ROWS) is Standing.REFUSED:
            first = planned.rejections[0]
            raise DeskError(first.code, f"{first.file}: {first.reason}", first.remedy)
        apply(service, planned, By(OFFICER.badge, practice.desk_name))


def _found(practice: Practice, folder: DataFolder, clock: Clock) -> Desk:
    """Returns the service of the new station, with the officer signed on."""
    from desk.service import Workplace, found_station

    chance = Random(practice.seed)
    workplace = Workplace(
        clock, practice.desk_name, draw=lambda: draw_reference(chance.choice), ballast=0
    )
    service = found_station(folder.database, KENNEWICK, Rules(), workplace)
    service.sign_on(OFFICER.badge, OFFICER.name)
    return service
