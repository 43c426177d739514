"""The forms of a booking: a walk-in, a call for another day, and what is booked already.

They ask the same questions. What differs is what stands in them at first, and what they make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import product
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.bays import Place
from desk.domain.booking import Booking, MadeAt, PartyDraft
from desk.domain.days import (
    TimeTextError,
    is_clock,
    local_day,
    local_moments,
    read_clock,
    read_day,
    read_time,
)
from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.intents import Amend, Book, By
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.errors import UsageError
from desk.i18n import _
from desk.text import safe
from desk.tui.forms import Answers, Form, Line, Pick
from desk.tui.widgets.text_box import shown
from desk.wording import clock_time, kind_name, role, roles, short_role

NO_BAY = ""
"""The answer that stands for no bay yet."""

SHOWING = "showing"
"""The answer that says which is meant of a time that the clocks show twice: 0 or 1."""

_BOTH, _YES, _NO = "both", "yes", "no"
_CONTACTS = ("phone", "plate")


@dataclass(frozen=True, slots=True)
class Office:
    """Where a booking is written down.

    Attributes:
        now: tells the present, however long the form has been open.
    """

    by: By
    station: Station
    rules: Rules
    now: Callable[[], DateTime]

    @property
    def zone(self) -> ZoneInfo:
        """The station's zone."""
        return self.station.zone


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingForm(Form):
    """A form whose answers are a booking.

    Attributes:
        booking: reads the answers; raises ``TimeTextError`` where day or time make no sense.
        was: what is booked already, where something is.
        first: the question that the cursor stands on.
        placed: whether the officer has already said which bay.
    """

    booking: Callable[[Answers], Booking]
    was: Booking | None = None
    first: str = "giver-name"
    placed: bool = False

    @property
    def proposes(self) -> bool:
        """Whether a bay is proposed: who has one keeps it until the officer says otherwise."""
        return self.was is None and not self.placed


def walk_in_form(office: Office) -> BookingForm:
    """Returns the form of two people who stand at the desk, or stood there, as a paper says."""

    def booking(answers: Answers) -> Booking:
        starts_at = (_came(answers, office) or office.now()).replace(second=0, microsecond=0)
        return _read(answers, _nothing_yet(starts_at), office)

    def make(answers: Answers) -> Book:
        here = answers["here"]
        return Book(
            by=office.by,
            booking=_something(booking(answers)),
            made_at=MadeAt.WALK_IN,
            at=_came(answers, office),
            here=tuple(Side) if here == _BOTH else (Side(here),),
        )

    return BookingForm(
        ref=None,
        title=_("Walk-in"),
        telling=(),
        questions=(
            *_who_and_what(office),
            here_pick(Kind.SALE),
            *_contacts(),
            Line("at", _("at"), _("now · 1428 · -5 minutes")),
        ),
        keys=("enter",),
        careful=False,
        make=make,
        booking=booking,
    )


def new_booking_form(office: Office, place: Place | None = None) -> BookingForm:
    """Returns the form of a call for another day.

    Args:
        office: where it is written down.
        place: the bay and time to book, where the officer has pointed at them.
    """

    def booking(answers: Answers) -> Booking:
        return _read(answers, _nothing_yet(_moment(answers, office)), office)

    def make(answers: Answers) -> Book:
        wanted = _something(booking(answers))
        if wanted.ends_at <= office.now():
            raise UsageError(
                "over", _("That time has passed. Type the day too, or take it as a walk-in.")
            )
        return Book(by=office.by, booking=wanted, made_at=MadeAt.DESK)

    day, time = ("", "") if place is None else _when(place.starts_at, office.zone)
    when = (
        Line("day", _("Day"), _("today · mon · 23/11"), day),
        Line("time", _("Time"), "1015", time),
    )
    bay = None if place is None else place.bay or None
    return BookingForm(
        ref=None,
        title=_("Book an exchange"),
        telling=(),
        questions=(*when, *_who_and_what(office, bay=bay), *_contacts()),
        keys=("enter",),
        careful=False,
        make=make,
        booking=booking,
        first="day" if place is None else "giver-name",
        placed=place is not None,
    )


def amend_form(office: Office, exchange: Exchange) -> BookingForm:
    """Returns the form filled with what is booked; only what is changed in it is written."""
    was = Booking.of(exchange)
    filled = _filled(was, office.zone)

    def booking(answers: Answers) -> Booking:
        untouched = all(answers[each] == filled[each] for each in ("day", "time"))
        starts_at = was.starts_at if untouched else _moment(answers, office)
        return _read(answers, was.moved_to(starts_at), office, filled)

    def make(answers: Answers) -> Amend:
        return Amend(
            by=office.by,
            ref=exchange.ref,
            seen_version=exchange.version,
            booking=booking(answers),
        )

    when = (
        Line("day", _("Day"), _("today · mon · 23/11"), filled["day"]),
        Line("time", _("Time"), "1015", filled["time"]),
    )
    return BookingForm(
        ref=exchange.ref,
        title=_("{ref}: amend or move").format(ref=exchange.ref),
        telling=(),
        questions=(*when, *_who_and_what(office, was), *_contacts(was)),
        keys=("enter",),
        careful=False,
        make=make,
        booking=booking,
        was=was,
        first="time",
    )


# The questions


def labels(kind: Kind) -> Mapping[str, str]:
    """Returns what the lines about each party are called in an exchange of that kind."""
    names = {f"{side}-name": roles(kind)[side] for side in Side}
    said = {"phone": _("{who} phone"), "plate": _("{who} plate")}
    contacts = {
        f"{side}-{each}": said[each].format(who=short_role(kind, side).capitalize())
        for side, each in product(Side, _CONTACTS)
    }
    return names | contacts


def here_pick(kind: Kind) -> Pick:
    """Returns the question who stands at the desk, in the words of that kind."""
    only = [(side.value, _("only {role}").format(role=role(kind, side))) for side in Side]
    return Pick("here", _("Here now"), ((_BOTH, _("both")), *only))


def _who_and_what(
    office: Office, was: Booking | None = None, bay: str | None = None
) -> tuple[Pick | Line, ...]:
    kind = Kind.SALE if was is None else was.kind
    kinds = tuple((each.value, kind_name(each)) for each in Kind)
    sizes = ((_NO, _("no")), (_YES, _("yes, needs room")))
    said = {} if was is None else _filled(was, office.zone)
    return (
        *(
            Line(
                f"{side}-name",
                labels(kind)[f"{side}-name"],
                _("not named yet"),
                said.get(f"{side}-name", ""),
            )
            for side in Side
        ),
        Line("item", _("What"), _("may stay empty"), said.get("item", "")),
        Pick("kind", _("Kind"), kinds, chosen=list(Kind).index(kind)),
        Pick("large", _("Large item"), sizes, chosen=int(was is not None and was.large)),
        _bay_pick(office.station, bay if was is None else was.bay),
    )


def _bay_pick(station: Station, bay: str | None) -> Pick:
    codes = [each.code for each in station.bays]
    if bay is not None and bay not in codes:
        codes.append(bay)
    options = (*((code, safe(code)) for code in codes), (NO_BAY, _("no bay yet")))
    chosen = len(codes) if bay is None else codes.index(bay)
    return Pick("bay", _("Bay"), options, chosen)


def _contacts(was: Booking | None = None) -> tuple[Line, ...]:
    kind = Kind.SALE if was is None else was.kind
    said = {} if was is None else _said_of_parties(was)
    named = labels(kind)
    ids = [f"{side}-{each}" for side, each in product(Side, _CONTACTS)]
    return tuple(Line(id_, named[id_], "", said.get(id_, "")) for id_ in ids)


def _filled(was: Booking, zone: ZoneInfo) -> Mapping[str, str]:
    """Returns what stands in the lines of a booking's form at first, as a text box shows it."""
    day, time = _when(was.starts_at, zone)
    return {
        "day": day,
        "time": time,
        "item": shown(was.item),
        **_said_of_parties(was),
    }


def _when(starts_at: DateTime, zone: ZoneInfo) -> tuple[str, str]:
    return local_day(starts_at, zone).isoformat(), clock_time(starts_at, zone)


def _said_of_parties(was: Booking) -> Mapping[str, str]:
    parties = {Side.GIVER: was.giver, Side.RECEIVER: was.receiver}
    return {
        f"{side}-{each}": shown(getattr(parties[side], each) or "")
        for side, each in product(Side, ("name", *_CONTACTS))
    }


def when_said(words: Sequence[str]) -> Answers:
    """Returns the answers that a few words give to the form of a call: ``mon 10:15``."""
    clocks = [word for word in words if is_clock(word)]
    days = [word for word in words if not is_clock(word)]
    said = {"day": " ".join(days), "time": " ".join(clocks)}
    return {id_: text for id_, text in said.items() if text}


# The answers


def _nothing_yet(starts_at: DateTime) -> Booking:
    return Booking(Kind.SALE, starts_at, starts_at)


def _read(
    answers: Answers, base: Booking, office: Office, filled: Mapping[str, str] | None = None
) -> Booking:
    """Returns a booking with the answers in place of what it said.

    Args:
        answers: what stands in the form.
        base: the booking before; one of no length gets its kind's.
        office: whose rules say how long that is.
        filled: what stood in the lines at first; what still does so was not changed.
    """
    kind = Kind(answers["kind"])
    ends_at = base.ends_at
    if ends_at == base.starts_at:
        ends_at = base.starts_at.add(minutes=office.rules.of(kind).length)
    text = partial(_text, answers, filled or {})
    return replace(
        base,
        kind=kind,
        ends_at=ends_at,
        bay=answers["bay"] or None,
        item=text("item", base.item) or "",
        large=answers["large"] == _YES,
        giver=_party(text, Side.GIVER, base.giver),
        receiver=_party(text, Side.RECEIVER, base.receiver),
    )


def _party(
    text: Callable[[str, str | None], str | None], side: Side, party: PartyDraft
) -> PartyDraft:
    return replace(
        party,
        name=text(f"{side}-name", party.name),
        phone=text(f"{side}-phone", party.phone),
        plate=text(f"{side}-plate", party.plate),
    )


def _text(
    answers: Answers, filled: Mapping[str, str], question: str, said: str | None
) -> str | None:
    """Returns what is typed, or what was said before where nobody touched it."""
    typed = answers[question]
    return said if typed == filled.get(question) else typed.strip() or None


def _came(answers: Answers, office: Office) -> DateTime | None:
    """Returns when a walk-in came; None is now.

    Raises:
        TimeTextError: it makes no sense, or the clocks showed it twice and it was not said which
            is meant.
    """
    typed = answers.get("at", "").strip()
    if is_clock(typed) and answers.get(SHOWING):
        return _moment({**answers, "day": "", "time": typed}, office)
    return read_time(typed, office.now(), office.zone) if typed else None


def _moment(answers: Answers, office: Office) -> DateTime:
    """Returns the day and time that are typed; no day is today.

    Raises:
        TimeTextError: one of them makes no sense, or the clocks skip that time on that day, or
            show it twice and it was not said which is meant.
    """
    today = local_day(office.now(), office.zone)
    typed = answers["day"].strip()
    day: date = read_day(typed, today) if typed else today
    moments = local_moments(day, read_clock(answers["time"].strip()), office.zone)
    if not moments:
        raise TimeTextError("skipped_time")
    if len(moments) == 1:
        return moments[0]
    meant = answers.get(SHOWING, "")
    if not meant:
        raise TimeTextError("repeated_time")
    return moments[int(meant)]


def _something(booking: Booking) -> Booking:
    """Returns a booking that says who or what it is about.

    Raises:
        UsageError: it says neither.
    """
    if not (booking.giver.name or booking.receiver.name or booking.item):
        raise UsageError(
            "nothing_said", _("Type a name, or what it is about: nobody would know it again.")
        )
    return booking
