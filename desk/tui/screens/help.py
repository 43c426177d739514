"""Every key and word on one page, made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from desk.i18n import _
from desk.tui.commands import Command, key_name
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.words import Words


def board_keys() -> Sequence[tuple[str, str]]:
    """Returns the keys of the board that are no commands, with what they do."""
    return (
        (_("typing"), _("finds a party by name, reference, plate, phone or item")),
        ("Enter", _("opens the one match, the list of several, or the marked row; again does it")),
        ("↑ ↓ PgUp PgDn", _("move between rows; Ctrl+Home and Ctrl+End go to the ends")),
        ("Tab", _("completes a word after /")),
        ("Esc", _("takes one layer away: sheet, then text, then day")),
        ("Ctrl+P", _("all commands by name")),
    )


def sheet_keys() -> Sequence[tuple[str, str]]:
    """Returns the keys inside a sheet, with what they do."""
    return (
        ("Enter", _("does the marked act; goes back from a careful one")),
        ("1–9 0", _("marks an act, or opens a careful one")),
        ("← →", _("choose: identity, who leaves, which answer")),
        ("Tab", _("goes to the time: empty is now, 1428, 14:28, -5 minutes")),
        ("F10", _("does a careful act that has no key of its own")),
    )


_KEYS_CELLS = 22
_DOES_CELLS = 48
"""Together they fit a terminal of 80 columns."""


class HelpScreen(Sheet[None]):
    """Shows the page; Esc or F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,enter", "put_away", show=False),
    ]

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self._commands = tuple(commands)

    def compose(self) -> ComposeResult:
        """Lays the page out in one scrolling column."""
        with VerticalScroll(classes="sheet page"):
            yield Static(Content(_("Keys and words")), classes="sheet-title")
            yield Static(Content("\n").join(self._lines()))
            yield Words("", classes="answer", markup=False)
            yield Static(Content(_("↑ ↓ scroll · Esc goes back")), classes="sheet-keys")

    def _lines(self) -> Iterator[Content]:
        yield Content.styled(_("On the board"), "bold")
        for keys, does in board_keys():
            yield _help_line(keys, does)
        yield Content.styled(_("Commands"), "bold")
        for command in self._commands:
            keys = " ".join(key_name(key) for key in command.keys[:2])
            words = " ".join(f"/{word}" for word in command.words)
            yield _help_line(f"{keys} {words}".strip(), command.help())
        yield Content.styled(_("In a sheet"), "bold")
        for keys, does in sheet_keys():
            yield _help_line(keys, does)

    def typed(self, character: str) -> None:
        """Ignores typing: the page is read. The sign that opened it closes it."""
        if character == "?":
            self.action_put_away()


def _help_line(keys: str, does: str) -> Content:
    """Returns one line, whose words stay in their own column when they are many."""
    first, *more = wrap(does, _DOES_CELLS)
    if len(keys) > _KEYS_CELLS:
        return Content("\n").join([Content.styled(f"  {keys}", "bold"), _help_line("", does)])
    line = Content.assemble((f"  {keys:<{_KEYS_CELLS}} ", "bold"), first)
    return Content("\n").join([line, *(Content(f"{'':<{_KEYS_CELLS + 3}}{one}") for one in more)])
