"""Opens the sheets in which exchanges are booked, moved and amended, and what follows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from textual.content import Content

from desk.domain.bays import Place
from desk.domain.booking import Booking, MadeAt
from desk.domain.exchange import Exchange
from desk.domain.intents import Amend, Book, new_intent_id
from desk.domain.verdict import Verdict
from desk.i18n import _
from desk.tui.act_forms import reason_given, reason_questions
from desk.tui.booking_forms import (
    BookingForm,
    Office,
    amend_form,
    new_booking_form,
    walk_in_form,
)
from desk.tui.commands import OWN_KEYS
from desk.tui.forms import Answers, Form, Wish
from desk.tui.present.places import Around
from desk.tui.present.scene import Scene
from desk.tui.screens.board.connected import Reply
from desk.tui.screens.board.desktop import Desktop, Done, Parked
from desk.tui.screens.booking_sheet import Attempt, BookingSheet, PlacingSheet
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.form_sheet import FormSheet
from desk.wording import bay_reasons, booked_words, place_words, tell

Step = Callable[[], None]
MakeForm = Callable[[Office], BookingForm]


class Bookings:
    """Knows which sheet of a booking follows which.

    Args:
        desktop: the board.
        parked: where a form goes that Esc puts aside.
    """

    def __init__(self, desktop: Desktop, parked: list[Parked]) -> None:
        self._desktop = desktop
        self._parked = parked
        self._asked: Wish | None = None
        self._reason: Answers = {}

    @property
    def scene(self) -> Scene:
        """The station, its rules and the present."""
        return self._desktop.scene

    # The sheets

    def walk_in(self, given: Answers | None = None) -> None:
        """Opens the form of two people who stand at the desk."""
        self._open_new(walk_in_form, given)

    def book(self, given: Answers | None = None) -> None:
        """Opens the form of a call for another time."""
        self._open_new(new_booking_form, given)

    def book_at(self, place: Place) -> None:
        """Opens the same form for a bay and time that are already known."""
        self._open_new(partial(new_booking_form, place=place), None)

    def amend(self, exchange: Exchange, done: Done, given: Answers | None = None) -> None:
        """Opens the form filled with what is booked."""

        def park(typed: Answers) -> None:
            self._parked.append(Parked(partial(self._amend_again, exchange.ref, typed)))

        self._lay(amend_form(self._office, exchange), park, done, given)

    def _amend_again(self, ref: str, typed: Answers, opened: Step) -> None:
        def use(exchange: Exchange) -> None:
            opened()
            self.amend(exchange, self._desktop.acted, typed)

        self._desktop.fetch_known(ref, use)

    def _open_new(self, make: MakeForm, given: Answers | None) -> None:
        def park(typed: Answers) -> None:
            self._parked.append(Parked(partial(self._open_again, make, typed)))

        self._lay(make(self._office), park, self._written, given)

    def _open_again(self, make: MakeForm, typed: Answers, opened: Step) -> None:
        opened()
        self._open_new(make, typed)

    def _lay(
        self,
        form: BookingForm,
        park: Callable[[Answers], None],
        done: Done,
        given: Answers | None,
    ) -> None:
        if not given:
            self._reason = {}
        self._desktop.open_sheet(BookingSheet(form, self.ask, self, park, given), done)

    def lay_placing(self, form: Form, done: Done) -> None:
        """Opens a form without text that gives an exchange another bay."""
        self._desktop.open_sheet(PlacingSheet(form, self.ask, self, park=_nothing_typed), done)

    @property
    def _office(self) -> Office:
        scene = self.scene
        return Office(self._desktop.by, scene.station, scene.rules, lambda: self.scene.now)

    # What becomes of them

    def ask(self, wish: Wish, reply: Reply) -> None:
        """Performs what was asked for, in the background."""
        self._asked = wish
        self._desktop.perform(wish, reply)

    def _written(self, verdict: Verdict | None) -> None:
        """Shows the new exchange; whoever walked in is on today's board."""
        book = self._asked
        if verdict is None or not isinstance(book, Book):
            return
        if book.made_at is MadeAt.WALK_IN:
            self._desktop.show_today()
        self._desktop.acted(verdict, booked_words(book, verdict, self.scene.zone))

    def look_around(self, booking: Booking, ref: str | None, use: Callable[[Around], None]) -> None:
        """Reads in the background what there is at the time of a booking."""
        self._desktop.look_around(booking, ref, use)

    def ask_showing(self, use: Callable[[str], None]) -> None:
        """Asks which is meant of a time that the clocks show twice."""
        options = [
            Option("0", Content(_("the first time, before the clocks go back"))),
            Option("1", Content(_("the second time, after the clocks went back"))),
        ]
        sheet = ChoiceSheet(_("Which time is meant?"), options)

        def picked(which: str | None) -> None:
            if which is not None:
                use(which)

        self._desktop.open_sheet(sheet, picked)

    # A bay that was refused

    def open_places(self, wish: Wish, verdict: Verdict, attempt: Attempt, done: Done) -> None:
        """Offers where else there is room; nothing is selected, and a digit does it.

        Args:
            wish: what was refused.
            verdict: why.
            attempt: asks for something else in its place.
            done: takes the verdict of what is booked there all the same.
        """
        if not isinstance(wish, Book | Amend):
            return
        use = partial(self._offer, wish, verdict, attempt, done)
        self._desktop.find_places(wish.booking, _ref_of(wish), use)

    def _offer(
        self,
        wish: Book | Amend,
        verdict: Verdict,
        attempt: Attempt,
        done: Done,
        places: Sequence[Place],
    ) -> None:
        booking, scene = wish.booking, self.scene

        def rebook(changed: Booking) -> Step:
            again = replace(wish, booking=changed, intent_id=new_intent_id())
            return lambda: attempt(again)

        options: list[Option[Step]] = [
            Option(
                rebook(booking.moved_to(place.starts_at).in_bay(place.bay)),
                Content(place_words(place, booking, scene.station)),
            )
            for place in places
            if self._can_wait(wish, place)
        ]
        options += [
            Option(rebook(booking.in_bay(None)), Content(_("no bay yet"))),
            Option(
                lambda: self._open_anyway(wish, done),
                Content(_("there anyway, with a reason")),
            ),
        ]
        ref = _ref_of(wish)
        title = _("{ref}: not moved").format(ref=ref) if ref else _("Not booked")
        told = tell(verdict, scene.zone).explanation

        def picked(step: Step | None) -> None:
            if step is not None:
                step()

        self._desktop.open_sheet(ChoiceSheet(title, options, told, ref), picked)

    def _can_wait(self, wish: Book | Amend, place: Place) -> bool:
        """Whether people who stand here can be checked in for that time already."""
        early = self.scene.rules.of(wish.booking.kind).early
        here = isinstance(wish, Book) and wish.here
        return not here or place.starts_at.subtract(minutes=early) <= self.scene.now

    def _open_anyway(self, wish: Book | Amend, done: Done) -> None:
        def make(answers: Answers) -> Book | Amend:
            reason = reason_given(answers, bay_reasons())
            return replace(wish, reason=reason, intent_id=new_intent_id())

        ref = _ref_of(wish)
        form = Form(
            ref=ref,
            title=_("{ref}: there anyway").format(ref=ref) if ref else _("There anyway"),
            telling=(_("The reason is kept with the booking."),),
            questions=reason_questions(bay_reasons()),
            keys=OWN_KEYS,
            careful=True,
            make=make,
        )
        sheet = FormSheet(form, self.ask, self.scene.zone, self._keep_reason, self._reason)
        self._desktop.open_sheet(sheet, done)

    def _keep_reason(self, typed: Answers) -> None:
        """Keeps a reason for when the same booking is refused again."""
        self._reason = typed


def _nothing_typed(_answers: Answers) -> None:
    """Keeps nothing of a form in which nothing can be typed."""


def _ref_of(wish: Book | Amend) -> str | None:
    return wish.ref if isinstance(wish, Amend) else None
