"""The night when the clocks go back: which of two times a booking means."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from desk.domain.drafts import Rejection
from desk.i18n import _, ngettext
from desk.intake.dates import Showing
from desk.intake.terms import Showings
from desk.tui.booking_files import row_of
from desk.tui.screens.choice_sheet import ChoiceSheet, Option


class ShowingSheet(ChoiceSheet[Showings]):
    """Asks about the first row, and offers to answer the others alike; ends with the answers.

    Args:
        rows: rejected because the clock shows their time twice; one or more.
    """

    def __init__(self, rows: Sequence[Rejection]) -> None:
        first = rows[0]
        super().__init__(
            _("Which time is meant?"),
            _options(rows),
            _("Row {n} of {file}: {reason}").format(
                n=first.row, file=first.file, reason=first.reason
            ),
        )


def _options(rows: Sequence[Rejection]) -> list[Option[Showings]]:
    words = {
        Showing.FIRST: _("the first time, before the clocks go back"),
        Showing.SECOND: _("the second time, after the clocks went back"),
    }
    options: list[Option[Showings]] = [
        Option({row_of(rows[0]): one}, Content(words[one])) for one in Showing
    ]
    others = len(rows) - 1
    if others:
        alike = ngettext("and so for {n} more row", "and so for {n} more rows", others)
        options += [
            Option(
                {row_of(each): one for each in rows},
                Content(f"{words[one]}, {alike.format(n=others)}"),
            )
            for one in Showing
        ]
    return options
