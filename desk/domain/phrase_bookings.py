"""What may follow ``move`` and ``amend``: another day, another time, another bay.

Any of ``15:30``, ``mon``, ``mon 10:15`` and ``bay 2``, in any order. What is not said stays.
"""

from __future__ import annotations

from datetime import date

from desk.domain import intents
from desk.domain.booking import Booking
from desk.domain.days import TimeTextError, is_clock, local_day, local_moment, read_clock, read_day
from desk.domain.exchange import Kind
from desk.domain.intents import ExchangeIntent
from desk.domain.phrase_reader import Fault, PhraseError, Reader, Said, plain

_NO_BAY = frozenset({"none", "no"})
_DASHES = frozenset("-\N{MINUS SIGN}")


def when(reader: Reader, word: str) -> None:
    """Reads a day, a time or both; a day alone keeps the time, a time alone the day.

    Raises:
        PhraseError: it is neither, or the clocks skip that time on that day or show it twice.
    """
    said = [word]
    if reader.words and (is_clock(reader.words[0]) or _is_day(reader.words[0], reader)):
        said.append(reader.words.pop(0))
    clocks = [each for each in said if is_clock(each)]
    days = [each for each in said if not is_clock(each)]
    if len(clocks) > 1 or len(days) > 1:
        raise PhraseError(Fault.UNKNOWN_WORD, said[1])
    booking = _so_far(reader)
    zone = reader.context.zone
    was = booking.starts_at.astimezone(zone)
    try:
        clock = read_clock(clocks[0]) if clocks else was.time()
        day = _day(days[0], reader) if days else was.date()
        starts_at = local_moment(day, clock, zone)
    except TimeTextError as wrong:
        faults = {"no_such_day": Fault.NO_SUCH_MOMENT}
        raise PhraseError(faults.get(wrong.code) or Fault(wrong.code), " ".join(said)) from None
    reader.said.booking = booking.moved_to(starts_at)


def bay(reader: Reader, word: str) -> None:
    """Reads a bay's code, or ``none`` for no bay yet.

    Raises:
        PhraseError: the station has no such bay.
    """
    typed = reader.take_value(Fault.UNKNOWN_BAY, word)
    codes = {plain(code): code for code in reader.context.bays}
    code = codes.get(plain(typed))
    if code is None and plain(typed) not in _NO_BAY:
        raise PhraseError(Fault.UNKNOWN_BAY, typed)
    reader.said.booking = _so_far(reader).in_bay(code)


def amend(said: Said) -> ExchangeIntent:
    """Returns the amendment that was said.

    Raises:
        PhraseError: nothing was said that would change.
    """
    if said.booking is None:
        raise PhraseError(Fault.MISSING_CHANGE)
    return intents.Amend(by=said.by, ref=said.ref, booking=said.booking, reason=said.reason or "")


def _so_far(reader: Reader) -> Booking:
    if reader.said.booking is not None:
        return reader.said.booking
    if reader.exchange is not None:
        return Booking.of(reader.exchange)
    # Nobody knows such an exchange, which is the service's to answer: it looks at no booking then.
    return Booking(Kind.OTHER, reader.context.now, reader.context.now)


def _is_day(word: str, reader: Reader) -> bool:
    try:
        _day(word, reader)
    except TimeTextError:
        return False
    return True


def _day(word: str, reader: Reader) -> date:
    """Returns the day meant; days ago are none, because minutes ago are written like them.

    Raises:
        TimeTextError: ``no_such_day``.
    """
    if word[:1] in _DASHES:
        raise TimeTextError("no_such_day")
    return read_day(word, local_day(reader.context.now, reader.context.zone))
