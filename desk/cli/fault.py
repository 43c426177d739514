"""A fault of the program's own: written down without names, and told in a sentence.

An exception's message may hold what somebody typed or what a row says. So only its type is kept,
and where in the code it came from.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

import desk
from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError
from desk.i18n import _

_LARGEST_LOG = 1_000_000


def tell_fault(fault: Exception, given: Given) -> int:
    """Writes a fault down, tells the officer, and returns the exit code."""
    log = given.folder.error_log
    try:
        _append(log, [_heading(given), *_traces(fault)])
    except OSError:
        where = _("It could not be written down: {file} cannot be written.").format(file=log)
    else:
        where = _("What happened is in {file}, without names.").format(file=log)
    error = DeskError(
        "fault",
        _("desk has made a mistake and ends. What was accepted before is saved."),
        _("{where} Start desk again, and hand that file to whoever looks after desk.").format(
            where=where
        ),
    )
    output.tell(error, in_json=given.json)
    return error.exit_code


def _heading(given: Given) -> str:
    python = platform.python_version()
    return f"{given.clock.now().isoformat()} desk {desk.version()} python {python} {sys.platform}"


def _traces(fault: BaseException | None) -> Iterator[str]:
    """Yields each exception of the chain, newest first, with where it passed."""
    while fault is not None:
        yield f"{type(fault).__module__}.{type(fault).__qualname__}"
        for frame, line in walk_tb(fault.__traceback__):
            code = frame.f_code
            yield f"  {'/'.join(Path(code.co_filename).parts[-3:])}:{line} {code.co_qualname}"
        fault = fault.__cause__ or fault.__context__


def _append(log: Path, lines: list[str]) -> None:
    """Adds the lines; a log that has grown large begins anew."""
    log.parent.mkdir(parents=True, exist_ok=True)
    too_large = log.exists() and log.stat().st_size > _LARGEST_LOG
    with log.open("w" if too_large else "a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n\n")
