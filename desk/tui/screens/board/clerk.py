"""Opens the sheets of the board and carries their intents to the service and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from textual.content import Content

from desk.domain.booking import Booking
from desk.domain.exchange import Exchange, Side
from desk.domain.intents import Amend, Arrive, MoveToNow, Note
from desk.domain.lifecycle import Verb
from desk.domain.verdict import BAY_REFUSALS, Step, Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.act_forms import anyway_form, form_for
from desk.tui.case import Case
from desk.tui.commands import ActKeys
from desk.tui.forms import Answers, Form, Wish
from desk.tui.offers import acts_for
from desk.tui.placing_forms import other_bay_form
from desk.tui.present.places import other_bay
from desk.tui.screens.act_sheet import ActSheet
from desk.tui.screens.board.bookings import Bookings
from desk.tui.screens.board.connected import Intended, Reply
from desk.tui.screens.board.desktop import Desktop, Done, Parked
from desk.tui.screens.board.summary import summary
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.form_sheet import FormSheet
from desk.tui.screens.undo_sheet import UndoSheet
from desk.wording import day_and_time, tell, tell_step

MakeForm = Callable[[Case], Form]


class BoardClerk:
    """Knows which sheet follows which.

    Attributes:
        parked: the forms that Esc put aside, the last one last.
        bookings: opens the sheets in which exchanges are booked and amended.
    """

    def __init__(self, desktop: Desktop, keys: ActKeys) -> None:
        self._desktop = desktop
        self._keys = keys
        self.parked: list[Parked] = []
        self.bookings = Bookings(desktop, self.parked)
        self._ways_out: Mapping[Step, Callable[[Arrive, Case, Done], None]] = {
            Step.NOTE_CAME: self._note_came,
            Step.MOVE_TO_NOW: self._move_to_now,
            Step.OVERRIDE: self._override,
            Step.REOPEN: self._reopen,
        }

    def case(self, exchange: Exchange, side: Side | None) -> Case:
        """Returns what sheets and forms are built from, at this moment."""
        scene = self._desktop.scene
        return Case(
            exchange,
            side,
            self._desktop.by,
            scene.moment,
            scene.rules,
            scene.zone,
            self._keys,
            now=lambda: self._desktop.scene.now,
            elsewhere=other_bay(exchange, self._desktop.exchanges, scene),
        )

    def open_acts(
        self, exchange: Exchange, side: Side | None, verb: Verb | None = None, name: str = ""
    ) -> None:
        """Opens the sheet of an exchange.

        Args:
            exchange: as it was last read.
            side: the party that stands at the desk, where one does.
            verb: the act to mark, if one is asked for.
            name: what a party that is not named yet said it is called.
        """
        self._desktop.point_at(exchange, side)
        sheet = ActSheet(self.case(exchange, side), self, verb, name)
        self._desktop.open_sheet(sheet, self._desktop.acted)

    def begin(
        self,
        verb: Verb,
        exchange: Exchange,
        side: Side | None = None,
        answers: Answers | None = None,
    ) -> None:
        """Opens whatever a verb begins with: its form, or the sheet with its act marked."""
        acts = acts_for(exchange, side, self._desktop.scene.moment)
        harmless = any(act.verb is verb and act.harmless for act in acts)
        if harmless or not any(act.verb is verb for act in acts):
            self.open_acts(exchange, side, verb)
        else:
            self.open_form(verb, self.case(exchange, side), self._desktop.acted, answers)

    def open_form(self, verb: Verb, case: Case, done: Done, answers: Answers | None = None) -> None:
        """Opens a verb's form, with what was typed before, if anything was."""
        if verb is Verb.AMEND:
            self.bookings.amend(case.exchange, done, answers)
        else:
            self._show_form(partial(form_for, verb), case, done, answers)

    def open_other_bay(self, case: Case, done: Done) -> None:
        """Opens the form that moves an exchange to the bay that is free, where one is."""
        if case.elsewhere is not None:
            self.bookings.lay_placing(other_bay_form(case, case.elsewhere), done)

    def _show_form(
        self, make: MakeForm, case: Case, done: Done, answers: Answers | None = None
    ) -> None:
        def park(typed: Answers) -> None:
            again = partial(self._show_form_again, make, case, typed)
            self.parked.append(Parked(again))

        form = make(replace(case, moment=self._desktop.scene.moment))
        self._desktop.open_sheet(FormSheet(form, self.ask, case.zone, park, answers), done)

    def _show_form_again(
        self, make: MakeForm, case: Case, typed: Answers, opened: Callable[[], None]
    ) -> None:
        def use(fresh: Case) -> None:
            opened()
            self._show_form(make, fresh, self._desktop.acted, typed)

        self.look_again(case, use)

    def open_reopening(self, case: Case, done: Done) -> None:
        """Opens the form that reopens, and then the sheet in which whoever came is checked in."""

        def reopened(verdict: Verdict | None) -> None:
            done(verdict)
            if verdict is not None:
                self._open_again(case)

        self.open_form(Verb.REOPEN, case, reopened)

    def open_parked(self) -> bool:
        """Opens the form put aside last; returns whether there was one."""
        if not self.parked:
            return False
        last = self.parked[-1]
        last.reopen(partial(self.parked.remove, last))
        return True

    def open_undo(self, acts: Sequence[UndoableAct]) -> None:
        """Opens the undo sheet."""
        sheet = UndoSheet(
            acts,
            self._desktop.by,
            self._keys[Verb.UNDO],
            self._desktop.scene.zone,
            self._desktop.kind_of,
            self.ask,
        )
        self._desktop.open_sheet(sheet, self._desktop.acted)

    def ask(self, intent: Intended, reply: Reply) -> None:
        """Performs an intent in the background."""
        self._desktop.perform(intent, reply)

    def summary(self, exchange: Exchange) -> Content:
        """Returns the booking and both parties, to compare with the ID."""
        return summary(exchange, self._desktop.scene, self._desktop.exchanges)

    def open_way_out(self, verdict: Verdict, tried: Arrive, case: Case, done: Done) -> None:
        """Offers what can be done after a refused arrival; nothing is selected."""
        steps = [step for step in verdict.next if step in self._ways_out]
        if not steps:
            return
        told = tell(verdict, case.zone)
        options = [Option(step, Content(tell_step(step))) for step in steps]
        sheet = ChoiceSheet(
            _("{ref}: not checked in").format(ref=tried.ref),
            options,
            told.explanation,
            tried.ref,
        )

        def picked(step: Step | None) -> None:
            if step is not None:
                self._ways_out[step](tried, case, done)

        self._desktop.open_sheet(sheet, picked)

    def _note_came(self, tried: Arrive, case: Case, done: Done) -> None:
        booked = day_and_time(case.exchange.starts_at, case.zone)
        note = Note(
            ref=tried.ref,
            by=tried.by,
            at=tried.at,
            text=_("Came at this time; booked for {booked}.").format(booked=booked),
        )
        self.ask(note, self._finish(done))

    def _move_to_now(self, tried: Arrive, case: Case, done: Done) -> None:
        """Moves an exchange to now; where its bay is not free then, offers those that are."""
        again = partial(self._open_again, replace(case, side=tried.side))
        finish = self._finish(done, then=again)
        move = MoveToNow(ref=tried.ref, seen_version=case.exchange.version, by=tried.by)

        def placed(verdict: Verdict | None) -> None:
            if verdict is not None:
                finish(verdict)

        def attempt(wish: Wish) -> None:
            self.ask(wish, partial(answered, wish))

        def answered(wish: Wish, answer: Verdict | DeskError) -> None:
            if isinstance(answer, Verdict) and answer.code in BAY_REFUSALS:
                asked = self._placed_now(move, case) if wish is move else wish
                self.bookings.open_places(asked, answer, attempt, placed)
            else:
                finish(answer)

        attempt(move)

    def _placed_now(self, move: MoveToNow, case: Case) -> Amend:
        """Returns the same wish with its time and bay said, so that others can be put in."""
        now = self._desktop.scene.now.replace(second=0, microsecond=0)
        return Amend(
            ref=move.ref,
            seen_version=move.seen_version,
            by=move.by,
            booking=Booking.of(case.exchange).moved_to(now),
        )

    def _override(self, tried: Arrive, case: Case, done: Done) -> None:
        def make(fresh: Case) -> Form:
            return anyway_form(fresh, tried.id_check, tried.name, tried.at)

        self._show_form(make, replace(case, side=tried.side), done)

    def _reopen(self, tried: Arrive, case: Case, done: Done) -> None:
        tried_for = replace(case, side=tried.side)
        self.look_again(tried_for, lambda fresh: self.open_reopening(fresh, done))

    def look_again(self, case: Case, use: Callable[[Case], None]) -> None:
        """Reads the exchange anew, and hands on what a sheet about it is built from."""
        ref, side = case.exchange.ref, case.side
        self._desktop.fetch_known(ref, lambda exchange: use(self.case(exchange, side)))

    def _open_again(self, case: Case) -> None:
        self.look_again(case, lambda fresh: self.open_acts(fresh.exchange, fresh.side))

    def _finish(self, done: Done, then: Callable[[], None] | None = None) -> Reply:
        def reply(answer: Verdict | DeskError) -> None:
            if not isinstance(answer, Verdict) or not answer.accepted:
                done(None)
                return
            done(answer)
            if then is not None:
                then()

        return reply
