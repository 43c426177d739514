"""Opens the sheets of the board and carries their intents to the service and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from textual.content import Content

from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.intents import Arrive, By, ExchangeIntent, MoveToNow, Note, Undo
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Step, Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.act_forms import anyway_form, form_for
from desk.tui.case import Case
from desk.tui.commands import ActKeys
from desk.tui.forms import Answers, Form
from desk.tui.offers import acts_for
from desk.tui.present.scene import Scene
from desk.tui.screens.act_sheet import ActSheet
from desk.tui.screens.board.connected import Reply
from desk.tui.screens.board.summary import summary
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.form_sheet import FormSheet
from desk.tui.screens.sheet import Sheet
from desk.tui.screens.undo_sheet import UndoSheet
from desk.wording import day_and_time, tell, tell_step

ResultT = TypeVar("ResultT")
Done = Callable[[Verdict | None], None]


class Desktop(Protocol):
    """The board, as far as the clerk needs it."""

    by: By

    @property
    def scene(self) -> Scene:
        """The station, its rules and the present."""
        ...

    def perform(self, intent: ExchangeIntent | Undo, reply: Reply) -> object:
        """Does an intent in the background."""
        ...

    def fetch_known(self, ref: str, use: Callable[[Exchange], None]) -> None:
        """Reads an exchange anew in the background and hands it on."""
        ...

    def kind_of(self, ref: str) -> Kind | None:
        """Returns the kind of an exchange of the day that is shown."""
        ...

    def point_at(self, exchange: Exchange, side: Side | None) -> None:
        """Puts the cursor on an exchange of the day that is shown."""
        ...

    def acted(self, verdict: Verdict | None) -> None:
        """Shows what was done."""
        ...

    def open_sheet(self, sheet: Sheet[ResultT], done: Callable[[ResultT | None], None]) -> None:
        """Lays a sheet over the board."""
        ...


MakeForm = Callable[[Case], Form]


@dataclass(frozen=True, slots=True)
class Parked:
    """A form that Esc put aside, with what was typed."""

    make: MakeForm
    ref: str
    side: Side | None
    answers: Answers


class BoardClerk:
    """Knows which sheet follows which."""

    def __init__(self, desktop: Desktop, keys: ActKeys) -> None:
        self._desktop = desktop
        self._keys = keys
        self.parked: list[Parked] = []
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
        )

    def open_acts(self, exchange: Exchange, side: Side | None, verb: Verb | None = None) -> None:
        """Opens the sheet of an exchange, with one act marked if one is asked for."""
        self._desktop.point_at(exchange, side)
        sheet = ActSheet(self.case(exchange, side), self, verb)
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
        self._show_form(partial(form_for, verb), case, done, answers)

    def _show_form(
        self, make: MakeForm, case: Case, done: Done, answers: Answers | None = None
    ) -> None:
        def park(typed: Answers) -> None:
            self.parked.append(Parked(make, case.exchange.ref, case.side, typed))

        form = make(replace(case, moment=self._desktop.scene.moment))
        self._desktop.open_sheet(FormSheet(form, self.ask, case.zone, park, answers), done)

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

        def use(exchange: Exchange) -> None:
            self.parked.remove(last)
            case = self.case(exchange, last.side)
            self._show_form(last.make, case, self._desktop.acted, last.answers)

        self._desktop.fetch_known(last.ref, use)
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

    def ask(self, intent: ExchangeIntent | Undo, reply: Reply) -> None:
        """Performs an intent in the background."""
        self._desktop.perform(intent, reply)

    def summary(self, exchange: Exchange) -> Content:
        """Returns the booking and both parties, to compare with the ID."""
        return summary(exchange, self._desktop.scene)

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
        move = MoveToNow(ref=tried.ref, seen_version=case.exchange.version, by=tried.by)
        again = partial(self._open_again, replace(case, side=tried.side))
        self.ask(move, self._finish(done, then=again))

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
