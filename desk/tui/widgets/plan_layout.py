"""An import plan as lines: what taking the files in would do, group by group.

What needs a person stands first: rows that cannot be taken, meetings that may be booked twice,
old beside new. What is merely new or as it was follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk import text
from desk.domain.booking import PartyDraft
from desk.domain.days import local_day
from desk.domain.drafts import Change, Draft, ImportPlan, Rejection
from desk.domain.exchange import Exchange, Kind, Outcome, Party, Side
from desk.domain.views import Station
from desk.i18n import _
from desk.tui.present import Line, Piece, Tone, bay_name, short_day, wrapped
from desk.tui.present.parties import not_named
from desk.wording import clock_time, kind_name, role, short_role

Booking: TypeAlias = Draft | Exchange
"""A row of the file or a stored exchange; both tell of a meeting in the same words."""

_LEAST_ROOM = 40
_MARGIN, _TIME, _BAY, _LABEL = 2, 6, 7, 17
_NAME_SHARE = 0.33
_MOST_LINES = 8

NO_ROOM = "!"
"""Stands behind a bay that somebody else has then, or that is not meant for the booking."""


class Fate(StrEnum):
    """What comes of a booking."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    MISSING = "missing"
    REJECTED = "rejected"
    DECIDED = "decided"
    SAME_MEETING = "same_meeting"
    UNCHANGED = "unchanged"


class PlanLine(NamedTuple):
    """One line of the preview.

    Attributes:
        pair: the index in ``same_meeting`` of the pair whose first line it is.
    """

    pieces: Line = ()
    pair: int | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Bookings that share a fate; ``lines`` are only made where they are asked for."""

    title: str
    fate: Fate
    lines: Iterator[PlanLine]
    tone: Tone = Tone.STRONG


def fates(plan: ImportPlan) -> Mapping[Fate, int]:
    """Returns how many bookings share each fate, in the order of an officer's interest."""
    return {
        Fate.NEW: len(plan.new),
        Fate.CHANGED: len(plan.changed),
        Fate.CANCELLED: len(plan.cancelled) + len(plan.cancelled_before),
        Fate.MISSING: len(plan.missing),
        Fate.REJECTED: len(plan.rejections),
        Fate.DECIDED: len(plan.decided),
        Fate.SAME_MEETING: len(plan.same_meeting),
        Fate.UNCHANGED: len(plan.unchanged),
    }


def plan_lines(
    plan: ImportPlan, station: Station, width: int, only: Fate | None = None
) -> Iterator[PlanLine]:
    """Yields every line of the preview, fitted to so many cells and made when it is asked for.

    Args:
        plan: what would be done.
        station: whose bays and zone it means.
        width: in cells.
        only: the bookings of one fate; None shows all.
    """
    page = _Page(station, max(width, _LEAST_ROOM), len(plan.files) > 1, plan.no_room)
    counts = fates(plan)
    asked = [group for group in _groups(plan, page) if only in (None, group.fate)]
    filled = [group for group in asked if counts[group.fate]]
    for n, group in enumerate(filled):
        if n:
            yield PlanLine()
        yield PlanLine((Piece(f"{group.title}: {counts[group.fate]}", group.tone),))
        yield from group.lines
    if not filled:
        nothing = _("It holds no booking.") if only is None else _("There is none of these in it.")
        yield PlanLine((Piece(nothing, Tone.DIM),))


def _groups(plan: ImportPlan, page: _Page) -> tuple[_Group, ...]:
    known = [each.known for each in plan.cancelled]
    called_off: tuple[Booking, ...] = (*known, *plan.cancelled_before)
    same = _("May be the same meeting, booked by both")
    decided, missing = (
        _("Decided at the desk, left as they are"),
        _("Not in the file any more, left as they are"),
    )
    return (
        _Group(_("Rejected"), Fate.REJECTED, page.rejections(plan.rejections), Tone.OVERDUE),
        _Group(same, Fate.SAME_MEETING, page.pairs(plan.same_meeting), Tone.LATE),
        _Group(_("Changed"), Fate.CHANGED, page.changes(plan.changed)),
        _Group(_("Cancelled"), Fate.CANCELLED, page.bookings(called_off)),
        _Group(decided, Fate.DECIDED, page.changes(plan.decided)),
        _Group(missing, Fate.MISSING, page.bookings(plan.missing)),
        _Group(_("New"), Fate.NEW, page.bookings(plan.new)),
        _Group(
            _("Unchanged"),
            Fate.UNCHANGED,
            page.bookings(each.known for each in plan.unchanged),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """Where the lines are for: the station, and how many cells there are."""

    station: Station
    room: int
    several_files: bool
    no_room: frozenset[Draft]

    def rejections(self, rejected: Iterable[Rejection]) -> Iterator[PlanLine]:
        """Yields row and field, then the reason, then the remedy."""
        for each in rejected:
            yield PlanLine((Piece(" " * _MARGIN), Piece(self._place(each), Tone.STRONG)))
            yield from self._paragraph(each.reason, Tone.PLAIN)
            yield from self._paragraph(each.remedy, Tone.DIM)

    def _place(self, rejection: Rejection) -> str:
        row = _("The whole file") if rejection.row is None else _("Row {n}")
        parts = [row.format(n=rejection.row)]
        if self.several_files:
            parts.insert(0, rejection.file)
        if rejection.field is not None:
            parts.append(rejection.field)
        return text.fit(" · ".join(parts), self.room - _MARGIN).rstrip()

    def _paragraph(self, words: str, tone: Tone) -> Iterator[PlanLine]:
        indent = _MARGIN * 2
        for line in _lines(text.safe(words), self.room - indent):
            yield PlanLine((Piece(" " * indent), Piece(line, tone)))

    def bookings(self, bookings: Iterable[Booking]) -> Iterator[PlanLine]:
        """Yields one line a booking, under its day."""
        ordered = sorted(bookings, key=attrgetter("starts_at"))
        for day, of_the_day in groupby(ordered, self._day):
            yield _day_line(day)
            yield from (self._booking(each, self._mark(each)) for each in of_the_day)

    def pairs(self, pairs: Iterable[tuple[Draft, Draft]]) -> Iterator[PlanLine]:
        """Yields both bookings of each pair under each other; the view ticks the line above."""
        for n, (one, other) in enumerate(pairs):
            yield _day_line(self._day(one))._replace(pair=n)
            yield self._booking(one)
            yield self._booking(other)

    def changes(self, changes: Iterable[Change]) -> Iterator[PlanLine]:
        """Yields each exchange as it is stored, and below it what the file says otherwise."""
        ordered = sorted(changes, key=attrgetter("known.starts_at"))
        for day, of_the_day in groupby(ordered, lambda each: self._day(each.known)):
            yield _day_line(day)
            for change in of_the_day:
                yield self._booking(change.known, self._mark(change.draft))
                for field in change.fields:
                    yield from self._difference(change, field)

    def _day(self, booking: Booking) -> date:
        return local_day(booking.starts_at, self.station.zone)

    def _mark(self, booking: Booking) -> str:
        return NO_ROOM if booking in self.no_room else ""

    def _booking(self, booking: Booking, mark: str = "") -> PlanLine:
        bay = text.fit(booking.bay or "", _BAY - 2).rstrip()
        names = int((self.room - _MARGIN - _TIME - _BAY) * _NAME_SHARE)
        rest = self.room - _MARGIN - _TIME - _BAY - 2 * names
        ref = booking.ref if isinstance(booking, Exchange) else ""
        what = " ".join(filter(None, (ref, text.safe(booking.item))))
        return PlanLine(
            (
                Piece(" " * _MARGIN),
                Piece(text.fit(clock_time(booking.starts_at, self.station.zone), _TIME)),
                Piece(bay, Tone.DIM),
                Piece(text.fit(mark, _BAY - text.width(bay)), Tone.LATE),
                _name(booking.kind, Side.GIVER, booking.giver, names),
                _name(booking.kind, Side.RECEIVER, booking.receiver, names),
                Piece(text.fit(what, rest).rstrip(), Tone.DIM),
            )
        )

    def _difference(self, change: Change, field: str) -> Iterator[PlanLine]:
        """Yields old beside new; the new goes below where it does not fit beside."""
        indent = _MARGIN + _TIME
        room = self.room - indent - _LABEL
        old, new = self._old_and_new(change, field)
        label = Piece(text.fit(_field_name(field, change.known.kind), _LABEL), Tone.DIM)
        start = Piece(" " * indent)
        if text.width(old) + text.width(new) + 3 <= room:
            arrow = Piece(" → ", Tone.DIM)
            yield PlanLine((start, label, Piece(old, Tone.DIM), arrow, Piece(new)))
            return
        margins = _first_then(label, Piece(" " * _LABEL))
        for line in _lines(old, room):
            yield PlanLine((start, next(margins), Piece(line, Tone.DIM)))
        arrows = _first_then(Piece("→ ", Tone.DIM), Piece("  "))
        for line in _lines(new, room - 2):
            yield PlanLine((start, next(margins), next(arrows), Piece(line)))

    def _old_and_new(self, change: Change, field: str) -> tuple[str, str]:
        zone = self.station.zone
        if field in ("starts_at", "ends_at"):
            old, new = attrgetter(field)(change.known), attrgetter(field)(change.draft)
            same_day = local_day(old, zone) == local_day(new, zone)
            told = clock_time if same_day else _dated_time
            return told(old, zone), told(new, zone)
        value = self._values().get(field, _words(field))
        return value(change.known), value(change.draft)

    def _values(self) -> Mapping[str, Callable[[Booking], str]]:
        """Returns how the fields are told that are no words of the file."""
        return {
            "kind": lambda booking: kind_name(booking.kind),
            "bay": lambda booking: bay_name(self.station, booking.bay),
            "cancelled": lambda booking: _("yes") if _called_off(booking) else _("no"),
        }


def _first_then(first: Piece, others: Piece) -> Iterator[Piece]:
    yield first
    while True:
        yield others


def _lines(words: str, room: int) -> tuple[str, ...]:
    """Returns the words in lines; one that no line can hold is broken, so that all of it shows."""
    most = text.cut(words, room * (_MOST_LINES + 1))
    broken = (piece for word in most.split(" ") for piece in _broken(word, room))
    return wrapped(" ".join(broken), room, _MOST_LINES)


def _broken(word: str, room: int) -> Iterator[str]:
    while text.width(word) > room and (head := text.cut(word, room)):
        yield head
        word = word[len(head) :]
    yield word


def _words(field: str) -> Callable[[Booking], str]:
    nothing = not_named() if field.endswith(".name") else "–"
    return lambda booking: text.safe(attrgetter(field)(booking) or "") or nothing


def _called_off(booking: Booking) -> bool:
    if isinstance(booking, Draft):
        return booking.cancelled
    return booking.outcome is Outcome.CANCELLED


def _day_line(day: date) -> PlanLine:
    return PlanLine((Piece(" " * _MARGIN), Piece(_dated(day), Tone.DIM)))


def _dated(day: date) -> str:
    # With its year: a file of another year is a likely mistake.
    return f"{short_day(day)} {day.year}"


def _dated_time(moment: DateTime, zone: ZoneInfo) -> str:
    return f"{_dated(local_day(moment, zone))} {clock_time(moment, zone)}"


def _name(kind: Kind, side: Side, party: PartyDraft | Party, room: int) -> Piece:
    """Returns who comes; of a custody exchange only the role, as on the board."""
    mark = "?" if party.assumed else ""
    cells = room - 1 - len(mark)
    whole = text.safe(party.name or "")
    if kind is Kind.CUSTODY:
        told = role(kind, side)
    elif not whole:
        told = not_named()
    else:
        told = whole if text.width(whole) <= cells else text.initial_and_surname(whole)
    shown = text.fit(told, cells).rstrip() + mark
    return Piece(text.fit(shown, room), Tone.PLAIN if whole else Tone.DIM)


def _field_name(field: str, kind: Kind) -> str:
    side, _dot, part = field.rpartition(".")
    name = {
        "kind": _("kind"),
        "starts_at": _("start"),
        "ends_at": _("end"),
        "bay": _("bay"),
        "item": _("item"),
        "cancelled": _("cancelled"),
        "name": _("name"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "plate": _("plate"),
    }[part]
    return f"{short_role(kind, Side(side))} {name}" if side else name
