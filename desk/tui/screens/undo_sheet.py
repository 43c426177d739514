"""Undo: what will be taken back is shown, and the same key again does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from desk.domain.exchange import Kind
from desk.domain.intents import By, Undo
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.i18n import _, ngettext
from desk.text import safe
from desk.tui.commands import key_name
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.words import Words
from desk.wording import prior_line

AskUndo = Callable[[Undo, Callable[[Verdict | DeskError], None]], None]
"""Performs an undo in the background and hands the answer to a callback."""


_MOST_LATER = 6
"""How many later acts are listed before the rest is counted."""


class UndoSheet(Sheet[Verdict]):
    """Walks the officer's last acts and undoes one, with what stands on it: all of it or nothing.

    Args:
        acts: the acts that can be walked, nearest first.
        by: who undoes.
        keys: the keys that undo when they are pressed again.
        zone: the station's.
        kind_of: returns the kind of an exchange, which names its sides, where it is known.
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
        kind_of: Callable[[str], Kind | None],
        ask: AskUndo,
    ) -> None:
        super().__init__()
        self._acts = acts
        self._by = by
        self._keys = keys
        self._zone = zone
        self._kind_of = kind_of
        self._ask = ask
        self._at = _done_at_once(acts)

    def compose(self) -> ComposeResult:
        """Lays what will be undone under the title."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Undo: this never happened")), classes="sheet-title")
            yield Words("", id="undone", markup=False)
            yield Words("", classes="answer", markup=False)
            yield Words("", classes="sheet-keys", markup=False)

    def on_mount(self) -> None:
        """Shows the nearest act."""
        self._draw()

    def action_walk(self, by: int) -> None:
        """Goes to an earlier or a later act."""
        if self.saving:
            return
        self._at = min(max(self._at + by, 0), len(self._acts) - 1)
        self._draw()

    @property
    def _chosen(self) -> UndoableAct:
        return self._acts[self._at]

    def _draw(self) -> None:
        lines = [Content.styled(f"  {safe(self._chosen_words())}", "bold")]
        lines += [Content(f"  {safe(words)}") for words in self._later_words()]
        self.query_one("#undone", Static).update(Content("\n").join(lines))
        self.say(self._in_the_way())
        self.query_one(".sheet-keys", Static).update(Content(self._hint()))

    def _chosen_words(self) -> str:
        refs = self._chosen.refs
        if len(refs) != 1:
            which = ngettext("{n} exchange", "{n} exchanges", len(refs)).format(n=len(refs))
            return f"{which}: {prior_line(self._chosen.act, None, self._zone)}"
        return f"{refs[0]} {prior_line(self._chosen.act, self._kind_of(refs[0]), self._zone)}"

    def _later_words(self) -> Iterator[str]:
        later, refs = self._chosen.later, self._chosen.refs
        if not later:
            return
        yield _("and with it what was done there since:")
        if len(refs) == 1:
            kind = self._kind_of(refs[0])
            yield from (prior_line(act, kind, self._zone) for act in later[:_MOST_LATER])
            later = later[_MOST_LATER:]
        if later:
            yield ngettext("{n} later act", "{n} later acts", len(later)).format(n=len(later))

    def _in_the_way(self) -> str:
        """Returns why the act cannot be undone, or nothing."""
        meant = (*self._chosen.later, self._chosen.act)
        if any(act.verb == Verb.DISPUTE for act in meant):
            return _("A filed dispute is not undone; it is withdrawn by a note.")
        if any(act.verb == Verb.ERASE for act in meant):
            return _("What was erased since does not come back.")
        if any((act.officer, act.desk) != (self._by.badge, self._by.desk) for act in meant):
            return _("Somebody else acted on it since: add a note, or reopen it.")
        return ""

    def _hint(self) -> str:
        count = len(self._acts)
        walk = ngettext("your last act", "↑ ↓ your last {n} acts", count).format(n=count)
        back = _("Enter or Esc goes back")
        if self._in_the_way():
            return f"{walk} · {back}"
        count = len(self._chosen.later) + 1
        does = ngettext("{key} undoes it", "{key} undoes all {n}", count)
        reopen = _("For what happened and then changed there is /reopen.")
        first = does.format(key=key_name(self._keys[0]), n=count)
        return f"{first} · {walk} · {back}\n{reopen}"

    def on_key(self, event: events.Key) -> None:
        """Undoes on the key that opened the sheet."""
        if event.key in self._keys:
            event.stop()
            self._begin()

    def _begin(self) -> None:
        if self.saving or self._in_the_way():
            return
        chosen = self._chosen
        also = tuple(act.number for act in chosen.later)
        self.begin_saving()
        self._ask(Undo(by=self._by, number=chosen.act.number, also=also), self._answered)

    def _answered(self, answer: Verdict | DeskError) -> None:
        self.end_saving()
        if isinstance(answer, Verdict) and answer.accepted:
            self.dismiss(answer)
        else:
            self.say(failure_words(answer, self._zone))


def _done_at_once(acts: Sequence[UndoableAct]) -> int:
    """Returns the place of the act that was done together with all that were done since.

    A walk-in is booked and its parties are checked in by one Enter, and so by one undo it is gone;
    so are a file's bookings with what was merged as they were taken in.
    """
    for n, one in enumerate(acts):
        nearer = {each.act.number for each in acts[:n]}
        at_once = all(act.recorded_at == one.act.recorded_at for act in one.later)
        if at_once and nearer <= {act.number for act in one.later} and _begins(one, acts[0]):
            return n
    return 0


def _begins(one: UndoableAct, nearest: UndoableAct) -> bool:
    """Returns whether an act is one that others follow by themselves."""
    if one.act.verb == Verb.IMPORT:
        return all(act.verb == Verb.MERGE for act in one.later)
    return one.act.verb == Verb.BOOK and one.refs == nearest.refs
