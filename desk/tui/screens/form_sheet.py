"""A sheet that asks a few things, shows what will happen, and does it.

A careful act is done by its own key, pressed while the sheet shows what will be written; there
Enter goes back. A harmless one is done by Enter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from desk.domain.days import TimeTextError
from desk.domain.verdict import Verdict
from desk.errors import DeskError, UsageError
from desk.i18n import _
from desk.text import safe, width
from desk.tui.commands import key_name
from desk.tui.forms import NONE_CHOSEN, Answers, Form, Line, Pick, Wish
from desk.tui.paint import MARKED, tone_style
from desk.tui.present import Tone
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.answer_row import AnswerRow
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words
from desk.wording import tell_time_text

Ask = Callable[[Wish, Callable[[Verdict | DeskError], None]], None]
"""Performs an intent in the background and hands the answer to a callback."""

LABEL_CELLS = 12
"""What a question's label takes."""

_ROW_CELLS = 56
"""Answers that need no more stand in a row."""


def beside(label: str, cells: int) -> str:
    """Returns a label with what parts it from its answer."""
    return f"{label}{' ' * max(cells - width(label), 1)}"


class PickLine(AnswerRow, can_focus=True):
    """One question with its answers in a row, or under each other with digits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    class Decided(Message):
        """A digit picked an answer that is the whole decision."""

    class Chosen(Message):
        """The officer has chosen another answer."""

        def __init__(self, line: PickLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self, pick: Pick, label_cells: int = LABEL_CELLS) -> None:
        super().__init__(id=pick.id)
        self.label_cells = label_cells
        self.pick = pick
        self.chosen = pick.chosen

    @property
    def value(self) -> str:
        """The chosen answer; empty while none is."""
        return "" if self.chosen == NONE_CHOSEN else self.pick.options[self.chosen][0]

    def on_mount(self) -> None:
        """Draws the answers."""
        self._draw()

    def on_focus(self) -> None:
        """Shows where the arrows would act."""
        self._draw()

    def on_blur(self) -> None:
        """Likewise."""
        self._draw()

    def action_step(self, by: int) -> None:
        """Chooses the next or the previous answer."""
        stands_on = 0 if self.chosen == NONE_CHOSEN and by < 0 else self.chosen
        self.choose((stands_on + by) % len(self.pick.options))

    def choose(self, index: int) -> None:
        """Chooses an answer by its index."""
        self.chosen = index
        self._draw()
        self.post_message(self.Chosen(self))

    def choose_by_letter(self, letter: str) -> None:
        """Chooses the next answer whose words begin with that letter, if one does."""
        options = self.pick.options
        after = [*range(self.chosen + 1, len(options)), *range(self.chosen + 1)]
        named = (n for n in after if options[n][1].casefold().startswith(letter.casefold()))
        index = next(named, None)
        if index is not None:
            self.choose(index)

    def relabel(self, pick: Pick) -> None:
        """Calls the same question and its answers otherwise."""
        self.pick = pick
        self._draw()

    def numbered(self, digit: str) -> int | None:
        """Returns the index of the answer that a digit means, or None."""
        index = int(digit) - 1
        return index if 0 <= index < len(self.pick.options) else None

    def on_key(self, event: events.Key) -> None:
        """Lets a digit choose."""
        if event.character is None or not event.character.isdecimal():
            return
        index = self.numbered(event.character)
        if index is not None:
            event.stop()
            self.choose(index)
            if self.pick.decides:
                self.post_message(self.Decided())
            else:
                self.screen.focus_next()

    def _draw(self) -> None:
        marked = MARKED if self.has_focus else "bold"
        tone = tone_style(Tone.ACCENT if self.has_focus else Tone.DIM)
        label = Content.styled(self.pick.label, tone)
        words = [words for _value, words in self.pick.options]
        if self._in_a_row:
            dim = tone_style(Tone.DIM)
            answers = [
                Content.styled(f" {one} ", marked if n == self.chosen else dim)
                for n, one in enumerate(words)
            ]
            self.show(label, [*answers, *self._after_row()])
        else:
            numbered = [
                Content.styled(f"  {n + 1}  {one} ", marked if n == self.chosen else "")
                for n, one in enumerate(words)
            ]
            self.update(Content("\n").join([label, *numbered]))

    @property
    def _in_a_row(self) -> bool:
        cells = sum(width(words) + 3 for _value, words in self.pick.options)
        return not self.pick.decides and cells <= _ROW_CELLS

    def _after_row(self) -> Iterator[Content]:
        """Yields what stands behind the answers."""
        yield from ()


class FormSheet(Sheet[Verdict]):
    """Draws one ``Form`` and asks for it to be done; ends with the accepted verdict.

    Args:
        form: what to ask.
        ask: performs the intent.
        zone: the station's.
        park: takes the answers when Esc puts the form aside.
        answers: what was typed before it was put aside.
    """

    LABEL_CELLS: ClassVar[int] = LABEL_CELLS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(
        self,
        form: Form,
        ask: Ask,
        zone: ZoneInfo,
        park: Callable[[Answers], None],
        answers: Answers | None = None,
    ) -> None:
        super().__init__()
        self.form = form
        self._ask = ask
        self._zone = zone
        self._park = park
        self._given = answers or {}

    @property
    def ref(self) -> str | None:
        """The exchange that the form is about."""
        return self.form.ref

    def compose(self) -> ComposeResult:
        """Lays the questions under what will happen."""
        with Vertical(classes="sheet"):
            yield Static(Content(safe(self.form.title)), classes="sheet-title")
            yield Static(Content("\n".join(map(safe, self.form.telling))), classes="telling")
            for question in self.form.questions:
                if isinstance(question, Pick):
                    yield self._pick_line(question)
                else:
                    yield from self._line(question)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(self._keys()), classes="sheet-keys")

    def _pick_line(self, pick: Pick) -> PickLine:
        return PickLine(pick, self.LABEL_CELLS)

    def _line(self, line: Line) -> ComposeResult:
        with Horizontal(classes="line"):
            label = Content(beside(line.label, self.LABEL_CELLS + 1))
            yield Static(label, id=f"{line.id}-label", classes="line-label")
            yield TextBox(
                self._given.get(line.id, line.value),
                placeholder=line.placeholder,
                id=line.id,
                compact=True,
                # What is booked is typed over; what somebody typed is gone on with.
                select_on_focus=bool(line.value) and line.id not in self._given,
            )

    def _keys(self) -> str:
        picks = (question for question in self.form.questions if isinstance(question, Pick))
        a_digit_does = any(pick.decides for pick in picks)
        does = _("{key} or a digit does it") if a_digit_does else _("{key} does it")
        does = does.format(key=key_name(self.form.keys[0]))
        back = _("Enter or Esc goes back") if self.form.careful else _("Esc goes back")
        return f"{does} · {_('Tab next')} · {back}"

    def on_mount(self) -> None:
        """Restores what was chosen before the form was put aside."""
        for pick in self.query(PickLine):
            values = [value for value, _words in pick.pick.options]
            if self._given.get(pick.pick.id) in values:
                pick.choose(values.index(self._given[pick.pick.id]))

    @property
    def answers(self) -> Answers:
        """What stands in the form now."""
        picks = {pick.pick.id: pick.value for pick in self.query(PickLine)}
        lines = {box.id: box.value for box in self.query(Input) if box.id}
        return picks | lines

    def on_key(self, event: events.Key) -> None:
        """Does the act on its own key, and types into the first box from anywhere."""
        if event.key in self.form.keys:
            event.stop()
            self._do()

    def typed(self, character: str) -> None:
        """Moves to the first free text box; without one the sheet is left and the text found."""
        box = next((box for box in self.query(Input) if box.id != "at"), None)
        if box is None:
            super().typed(character)
            return
        self.set_focus(box)
        box.insert_text_at_cursor(character)

    @on(Input.Submitted)
    def action_enter(self) -> None:
        """Does a harmless act; goes back from a careful one."""
        if self.form.careful:
            self.action_put_away()
        else:
            self._do()

    @on(PickLine.Decided)
    def _do(self) -> None:
        if self.saving:
            return
        open_pick = next((one for one in self.query(PickLine) if one.chosen == NONE_CHOSEN), None)
        if open_pick is not None:
            open_pick.focus()
            self.say(_("Pick an answer first: {label}.").format(label=open_pick.pick.label))
            return
        try:
            intent = self.form.make(self.answers)
        except TimeTextError as wrong:
            self.misread(wrong)
        except UsageError as wrong:
            self.say(failure_words(wrong, self._zone))
        else:
            self.attempt(intent)

    def misread(self, wrong: TimeTextError) -> None:
        """Says what is wrong with a typed day or time."""
        self.say(tell_time_text(wrong))

    def attempt(self, intent: Wish) -> None:
        """Asks for it to be done."""
        self.begin_saving()
        self._ask(intent, lambda answer: self._answered(intent, answer))

    def _answered(self, intent: Wish, answer: Verdict | DeskError) -> None:
        self.end_saving()
        if isinstance(answer, Verdict) and answer.accepted:
            self.dismiss(answer)
        else:
            self.refused(intent, answer)

    def refused(self, _intent: Wish, answer: Verdict | DeskError) -> None:
        """Says why it was not done, and what can be done about it."""
        self.say(failure_words(answer, self._zone))

    def action_put_away(self) -> None:
        """Goes back; typed text is put aside and comes back with ``/back``."""
        if self.saving:
            return
        typed = self.to_park()
        if typed:
            self._park(typed)
        super().action_put_away()

    @property
    def holds_typed_text(self) -> bool:
        """Whether Esc would put it aside: one that was, and is open again, is the same text."""
        return bool(self.to_park())

    def to_park(self) -> Answers:
        """Returns the answers if anything was typed, else none."""
        typed = any(box.value.strip() for box in self.query(Input))
        return self.answers if typed else {}
