"""A fault of the program's own: written into the log without names, and told in a sentence."""

from __future__ import annotations

from contextlib import suppress

from desk.cli import output
from desk.cli.given import Given
from desk.errors import DeskError
from desk.i18n import _
from desk.paths import make_private_folder


def tell_fault(fault: Exception, given: Given) -> int:
    """Writes a fault down, tells the officer, and returns the exit code."""
    log = given.log
    with suppress(OSError):
        make_private_folder(log.file.parent)
    if log.fault(fault):
        where = _("What happened is in {file}, without names.").format(file=log.file)
    else:
        where = _("It could not be written down: {file} cannot be written.").format(file=log.file)
    error = DeskError(
        "fault",
        _("desk has made a mistake and ends. What was accepted before is saved."),
        _("{where} Start desk again, and hand that file to whoever looks after desk.").format(
            where=where
        ),
    )
    output.tell(error, in_json=given.json)
    return error.exit_code
