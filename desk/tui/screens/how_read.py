"""How a booking file was read, each part of which an officer can overrule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.domain.reading import DayOrder, HowRead, Overrules
from desk.i18n import _
from desk.intake.encoding import ENCODINGS
from desk.intake.formats import table_formats
from desk.intake.table import DELIMITERS
from desk.intake.told import order_name
from desk.intake.zones import zone_named, zones_like
from desk.text import safe
from desk.tui.importer import FileRead
from desk.tui.paint import tone_style
from desk.tui.present import Tone
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words

_LABEL_CELLS = 16
_MOST_ZONES = 5

Step = Callable[[], None]


class Overruling:
    """Asks what of a file's reading is to be otherwise, and then how.

    Args:
        screen: over which the questions are laid.
        read: the file as it was read.
        how: how that was; None where it could not be read so.
        done: is handed all that is said of the file then.
    """

    def __init__(
        self,
        screen: Sheet[Any],
        read: FileRead,
        how: HowRead | None,
        done: Callable[[Overrules], None],
    ) -> None:
        self._screen = screen
        self._read = read
        self._said = read.said
        self._how = how
        self._done = done

    def ask(self) -> None:
        """Lists how the file was read."""
        title = _("How the file is read: pick what is otherwise")
        self._screen.open_sheet(ChoiceSheet(title, list(self._parts())), _take)

    def _parts(self) -> Iterator[Option[Step]]:
        how, said = self._how, self._said
        is_table = how is None or how.delimiter is not None
        detected = _("as detected")
        if is_table:
            source = how.title if how else said.source
            yield _part(_("Format"), source or detected, self._ask_format)
        encoding = how.encoding if how else said.encoding
        named = ENCODINGS[encoding] if encoding else detected
        yield _part(_("Encoding"), named, self._ask_encoding)
        if is_table:
            delimiter = (how.delimiter if how else said.delimiter) or ""
            yield _part(_("Between cells"), DELIMITERS.get(delimiter, detected), self._ask_sign)
            order = how.day_order if how else said.day_order
            shown = order_name(order) if order else _("no day depends on it")
            yield _part(_("Day and month"), shown, self._ask_order)
        zone = how.zone if how else said.zone
        yield _part(_("Zone of times"), zone or detected, self._ask_zone)

    def _ask_format(self) -> None:
        formats = table_formats(self._read.on_terms.terms.maps)
        said = [(replace(self._said, source=each.source), each.title) for each in formats]
        self._ask(_("Which format is it?"), replace(self._said, source=None), said)

    def _ask_encoding(self) -> None:
        said = [(replace(self._said, encoding=each), name) for each, name in ENCODINGS.items()]
        self._ask(_("Which encoding is it in?"), replace(self._said, encoding=None), said)

    def _ask_sign(self) -> None:
        said = [(replace(self._said, delimiter=each), name) for each, name in DELIMITERS.items()]
        self._ask(_("What stands between two cells?"), replace(self._said, delimiter=None), said)

    def _ask_order(self) -> None:
        said = [(replace(self._said, day_order=each), order_name(each)) for each in DayOrder]
        self._ask(_("What comes first in its days?"), replace(self._said, day_order=None), said)

    def _ask(self, title: str, detected: Overrules, said: Sequence[tuple[Overrules, str]]) -> None:
        answers = [(detected, _("as detected")), *said]
        options = [Option(answer, Content(safe(words))) for answer, words in answers]
        self._screen.open_sheet(ChoiceSheet(title, options), self._overruled)

    def _ask_zone(self) -> None:
        zone = self._how.zone if self._how else self._said.zone or ""
        self._screen.open_sheet(ZoneSheet(zone), self._zone_said)

    def _zone_said(self, zone: str | None) -> None:
        if zone is not None:
            self._done(replace(self._said, zone=zone))

    def _overruled(self, said: Overrules | None) -> None:
        if said is not None:
            self._done(said)


def _part(label: str, value: str, ask: Step) -> Option[Step]:
    words = Content.assemble(
        (f"{label:<{_LABEL_CELLS}} ", tone_style(Tone.DIM)), (safe(value), "bold")
    )
    return Option(ask, words)


def _take(step: Step | None) -> None:
    if step is not None:
        step()


class ZoneSheet(Sheet[str]):
    """Ends with the zone of a file's times, typed by its name.

    Args:
        zone: in which they were read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", show=False)]

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone

    def compose(self) -> ComposeResult:
        """Lays the box over the names that fit."""
        with Vertical(classes="sheet"):
            title = _("In which zone are the file's times?")
            yield Static(Content(title), classes="sheet-title")
            with Horizontal(classes="line"):
                yield Static(Content(f"{_('Zone'):<12} "), classes="line-label")
                yield TextBox(self._zone, placeholder="America/Los_Angeles", compact=True)
            yield Words("", classes="answer", markup=False)
            keys = _("Type a part of its name · Enter takes it · Esc goes back")
            yield Static(Content(keys), classes="sheet-keys")

    @on(Input.Changed)
    def _suggest(self, event: Input.Changed) -> None:
        fitting = zones_like(event.value)
        shown = " · ".join(fitting[:_MOST_ZONES])
        self.say(shown if event.value.strip() else "")

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Ends with the zone, if there is one of that name, or just one that it can mean."""
        typed = self.query_one(Input).value.strip()
        fitting = zones_like(typed)
        if zone_named(typed) is not None:
            self.dismiss(typed)
        elif len(fitting) == 1:
            self.dismiss(fitting[0])
        else:
            self.say(_("There is no zone “{name}”.").format(name=typed))
