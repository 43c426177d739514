"""``desk request``: what people ask of the record about themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.case_acts import because_option, do_act, number_argument, person_said
from desk.cli.gathered import gathered, gathered_option
from desk.cli.given import Given
from desk.domain.exchange import IdCheck, Side
from desk.domain.rights import RequestEnd, RequestKind
from desk.errors import UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from desk.bootstrap import OpenStation


def register(app: typer.Typer) -> None:
    """Adds the command and what it does."""
    group = typer.Typer(rich_markup_mode=None)
    app.add_typer(
        group,
        name="request",
        help=_("Show what people asked about themselves, write it down, and answer it."),
    )
    _register_looking(group)
    _register_opening(group)
    _register_picking(group)
    _register_answering(group)
    _register_ending(group)


def _register_looking(group: typer.Typer) -> None:
    from desk.cli.request_answers import show_request, show_requests

    @group.callback(invoke_without_command=True)
    def everything(context: typer.Context) -> int | None:
        return None if context.invoked_subcommand is not None else show_requests(context.obj)

    @group.command("show", help=_("Show a request, and who its person may be."))
    def show(context: typer.Context, number: Annotated[int, number_argument(_number())]) -> int:
        return show_request(context.obj, number)


def _number() -> str:
    return _("The request's number.")


def _register_opening(group: typer.Typer) -> None:
    @group.command(
        "open", help=_("Write a request down; a lawyer's holds everything back from erasing.")
    )
    def open_(
        context: typer.Context,
        kind: Annotated[RequestKind, typer.Argument(help=_("What is asked for."))],
        refs: Annotated[
            list[str] | None, typer.Argument(metavar="[REF]...", help=_("Exchanges named."))
        ] = None,
        *,
        asker: Annotated[str, typer.Option(metavar="WHO", help=_("Who asks."))],
        id_check: Annotated[IdCheck, typer.Option("--id", help=_("Whether an ID was seen."))] = (
            IdCheck.NOT_ASKED
        ),
        _due: Annotated[
            str | None, gathered_option("--due", "DAY", _("By when; a month, unless said."))
        ] = None,
        _name: Annotated[str | None, gathered_option("--name", "NAME", _("The person."))] = None,
        _phone: Annotated[str | None, gathered_option("--phone", "PHONE", _("Theirs."))] = None,
        _email: Annotated[str | None, gathered_option("--email", "EMAIL", _("Theirs."))] = None,
        _plate: Annotated[str | None, gathered_option("--plate", "PLATE", _("Theirs."))] = None,
    ) -> int:
        from desk.domain.rights import OpenRequest

        given: Given = context.obj
        said = gathered(context)
        return do_act(
            given,
            lambda station, by: station.service.rights.open_request(
                OpenRequest(
                    by=by,
                    kind=kind,
                    asker=asker,
                    person=person_said(said),
                    id_check=id_check,
                    due_on=_due_on(given, station, said.get("due")),
                    refs=tuple(refs or ()),
                )
            ),
        )


def _due_on(given: Given, station: OpenStation, typed: str | None) -> date | None:
    from desk.cli.days import day_meant

    zone = station.service.station.zone
    return None if typed is None else day_meant(typed, given.clock.now(), zone)


def _register_picking(group: typer.Typer) -> None:
    @group.command("pick", help=_("Say that a party of an exchange is the person of a request."))
    def pick(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        slip: Annotated[str, typer.Argument(metavar="REF-G|REF-R", help=_("The party."))],
    ) -> int:
        from desk.domain.rights import PickParty

        ref, side = _party_meant(slip)
        return do_act(
            context.obj,
            lambda station, by: station.service.rights.handle_request(
                PickParty(by=by, number=number, ref=ref, side=side)
            ),
        )

    @group.command("drop", help=_("Say that a party that was picked is somebody else."))
    def drop(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        slip: Annotated[str, typer.Argument(metavar="REF-G|REF-R", help=_("The party."))],
    ) -> int:
        from desk.domain.rights import DropParty

        ref, side = _party_meant(slip)
        return do_act(
            context.obj,
            lambda station, by: station.service.rights.handle_request(
                DropParty(by=by, number=number, ref=ref, side=side)
            ),
        )

    @group.command("identify", help=_("Say whether whoever asks has shown an ID."))
    def identify(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        id_check: Annotated[IdCheck, typer.Argument(metavar="ID", help=_("seen or not_shown."))],
    ) -> int:
        from desk.domain.rights import Identify

        return do_act(
            context.obj,
            lambda station, by: station.service.rights.handle_request(
                Identify(by=by, number=number, id_check=id_check)
            ),
        )


def _party_meant(typed: str) -> tuple[str, Side]:
    from desk.domain.reference import BadReferenceError, read_slip

    try:
        slip = read_slip(typed)
    except BadReferenceError:
        slip = None
    if slip is None or slip.side is None:
        raise UsageError(
            "which_side",
            _("It is not clear which party is meant."),
            _("Write the reference and the side: K7QDM7-G or K7QDM7-R."),
        )
    return slip.ref, slip.side


def _register_answering(group: typer.Typer) -> None:
    from desk.cli.request_answers import print_own_data, release_own_data

    @group.command("sheet", help=_("Print a person's own data; nothing of the other party's."))
    def sheet(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        *,
        pdf: Annotated[
            Path | None, typer.Option(metavar="FILE", help=_("Write a PDF instead of text."))
        ] = None,
    ) -> int:
        return print_own_data(context.obj, number, pdf)

    @group.command("release", help=_("Note to whom the sheet is handed, and write it."))
    def release(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        *,
        to: Annotated[str, typer.Option(metavar="WHOM", help=_("To whom, and how."))],
    ) -> int:
        return release_own_data(context.obj, number, to)


def _register_ending(group: typer.Typer) -> None:
    from desk.cli.request_answers import erase_person, show_erasure

    @group.command("erase", help=_("Report what erasing the person takes; --apply does it."))
    def erase(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        *,
        apply: Annotated[
            bool, typer.Option("--apply", help=_("Erase; only a supervisor."))
        ] = False,
    ) -> int:
        return (erase_person if apply else show_erasure)(context.obj, number)

    @group.command("close", help=_("End a request."))
    def close(
        context: typer.Context,
        number: Annotated[int, number_argument(_number())],
        ending: Annotated[RequestEnd, typer.Argument(help=_("How."))],
        *,
        because: Annotated[str, because_option()] = "",
    ) -> int:
        from desk.domain.rights import CloseRequest

        return do_act(
            context.obj,
            lambda station, by: station.service.rights.handle_request(
                CloseRequest(by=by, number=number, ending=ending, text=because)
            ),
        )
