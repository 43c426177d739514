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
from desk.tui.paint import MARKED
from desk.tui.screens.sheet import Sheet

ValueT = TypeVar("ValueT")
_MOST = 9


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
        self._selected: int | None = None

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
            yield Static("", id="options", markup=False)
            yield Static("", classes="answer", markup=False)
            yield Static(
                Content(_("A digit picks, or ↑ ↓ and Enter · Esc goes back")),
                classes="sheet-keys",
            )

    def on_mount(self) -> None:
        """Draws the options."""
        super().on_mount()
        self._draw()

    def _draw(self) -> None:
        first = max(0, (self._selected or 0) - _MOST + 1)
        shown = list(enumerate(self._options))[first : first + _MOST]
        lines = [self._line(n, option) for n, option in shown]
        more = len(self._options) - first - len(shown)
        if more > 0:
            lines.append(Content.styled(_("   … {n} more below").format(n=more), "dim"))
        self.query_one("#options", Static).update(Content("\n").join(lines))

    def _line(self, n: int, option: Option[ValueT]) -> Content:
        digit = str(n + 1) if n < _MOST else " "
        line = Content.assemble((f" {digit} ", "bold"), " ") + option.words
        return line.stylize(MARKED) if n == self._selected else line

    def action_step(self, by: int) -> None:
        """Moves the selection; the first arrow selects the first line."""
        last = len(self._options) - 1
        moved = (0 if by > 0 else last) if self._selected is None else self._selected + by
        self._selected = min(max(moved, 0), last)
        self._draw()

    def action_pick(self) -> None:
        """Ends with the selected line, if one was selected."""
        if self._selected is not None:
            self.dismiss(self._options[self._selected].value)

    def on_key(self, event: events.Key) -> None:
        """Picks by digit."""
        if event.character is not None and event.character in "123456789":
            index = int(event.character) - 1
            if index < len(self._options):
                event.stop()
                self.dismiss(self._options[index].value)
            return
        super().on_key(event)
