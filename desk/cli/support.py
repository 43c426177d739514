"""``desk support-bundle``: what whoever helps from afar needs to know, and nothing personal.

What is put in is named one by one. A text is only put in where it is a word of desk's own, such as
a theme: of everything else that somebody may have written it is told how much there is of it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.checks import Check
from desk.cli.files import write_file
from desk.cli.given import Given
from desk.errors import SettingsError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.domain.health import Inventory
    from desk.paths import DataFolder
    from desk.settings import Settings

_NAME = "desk-support.zip"
_OWN_WORDS = frozenset(
    {
        "theme",
        "glyphs",
        "day_order",
        "size",
        "kinds",
        "opens",
        "closes",
    }
)
"""The keys of ``station.toml`` of which every value is a word of desk's own, or a time of day."""


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "support-bundle",
        help=_("Pack what somebody who helps needs to know: checks, log and counts, no names."),
    )
    def support_bundle(
        context: typer.Context,
        out: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE",
                help=_("Where to; a file of that name is replaced.  [exports/desk-support.zip]"),
            ),
        ] = None,
    ) -> int:
        return pack(context.obj, out)


def pack(given: Given, out: Path | None) -> int:
    """Writes the bundle, and says where it lies.

    Raises:
        DeskError: the file cannot be written.
    """
    from desk.cli.checkup import all_checks
    from desk.paths import make_private_folder

    checks, inventory = all_checks(given)
    file = out or given.folder.exports / _NAME
    if out is None:
        make_private_folder(file.parent)
    content = _zipped(dict(_parts(given.folder, checks, inventory)))
    write_file(file, content)
    if given.json:
        output.show({"out": str(file), "bytes": len(content)})
    else:
        told = _(
            "{file} holds checks, log and counts, and no names. Look into it before you send it."
        )
        output.show_lines([told.format(file=file)])
    return 0


def _parts(
    folder: DataFolder, checks: Sequence[Check], inventory: Inventory | None
) -> Iterator[tuple[str, str]]:
    """Yields the files of the bundle."""
    yield "doctor.json", _json({"checks": [_untold(check).document for check in checks]})
    yield "settings.json", _json(_settings(folder))
    database = None
    if inventory is not None:
        database = {"schema": inventory.revision, "rows": dict(inventory.rows)}
    yield "database.json", _json({"database": database})
    for log in sorted(folder.path.glob(f"{folder.log.name}*")):
        yield log.name, log.read_text(encoding="utf-8", errors="replace")


def _untold(check: Check) -> Check:
    """Returns a check without what may name somebody; remedies repeat it, and are known anyway."""
    return Check(check.name, check.ok, None if check.tells else check.value)


def _settings(folder: DataFolder) -> Mapping[str, object]:
    from desk.bootstrap import settings_of

    try:
        return _filtered(settings_of(folder).settings)
    except SettingsError as error:
        return {"error": error.code}


def _filtered(settings: Settings) -> dict[str, object]:
    """Returns settings without what somebody wrote; bays are numbered, for their codes are text."""
    tables = settings.model_dump()
    tables["bays"] = dict(enumerate(tables["bays"].values(), start=1))
    return {name: _plain("", value) for name, value in tables.items()}


def _plain(key: str, value: object) -> object:
    match value:
        case dict():
            return {str(name): _plain(str(name), inner) for name, inner in value.items()}
        case None | bool() | int() | float():
            return value
        case _ if key in _OWN_WORDS:
            return value
        case str() | list():
            return {"length": len(value)}
        case _:
            return {"type": type(value).__name__}


def _json(document: Mapping[str, object]) -> str:
    return f"{json.dumps(document, indent=2)}\n"


def _zipped(parts: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            # Without a time of its own, so that the same parts are the same bundle.
            bundle.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return content.getvalue()
