"""Who is at the desk where nobody is asked for a passphrase: badge and name."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.i18n import _
from desk.text import clean
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words


class SignOnSheet(Sheet[tuple[str, str]]):
    """Ends with badge and name, or None when Esc leaves the program."""

    TAKES_TYPE_AHEAD = True

    def compose(self) -> ComposeResult:
        """Lays the two boxes over the board."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Who is at the desk?")), classes="sheet-title")
            for box_id, label in (("badge", _("Badge")), ("officer-name", _("Name"))):
                with Horizontal(classes="line"):
                    yield Static(Content(f"{label:<12} "), classes="line-label")
                    yield TextBox(id=box_id, compact=True, max_length=60)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(_("Enter goes on · Esc leaves desk")), classes="sheet-keys")

    @on(Input.Submitted, "#badge")
    def _badge_entered(self) -> None:
        if clean(self.query_one("#badge", Input).value):
            self.set_focus(self.query_one("#officer-name"))
        else:
            self.say(_("Type your badge number."))

    @on(Input.Submitted, "#officer-name")
    def _entered(self) -> None:
        badge = clean(self.query_one("#badge", Input).value)
        name = clean(self.query_one("#officer-name", Input).value)
        if badge:
            self.dismiss((badge, name))
        else:
            self.set_focus(self.query_one("#badge"))
