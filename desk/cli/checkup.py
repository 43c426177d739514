"""``desk doctor``: whether this PC, this terminal and this folder are fit for the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.checks import Check
from desk.cli.checks_of_folder import checks_of_files, checks_of_folder
from desk.cli.checks_of_pc import checks_of_program, checks_of_terminal
from desk.cli.checks_of_station import look_inside
from desk.cli.given import Given
from desk.i18n import _

if TYPE_CHECKING:
    from desk.domain.health import Inventory


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "doctor", help=_("Check this PC, terminal and folder; exit code 1 for a red check.")
    )
    def doctor(
        context: typer.Context,
        *,
        keys: Annotated[
            bool, typer.Option("--keys", help=_("Show what each key sends instead."))
        ] = False,
    ) -> int:
        from desk.cli.keys import show_keys

        return show_keys(context.obj) if keys else check_up(context.obj)


def all_checks(given: Given) -> tuple[list[Check], Inventory | None]:
    """Returns every check, and what there is in the database; None where it is not opened."""
    inside, inventory = look_inside(given)
    outside = [
        *checks_of_program(),
        *checks_of_terminal(),
        *checks_of_folder(given.folder),
        *checks_of_files(given.folder, given.clock.now()),
    ]
    return [*outside, *inside], inventory


def check_up(given: Given) -> int:
    """Prints every check."""
    checks, _inventory = all_checks(given)
    ok = all(check.ok for check in checks)
    if given.json:
        output.show({"ok": ok, "checks": [check.document for check in checks]})
    else:
        output.show_table(
            (_("Check"), "", _("Found"), _("What to do")),
            [
                (check.name, _("ok") if check.ok else _("RED"), check.value or "", check.fix or "")
                for check in checks
            ],
        )
    return 0 if ok else 1
