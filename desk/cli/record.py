"""``desk journal`` and ``desk verify``: what was done, and whether it still says what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.cli.looking import note_look
from desk.cli.references import TYPED, unknown
from desk.domain.looks import LookedAt
from desk.i18n import _, ngettext
from desk.text import cut

if TYPE_CHECKING:
    from desk.domain.ports import DeskService
    from desk.domain.views import JournalRow, NotedLook, Verification


def register(app: typer.Typer) -> None:
    """Adds the commands."""

    @app.command("journal", help=_("Show every act, or those on one exchange, oldest first."))
    def journal(
        context: typer.Context,
        ref: Annotated[
            str | None, typer.Argument(metavar="REF", help=_("An exchange's reference."))
        ] = None,
        *,
        looks: Annotated[
            bool, typer.Option("--looks", help=_("Show who looked at what instead."))
        ] = False,
    ) -> int:
        return show_looks(context.obj, ref) if looks else show_journal(context.obj, ref)

    @app.command(
        "verify",
        help=_(
            "Check the whole record, and that it goes on from its newest checkpoint in the folder; "
            "exit code 1 where something was touched. With --against and --public-key, and no "
            "station or no --officer, only the checkpoint's signature is checked, on any PC."
        ),
    )
    def verify(
        context: typer.Context,
        *,
        against: Annotated[
            list[Path] | None,
            typer.Option(
                metavar="CHECKPOINT",
                help=_(
                    "Compare it with this checkpoint instead; may be said more than once. Acts "
                    "that went into archive/ are looked up there."
                ),
            ),
        ] = None,
        public_key: Annotated[
            str | None,
            typer.Option(
                metavar="FILE|HEX",
                help=_("Whose checkpoints these are, where this folder is not to be believed."),
            ),
        ] = None,
    ) -> int:
        return verify_record(context.obj, against or (), public_key)


def show_journal(given: Given, typed: str | None) -> int:
    """Prints the journal's rows.

    Raises:
        DeskError: no exchange has that reference, or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import journal_document

    with open_station(given.seat) as station:
        service = station.service
        ref = None if typed is None else _ref_in_journal(service, typed)
        rows = service.journal(ref)
        note_look(given, service, LookedAt.JOURNAL, [ref] if ref else [])
    zone = service.station.zone
    if given.json:
        output.show(journal_document(rows, zone))
    else:
        verbs = {row.number: row.verb for row in rows}
        output.show_table(_head(), [_row(row, verbs, zone) for row in rows])
    return 0


def show_looks(given: Given, typed: str | None) -> int:
    """Prints who looked at what.

    Raises:
        DeskError: no exchange has that reference, or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import looks_document

    with open_station(given.seat) as station:
        service = station.service
        ref = None if typed is None else _ref_in_journal(service, typed)
        looks = service.looks(ref)
        note_look(given, service, LookedAt.JOURNAL, [ref] if ref else [])
    zone = service.station.zone
    if given.json:
        output.show(looks_document(looks, zone))
    else:
        head = (_("Nr"), _("Looked"), _("What"), _("Ref"), _("Officer"), _("Desk"))
        output.show_table(head, [_look_row(look, zone) for look in looks])
    return 0


def _look_row(look: NotedLook, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        str(look.number),
        look.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        look.what,
        look.ref or "",
        look.officer or "",
        look.desk,
    )


def _ref_in_journal(service: DeskService, typed: str) -> str:
    """Returns the reference that was typed.

    An exchange whose booking was undone is on no board, and its rows stand all the same.

    Raises:
        DeskError: the journal says nothing of it.
    """
    from desk.domain.reference import BadReferenceError, read_slip

    try:
        ref = read_slip(typed).ref
        known = bool(service.journal(ref))
    except BadReferenceError:
        # It may be anything, so the database is not asked for it.
        ref, known = cut(typed, TYPED), False
    if not known:
        raise unknown(ref, service)
    return ref


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


def verify_record(given: Given, checkpoints: Sequence[Path], public_key: str | None) -> int:
    """Prints what checking the whole record found.

    Args:
        given: the program's own options.
        checkpoints: files that say what it once ended with.
        public_key: whose they are; None for this station's.

    Raises:
        DeskError: the station cannot be read, or a file is no checkpoint.
    """
    from desk.bootstrap import verify
    from desk.cli.checkpoints import against, are_alone, check_signatures
    from desk.cli.documents import verification_document

    said = against(checkpoints, public_key)
    if said is not None and public_key is not None and are_alone(given):
        return check_signatures(given, said)
    found = verify(given.seat, said)
    if given.json:
        output.show(verification_document(found))
    elif found.ok:
        output.show_lines(list(_sound(found)))
    else:
        rows = [
            (
                "" if each.number is None else str(each.number),
                each.table,
                each.code,
                each.explanation,
            )
            for each in found.findings
        ]
        output.show_table((_("Nr"), _("Table"), _("Finding"), _("What it means")), rows)
    return 0 if found.ok else 1


def _sound(found: Verification) -> Iterator[str]:
    told = ngettext(
        "{n} act, and every one as it was written. The newest is {head}.",
        "{n} acts, and every one as it was written. The newest is {head}.",
        found.rows,
    )
    yield told.format(n=found.rows, head=(found.head or "")[:16])
    for each in found.agreed:
        if each.archive:
            told = _("It agrees with the checkpoint of act {number}, which lies in {file}.")
        else:
            told = _("It agrees with the checkpoint of act {number}.")
        yield told.format(number=each.number, file=each.archive)
