"""Asks once more before something is done that is not on Enter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from desk.i18n import _
from desk.text import safe
from desk.tui.commands import OWN_KEYS
from desk.tui.screens.sheet import ResultT, Sheet
from desk.tui.widgets.words import Words


class CarefulSheet(Sheet[ResultT]):
    """Ends with what is to be done, once F10 says so; Enter and Esc go back.

    Args:
        title: what is to be done.
        telling: what that means.
        what: the sheet ends with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(OWN_KEYS), "do", show=False),
        Binding("enter", "put_away", show=False),
    ]

    def __init__(self, title: str, telling: str, what: ResultT) -> None:
        super().__init__()
        self._title = title
        self._telling = telling
        self._what = what

    def compose(self) -> ComposeResult:
        """Says what will be done."""
        with Vertical(classes="sheet"):
            yield Static(Content(safe(self._title)), classes="sheet-title")
            yield Static(Content(safe(self._telling)), classes="telling")
            yield Words("", classes="answer", markup=False)
            yield Static(Content(_("F10 does it · Enter or Esc goes back")), classes="sheet-keys")

    def action_do(self) -> None:
        """Ends with what is to be done."""
        self.dismiss(self._what)
