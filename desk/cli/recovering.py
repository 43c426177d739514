"""``desk recover`` and ``desk secure``: the ways in where no passphrase is left, or none yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from desk.cli import output
from desk.cli.gathered import gathered
from desk.cli.given import Given
from desk.cli.init import (
    code_lines,
    second_supervisor_advice,
    supervisor_from,
    supervisor_option,
)
from desk.i18n import _


def register(app: typer.Typer) -> None:
    """Adds the commands."""

    @app.command(
        "recover", help=_("Open the record by its recovery code, and make a new supervisor.")
    )
    def recover(
        context: typer.Context,
        *,
        _supervisor: Annotated[str | None, supervisor_option()] = None,
        code_file: Annotated[
            str | None,
            typer.Option(
                "--code-file", metavar="FILE", help=_("Its first line is the code; else asked.")
            ),
        ] = None,
    ) -> int:
        return recover_station(context.obj, gathered(context), code_file)

    @app.command(
        "secure", help=_("Encrypt the record of an older desk, and ask for passphrases from now.")
    )
    def secure(
        context: typer.Context,
        *,
        _supervisor: Annotated[str | None, supervisor_option()] = None,
    ) -> int:
        return secure_station(context.obj, gathered(context))


def recover_station(given: Given, told: Mapping[str, str], code_file: str | None) -> int:
    """Makes a supervisor of whoever has the recovery code, and prints the next code once.

    Raises:
        DeskError: the code opens nothing, or the station cannot be written.
    """
    from desk.bootstrap import way_in

    with way_in(given.seat) as entrance:
        code = given.new_secrets(code_file).asked_for(_("Recovery code: "))
        recovered = entrance.recover(code, supervisor_from(given, told, "recover"))
        _show_code(given, recovered.recovery_code)
        recovered.confirm()
    return 0


def secure_station(given: Given, told: Mapping[str, str]) -> int:
    """Encrypts the station's record in place, and prints its recovery code once.

    Ends with 3 where something is left that anybody can read, or may be.

    Raises:
        DeskError: it is encrypted already, or cannot be.
    """
    from desk.bootstrap import way_in
    from desk.wording import left_in_clear_lines

    with way_in(given.seat) as entrance:
        entrance.need_plain_station()
        secured = entrance.secure(supervisor_from(given, told, "secure"))
    code, left, away = secured.recovery_code, secured.left, secured.away
    if given.json:
        output.show({"recovery_code": code, "not_encrypted": list(left), "away": away or None})
    else:
        advice = second_supervisor_advice()
        output.show_lines([*code_lines(code), *left_in_clear_lines(secured), advice])
    return 3 if left or away else 0


def _show_code(given: Given, code: str) -> None:
    if given.json:
        output.show({"recovery_code": code})
    else:
        output.show_lines(code_lines(code))
