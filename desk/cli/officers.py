"""``desk officers``: who belongs to the station, and what a supervisor changes about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.domain.intents import By
    from desk.domain.ports import AccessService, DeskService
    from desk.domain.verdict import Verdict
    from desk.domain.views import Officer


def _badge() -> Any:
    """Returns the argument that says whose."""
    return typer.Argument(metavar="BADGE", help=_("Whose."))


def _new_file() -> Any:
    """Returns the option that says where the officer's own passphrase is."""
    told = _("The officer's own passphrase; else asked.")
    return typer.Option("--new-passphrase-file", metavar="FILE", help=told)


def register(app: typer.Typer) -> None:
    """Adds the command and what it does."""
    group = typer.Typer(rich_markup_mode=None)
    app.add_typer(
        group, name="officers", help=_("Show the officers, or change who they are; a supervisor.")
    )
    _register_looking(group)
    _register_letting_in(group)
    _register_changing(group)


def _register_looking(group: typer.Typer) -> None:
    @group.callback(invoke_without_command=True)
    def everyone(context: typer.Context) -> int | None:
        if context.invoked_subcommand is not None:
            return None
        return show_officers(context.obj)


def _register_letting_in(group: typer.Typer) -> None:
    @group.command("add", help=_("Enrol an officer, who types a passphrase of their own."))
    def add(
        context: typer.Context,
        badge: Annotated[str, _badge()],
        name: Annotated[str, typer.Argument(metavar="NAME", help=_("What they are called."))],
        *,
        supervisor: Annotated[
            bool, typer.Option("--supervisor", help=_("May enrol, unlock, restore and erase."))
        ] = False,
        new_file: Annotated[str | None, _new_file()] = None,
    ) -> int:
        from desk.domain.officers import Enrol
        from desk.domain.views import Role

        role = Role.SUPERVISOR if supervisor else Role.OFFICER
        given: Given = context.obj
        passphrase = given.new_secrets(new_file).new_passphrase(badge)

        def enrol(access: AccessService, by: By) -> Verdict:
            return access.enrol(Enrol(by=by, badge=badge, name=name, role=role), passphrase)

        return change_officer(given, enrol)

    @group.command("passphrase", help=_("Give an officer another passphrase."))
    def passphrase(
        context: typer.Context,
        badge: Annotated[str, _badge()],
        *,
        new_file: Annotated[str | None, _new_file()] = None,
    ) -> int:
        given: Given = context.obj
        words = given.new_secrets(new_file).new_passphrase(badge)

        def rekey(access: AccessService, by: By) -> Verdict:
            if badge == by.badge:
                return access.change_passphrase(by, given.prove().passphrase, words)
            return access.give_passphrase(by, badge, words)

        return change_officer(given, rekey)

    @group.command("recovery-code", help=_("Draw another recovery code; the old one ends."))
    def recovery_code(context: typer.Context) -> int:
        return draw_recovery_code(context.obj)


def _register_changing(group: typer.Typer) -> None:
    @group.command("remove", help=_("Take an officer off; what they did stays in the record."))
    def remove(context: typer.Context, badge: Annotated[str, _badge()]) -> int:
        from desk.domain.officers import Dismiss

        return change_officer(
            context.obj, lambda access, by: access.change(Dismiss(by=by, badge=badge))
        )

    @group.command("unlock", help=_("Let an officer in again who was locked out."))
    def unlock(context: typer.Context, badge: Annotated[str, _badge()]) -> int:
        from desk.domain.officers import Readmit

        return change_officer(
            context.obj, lambda access, by: access.change(Readmit(by=by, badge=badge))
        )

    @group.command("role", help=_("Make an officer a supervisor, or a supervisor an officer."))
    def role(
        context: typer.Context,
        badge: Annotated[str, _badge()],
        role: Annotated[str, typer.Argument(metavar="ROLE", help=_("officer or supervisor."))],
    ) -> int:
        from desk.domain.officers import ChangeRole
        from desk.domain.views import Role

        meant = next((one for one in Role if one.value == role.lower()), None)
        if meant is None:
            raise typer.BadParameter(_("a role is officer or supervisor"))
        return change_officer(
            context.obj,
            lambda access, by: access.change(ChangeRole(by=by, badge=badge, role=meant)),
        )


def show_officers(given: Given) -> int:
    """Prints everybody who belongs to the station.

    Raises:
        DeskError: the officer is not let in, or the station cannot be read.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        officers = _access(station.service).officers(given.desk_name)
    if given.json:
        output.show({"officers": [_document(officer) for officer in officers]})
    else:
        rows = [(one.badge, one.name, one.role.value, _standing(one)) for one in officers]
        output.show_table((_("Badge"), _("Name"), _("Role"), ""), rows)
    return 0


def change_officer(given: Given, change: Callable[[AccessService, By], Verdict]) -> int:
    """Does what is asked for about an officer, and prints the answer.

    Raises:
        DeskError: the officer is not let in, or the station cannot be written.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import verdict_document
    from desk.domain.intents import By

    by = By(given.officer_needed().badge, given.desk_name)
    with open_station(given.seat) as station:
        verdict = change(_access(station.service), by)
        document = verdict_document(verdict, station.service.station.zone)
    if given.json:
        output.show(document)
    else:
        output.show_lines([document["explanation"], *filter(None, [document["next"]])])
    return 0 if document["accepted"] else 1


def draw_recovery_code(given: Given) -> int:
    """Draws another recovery code, and prints it once.

    Raises:
        DeskError: the officer is not let in, or the station cannot be written.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import verdict_document
    from desk.cli.init import code_lines
    from desk.domain.intents import By

    by = By(given.officer_needed().badge, given.desk_name)
    with open_station(given.seat) as station:
        drawn = _access(station.service).draw_recovery_code(by)
        document = verdict_document(drawn.verdict, station.service.station.zone)
        if given.json:
            output.show(document | {"recovery_code": drawn.recovery_code or None})
        elif drawn.verdict.accepted:
            output.show_lines(code_lines(drawn.recovery_code))
        else:
            output.show_lines([document["explanation"], *filter(None, [document["next"]])])
        drawn.confirm()
    return 0 if drawn.verdict.accepted else 1


def _access(service: DeskService) -> AccessService:
    if service.access is None:
        raise DeskError("not_guarded", _("Nobody is asked for a passphrase at this station."))
    return service.access


def _document(officer: Officer) -> dict[str, object]:
    return {
        "badge": officer.badge,
        "name": officer.name,
        "role": officer.role.value,
        "locked": officer.locked_at is not None,
        "left": officer.left_at is not None,
        "pin": officer.has_pin,
    }


def _standing(officer: Officer) -> str:
    if officer.left_at is not None:
        return _("has left")
    return _("locked out") if officer.locked_at is not None else ""
