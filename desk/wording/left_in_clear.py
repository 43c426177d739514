"""What anybody can still read beside a record that is encrypted now, and what to do about it."""

from __future__ import annotations

from desk.domain.backups import Secured
from desk.i18n import _, ngettext
from desk.text import safe


def left_in_clear_lines(secured: Secured) -> list[str]:
    """Returns what is left in clear, a line for each file; nothing where all is well."""
    return [*_left(secured.left), *_away(secured.away)]


def _left(files: tuple[str, ...]) -> list[str]:
    if not files:
        return []
    told = ngettext(
        "{n} file could not be encrypted, and whoever has it reads the names in it:",
        "{n} files could not be encrypted, and whoever has them reads the names in them:",
        len(files),
    )
    remedy = _("Make a backup with desk backup, then delete what is listed, or lock it away.")
    return [told.format(n=len(files)), *(f"  {safe(each)}" for each in files), remedy]


def _away(folder: str) -> list[str]:
    if not folder:
        return []
    told = _(
        "{folder} is away: backups in it may be from before, and not encrypted. "
        "When it is there again, desk doctor says how many; delete them."
    )
    return [told.format(folder=safe(folder))]
