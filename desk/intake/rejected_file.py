"""The rejected rows of a booking file as a file for a spreadsheet, to be mended there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.rejected import Row
from desk.paths import make_private_folder, write_whole
from desk.text import cut, safe, spreadsheet_safe

_NOT_IN_A_NAME = re.compile(r"[^\w-]+")
_LONGEST_NAME = 60


def write_rejected(folder: Path, file: str, table: Iterable[Row], delimiter: str) -> Path:
    """Writes the rows, and returns where; no file that is there already is replaced.

    It begins with a byte order mark, without which spreadsheets take UTF-8 for something else, and
    has the delimiter of the booking file, which is the one that this PC's spreadsheet expects.

    Args:
        folder: is made where it is missing.
        file: the booking file's name.
        table: the header and the rows, their cells cleaned but not made safe.
        delimiter: what stands between two cells.

    Raises:
        BookingFileError: the folder cannot be written.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([spreadsheet_safe(safe(cell)) for cell in row] for row in table)
    try:
        make_private_folder(folder)
        path = _free(folder, file)
        write_whole(path, sheet.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise BookingFileError(
            "cannot_write",
            _("{folder} cannot be written: {reason}.").format(folder=folder, reason=error.strerror),
            _("Make room there, and try again."),
        ) from None
    return path


def _free(folder: Path, file: str) -> Path:
    """Returns a name that no file has: one that was mended already is not written over."""
    stem = cut(_NOT_IN_A_NAME.sub("-", Path(file).stem).strip("-"), _LONGEST_NAME)
    name = "-".join(filter(None, ("rejected", stem)))
    names = (name if n == 1 else f"{name}-{n}" for n in count(1))
    paths = (folder / f"{name}.csv" for name in names)
    return next(path for path in paths if not path.exists())
