"""The preview at a station, and a plan with something in every one of its lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desk.domain.drafts import Change, ImportPlan, Rejection
from desk.domain.reading import Overrules
from desk.domain.verdict import Verdict
from desk.tui.importer import FileRead
from desk.tui.screens.preview_sheet import PreviewSheet
from tests.builders import StationUnderTest, a_draft, an_exchange
from tests.tui.importing import importer_at
from tests.tui.sheet_app import SheetApp, drawn

Shown = SheetApp[Verdict | Overrules]

REJECTION = Rejection(
    "bookings.csv", 7, "Time", "no_such_time", "“25:70” is not a time of day.", "Write HH:MM."
)


def sheet_of(station: StationUnderTest, plan: ImportPlan) -> Shown:
    importer = importer_at(station)
    read = FileRead(station.path.with_name("bookings.csv"), importer.terms(), Overrules())
    return Shown(PreviewSheet(plan, importer, read))


def verdicts(app: Shown) -> list[Verdict]:
    return [answer for answer in app.ended if isinstance(answer, Verdict)]


def says(app: Shown, words: str) -> Callable[[], bool]:
    return lambda: words in drawn(app.screen)


def one_of_each() -> ImportPlan:
    """A plan with something in every one of its lists."""
    unchanged = an_exchange("Y9FPM3").between("Una Unchanged", "Val").build()
    changed = an_exchange("K7QDM7").between("Cass Changed", "Dee").build()
    cancelled = an_exchange("B4XW7H").between("Cal Cancelled", "Eve").build()
    decided = an_exchange("V2JX76").between("Den Decided", "Flo").build()
    same = a_draft(an_exchange().between("Sam Same", "Toni Same"))
    return ImportPlan(
        files=("bookings.csv",),
        new=(a_draft(an_exchange().between("Ned New", "Gus")),),
        unchanged=(Change(a_draft(), unchanged),),
        changed=(Change(a_draft(bay="2"), changed, ("bay",)),),
        cancelled=(Change(a_draft(cancelled=True), cancelled, ("cancelled",)),),
        cancelled_before=(a_draft(an_exchange().between("Bea Before", "Hal"), cancelled=True),),
        decided=(Change(a_draft(bay="3"), decided, ("bay",)),),
        missing=(an_exchange("T5WCBP").between("Mia Missing", "Ian").build(),),
        same_meeting=((same, replace(same, giver=same.receiver, receiver=same.giver)),),
        rejections=(REJECTION,),
    )
