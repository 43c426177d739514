"""The sheet in which an exchange is booked, moved or amended.

While it is filled in it says which day and time are meant, how it stands with the bays then, and,
of a booking that is changed, what will be other than before. Enter does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from pendulum import DateTime
from textual import on
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from desk.domain.booking import Booking, differences
from desk.domain.days import TimeTextError
from desk.domain.exchange import Kind
from desk.domain.verdict import BAY_REFUSALS, Verdict
from desk.errors import DeskError
from desk.i18n import _
from desk.text import safe
from desk.tui.booking_forms import NO_BAY, SHOWING, BookingForm, here_pick, labels
from desk.tui.forms import Answers, Form, Line, Pick, Wish
from desk.tui.paint import tone_style
from desk.tui.present import Scene, Tone
from desk.tui.present.changes import changed_words
from desk.tui.present.places import Around, Outlook, outlook
from desk.tui.screens.form_sheet import Ask, FormSheet, PickLine, beside
from desk.wording import clock_time, day_and_time, tell_booking_time

Attempt = Callable[[Wish], None]
Done = Callable[[Verdict | None], None]


class BookingClerk(Protocol):
    """What the sheet needs done around it."""

    @property
    def scene(self) -> Scene:
        """The station, its rules and the present."""
        ...

    def look_around(self, booking: Booking, ref: str | None, use: Callable[[Around], None]) -> None:
        """Reads in the background what there is at the time of a booking."""
        ...

    def open_places(self, wish: Wish, verdict: Verdict, attempt: Attempt, done: Done) -> None:
        """Offers where else there is room, after a bay was refused."""
        ...

    def ask_showing(self, use: Callable[[str], None]) -> None:
        """Asks which is meant of a time that the clocks show twice."""
        ...


class BayLine(PickLine):
    """The question which bay, with what becomes of the booking there."""

    def __init__(self, pick: Pick, label_cells: int) -> None:
        super().__init__(pick, label_cells)
        self.touched = False
        self._outlook: dict[str, Outlook] = {}

    def numbered(self, digit: str) -> int | None:
        """Returns the index of the bay that is called so, else of the answer with that number."""
        named = (n for n, (code, _words) in enumerate(self.pick.options) if code == digit)
        return next(named, super().numbered(digit))

    def choose(self, index: int) -> None:
        """Chooses a bay; from now on none is proposed."""
        self.touched = True
        super().choose(index)

    def offer(self, bays: Sequence[Outlook]) -> None:
        """Shows how it stands with the bays."""
        self._outlook = {one.bay: one for one in bays}
        self._draw()

    def propose(self, bay: str | None) -> None:
        """Chooses a bay, unless the officer has."""
        if not self.touched:
            codes = [code for code, _words in self.pick.options]
            self.chosen = codes.index(bay or NO_BAY)
            self._draw()

    @property
    def _in_a_row(self) -> bool:
        return True

    def _after_row(self) -> Iterator[Content]:
        told = self._outlook.get(self.value)
        if told is not None:
            yield Content.styled(told.words, tone_style(Tone.DIM if told.free else Tone.LATE))
        elif self._outlook and not any(one.free for one in self._outlook.values()):
            yield Content.styled(_("none is free then"), tone_style(Tone.DIM))


class _Wanted(NamedTuple):
    """What the bays are looked at for."""

    starts_at: DateTime
    ends_at: DateTime
    kind: Kind
    large: bool


class PlacingSheet(FormSheet):
    """Draws a form that gives an exchange a bay, and offers others where it is refused.

    Args:
        form: what to ask.
        ask: performs the intent.
        clerk: does things around the sheet.
        park: takes what was typed when Esc puts the form aside.
        answers: what was typed before it was put aside.
    """

    def __init__(
        self,
        form: Form,
        ask: Ask,
        clerk: BookingClerk,
        park: Callable[[Answers], None],
        answers: Answers | None = None,
    ) -> None:
        super().__init__(form, ask, clerk.scene.zone, park, answers)
        self._clerk = clerk

    def refused(self, intent: Wish, answer: Verdict | DeskError) -> None:
        """Offers another place where the bay was refused; says why not otherwise."""
        super().refused(intent, answer)
        if isinstance(answer, Verdict) and answer.code in BAY_REFUSALS:
            self._clerk.open_places(intent, answer, self.attempt, self._done)

    def _done(self, verdict: Verdict | None) -> None:
        if verdict is not None:
            self.dismiss(verdict)


class BookingSheet(PlacingSheet):
    """Draws a booking's form and asks for it to be written; ends with the accepted verdict."""

    TAKES_TYPE_AHEAD = True
    LABEL_CELLS = 16
    form: BookingForm

    def __init__(
        self,
        form: BookingForm,
        ask: Ask,
        clerk: BookingClerk,
        park: Callable[[Answers], None],
        answers: Answers | None = None,
    ) -> None:
        super().__init__(form, ask, clerk, park, answers)
        self._showing = ""
        self._looked_for: _Wanted | None = None
        self._seen = False
        self._in_a_hurry = False

    bay_line = query_one(BayLine)

    def _pick_line(self, pick: Pick) -> PickLine:
        line = BayLine if pick.id == "bay" else PickLine
        return line(pick, self.LABEL_CELLS)

    def _keys(self) -> str:
        return _("Enter does it · Tab ↑ ↓ next · ← → or a digit chooses · Esc goes back")

    def on_mount(self) -> None:
        """Puts the cursor where the form begins, and looks at the bays."""
        self.set_focus(self.query_one(f"#{self.form.first}"))
        self._think()

    @property
    def answers(self) -> Answers:
        """What stands in the form now."""
        return {**super().answers, SHOWING: self._showing}

    # While it is filled in

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        if event.input.id in ("day", "time"):
            self._showing = ""
        self._think()

    @on(PickLine.Chosen)
    def _chosen(self, event: PickLine.Chosen) -> None:
        if event.line.pick.id == "kind":
            self._call_by_kind(Kind(event.line.value))
        self._think()

    def _call_by_kind(self, kind: Kind) -> None:
        """Calls the parties what they are in such an exchange."""
        for question, label in labels(kind).items():
            words = Content(beside(label, self.LABEL_CELLS + 1))
            self.query_one(f"#{question}-label", Static).update(words)
        for line in self.query(PickLine):
            if line.pick.id == "here":
                line.relabel(here_pick(kind))

    def _think(self) -> None:
        """Says what the answers come to, and looks at the bays where time or place changed."""
        try:
            booking = self.form.booking(self.answers)
        except TimeTextError as wrong:
            self._looked_for = None
            self._tell(tell_booking_time(wrong))
            return
        self._tell(*self._told(booking))
        wanted = _Wanted(booking.starts_at, booking.ends_at, booking.kind, booking.large)
        if wanted != self._looked_for:
            self._looked_for, self._seen = wanted, False
            self._clerk.look_around(
                booking.in_bay(None), self.form.ref, partial(self._saw, wanted, booking)
            )

    def _tell(self, *lines: str) -> None:
        self.query_one(".telling", Static).update(Content("\n".join(map(safe, lines))))

    def _told(self, booking: Booking) -> Iterator[str]:
        zone = self._clerk.scene.zone
        start, end = day_and_time(booking.starts_at, zone), clock_time(booking.ends_at, zone)
        yield _("{start} to {end}").format(start=start, end=end)
        if self.form.was is not None:
            changes = differences(self.form.was, booking)
            words = changed_words(changes, booking.kind, self._clerk.scene)
            yield words or _("Nothing is changed yet.")

    def _saw(self, wanted: _Wanted, booking: Booking, around: Around) -> None:
        if wanted != self._looked_for or not self.is_attached:
            return
        self._seen = True
        self.bay_line.offer(outlook(booking, around.others, self._clerk.scene))
        if self.form.proposes:
            self.bay_line.propose(around.best)
        if self._in_a_hurry:
            self._in_a_hurry = False
            self._do()

    def typed(self, character: str) -> None:
        """Chooses the answer that begins with a letter, where no text is typed."""
        if isinstance(self.focused, PickLine):
            self.focused.choose_by_letter(character)

    def submits_bursts(self) -> bool:
        """A burst's Enter presses nothing: it may be anything but a booking."""
        return False

    # Doing it

    def _do(self) -> None:
        if self._looked_for is not None and not self._seen:
            # A practised hand is faster than the look at the bays.
            self._in_a_hurry = True
        else:
            super()._do()

    def misread(self, wrong: TimeTextError) -> None:
        """Says what is wrong with day or time, or asks which of two times is meant."""
        if wrong.code == "repeated_time":
            self._clerk.ask_showing(self._show_which)
        else:
            self.say(tell_booking_time(wrong))

    def _show_which(self, which: str) -> None:
        self._showing = which
        self._think()
        self._do()

    def to_park(self) -> Answers:
        """Returns what is other than it stood there, if any of it was typed.

        The rest is not kept: when the form comes back it may be booked otherwise.
        """
        stood = {
            one.id: one.value if isinstance(one, Line) else one.options[one.chosen][0]
            for one in self.form.questions
        }
        if not self.bay_line.touched:
            stood["bay"] = self.bay_line.value
        changed = {id_: said for id_, said in super().answers.items() if said != stood[id_]}
        lines = {one.id for one in self.form.questions if isinstance(one, Line)}
        return changed if lines & changed.keys() else {}
