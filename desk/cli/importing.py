"""``desk import``: booking files in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.gathered import gathered_option
from desk.cli.given import Given
from desk.cli.reading import answers_of, said, say_how, terms_of
from desk.cli.sheet import refresh_sheets
from desk.errors import DeskError, UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation
    from desk.domain.drafts import Change, ImportPlan, Rejection
    from desk.domain.intents import By
    from desk.domain.ports import DeskService
    from desk.domain.reading import Overrules
    from desk.intake.found import FoundFile
    from desk.intake.intake import Policy

_EXIT_CODES = {"whole": 0, "refused": 1, "in_part": 3}
"""By what comes of a plan: the values of ``Standing``."""


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "import",
        help=_(
            "Take booking files in: all of their rows or none, in one act. The same file twice "
            "changes nothing."
        ),
    )
    def import_(
        context: typer.Context,
        files: Annotated[list[Path], typer.Argument(metavar="FILE...", show_default=False)],
        *,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Only say what would happen."))
        ] = False,
        accept_good: Annotated[
            bool, typer.Option("--accept-good", help=_("Take the good rows although others fail."))
        ] = False,
        _map: Annotated[
            str | None, gathered_option("--map", "NAME", _("Read the columns by this mapping."))
        ] = None,
        _encoding: Annotated[
            str | None, gathered_option("--encoding", "NAME", _("The text's; else detected."))
        ] = None,
        _delimiter: Annotated[
            str | None,
            gathered_option("--delimiter", "SIGN", _("comma, tab, semicolon or pipe.")),
        ] = None,
        _day_order: Annotated[
            str | None,
            gathered_option("--day-order", "ORDER", _("day-first or month-first; else detected.")),
        ] = None,
        _zone: Annotated[
            str | None,
            gathered_option("--zone", "ZONE", _("Of times without one; else the station's.")),
        ] = None,
    ) -> int:
        from desk.intake.intake import Policy

        policy = Policy.GOOD_ROWS if accept_good else Policy.ALL_OR_NOTHING
        order = Order(files, said(context), policy)
        given: Given = context.obj
        return preview(given, order) if dry_run else take_files_in(given, order)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken in.

    Attributes:
        overrules: what was said of every one of the files.
        policy: what happens to the good rows when others are rejected.
    """

    files: Sequence[Path]
    overrules: Overrules
    policy: Policy


def _plan(given: Given, station: OpenStation, order: Order) -> ImportPlan:
    from desk.intake.intake import plan

    terms = terms_of(given, station)
    answers = answers_of(order.files, order.overrules, terms)
    return plan(order.files, station.service, terms, answers)


def preview(given: Given, order: Order) -> int:
    """Prints what taking the files in would do; ends as that would, without an officer too.

    Raises:
        DeskError: a file or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.intake.intake import standing

    with open_station(given.seat) as station:
        planned = _plan(given, station, order)
    _tell(given, planned, applied=0)
    if not given.json:
        output.say(_("Nothing was written: this was a dry run."))
    try:
        given.officer_needed()
    except UsageError as nobody:
        output.tell(nobody, in_json=False)
        return nobody.exit_code
    return _EXIT_CODES[standing(planned, order.policy)]


def take_files_in(given: Given, order: Order) -> int:
    """Takes the files in, as far as the policy allows, and prints what was done.

    Raises:
        DeskError: nobody is named, or a file or the station cannot be read or written.
    """
    from desk.bootstrap import open_station
    from desk.domain.intents import By
    from desk.intake.inbox import held_in, was_taken_in
    from desk.intake.intake import Standing, standing

    officer = given.officer_needed()
    # As they are before they are read: one that is written anew meanwhile is not put away.
    inbox = given.seat.folder.inbox
    held = dict.fromkeys(filter(None, (held_in(inbox, path) for path in order.files)))
    with open_station(given.seat) as station:
        service = station.service
        planned = _plan(given, station, order)
        come_out = standing(planned, order.policy)
        applied = 0
        if come_out is not Standing.REFUSED and planned.writes:
            service.sign_on(officer.badge, officer.name)
            apply(service, planned, By(officer.badge, given.desk_name))
            applied = planned.writes
            refresh_sheets(given, station)
    _tell(given, planned, applied)
    if applied:
        _put_away([file for file in held if was_taken_in(planned, file)])
    if come_out is Standing.REFUSED and not given.json:
        output.say(
            _("Nothing was written: mend these rows, or take the others with --accept-good.")
        )
    return _EXIT_CODES[come_out]


def _put_away(files: Iterable[FoundFile]) -> None:
    """Moves files of the inbox that were taken in to where nobody takes them for new ones."""
    from desk.intake.inbox import put_away

    for file in files:
        try:
            place = put_away(file)
        except DeskError as error:
            output.tell(error, in_json=False)
        else:
            output.say(_("Moved: {file}.").format(file=place))


def apply(service: DeskService, planned: ImportPlan, by: By) -> None:
    """Writes the plan as one act.

    Raises:
        DeskError: it was refused, because the record changed meanwhile.
    """
    from desk.domain.drafts import TakeIn
    from desk.wording import tell

    verdict = service.take_in(TakeIn(by=by, plan=planned))
    if not verdict.accepted:
        told = tell(verdict, service.station.zone)
        raise DeskError(verdict.code, told.explanation, told.next)


def _tell(given: Given, planned: ImportPlan, applied: int) -> None:
    from desk.intake.intake import report

    counts = report(planned, applied)
    if given.json:
        output.show({**counts})
        return
    say_how(planned.readings)
    output.show_lines(
        [
            _("{new} new, {unchanged} unchanged, {changed} changed, {cancelled} cancelled").format(
                **counts
            )
        ]
    )
    output.show_lines(_remarks(planned))
    say_rejections(planned.rejections)


def say_rejections(rejections: Iterable[Rejection]) -> None:
    """Prints each row that was not taken, and what would mend it."""
    for rejection in rejections:
        place = rejection.file if rejection.row is None else f"{rejection.file}:{rejection.row}"
        column = f" ({rejection.field})" if rejection.field else ""
        output.say(f"{place}{column}: {rejection.reason} {rejection.remedy}")


def _why_it_stays(change: Change) -> str:
    """Returns why a booking that the file tells otherwise is not changed by it."""
    from desk.domain.exchange import Outcome

    ref = change.known.ref
    if change.known.outcome is Outcome.CANCELLED and not change.draft.cancelled:
        # Perhaps it was another file that called it off, and no officer at all.
        return _("{ref} stays cancelled; if it is to take place after all, reopen it.").format(
            ref=ref
        )
    return _("{ref} stays as it is: an officer has acted on it.").format(ref=ref)


def _remarks(planned: ImportPlan) -> list[str]:
    """Returns what an officer should look at, though nothing is wrong with the files."""
    return [
        *(
            _("{ref} is no longer in the file, and stays.").format(ref=known.ref)
            for known in planned.missing
        ),
        *(_why_it_stays(change) for change in planned.decided),
        *(
            _("{one} and {other} may be the same meeting.").format(
                one=f"{one.file}:{one.row}", other=f"{other.file}:{other.row}"
            )
            for one, other in planned.same_meeting
        ),
        *(
            _("{place} wants bay {bay}, which is taken then, or not meant for it.").format(
                place=f"{one.file}:{one.row}", bay=one.bay
            )
            for one in sorted(planned.no_room, key=lambda each: (each.file, each.row))
        ),
    ]
