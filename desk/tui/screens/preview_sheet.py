"""What taking a booking file in would do, shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Event
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from desk.domain.drafts import ImportPlan, TakeIn
from desk.domain.reading import Overrules
from desk.domain.verdict import Step, Verdict
from desk.errors import DeskError
from desk.i18n import _, ngettext
from desk.intake.intake import Policy, Standing, standing
from desk.intake.merging import closed_of, kept_first
from desk.intake.read import file_name
from desk.intake.rejected import rejected_table
from desk.intake.rejected_file import write_rejected
from desk.intake.table import COMMA
from desk.keys import alternatives
from desk.text import safe
from desk.tui.booking_files import how_it_is_read
from desk.tui.commands import OWN_KEY, OWN_KEYS, key_name
from desk.tui.importer import FileRead, Importer
from desk.tui.screens.how_read import Overruling
from desk.tui.screens.mapping_sheet import MappingSheet
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.fate_bar import FateBar
from desk.tui.widgets.plan_layout import Fate, fates
from desk.tui.widgets.plan_view import PlanView
from desk.tui.widgets.words import Words

_BAR_CELLS = 40
_HOW_KEY, _MAP_KEY, _SAVE_KEY = "f2", "f3", "f4"


@dataclass
class _Answered(Message):
    """The service has answered, or could not."""

    answer: Verdict | DeskError


@dataclass
class _Written(Message):
    """So many of the plan's changes are written, of so many; none of it lasts yet."""

    done: int
    of: int


@dataclass
class _Told(Message):
    """A file was written, or could not be."""

    words: str


class PreviewSheet(Sheet[Verdict | Overrules]):
    """Shows a plan, and takes it in when the officer says so.

    Ends with the service's verdict once it is known: accepted after the commit, or refused
    because the plan is out of date and has to be made anew. Ends with what is said of the file
    where it is to be read otherwise, and with None where nothing was tried. While nothing could
    be written (another desk writes, the disk is full) it stays, and the same key tries again.

    Args:
        plan: what would be done.
        importer: where it is done.
        read: the file that it is a plan for.
    """

    CSS_PATH = "preview_sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("left", "filter(-1)", show=False),
        Binding("right", "filter(1)", show=False),
        Binding(",".join(OWN_KEYS), "take_good_rows", show=False),
        Binding(",".join((_HOW_KEY, *alternatives(_HOW_KEY))), "overrule", show=False),
        Binding(",".join((_MAP_KEY, *alternatives(_MAP_KEY))), "map", show=False),
        Binding(",".join((_SAVE_KEY, *alternatives(_SAVE_KEY))), "save_rejected", show=False),
    ]

    def __init__(self, plan: ImportPlan, importer: Importer, read: FileRead) -> None:
        super().__init__()
        self._plan = plan
        self._importer = importer
        self._service = importer.service
        self._read = read
        # Made once, so that trying again is the same intent and is written at most once.
        self._intent = TakeIn(by=importer.by, plan=plan)
        self._saving = False
        self._stoppable = False
        self._stops = Event()
        self._ticked: set[int] = set()

    def compose(self) -> ComposeResult:
        """Lays the counts over the list."""
        station = self._service.station
        with Vertical(classes="sheet page"):
            files = ", ".join(map(safe, self._plan.files))
            title = _("Import {files}").format(files=files)
            yield Static(Content(title), classes="sheet-title")
            yield FateBar(fates(self._plan))
            yield Static(Content(how_it_is_read(self._plan)), classes="telling")
            yield PlanView(self._plan, station)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(self._keys()), classes="sheet-keys")

    def on_mount(self) -> None:
        """Says at once what stands in the way."""
        self.say(self._obstacle())

    @property
    def _changes_nothing(self) -> bool:
        return not self._plan.writes

    def _obstacle(self) -> str:
        """Returns why Enter takes nothing in, or an empty text where it does."""
        rejected = len(self._plan.rejections)
        if self._changes_nothing and not rejected:
            return _("There is nothing to take in: no booking of it is new or changed.")
        if self._changes_nothing:
            return _("There is nothing to take in. Mend what was rejected, then import it again.")
        if standing(self._plan, Policy.ALL_OR_NOTHING) is Standing.REFUSED:
            return ngettext(
                "{n} row was rejected, so Enter takes nothing in. "
                "Mend it and import the file again, or {key} takes in the good rows.",
                "{n} rows were rejected, so Enter takes nothing in. "
                "Mend them and import the file again, or {key} takes in the good rows.",
                rejected,
            ).format(n=rejected, key=key_name(OWN_KEY))
        return ""

    def _keys(self) -> str:
        back = _("Esc goes back")
        does = _("Enter takes it in")
        if self._changes_nothing:
            does, back = _("Enter or Esc goes back"), ""
        elif self._obstacle():
            does = _("{key} takes in the good rows").format(key=key_name(OWN_KEY))
        saves = _("{key} saves what was rejected").format(key=key_name(_SAVE_KEY))
        moves = (
            _("← → or a digit filters"),
            _("{key} how it is read").format(key=key_name(_HOW_KEY)),
            _("{key} columns").format(key=key_name(_MAP_KEY)) if self._is_table else "",
            _("↑ ↓ PgUp PgDn"),
        )
        first = filter(None, (does, saves if self._savable else "", back))
        return f"{' · '.join(first)}\n{' · '.join(filter(None, moves))}"

    # Filtering, and ticking what is one meeting

    @property
    def _bar(self) -> FateBar:
        return self.query_one(FateBar)

    @property
    def _view(self) -> PlanView:
        return self.query_one(PlanView)

    def action_filter(self, by: int) -> None:
        """Shows the bookings of the next fate, or of the one before."""
        self._bar.step(by)
        self._show_chosen()

    def on_key(self, event: events.Key) -> None:
        """Picks a filter by its digit; ticks the marked pair by the space bar."""
        digit = event.character is not None and event.character in "123456789"
        if not digit and event.key != "space":
            return
        event.stop()
        # Or the base class would take it for typing.
        event.prevent_default()
        if event.key == "space":
            self._tick()
        elif self._bar.pick(event.character or "0"):
            self._show_chosen()

    def _show_chosen(self) -> None:
        self._view.show(self._bar.chosen)
        if self._saving:
            return
        offers = self._bar.chosen is Fate.SAME_MEETING and self._plan.same_meeting
        self.say(_("↑ ↓ and the space bar tick what is one meeting.") if offers else "")

    def _tick(self) -> None:
        pair = self._view.marked
        if pair is None or self._saving:
            return
        closed = closed_of(self._plan, self._plan.same_meeting[pair])
        if closed is not None:
            self.say(_("{ref} is closed, and so cannot be merged.").format(ref=closed))
            return
        self._ticked ^= {pair}
        self._view.tick(self._ticked)
        count = len(self._ticked)
        words = ngettext(
            "{n} pair will become one exchange.",
            "{n} pairs will become one exchange each.",
            count,
        )
        self.say(words.format(n=count) if count else _("No pair is ticked."))

    # Reading it otherwise, and saving what was rejected

    def action_overrule(self) -> None:
        """Asks what of its reading is to be otherwise; the plan is then made again."""
        if not self._saving:
            how = next(iter(self._plan.readings), None)
            Overruling(self, self._read, how, self._overruled).ask()

    @property
    def _is_table(self) -> bool:
        return all(how.delimiter is not None for how in self._plan.readings)

    def action_map(self) -> None:
        """Shows which column is what, to be said otherwise; the plan is then made again."""
        if self._saving or not self._is_table:
            return
        sources = [how.source for how in self._plan.readings]
        said = replace(self._read.said, source=next(iter(sources), self._read.said.source))

        def mapped(name: str | None) -> None:
            if name is not None:
                self.dismiss(replace(said, source=name))

        self.open_sheet(MappingSheet(self._importer, replace(self._read, said=said)), mapped)

    def _overruled(self, said: Overrules) -> None:
        self.dismiss(said)

    @property
    def _savable(self) -> bool:
        return any(each.row is not None for each in self._plan.rejections)

    def action_save_rejected(self) -> None:
        """Writes the rejected rows to the exports, each with its reason."""
        if self._saving:
            return
        if self._savable:
            self._write_rejected()
        else:
            self.say(_("No row was rejected, so there is nothing to save."))

    @work(thread=True, exclusive=True, group="rejected", exit_on_error=False)
    def _write_rejected(self) -> None:
        read, terms = self._read, self._read.on_terms.terms
        delimiters = (how.delimiter for how in self._plan.readings if how.delimiter)
        try:
            table = rejected_table(read.path, self._plan.rejections, terms, read.said)
            path = write_rejected(
                self._importer.folder.exports,
                file_name(read.path),
                table,
                next(delimiters, COMMA),
            )
        except DeskError as error:
            self.post_message(_Told(failure_words(error, self._service.station.zone)))
        else:
            words = _("The rejected rows are in {file}, each with its reason.")
            self.post_message(_Told(words.format(file=path)))

    @on(_Told)
    def _tell(self, message: _Told) -> None:
        self.say(message.words)

    # Taking it in

    def action_enter(self) -> None:
        """Takes the whole plan in, closes one that changes nothing, or says what is in the way."""
        if self._changes_nothing:
            self.action_put_away()
        elif obstacle := self._obstacle():
            self.say(obstacle)
        else:
            self._take_in()

    def action_take_good_rows(self) -> None:
        """Takes in what was not rejected."""
        if self._changes_nothing:
            self.say(self._obstacle())
        else:
            self._take_in()

    def _take_in(self) -> None:
        if self._saving:
            return
        self._saving = True
        pairs = tuple(
            kept_first(self._plan, self._plan.same_meeting[n]) for n in sorted(self._ticked)
        )
        self._stoppable = True
        self._stops.clear()
        self.say(self._saving_words())
        self._save(replace(self._intent, merges=pairs))

    def _saving_words(self) -> str:
        words = ngettext("Saving {n} exchange …", "Saving {n} exchanges …", self._plan.writes)
        return words.format(n=self._plan.writes)

    @work(thread=True, group="saving", exit_on_error=False)
    def _save(self, intent: TakeIn) -> None:
        answer: Verdict | DeskError
        try:
            answer = self._service.take_in(intent, self._watch)
        except DeskError as error:
            answer = error
        self.post_message(_Answered(answer))

    def _watch(self, done: int, of: int) -> None:
        """Tells how far the saving is, from its thread, and stops it there.

        Raises:
            DeskError: the officer has stopped it.
        """
        if self._stops.is_set():
            raise DeskError("stopped", _("Stopped. Nothing was changed."))
        self.post_message(_Written(done, of))

    @on(_Written)
    def _show_progress(self, message: _Written) -> None:
        if not self._saving or self._stops.is_set():
            return
        if message.done == message.of:
            self._stoppable = False
            rest = _("this cannot be stopped any more.")
            self.say(f"{self._saving_words()} {rest}")
            return
        full = _BAR_CELLS * message.done // message.of
        rest = _("{percent} %. Esc stops it, and nothing is changed.")
        rest = rest.format(percent=100 * message.done // message.of)
        bar = f"{'━' * full}{'─' * (_BAR_CELLS - full)}\n"
        self._say(Content(f"{bar}{self._saving_words()} {rest}"))

    @on(_Answered)
    def _saved(self, message: _Answered) -> None:
        answer = message.answer
        self._saving = False
        if isinstance(answer, Verdict) and Step.TRY_AGAIN not in answer.next:
            self.dismiss(answer)
        else:
            self.say(failure_words(answer, self._service.station.zone))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Lets the officer out again where the program itself failed."""
        if event.state is WorkerState.ERROR and event.worker.group == "rejected":
            self.say(_("desk failed while it wrote the file."))
        elif event.state is WorkerState.ERROR:
            self._saving = False
            self.say(_("desk failed while it saved. Look at the board before you try again."))

    def action_put_away(self) -> None:
        """Goes back without taking anything in; what is being saved is stopped, and waited for."""
        if not self._saving:
            self.dismiss(None)
        elif self._stoppable:
            self._stops.set()
            self.say(_("Stopping …"))

    def typed(self, character: str) -> None:
        """Ignores typing: the list is read."""

    def say(self, words: str) -> None:
        """Tells the officer something under the list."""
        self._say(Content(safe(words)))

    def _say(self, words: Content) -> None:
        answer = self.query_one(".answer", Static)
        answer.update(words)
        answer.display = bool(words)
