"""What a booking file leaves open, as questions with numbered answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from textual.content import Content

from desk.domain.drafts import ImportPlan
from desk.domain.reading import About, Choice, DayOrder, Doubt, Overrules
from desk.i18n import _, ngettext
from desk.intake.dates import Showing
from desk.intake.encoding import ENCODINGS
from desk.intake.station_terms import StationTerms
from desk.intake.terms import Showings
from desk.text import cut, safe
from desk.tui.paint import tone_style
from desk.tui.present import Tone, short_day
from desk.tui.screens.choice_sheet import ChoiceSheet, Option

_EXAMPLE_CELLS = 48


RowOfFile: TypeAlias = tuple[str, int]
"""A file's name and the line on which one of its records starts."""


class SayColumns:
    """The answer that it will be said which column is what."""


Answer = Overrules | SayColumns


def file_doubt(planned: ImportPlan) -> Doubt | None:
    """Returns the first doubt about a whole file, if there is one."""
    return next((each for each in planned.doubts if each.about is not About.REPEATED_TIME), None)


def repeated_times(planned: ImportPlan) -> tuple[Doubt, ...]:
    """Returns the rows whose time the clock shows twice."""
    return tuple(
        each
        for each in planned.doubts
        if each.about is About.REPEATED_TIME and each.row is not None
    )


def row_of(doubt: Doubt) -> RowOfFile:
    """Returns the place of a row."""
    return doubt.file, doubt.row or 0


# About a whole file


def ask_about_file(doubt: Doubt, said: Overrules, on_terms: StationTerms) -> ChoiceSheet[Answer]:
    """Returns the question; it ends with all that is said of the file, this answer included.

    Args:
        doubt: what is asked.
        said: what was said of the file before.
        on_terms: the station's, with the mappings that it may be read by.
    """
    ask = _QUESTIONS[doubt.about]
    return ask(doubt, said, on_terms)


def _ask_day_order(doubt: Doubt, said: Overrules, _terms: StationTerms) -> ChoiceSheet[Answer]:
    words = {DayOrder.DAY_FIRST: _("the day first"), DayOrder.MONTH_FIRST: _("the month first")}
    options = [
        _option(
            replace(said, day_order=DayOrder(choice.value)),
            _beside(words[DayOrder(choice.value)], f"{doubt.text} = {_day(choice.example)}"),
        )
        for choice in doubt.choices
    ]
    telling = _("Row {n} of {file} says “{text}”, and no row shows which comes first.").format(
        n=doubt.row, file=doubt.file, text=doubt.text
    )
    return ChoiceSheet(_("What comes first in this file's days?"), options, telling)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{short_day(day)} {day.year}"


def _ask_encoding(doubt: Doubt, said: Overrules, _terms: StationTerms) -> ChoiceSheet[Answer]:
    options = [
        _option(
            replace(said, encoding=choice.value), _beside(ENCODINGS[choice.value], choice.example)
        )
        for choice in doubt.choices
    ]
    telling = _("The text of {file} can be read in several ways. Pick the one that reads right.")
    title = _("Which of these reads right?")
    return ChoiceSheet(title, options, telling.format(file=doubt.file))


def _ask_zone(doubt: Doubt, said: Overrules, _terms: StationTerms) -> ChoiceSheet[Answer]:
    def words(n: int, choice: Choice) -> Content:
        whose = _("the station's own") if n == 0 else _("as the file says")
        return _beside(choice.value, whose)

    options = [
        _option(replace(said, zone=choice.value), words(n, choice))
        for n, choice in enumerate(doubt.choices)
    ]
    telling = _("Every row of {file} names “{text}” in the column “{column}”.").format(
        file=doubt.file, text=doubt.text, column=doubt.field or ""
    )
    return ChoiceSheet(_("In which zone are this file's times?"), options, telling)


def _ask_columns(doubt: Doubt, said: Overrules, on_terms: StationTerms) -> ChoiceSheet[Answer]:
    by_name = _("Read it by the mapping “{name}”")
    options = [_option(SayColumns(), Content(_("Say which column is what")))]
    options += [
        _option(replace(said, source=one.name), Content(by_name.format(name=one.name)))
        for one in on_terms.terms.maps
    ]
    telling = _("{file} begins with “{text}”, and desk knows no such columns.").format(
        file=doubt.file, text=doubt.text
    )
    # A mapping that cannot be used may be the one for this file.
    troubles = (f"{trouble.explanation} {trouble.next}" for trouble in on_terms.troubles)
    return ChoiceSheet(_("Which columns are these?"), options, " ".join((telling, *troubles)))


_QUESTIONS: Mapping[About, Callable[[Doubt, Overrules, StationTerms], ChoiceSheet[Answer]]] = {
    About.DAY_ORDER: _ask_day_order,
    About.ENCODING: _ask_encoding,
    About.ZONE: _ask_zone,
    About.COLUMNS: _ask_columns,
}


def _option(answer: Answer, words: Content) -> Option[Answer]:
    return Option(answer, words)


def _beside(words: str, example: str) -> Content:
    """Returns an answer, and quietly what the file's own text means then."""
    shown = cut(safe(example), _EXAMPLE_CELLS)
    return Content.assemble(safe(words), "  ", (shown, tone_style(Tone.DIM)))


# About a time that the clock shows twice


def ask_about_times(doubts: Sequence[Doubt]) -> ChoiceSheet[Showings]:
    """Returns the question about the first row, which offers to answer the others alike.

    Args:
        doubts: about rows whose time the clock shows twice; one or more.
    """
    first = doubts[0]
    telling = _(
        "Row {n} of {file}: “{text}” comes twice on that day, because the clocks go back."
    ).format(n=first.row, file=first.file, text=first.text)
    return ChoiceSheet(_("Which time is meant?"), list(_showings(doubts)), telling)


def _showings(doubts: Sequence[Doubt]) -> Iterator[Option[Showings]]:
    words = {
        Showing.FIRST: _("the first time, before the clocks go back"),
        Showing.SECOND: _("the second time, after the clocks went back"),
    }
    first, others = doubts[0], len(doubts) - 1
    answers = [(Showing(int(each.value)), each.example) for each in first.choices]
    for one, example in answers:
        yield Option({row_of(first): one}, _beside(words[one], example))
    if others:
        alike = ngettext("and so for {n} more row", "and so for {n} more rows", others)
        for one, _example in answers:
            told = Content(f"{words[one]}, {alike.format(n=others)}")
            yield Option({row_of(each): one for each in doubts}, told)
