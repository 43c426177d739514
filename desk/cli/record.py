"""``desk journal`` and ``desk verify``: what was done, and whether it still says what it said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.cli.references import TYPED, unknown
from desk.i18n import _, ngettext
from desk.text import cut

if TYPE_CHECKING:
    from desk.domain.ports import DeskService
    from desk.domain.views import JournalRow


def register(app: typer.Typer) -> None:
    """Adds the commands."""

    @app.command("journal", help=_("Show every act, or those on one exchange, oldest first."))
    def journal(
        context: typer.Context,
        ref: Annotated[
            str | None, typer.Argument(metavar="REF", help=_("An exchange's reference."))
        ] = None,
    ) -> int:
        return show_journal(context.obj, ref)

    @app.command(
        "verify", help=_("Check the whole record; exit code 1 where something was touched.")
    )
    def verify(context: typer.Context) -> int:
        return verify_record(context.obj)


def show_journal(given: Given, typed: str | None) -> int:
    """Prints the journal's rows.

    Raises:
        DeskError: no exchange has that reference, or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import journal_document

    with open_station(given.seat) as station:
        service = station.service
        rows = service.journal() if typed is None else _rows_about(service, typed)
    zone = service.station.zone
    if given.json:
        output.show(journal_document(rows, zone))
    else:
        verbs = {row.number: row.verb for row in rows}
        output.show_table(_head(), [_row(row, verbs, zone) for row in rows])
    return 0


def _rows_about(service: DeskService, typed: str) -> tuple[JournalRow, ...]:
    """Returns the rows about the reference that was typed.

    An exchange whose booking was undone is on no board, and its rows stand all the same.

    Raises:
        DeskError: the journal says nothing of it.
    """
    from desk.domain.reference import BadReferenceError, read_slip

    try:
        ref = read_slip(typed).ref
        rows = service.journal(ref)
    except BadReferenceError:
        # It may be anything, so the database is not asked for it.
        ref, rows = cut(typed, TYPED), ()
    if not rows:
        raise unknown(ref, service)
    return rows


def _head() -> tuple[str, ...]:
    return (_("Nr"), _("Recorded"), _("Act"), _("Answer"), _("Refs"), _("Officer"), _("Desk"))


def _row(row: JournalRow, verbs: Mapping[int, str], zone: ZoneInfo) -> tuple[str, ...]:
    from desk.wording import verb_done

    done = " ".join(filter(None, (row.side, verb_done(row.verb))))
    # An undoing is about every exchange of what it undoes: that act is among the rows, if anywhere.
    if row.undoes is not None and row.undoes in verbs:
        undone = verb_done(verbs[row.undoes])
        done = _("{done}: {act} ({number})").format(done=done, act=undone, number=row.undoes)
    refs = " ".join(row.refs[:_REFS]) + (" …" if len(row.refs) > _REFS else "")
    return (
        str(row.number),
        row.recorded_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        done,
        row.code,
        refs,
        row.officer or "",
        row.desk,
    )


_REFS = 3
"""References that a line has room for; ``--json`` has them all."""


def verify_record(given: Given) -> int:
    """Prints what checking the whole record found.

    Raises:
        DeskError: the station cannot be read.
    """
    from desk.bootstrap import verify
    from desk.cli.documents import verification_document

    found = verify(given.seat)
    if given.json:
        output.show(verification_document(found))
        return 0 if found.ok else 1
    if found.ok:
        told = ngettext(
            "{n} act, and every one as it was written. The newest is {head}.",
            "{n} acts, and every one as it was written. The newest is {head}.",
            found.rows,
        )
        output.show_lines([told.format(n=found.rows, head=(found.head or "")[:16])])
        return 0
    rows = [
        ("" if each.number is None else str(each.number), each.table, each.code, each.explanation)
        for each in found.findings
    ]
    output.show_table((_("Nr"), _("Table"), _("Finding"), _("What it means")), rows)
    return 1
