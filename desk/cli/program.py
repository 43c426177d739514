"""The command line as a whole: its options, its commands, and the one way in which it ends."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from itertools import takewhile
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_group

import desk
from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError, UsageError
from desk.i18n import _

_SHARED = frozenset({"_data", "_officer", "_passphrase_file", "_passphrase_fd", "_desk", "_json"})
"""The options that may stand before the command or after it; each is a field of ``Given``."""

_INTERRUPTED = 130
"""What typer makes of Ctrl+C."""


def run(arguments: Sequence[str], given: Given) -> int:
    """Does what the command line says.

    Args:
        arguments: without the program's name.
        given: filled in from them.

    Returns:
        The exit code: 0 done; 1 refused or failed; 2 wrong usage; 3 done in part.
    """
    output.speak_safely()
    try:
        return _obey(arguments, given)
    except DeskError as error:
        _note(error, given)
        # Where the words themselves are wrong, the option may not have been read yet.
        output.tell(error, in_json=given.json or "--json" in _options(arguments))
        return error.exit_code
    finally:
        output.let_go()


def _note(error: DeskError, given: Given) -> None:
    """Writes into a station's log that something could not be done; wrong usage is no news."""
    # The folder's name may be what is wrong: none at all, or longer than a name can be.
    with suppress(OSError, UsageError):
        if not isinstance(error, UsageError) and given.folder.has_station:
            given.log.failed(error)


def _options(arguments: Sequence[str]) -> set[str]:
    """Returns the words that may be options: what follows ``--`` is text."""
    return set(takewhile(lambda word: word != "--", arguments))


def _obey(arguments: Sequence[str], given: Given) -> int:
    try:
        if {"--help", "--json"} <= _options(arguments):
            ended = _help_in_json(arguments, given)
        else:
            ended = _run(arguments, given)
        output.send()
    except TyperException as wrong:
        raise UsageError("usage", wrong.format_message(), _("See desk --help.")) from None
    except BrokenPipeError:
        # Whoever read it has seen enough, as with: desk journal | head.
        return 1
    except OSError as refused:
        raise DeskError(
            "system",
            _("The system refused {file}: {reason}.").format(
                file=refused.filename or _("to read or write"), reason=refused.strerror
            ),
            _("See that the name is right, and that this account may read and write there."),
        ) from None
    except (typer.Abort, KeyboardInterrupt):
        ended = _INTERRUPTED
    if ended == _INTERRUPTED:
        raise DeskError("stopped", _("Stopped. What was accepted before is saved."))
    return int(ended or 0)


def _run(arguments: Sequence[str], given: Given) -> Any:
    words = _keep_dashes(arguments)
    return program().main(words, prog_name="desk", standalone_mode=False, obj=given)


def _help_in_json(arguments: Sequence[str], given: Given) -> Any:
    """Prints what asking for help prints, as the one document of ``--json``."""
    with redirect_stdout(io.StringIO()) as told:
        ended = _run(arguments, given)
    output.show({"help": told.getvalue()})
    return ended


def _keep_dashes(arguments: Sequence[str]) -> list[str]:
    """Returns the arguments with the ``--`` of ``desk do`` doubled.

    Whoever reads the options takes the first one away, but in a phrase it begins the free text.
    """
    if "--" not in arguments:
        return list(arguments)
    place = arguments.index("--")
    doubled = ["--"] if "do" in arguments[:place] else []
    return [*arguments[:place], *doubled, *arguments[place:]]


def program() -> TyperGroup:
    """Returns the command line, its help in the officer's language."""
    from desk.cli import (
        backups,
        checkpoints,
        checkup,
        doing,
        exporting,
        holds,
        importing,
        init,
        listing,
        officers,
        practice,
        record,
        recovering,
        requests,
        retention,
        sheet,
        slip,
        support,
    )

    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    _register_root(app)
    rooms = (
        init,
        practice,
        listing,
        doing,
        importing,
        exporting,
        slip,
        sheet,
        record,
        backups,
        checkpoints,
        officers,
        recovering,
        holds,
        requests,
        retention,
        checkup,
        support,
    )
    for room in rooms:
        room.register(app)
    group = get_group(app)
    _share(group, group)
    return group


def _share(root: TyperGroup, group: TyperGroup) -> None:
    """Lets the shared options of the program stand behind every command of a group, too."""
    shared = [option for option in root.params if option.name in _SHARED]
    for command in group.commands.values():
        command.params.extend(shared)
        if isinstance(command, TyperGroup):
            _share(root, command)


def _remember(context: typer.Context, option: typer.CallbackParam, value: object) -> None:
    """Keeps a shared option wherever it stood; after the command counts more than before."""
    if value:
        setattr(context.obj, str(option.name).removeprefix("_"), value)


def _shared_options() -> dict[str, tuple[str | None, str]]:
    """Returns what stands for an option's value, and what is told of it."""
    return {
        "--data": ("DIR", _("The station's folder.  [DESK_DATA]")),
        "--officer": ('"BADGE [NAME]"', _("Who acts.  [DESK_OFFICER]")),
        "--passphrase-file": (
            "FILE",
            _("Its first line opens the record.  [DESK_PASSPHRASE_FILE; asked]"),
        ),
        "--passphrase-fd": ("N", _("Read the passphrase from an open descriptor.")),
        "--desk": ("NAME", _("This workstation's name.  [DESK_NAME; desk 1]")),
        "--json": (None, _("Print one JSON document; messages go to stderr.")),
    }


def _shared(name: str) -> Any:
    """Returns an option that may stand before the command or after it."""
    metavar, told = _shared_options()[name]
    return typer.Option(name, metavar=metavar, callback=_remember, expose_value=False, help=told)


def _register_root(app: typer.Typer) -> None:
    @app.callback(
        invoke_without_command=True,
        help=_(
            "The front desk's board for an exchange zone: today's meetings, who is here, and a "
            "record of every act. Without a command it opens the board."
        ),
        epilog=_(
            "Exit codes: 0 done; 1 refused or failed; 2 wrong usage, or a terminal or an officer "
            "is missing; 3 done in part."
        ),
    )
    def root(
        context: typer.Context,
        *,
        _data: Annotated[str | None, _shared("--data")] = None,
        _officer: Annotated[str | None, _shared("--officer")] = None,
        _passphrase_file: Annotated[str | None, _shared("--passphrase-file")] = None,
        _passphrase_fd: Annotated[int | None, _shared("--passphrase-fd")] = None,
        _desk: Annotated[str | None, _shared("--desk")] = None,
        _json: Annotated[bool, _shared("--json")] = False,
        version: Annotated[
            bool, typer.Option("--version", help=_("Print the version and end."))
        ] = False,
    ) -> int | None:
        given: Given = context.obj
        if version:
            return _show_version(given)
        if context.invoked_subcommand is None:
            from desk.cli.board import open_board

            return open_board(given)
        return None


def _show_version(given: Given) -> int:
    if given.json:
        output.show({"version": desk.version()})
    else:
        output.show_lines([f"desk {desk.version()}"])
    return 0
