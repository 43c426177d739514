"""Which column is what, in a table that nobody knows: said once, saved under a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from desk.domain.days import local_day
from desk.domain.drafts import Draft, Rejection
from desk.domain.reading import DayOrder
from desk.errors import DeskError
from desk.i18n import _
from desk.intake.columns import SLOTS, Columns, Slot, tried
from desk.intake.maps import SourceMap, Target, save_map
from desk.intake.opening import Glimpse, glimpse
from desk.intake.read import file_name
from desk.intake.told import order_name
from desk.text import clean, safe
from desk.tui.commands import OWN_KEY, OWN_KEYS, key_name
from desk.tui.importer import FileRead, Importer
from desk.tui.present import short_day
from desk.tui.present.parties import not_named
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.slot_list import Filled, SlotList
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words
from desk.wording import clock_time

_EXAMPLES = 3
_LONGEST_NAME = 40
_SIDES, _ORDER = len(SLOTS), len(SLOTS) + 1
"""The lines behind the places: what is on which side, and what comes first in a day."""

_ORDERS = (None, *DayOrder)


@dataclass
class _Seen(Message):
    """The file's beginning was read, or cannot be."""

    answer: Glimpse | DeskError


@dataclass
class _Saved(Message):
    """The mapping of that name is saved, or why it is not."""

    answer: str | DeskError


class MappingSheet(Sheet[str]):
    """Ends with the name of the mapping that was saved.

    Args:
        importer: where the file is taken in; its folder holds the mappings.
        read: the file, and what was said of it.
    """

    CSS_PATH = "mapping_sheet.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("enter", "pick", show=False),
        Binding(",".join(OWN_KEYS), "save", show=False),
    ]

    def __init__(self, importer: Importer, read: FileRead) -> None:
        super().__init__()
        self._importer = importer
        self._read = read
        self._terms = read.on_terms.terms
        self._glimpse: Glimpse | None = None
        self._columns: Columns | None = None
        self._warned_of: SourceMap | None = None

    def compose(self) -> ComposeResult:
        """Lays the places over what the first rows mean."""
        with Vertical(classes="sheet"):
            title = _("Which column is what in {file}").format(file=file_name(self._read.path))
            yield Static(Content(safe(title)), classes="sheet-title")
            yield SlotList()
            yield Words("", id="tried", markup=False)
            with Horizontal(classes="line"):
                yield Static(Content(f"{_('Saved as'):<12} "), classes="line-label")
                yield TextBox(
                    "", id="name", compact=True, max_length=_LONGEST_NAME, select_on_focus=False
                )
            yield Words("", classes="answer", markup=False)
            keys = _(
                "↑ ↓ walk · ← → or Enter choose a column · type a name for its source\n"
                "{key} saves it and reads the file · Esc goes back"
            )
            yield Static(Content(keys.format(key=key_name(OWN_KEY))), classes="sheet-keys")

    def on_mount(self) -> None:
        """Has the file's beginning read."""
        self._look()

    @work(thread=True, exclusive=True, group="glimpse", exit_on_error=False)
    def _look(self) -> None:
        answer: Glimpse | DeskError
        try:
            answer = glimpse(self._read.path, self._terms, self._read.said)
        except DeskError as error:
            answer = error
        self.post_message(_Seen(answer))

    @on(_Seen)
    def _begin(self, message: _Seen) -> None:
        if isinstance(message.answer, DeskError):
            self.say(failure_words(message.answer, self._zone))
            return
        self._glimpse = message.answer
        self._columns = Columns.beginning(message.answer, self._terms, self._read.said)
        base = self._columns.base
        self._box.value = (base.name if base else "") or _name_from(self._read.path)
        self._draw()

    @property
    def _zone(self) -> ZoneInfo:
        return self._importer.service.station.zone

    @property
    def _list(self) -> SlotList:
        return self.query_one(SlotList)

    @property
    def _box(self) -> Input:
        return self.query_one("#name", Input)

    # Choosing

    def action_step(self, by: int) -> None:
        """Goes to the next place, or to the one before."""
        self.set_focus(None)
        self._list.step(by)

    def action_turn(self, by: int) -> None:
        """Puts the next column into the marked place; behind the last stands none."""
        columns, slot = self._columns, self._slot
        if columns is None:
            return
        if slot is not None:
            choices = [None, *columns.header.positions]
            now = choices.index(columns.chosen.get(slot))
            self._use(columns.filling(slot, choices[(now + by) % len(choices)]))
        elif self._list.marked == _SIDES:
            self._use(replace(columns, assumed=not columns.assumed))
        else:
            now = _ORDERS.index(columns.fixed.day_order)
            self._use(columns.ordered(_ORDERS[(now + by) % len(_ORDERS)]))

    def action_pick(self) -> None:
        """Lists the columns for the marked place."""
        columns, slot = self._columns, self._slot
        if columns is None:
            return
        if slot is None:
            self.action_turn(1)
            return
        options = [Option(columns.filling(slot, None), Content(_("no column")))]
        for name, position in columns.header.positions.items():
            words = f"{columns.header.names[position]}  {self._example(name)}"
            options.append(Option(columns.filling(slot, name), Content(safe(words))))
        title = _("Which column is it? {field}").format(field=slot_name(slot))
        self.open_sheet(ChoiceSheet(title, options), self._picked)

    def _picked(self, columns: Columns | None) -> None:
        if columns is not None:
            self._use(columns)

    @property
    def _slot(self) -> Slot | None:
        """The marked place; None where another line is marked."""
        marked = self._list.marked
        return SLOTS[marked] if marked < len(SLOTS) else None

    def typed(self, character: str) -> None:
        """Begins a name in place of the proposed one."""
        self.set_focus(self._box)
        self._box.value = ""
        self._box.insert_text_at_cursor(character)

    def _use(self, columns: Columns) -> None:
        self._columns = columns
        self.say("")
        self._draw()

    # What it comes to

    def _draw(self) -> None:
        if self._columns is not None:
            self._list.show(list(self._lines(self._columns)))
            self.query_one("#tried", Words).update(Content("\n".join(self._tried(self._columns))))

    def _lines(self, columns: Columns) -> Iterator[Filled]:
        header = columns.header
        needed = {
            Slot(Target.STARTS): columns.lacks_start,
            Slot(Target.GIVER_NAME): columns.lacks_names,
        }
        for slot in SLOTS:
            name = columns.chosen.get(slot)
            spelled = safe(header.names[header.positions[name]]) if name else ""
            example = self._example(name) if name else ""
            yield Filled(slot_name(slot), spelled, example, needed.get(slot, False))
        sides = _("assumed") if columns.assumed else _("as the columns say")
        yield Filled(_("Who is who"), sides, "")
        order = columns.fixed.day_order
        yield Filled(_("Day and month"), order_name(order) if order else _("as detected"), "")

    def _example(self, name: str) -> str:
        rows = self._glimpse.rows if self._glimpse else ()
        cells = (row.cell(name).text for row in rows)
        texts = list(dict.fromkeys(filter(None, map(clean, cells))))[:_EXAMPLES]
        return safe(" · ".join(texts))

    def _lacking(self, columns: Columns) -> str:
        """Returns what is still needed, in words; nothing where it is all there."""
        if columns.lacks_start and columns.lacks_names:
            return _("Still needed: the column of the start, and that of a name.")
        if columns.lacks_start:
            return _("Still needed: the column of the start, with its day.")
        if columns.lacks_names:
            return _("Still needed: the column of at least one party's name.")
        return ""

    def _tried(self, columns: Columns) -> Iterator[str]:
        """Yields what the first rows mean."""
        lacking = self._lacking(columns)
        if lacking:
            yield lacking
            return
        yield _("So the first rows are read:")
        for row in self._first_rows(columns.source_map("")):
            yield f"  {self._told(row)}"

    def _first_rows(self, made: SourceMap) -> tuple[Draft | Rejection, ...]:
        if self._glimpse is None:
            return ()
        service = self._importer.service
        return tried(self._glimpse, made, self._terms, service.station, service.rules)

    def _told(self, row: Draft | Rejection) -> str:
        if isinstance(row, Rejection):
            return _("Row {n}: {reason}").format(n=row.row, reason=safe(row.reason))
        day = local_day(row.starts_at, self._zone)
        names = [safe(one.name or not_named()) for one in (row.giver, row.receiver)]
        parts = (
            f"{short_day(day)} {day.year} {clock_time(row.starts_at, self._zone)}",
            row.bay or "",
            " · ".join(names),
            safe(row.item),
            _("cancelled") if row.cancelled else "",
        )
        return "  ".join(filter(None, parts))

    # Saving it

    @on(Input.Submitted, "#name")
    def action_save(self) -> None:
        """Saves the mapping under its name, and ends; asks again before it replaces another."""
        columns = self._columns
        if columns is None or self.saving:
            return
        lacking = self._lacking(columns)
        name = self._box.value.strip()
        if lacking:
            self.say(lacking)
            return
        try:
            made = columns.source_map("").named(name)
        except DeskError as error:
            self.set_focus(self._box)
            self.say(failure_words(error, self._zone))
            return
        warning = self._warning(made)
        if warning and self._warned_of != made:
            self._warned_of = made
            self.say(f"{warning} {_('The same key saves it all the same.')}")
            return
        self.begin_saving()
        self._save(made)

    def _warning(self, made: SourceMap) -> str:
        """Returns why an officer may not want to save the mapping so; nothing mostly."""
        other = self._terms.map_named(made.name)
        if other is not None and set(other.header) != set(made.header):
            words = _("“{name}” is the mapping of a file with other columns.")
            return words.format(name=made.name)
        if all(isinstance(row, Rejection) for row in self._first_rows(made)):
            return _("None of the first rows can be taken in so.")
        return ""

    @work(thread=True, exclusive=True, group="saving", exit_on_error=False)
    def _save(self, made: SourceMap) -> None:
        try:
            save_map(self._importer.folder.maps, made)
        except DeskError as error:
            self.post_message(_Saved(error))
        else:
            self.post_message(_Saved(made.name))

    @on(_Saved)
    def _was_saved(self, message: _Saved) -> None:
        self.end_saving()
        if isinstance(message.answer, str):
            self.dismiss(message.answer)
        else:
            self.say(failure_words(message.answer, self._zone))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Lets the officer out again where the program itself failed."""
        if event.state is WorkerState.ERROR:
            self.end_saving()
            self.say(_("desk failed. Nothing was changed."))


def slot_name(slot: Slot) -> str:
    """Returns what an officer calls a place that a column fills."""
    names = {
        Slot(Target.STARTS): _("Start: day (and time)"),
        Slot(Target.STARTS, 1): _("Start: time"),
        Slot(Target.ENDS): _("End"),
        Slot(Target.ENDS, 1): _("End: time"),
        Slot(Target.LENGTH): _("Minutes"),
        Slot(Target.GIVER_NAME): _("Giver: name"),
        Slot(Target.GIVER_NAME, 1): _("Giver: last name"),
        Slot(Target.GIVER_PHONE): _("Giver: phone"),
        Slot(Target.GIVER_EMAIL): _("Giver: e-mail"),
        Slot(Target.GIVER_PLATE): _("Giver: plate"),
        Slot(Target.RECEIVER_NAME): _("Receiver: name"),
        Slot(Target.RECEIVER_NAME, 1): _("Receiver: last name"),
        Slot(Target.RECEIVER_PHONE): _("Receiver: phone"),
        Slot(Target.RECEIVER_EMAIL): _("Receiver: e-mail"),
        Slot(Target.RECEIVER_PLATE): _("Receiver: plate"),
        Slot(Target.KIND): _("Kind"),
        Slot(Target.ITEM): _("Item"),
        Slot(Target.BAY): _("Bay"),
        Slot(Target.EXTERNAL_ID): _("The tool's own id"),
        Slot(Target.CANCELLED): _("Cancelled"),
    }
    return names[slot]


def _name_from(path: Path) -> str:
    """Returns a name for the source of a file, as far as the file's own can be one."""
    letters = "".join(each if each.isalnum() else " " for each in path.stem)
    return " ".join(letters.split())[:_LONGEST_NAME].strip()
