"""A numbered list with nothing selected: a digit picks, or an arrow and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from desk.i18n import _
from desk.text import safe
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.numbered_list import NumberedList
from desk.tui.widgets.words import Words

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Option(Generic[ValueT]):
    """One line of the list, and what it stands for."""

    value: ValueT
    words: Content


class ChoiceSheet(Sheet[ValueT]):
    """Ends with the value that was picked. A bare Enter does nothing.

    Args:
        title: what is being picked.
        options: the lines, likeliest first; beyond nine the arrows reach them.
        telling: why the choice is asked for, if that is not plain.
        ref: the exchange that it is about, if it is about one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "pick", show=False),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Option[ValueT]],
        telling: str = "",
        ref: str | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._telling = telling
        self._ref = ref

    @property
    def ref(self) -> str | None:
        """The exchange that the choice is about, if it is about one."""
        return self._ref

    def compose(self) -> ComposeResult:
        """Lays the options under the title."""
        with Vertical(classes="sheet"):
            yield Static(Content(safe(self._title)), classes="sheet-title")
            if self._telling:
                yield Static(Content(safe(self._telling)), classes="telling")
            yield NumberedList(option.words for option in self._options)
            yield Words("", classes="answer", markup=False)
            yield Static(
                Content(_("A digit picks, or ↑ ↓ and Enter · Esc goes back")),
                classes="sheet-keys",
            )

    def action_step(self, by: int) -> None:
        """Moves the mark; the first arrow marks the first line."""
        self.query_one(NumberedList).step(by)

    def action_pick(self) -> None:
        """Ends with the marked line, if one was marked."""
        marked = self.query_one(NumberedList).marked
        if marked is not None:
            self.dismiss(self._options[marked].value)

    def on_key(self, event: events.Key) -> None:
        """Picks by digit."""
        if event.character is not None and event.character in "123456789":
            event.prevent_default()
            index = self.query_one(NumberedList).numbered(event.character)
            if index is not None:
                event.stop()
                self.dismiss(self._options[index].value)
