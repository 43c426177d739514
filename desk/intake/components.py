"""From the lines of an iCalendar file (RFC 5545) to its events, one at a time.

A file is never held as a whole: each event is a list of lines with the place where it begins.
The icalendar library does what is intricate (zones, rules); the lines are taken apart here, because
it knows no line numbers, and takes a millisecond for each event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desk.intake.encoding import ENCODINGS, UNDECODED, UTF_8
from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Document
from desk.intake.table import Cell

EVENT = "VEVENT"
ZONE = "VTIMEZONE"
_CALENDAR = "VCALENDAR"
_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]++)(?P<parameters>(?:;[^=:;\"]++=(?:\"[^\"]*+\"|[^\";:])*+)*+):(?P<value>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r';(?P<name>[^=:;"]++)=(?P<value>(?:"[^"]*+"|[^";:])*+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FOLDS_ARE_BREAKS = "DESCRIPTION"


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a component, unfolded.

    Attributes:
        value: as it stands in the file, escapes and all.
    """

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def cell(self) -> Cell:
        """The value as text, its escapes taken away."""
        text = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)
        return Cell(self.name, text.strip())


@dataclass(slots=True)
class Component:
    """One event or one zone.

    Attributes:
        row: the physical line of its ``BEGIN``.
        lines: its unfolded lines, with those of the components inside it.
        ended: whether its ``END`` was seen.
    """

    row: int
    kind: str
    lines: list[str] = field(default_factory=list)
    ended: bool = False

    def has(self, properties: re.Pattern[str]) -> bool:
        """Tells whether one of its lines begins with one of these properties."""
        return any(map(properties.match, self.lines))

    def properties(self, encoding: str) -> Iterator[Property]:
        """Yields its own lines, taken apart; those of an alarm inside it are not its own.

        Raises:
            ProblemError: a line cannot be decoded, or holds a zero byte.
        """
        depth = 0
        for line in self.lines:
            found = _LINE.match(line)
            if found is None:
                continue
            name = found["name"].upper()
            depth += (name == "BEGIN") - (name == "END")
            if depth or name == "END":
                continue
            _refuse_damaged(line, name, encoding)
            parameters = {
                each["name"].upper(): each["value"].strip('"')
                for each in _PARAMETER.finditer(found["parameters"])
            }
            yield Property(name, parameters, found["value"])


@dataclass(slots=True)
class Calendar:
    """What the file says of itself, as far as it is read.

    Attributes:
        product: who wrote it (``PRODID``).
        method: what it is for; ``CANCEL`` calls everything in it off.
    """

    product: str = ""
    method: str = ""


def lines_of(*names: str) -> re.Pattern[str]:
    """Returns what a line of one of these properties begins with."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})[;:]", re.IGNORECASE)


def components(document: Document, calendar: Calendar) -> Iterator[Component]:
    """Yields the events and zones of a file, in order, and fills in what it says of itself."""
    open_component: Component | None = None
    for row, line in _unfolded(document, calendar):
        name, _colon, value = line.partition(":")
        name = name.upper()
        begins = name == "BEGIN"
        word = value.strip().upper() if begins or name == "END" else ""
        if begins and word in (EVENT, ZONE):
            if open_component is not None:
                yield open_component
            open_component = Component(row, word)
        elif open_component is None:
            _note(calendar, name.partition(";")[0], value)
        elif word in (open_component.kind, _CALENDAR) and not begins:
            open_component.ended = word == open_component.kind
            yield open_component
            open_component = None
        else:
            open_component.lines.append(line)
    if open_component is not None:
        yield open_component


def _note(calendar: Calendar, name: str, value: str) -> None:
    if name == "PRODID":
        calendar.product = calendar.product or value.strip()
    elif name == "METHOD":
        calendar.method = calendar.method or value.strip().upper()


def _unfolded(document: Document, calendar: Calendar) -> Iterator[tuple[int, str]]:
    """Yields each line, put together again, with the physical line on which it begins."""
    pieces: list[str] = []
    row = 0
    for number, physical in enumerate(document.lines(), 1):
        line = physical.rstrip("\r\n")
        if line[:1] in (" ", "\t") and pieces:
            pieces.append(_fold_of(calendar, pieces[0]) + line[1:])
            continue
        if pieces:
            yield row, _healed("".join(pieces), document.encoding)
        pieces, row = [line.lstrip("\ufeff")], number
    if pieces:
        yield row, _healed("".join(pieces), document.encoding)


def _fold_of(calendar: Calendar, first: str) -> str:
    # LibreBooking folds nothing for its length, and breaks a description with a fold.
    breaks = "librebooking" in calendar.product.lower()
    return "\\n" if breaks and first.upper().startswith(_FOLDS_ARE_BREAKS) else ""


def _healed(line: str, encoding: str) -> str:
    """Puts together characters that were folded between their bytes."""
    if encoding != UTF_8 or line.isascii():
        return line
    return line.encode(UTF_8, "surrogateescape").decode(UTF_8, "surrogateescape")


def _refuse_damaged(line: str, name: str, encoding: str) -> None:
    if "\0" in line:
        raise ProblemError(Problem.NUL_BYTE, name)
    if not line.isascii() and UNDECODED.search(line):
        raise ProblemError(Problem.UNDECODED, name, encoding=ENCODINGS[encoding])
