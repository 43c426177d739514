"""``desk hold``: what must not be erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.case_acts import (
    because_option,
    do_act,
    number_argument,
    person_document,
    person_said,
    person_words,
)
from desk.cli.gathered import gathered, gathered_option
from desk.cli.given import Given
from desk.i18n import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from desk.domain.rights import Hold


def register(app: typer.Typer) -> None:
    """Adds the command and what it does."""
    group = typer.Typer(rich_markup_mode=None)
    app.add_typer(
        group, name="hold", help=_("Show what must not be erased, or change it; a supervisor.")
    )

    @group.callback(invoke_without_command=True)
    def everything(context: typer.Context) -> int | None:
        return None if context.invoked_subcommand is not None else show_holds(context.obj)

    @group.command("place", help=_("Hold exchanges, a person or both back from erasing."))
    def place(
        context: typer.Context,
        refs: Annotated[
            list[str] | None, typer.Argument(metavar="[REF]...", help=_("Exchanges."))
        ] = None,
        *,
        because: Annotated[str, because_option()] = "",
        _name: Annotated[str | None, gathered_option("--name", "NAME", _("The person."))] = None,
        _phone: Annotated[str | None, gathered_option("--phone", "PHONE", _("Theirs."))] = None,
        _email: Annotated[str | None, gathered_option("--email", "EMAIL", _("Theirs."))] = None,
        _plate: Annotated[str | None, gathered_option("--plate", "PLATE", _("Theirs."))] = None,
    ) -> int:
        from desk.domain.rights import PlaceHold

        person = person_said(gathered(context))
        return do_act(
            context.obj,
            lambda station, by: station.service.rights.place_hold(
                PlaceHold(by=by, reason=because, refs=tuple(refs or ()), person=person)
            ),
        )

    @group.command("lift", help=_("End a hold."))
    def lift(
        context: typer.Context,
        number: Annotated[int, number_argument(_("The hold's number."))],
        *,
        because: Annotated[str, because_option()] = "",
    ) -> int:
        from desk.domain.rights import LiftHold

        return do_act(
            context.obj,
            lambda station, by: station.service.rights.lift_hold(
                LiftHold(by=by, number=number, reason=because)
            ),
        )


def show_holds(given: Given) -> int:
    """Prints every hold there ever was.

    Raises:
        DeskError: the officer is not let in, or the station cannot be read.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        holds = station.service.rights.holds()
        zone = station.service.station.zone
    if given.json:
        output.show({"holds": [_document(hold, zone) for hold in holds]})
    elif holds:
        head = (_("Nr"), _("Since"), _("Until"), _("Exchanges"), _("Person"), _("Why"))
        output.show_table(head, [_row(hold, zone) for hold in holds])
    else:
        output.say(_("Nothing is held back from erasing."))
    return 0


def _row(hold: Hold, zone: ZoneInfo) -> tuple[str, ...]:
    since = hold.placed_at.astimezone(zone).date().isoformat()
    until = "" if hold.lifted_at is None else hold.lifted_at.astimezone(zone).date().isoformat()
    person = person_words(hold.person)
    return str(hold.number), since, until, " ".join(hold.refs), person, hold.reason


def _document(hold: Hold, zone: ZoneInfo) -> dict[str, object]:
    lifted = hold.lifted_at
    return {
        "number": hold.number,
        "placed_at": hold.placed_at.astimezone(zone).isoformat(),
        "lifted_at": None if lifted is None else lifted.astimezone(zone).isoformat(),
        "refs": list(hold.refs),
        "person": person_document(hold.person),
        "reason": hold.reason or None,
        "request": hold.request,
    }
