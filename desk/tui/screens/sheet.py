"""What every sheet has in common: it lies over the board, and Esc takes it away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from desk.domain.keyboard_layouts import slip_scanned
from desk.i18n import _
from desk.text import safe
from desk.tui.screens.sized import Sized
from desk.tui.widgets.text_box import TextBox


def is_slip(text: str) -> bool:
    """Returns whether a scan is a well-formed reference, through whichever keyboard layout."""
    return slip_scanned(text) is not None


ResultT = TypeVar("ResultT")
AnswerT = TypeVar("AnswerT")


class LeftByTyping(Message):
    """Somebody typed into a sheet that has no text box: the board is to find it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


_BREAKPOINTS = [(0, "-flat"), (14, "-short"), (30, "-tall")]
"""Rows from which a sheet leaves the top of the board free, and has air between its parts."""


class Sheet(ModalScreen[ResultT | None], Sized[ResultT | None], Generic[ResultT]):
    """A modal sheet.

    Keys that were pressed before it was painted are not meant for it and are dropped, unless it
    is one that practised hands type ahead into.

    Attributes:
        news: what the board said just before the sheet covered it, for the sheet to repeat.
        mode: where it lies, and what it opens: over one officer's board, whoever looks at another
            or at a locked screen; None for what is shown.
    """

    VERTICAL_BREAKPOINTS = _BREAKPOINTS
    TAKES_TYPE_AHEAD: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "put_away", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self.news = ""
        self.mode: str | None = None
        self._owed: tuple[ResultT | None] | None = None
        self._painted_at: float | None = None
        self._at_rest = asyncio.Event()
        self._at_rest.set()

    @property
    def ref(self) -> str | None:
        """The exchange that the sheet is about, if it is about one."""
        return None

    def takes(self, key: events.Key) -> bool:
        """Whether the key was pressed by somebody who could see the sheet."""
        if self.TAKES_TYPE_AHEAD:
            return True
        return self._painted_at is not None and key.time >= self._painted_at

    def on_mount(self) -> None:
        """Repeats the news, and remembers when the sheet was first seen."""
        if self.news:
            self.query_one(".sheet").mount(Static(Content(self.news), classes="news"), before=0)
        self.call_after_refresh(self._painted)

    def on_screen_suspend(self) -> None:
        """Steps out of the way of the sheet that lies over it: two would contradict each other."""
        if self in self.app.screen_stack:
            self.query(".sheet").set(display=False)

    def on_screen_resume(self) -> None:
        """Comes back; an answer that came while the screen was locked is taken now."""
        self.query(".sheet").set(display=True)
        if self._owed is not None:
            self.dismiss(*self._owed)

    def _painted(self) -> None:
        # An event's own time is the one clock that can be compared with a key's.
        self._painted_at = events.Idle().time

    def on_key(self, event: events.Key) -> None:
        """Leaves a sheet without a text box when somebody types, and finds what is typed."""
        if not event.is_printable or event.character is None or self._has_text_box():
            return
        event.stop()
        # Textual calls the handler of every base class; one key is typed once.
        event.prevent_default()
        self.typed(event.character)

    def typed(self, character: str) -> None:
        """Takes a character that no text box wanted."""
        if not self.saving and (character.isalpha() or character in "/?"):
            self.app.post_message(LeftByTyping(character))
            self.dismiss(None)

    def _has_text_box(self) -> bool:
        return isinstance(self.focused, Input)

    @property
    def holds_typed_text(self) -> bool:
        """Whether somebody typed something that would be lost with the sheet."""
        return any(box.was_typed_into for box in self.query(TextBox))

    def say(self, words: str) -> None:
        """Tells the officer something, in the sheet's own line for it, as soon as there is one."""
        if self.is_mounted:
            answer = self.query_one(".answer", Static)
            answer.update(Content(safe(words)))
            if words:
                # On a low terminal it is below what can be seen.
                self.call_after_refresh(answer.scroll_visible, animate=False)
        else:
            self.call_later(self.say, words)

    def type_burst(self, text: str) -> bool:
        """Types a burst into the text box in use; returns whether it did.

        A well-formed slip is never typed: it waits. In a sheet about an exchange the burst's
        Enter presses nothing; where nobody could be checked in by it, as with a badge at sign-on,
        it counts.
        """
        box = self.focused
        if not isinstance(box, Input) or is_slip(text):
            return False
        box.insert_text_at_cursor(text)
        if self.submits_bursts():
            self.call_later(box.action_submit)
        else:
            self.say(_("That came as fast as a scan: it is typed, and Enter was not pressed."))
        return True

    def submits_bursts(self) -> bool:
        """Whether the Enter of a burst counts."""
        return self.ref is None

    def say_same_exchange(self) -> None:
        """Answers a slip that was scanned again: it is the exchange in front of the officer."""
        self.say(_("That slip is this exchange."))

    def action_put_away(self) -> None:
        """Takes the sheet away and changes nothing; while something is being saved it stays."""
        if not self.saving:
            self.dismiss(None)

    # While something is being saved

    @property
    def saving(self) -> bool:
        """Whether an answer is awaited: nothing takes the sheet away before it has come."""
        return not self._at_rest.is_set()

    def begin_saving(self) -> None:
        """Says that something is being saved."""
        self._at_rest.clear()
        self.say(_("Saving …"))

    def end_saving(self) -> None:
        """Lets the sheet be used, or taken away, again."""
        self._at_rest.set()

    async def saved(self) -> None:
        """Waits until nothing is being saved."""
        await self._at_rest.wait()

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Ends the sheet with a result; a late answer ends nothing that is in front by then.

        While the screen is locked, or another officer's board is shown, it waits.
        """
        if self.is_active:
            return super().dismiss(result)
        if self not in self.app.screen_stack:
            self._owed = (result,)
        return AwaitComplete()

    def open_sheet(
        self, sheet: Sheet[AnswerT], done: Callable[[AnswerT | None], None] | None = None
    ) -> None:
        """Lays another sheet over this one, wherever this one lies."""
        sheet.mode = self.mode
        self.app.push_screen(sheet, done, mode=self.mode)
