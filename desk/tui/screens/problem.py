"""The one screen for what ends the program: a sentence, and what to do about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from desk.errors import DeskError
from desk.i18n import _
from desk.text import safe
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.words import Words


class ProblemScreen(Sheet[None]):
    """Shows why the program cannot go on; any of Enter, Esc and Ctrl+Q leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "put_away", show=False)]

    def __init__(self, error: DeskError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Lays the sentence over the empty board."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("desk cannot go on")), classes="sheet-title")
            yield Static(Content(safe(self._error.explanation)))
            if self._error.next:
                yield Static(Content(safe(self._error.next)), classes="telling")
            yield Words("", classes="answer", markup=False)
            yield Static(Content(_("Enter leaves")), classes="sheet-keys")

    def typed(self, character: str) -> None:
        """Ignores typing: there is nothing to find."""
