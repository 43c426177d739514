"""What covers everything while nobody who may see it is at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from desk.i18n import _
from desk.text import clean, safe
from desk.tui.present.sight import Sight
from desk.tui.screens.form_sheet import beside
from desk.tui.screens.own_secrets import LONGEST_BADGE
from desk.tui.screens.sheet import is_slip
from desk.tui.widgets.bay_strip import BayStrip
from desk.tui.widgets.counts_line import CountsLine
from desk.tui.widgets.secret_box import SecretBox
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.title_bar import TitleBar
from desk.tui.widgets.words import Words

_LABEL_CELLS = 18


class LockScreen(Screen[None]):
    """Opaque; asks who goes on, and posts ``Tried``.

    Args:
        pin_length: returns how many digits an officer's PIN has: the last one is enough, and no
            Enter is needed. None where there is no PIN.
    """

    CSS_PATH = "lock_screen.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("escape", "empty", show=False),
    ]

    class Tried(Message):
        """Somebody says who goes on here, and by what."""

        def __init__(self, badge: str, secret: str) -> None:
            super().__init__()
            self.badge = badge
            self.secret = secret

    def __init__(self, pin_length: Callable[[str], int | None]) -> None:
        super().__init__()
        self._pin_length = pin_length
        self._badge = ""
        self._checking = False

    def compose(self) -> ComposeResult:
        """Lays what may be seen over the question."""
        yield TitleBar()
        with Horizontal(id="counted"):
            yield Static("", id="beside")
            yield CountsLine()
        yield BayStrip()
        with Vertical(id="unlocking"):
            yield Static(Content(_("This desk is locked")), classes="sheet-title")
            for label, box in (
                (_("Badge"), TextBox(id="badge", compact=True, max_length=LONGEST_BADGE)),
                (_("PIN or passphrase"), SecretBox("secret")),
            ):
                with Horizontal(classes="line"):
                    yield Static(Content(beside(label, _LABEL_CELLS)), classes="line-label")
                    yield box
            yield Words("", classes="answer", markup=False)
            yield Static(
                Content(_("Enter unlocks · ↑ another badge · Ctrl+Q leaves")),
                classes="sheet-keys",
            )

    def on_mount(self) -> None:
        """Asks."""
        self._ask()

    def cover(self, badge: str) -> None:
        """Begins anew.

        Args:
            badge: of who is expected back; empty where another officer goes on.
        """
        self._badge = badge
        self._checking = False
        if self.is_mounted:
            self._ask()

    def _ask(self) -> None:
        badge, secret = self.query_one("#badge", Input), self.query_one(SecretBox)
        badge.value, secret.value = self._badge, ""
        self.say("")
        self.set_focus(secret if self._badge else badge)

    @property
    def checking(self) -> bool:
        """Whether a secret is being checked; what is typed meanwhile is meant for nothing."""
        return self._checking

    def show(self, sight: Sight, desk_name: str) -> None:
        """Shows what may be seen now, and where."""
        self.query_one(TitleBar).show(
            sight.station, _("locked"), sight.day, sight.time, [desk_name], other_day=False
        )
        self.query_one(CountsLine).show(sight.counts)
        self.query_one(BayStrip).show(sight.bays)

    def say(self, words: str) -> None:
        """Tells whoever stands there something."""
        self.query_one(".answer", Words).update(Content(safe(words)))

    def refuse(self, words: str) -> None:
        """Says why it stays locked; a secret, which cannot be read, is typed from the start."""
        self._checking = False
        self.query_one(SecretBox).value = ""
        self.set_focus(self.query_one(SecretBox))
        self.say(words)

    def type_burst(self, text: str) -> None:
        """Types what came as fast as a scan: a badge, or what a manager of passphrases pastes.

        A slip is neither, and must not count as a wrong passphrase.
        """
        box = self.focused
        if is_slip(text):
            self.say(_("Unlock first, then scan the slip again."))
        elif isinstance(box, Input):
            box.insert_text_at_cursor(text)
            self.call_later(box.action_submit)

    def action_empty(self) -> None:
        """Empties the secret."""
        self.query_one(SecretBox).value = ""

    @on(Input.Submitted, "#badge")
    def _badge_entered(self) -> None:
        self.set_focus(self.query_one(SecretBox))

    @on(Input.Changed, "#secret")
    def _typed(self, event: Input.Changed) -> None:
        if event.value.isdecimal() and len(event.value) == self._pin_length(self._typed_badge):
            self._try()

    @on(Input.Submitted, "#secret")
    def _try(self) -> None:
        secret = self.query_one(SecretBox).value
        if self._checking or not secret:
            return
        if not self._typed_badge:
            self.set_focus(self.query_one("#badge"))
            return
        self._checking = True
        self.say(_("One moment …"))
        self.post_message(self.Tried(self._typed_badge, secret))

    @property
    def _typed_badge(self) -> str:
        return clean(self.query_one("#badge", Input).value)

    def on_key(self, event: events.Key) -> None:
        """Types into the secret from wherever nothing else is typed into."""
        if event.is_printable and event.character and not isinstance(self.focused, Input):
            box = self.query_one(SecretBox)
            self.set_focus(box)
            box.insert_text_at_cursor(event.character)
