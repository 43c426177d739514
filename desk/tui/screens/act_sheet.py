"""The sheet that Enter opens: the booking, both parties, and what can be done.

The harmless likeliest act stands first and Enter does it, so that a person known by three letters
is checked in with those letters, Enter, Enter. A careful act opens its own form on top.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static

from desk.domain.days import TimeTextError
from desk.domain.exchange import Exchange
from desk.domain.intents import Arrive, ExchangeIntent
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Verdict
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.case import Case
from desk.tui.commands import OWN_KEYS
from desk.tui.forms import Pick
from desk.tui.harmless_acts import Terms, intent_for, pick_for
from desk.tui.offers import Act, acts_for
from desk.tui.paint import MARKED, tone_style
from desk.tui.present import Tone
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words, impossible_words
from desk.tui.widgets.answer_row import AnswerRow
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words
from desk.wording import tell_time_text


class Clerk(Protocol):
    """What the sheet needs done around it."""

    def ask(self, intent: ExchangeIntent, reply: Callable[[Verdict | DeskError], None]) -> None:
        """Performs an intent in the background."""
        ...

    def open_form(self, verb: Verb, case: Case, done: Callable[[Verdict | None], None]) -> None:
        """Opens the form of a careful act over the sheet."""
        ...

    def open_reopening(self, case: Case, done: Callable[[Verdict | None], None]) -> None:
        """Opens the form that reopens, and then the sheet anew for whoever is to be checked in."""
        ...

    def open_other_bay(self, case: Case, done: Callable[[Verdict | None], None]) -> None:
        """Opens the form that moves the exchange to the bay that is free."""
        ...

    def look_again(self, case: Case, use: Callable[[Case], None]) -> None:
        """Reads the exchange anew and hands on what the sheet is built from."""
        ...

    def open_way_out(
        self, verdict: Verdict, tried: Arrive, case: Case, done: Callable[[Verdict | None], None]
    ) -> None:
        """Offers what can be done after a refusal."""
        ...

    def summary(self, exchange: Exchange) -> Content:
        """Returns the booking and both parties, to compare with the ID."""
        ...


_DIGITS = "1234567890"
"""What presses each act, as the keys stand on a keyboard."""


def _acts_of(case: Case) -> tuple[Act, ...]:
    return acts_for(case.exchange, case.side, case.moment, case.elsewhere)


class ActSheet(Sheet[Verdict]):
    """Shows one exchange and does one act on it; ends with the accepted verdict.

    Args:
        case: the exchange, the side that stands at the desk, who acts and when.
        clerk: does things around the sheet.
        verb: the act to mark at first, where a key or word asked for one.
        name: what a party that is not named yet said it is called.
    """

    TAKES_TYPE_AHEAD = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "mark(-1)", show=False),
        Binding("down", "mark(1)", show=False),
        Binding("left", "choose(-1)", show=False),
        Binding("right", "choose(1)", show=False),
        Binding("enter", "do", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, case: Case, clerk: Clerk, verb: Verb | None = None, name: str = "") -> None:
        super().__init__()
        self.case = case
        self._clerk = clerk
        self._acts = _acts_of(case)
        self._wanted = verb
        self._name = name
        self._marked = self._first(verb)
        self._chosen = 0

    def _first(self, verb: Verb | None) -> int:
        """Returns the place of what is asked for, or of the likeliest; below zero is none."""
        places = [
            n for n, act in enumerate(self._acts) if act.harmless and verb in (None, act.verb)
        ]
        return places[0] if places else -1

    @property
    def ref(self) -> str | None:
        """The exchange that the sheet is about."""
        return self.case.exchange.ref

    def compose(self) -> ComposeResult:
        """Lays the acts under the booking."""
        with Vertical(classes="sheet"):
            yield Static(self._clerk.summary(self.case.exchange), id="summary")
            with Horizontal(id="name-line", classes="line"):
                yield Static(Content(f"{_('Name'):<12} "), classes="line-label")
                yield TextBox(
                    self._name,
                    placeholder=_("not named yet"),
                    id="name",
                    compact=True,
                    select_on_focus=False,
                )
            yield Words("", id="acts", markup=False)
            yield AnswerRow(id="pick")
            with Horizontal(id="at-line", classes="line"):
                yield Static(Content(f"{_('at'):<12} "), classes="line-label")
                yield TextBox(placeholder=_("now · 1428 · -5 minutes"), id="at", compact=True)
            yield Words("", classes="answer", markup=False)
            yield Words("", classes="sheet-keys", markup=False)

    def _keys(self) -> str:
        """Returns what the keys do now: Enter nothing while nothing is marked."""
        if not any(act.harmless for act in self._acts):
            return _("A digit opens an act · Esc goes back")
        does = _("Enter does it") if self._act is not None else ""
        chooses = _("← → chooses") if self._pick is not None else ""
        keys = (does, _("↑ ↓ or a digit marks"), chooses, _("Tab at"), _("Esc back"))
        return " · ".join(filter(None, keys))

    def on_mount(self) -> None:
        """Marks the likeliest act; a party not named yet is asked for its name."""
        self._draw()
        if self._act is None and self._wanted is not None:
            self.say(impossible_words(self.case.exchange, self._wanted, self.case.zone))
        self._ask_name()

    @property
    def _act(self) -> Act | None:
        return self._acts[self._marked] if self._marked >= 0 else None

    @property
    def _pick(self) -> Pick | None:
        return None if self._act is None else pick_for(self._act.verb, self.case.exchange)

    def _asks_name(self) -> bool:
        act = self._act
        if act is None or act.verb is not Verb.ARRIVE or act.side is None:
            return False
        return self.case.exchange.party(act.side).name is None

    def _ask_name(self) -> None:
        """Puts the cursor where the name is typed, or takes it from there."""
        name = self.query_one("#name")
        if self.focused in (None, name):
            self.set_focus(name if self._asks_name() else None)

    def _draw(self) -> None:
        lines = [self._line(n, act) for n, act in enumerate(self._acts[: len(_DIGITS)])]
        self.query_one("#acts", Static).update(Content("\n").join(lines))
        self.query_one(".sheet-keys", Static).update(Content(self._keys()))
        self.call_after_refresh(self._see_marked)
        self.query_one("#name-line").display = self._asks_name()
        pick = self._pick
        shown = self.query_one(AnswerRow)
        shown.display = pick is not None
        if pick is not None:
            shown.show(Content.styled(pick.label, tone_style(Tone.DIM)), self._answers_of(pick))

    def _see_marked(self) -> None:
        """Scrolls a sheet that is too long for its terminal to what Enter would do."""
        sheet, acts = self.query_one(".sheet"), self.query_one("#acts")
        if self._act is not None and sheet.max_scroll_y:
            marked = Region(0, acts.virtual_region.y + self._marked, 1, 1)
            sheet.scroll_to_region(marked, animate=False)

    def _line(self, n: int, act: Act) -> Content:
        careful = "" if act.harmless else " …"
        marked = n == self._marked
        key = _("Enter") if marked else _DIGITS[n]
        words = Content.assemble((f" {key:>5} ", "bold"), f" {act.words}{careful} ")
        return words.stylize(MARKED) if marked else words

    def _answers_of(self, pick: Pick) -> list[Content]:
        options = [
            Content.styled(f" {words} ", MARKED if n == self._chosen else tone_style(Tone.DIM))
            for n, (_value, words) in enumerate(pick.options)
        ]
        return [*options, Content(" ← →")]

    def action_mark(self, by: int) -> None:
        """Moves the mark among the harmless acts."""
        last = sum(act.harmless for act in self._acts) - 1
        if last >= 0:
            self._mark(min(max(self._marked + by, 0), last))

    def _mark(self, index: int) -> None:
        self._marked = index
        self._chosen = 0
        self._draw()
        self._ask_name()

    def action_choose(self, by: int) -> None:
        """Chooses among what the marked act asks."""
        pick = self._pick
        if pick is not None:
            self._chosen = (self._chosen + by) % len(pick.options)
            self._draw()

    def on_key(self, event: events.Key) -> None:
        """Takes digits; Tab walks the text boxes; a function key marks or opens its act."""
        if event.key == "tab":
            event.stop()
            self._to_next_box()
        elif event.character is None or not event.is_printable:
            self._take_command(event)
        elif not self._has_text_box() and event.character in _DIGITS:
            event.stop()
            event.prevent_default()
            self._press(_DIGITS.index(event.character))

    def _to_next_box(self) -> None:
        """Goes to the name, where it is asked for, to the time, and back to the acts."""
        stops = [
            None,
            *([self.query_one("#name")] if self._asks_name() else []),
            self.query_one("#at"),
        ]
        self.set_focus(stops[(stops.index(self.focused) + 1) % len(stops)])

    def _take_command(self, event: events.Key) -> None:
        for verb, keys in self.case.keys.items():
            if event.key in keys and keys is not OWN_KEYS and verb is not Verb.UNDO:
                event.stop()
                self.begin(verb)

    def _press(self, index: int) -> None:
        if index >= len(self._acts):
            return
        act = self._acts[index]
        if act.harmless:
            self._mark(index)
        elif act.bay is not None:
            self._clerk.open_other_bay(self.case, self._done)
        elif act.side is not None:
            self._clerk.open_reopening(replace(self.case, side=act.side), self._done)
        else:
            self._clerk.open_form(act.verb, self.case, self._done)

    def begin(self, verb: Verb) -> None:
        """Marks a harmless act, or opens the form of another; a second press of its key does it."""
        places = [n for n, act in enumerate(self._acts) if act.verb is verb and not act.bay]
        if not places:
            self.say(impossible_words(self.case.exchange, verb, self.case.zone))
        elif self._act is not None and self._act.verb is verb:
            self.action_do()
        else:
            self._press(places[0])

    @on(Input.Submitted)
    def action_do(self) -> None:
        """Does the marked act."""
        if self._act is None or self.saving:
            return
        try:
            intent = self._intent(self._act)
        except TimeTextError as wrong:
            self.say(tell_time_text(wrong))
            return
        self.begin_saving()
        self._clerk.ask(intent, lambda answer: self._answered(intent, answer))

    def _intent(self, act: Act) -> ExchangeIntent:
        pick = self._pick
        terms = Terms(
            self.case,
            act.side,
            at=self.case.at({"at": self.query_one("#at", Input).value}),
            choice=pick.options[self._chosen][0] if pick else "",
            name=self.query_one("#name", Input).value.strip() or None,
        )
        return intent_for(act.verb, terms)

    def _answered(self, intent: ExchangeIntent, answer: Verdict | DeskError) -> None:
        self.end_saving()
        if isinstance(answer, Verdict) and answer.accepted:
            self.dismiss(answer)
            return
        self.say(failure_words(answer, self.case.zone))
        if isinstance(answer, Verdict):
            self._clerk.look_again(self.case, self._look_at)
            if isinstance(intent, Arrive):
                self._clerk.open_way_out(answer, intent, self.case, self._done)

    def _look_at(self, case: Case) -> None:
        """Shows what another desk has made of the exchange, with nothing marked.

        Nobody should repeat an act by habit that was refused because of what he could not see.
        """
        if case.exchange.version == self.case.exchange.version:
            return
        self.case = case
        self._acts = _acts_of(case)
        self.query_one("#summary", Static).update(self._clerk.summary(case.exchange))
        self._mark(-1)

    def _done(self, verdict: Verdict | None) -> None:
        if verdict is not None:
            self.dismiss(verdict)
