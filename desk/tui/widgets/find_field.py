"""The field at the top of the board: it always has the focus, and typing finds."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from desk.tui.widgets.text_box import TextBox


class FindField(TextBox):
    """Takes what is typed; what it means is the board's business."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    class HelpAsked(Message):
        """A question mark was typed into the empty field."""

    class CompletionAsked(Message):
        """Tab was pressed."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)

    def on_key(self, event: events.Key) -> None:
        """Lets ``?`` ask for help where it could not be meant as text."""
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.HelpAsked())

    def action_complete(self) -> None:
        """Asks for the word that what was typed may become."""
        self.post_message(self.CompletionAsked())

    def replace_text(self, text: str) -> None:
        """Puts a text in place of what is there, with the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)
