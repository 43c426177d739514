"""Undo: what will be taken back is shown, and the same key again does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from desk.domain.intents import By, Undo
from desk.domain.verdict import PriorAct, Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.i18n import _, ngettext
from desk.text import safe
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.wording import prior_line

AskUndo = Callable[[Undo, Callable[[Verdict | DeskError], None]], None]
"""Performs an undo in the background and hands the answer to a callback."""


class UndoSheet(Sheet[Verdict]):
    """Walks the officer's last acts and undoes one, with what stands on it; newest goes first.

    Args:
        acts: the acts that can be walked, nearest first.
        by: who undoes.
        key: the keys that undo when they are pressed again.
        zone: the station's.
        ask: performs an undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("enter", "put_away", show=False),
    ]

    def __init__(
        self,
        acts: Sequence[UndoableAct],
        by: By,
        keys: Sequence[str],
        zone: ZoneInfo,
        ask: AskUndo,
    ) -> None:
        super().__init__()
        self._acts = acts
        self._by = by
        self._keys = keys
        self._zone = zone
        self._ask = ask
        self._at = 0
        self._to_undo: list[int] = []

    def compose(self) -> ComposeResult:
        """Lays what will be undone under the title."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Undo: this never happened")), classes="sheet-title")
            yield Static("", id="undone", markup=False)
            yield Static("", classes="answer", markup=False)
            yield Static(
                Content(
                    _(
                        "F8 undoes it · ↑ ↓ your last acts · Enter or Esc goes back\n"
                        "For what happened and then changed there is /reopen."
                    )
                ),
                classes="sheet-keys",
            )

    def on_mount(self) -> None:
        """Shows the nearest act."""
        self._draw()

    def action_walk(self, by: int) -> None:
        """Goes to an earlier or a later act."""
        self._at = min(max(self._at + by, 0), len(self._acts) - 1)
        self._draw()

    def _draw(self) -> None:
        chosen = self._acts[self._at]
        lines = [
            Content.styled(f"  {n + 1} {safe(words)}", "bold" if first else "")
            for n, (words, first) in enumerate(self._lines(chosen))
        ]
        place = _("{n} of {all}").format(n=self._at + 1, all=len(self._acts))
        self.query_one("#undone", Static).update(
            Content("\n").join([*lines, Content.styled(place, "dim")])
        )

    def _lines(self, chosen: UndoableAct) -> list[tuple[str, bool]]:
        later = [(self._act_words(act, ""), False) for act in chosen.later]
        return [(self._act_words(chosen.act, self._refs(chosen)), True), *later]

    def _refs(self, chosen: UndoableAct) -> str:
        if len(chosen.refs) > 1:
            count = len(chosen.refs)
            return ngettext("{n} exchange", "{n} exchanges", count).format(n=count)
        return "".join(chosen.refs)

    def _act_words(self, act: PriorAct, refs: str) -> str:
        return f"{refs} {prior_line(act, None, self._zone)}".strip()

    def on_key(self, event: events.Key) -> None:
        """Undoes on the key that opened the sheet."""
        if event.key in self._keys:
            event.stop()
            self._begin()

    def _begin(self) -> None:
        if self.saving:
            return
        chosen = self._acts[self._at]
        others = [act for act in chosen.later if act.officer != self._by.badge]
        if others:
            self.say(
                _("Another officer acted on it since: add a note, or reopen it."),
            )
            return
        newest_first = sorted((act.number for act in chosen.later), reverse=True)
        self._to_undo = [*newest_first, chosen.act.number]
        self.begin_saving()
        self._next()

    def _next(self) -> None:
        number = self._to_undo[0]
        self._ask(Undo(by=self._by, number=number), self._answered)

    def _answered(self, answer: Verdict | DeskError) -> None:
        if not isinstance(answer, Verdict) or not answer.accepted:
            self.end_saving()
            self.say(failure_words(answer, self._zone))
            return
        self._to_undo.pop(0)
        if self._to_undo:
            self._next()
        else:
            self.end_saving()
            self.dismiss(answer)
