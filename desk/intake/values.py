"""Single values out of a file's cells: bays, lengths, yes or no, kinds. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from desk.domain.exchange import Kind
from desk.domain.views import Bay
from desk.intake.problems import Problem, ProblemError
from desk.intake.table import Cell
from desk.text import fold

_BAY_PREFIX = re.compile(
    r"^(?:parking |place de )?(?:baie|bay|box|emplacement|parking|place|slot|space|spot|stall)"
    r"(?: n°| no\.?| #)? ?(?=\S)"
)
_HOURS = re.compile(r"(?P<hours>\d{1,2}) ?(?:h|:) ?(?P<minutes>\d\d)?(?::00)?", re.ASCII)
_MINUTES = re.compile(r"(?P<minutes>\d{1,4})(?:[.,]0+)? ?(?:min(?:s|\.|utes?)?)?", re.ASCII)
_LONGEST = 24 * 60

KIND_WORDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        # Folding takes the apostrophe out of "d'enfant".
        Kind.CUSTODY: ("custody", "garde", "denfant", "denfants", "enfant", "enfants"),
        Kind.VEHICLE: ("auto", "car", "cars", "vehicle", "vehicles", "vehicule", "voiture"),
    }
)
"""Folded words of a service's name by which its kind is known."""

_YES = frozenset({"true", "yes", "y", "1", "vrai", "oui"})
_NO = frozenset({"", "false", "no", "n", "0", "faux", "non"})


def read_bay(cell: Cell, bays: Sequence[Bay]) -> str | None:
    """Returns the code of the bay that a cell means by code or label; None where it is empty.

    Accents, case and a leading word for a place do not count: "Bay 1", "Place 1" and "1" are one.

    Raises:
        ProblemError: the station has no such bay, or several.
    """
    if not cell.text:
        return None
    meant = _bay_meant(cell.text, tuple(bays))
    if meant is None:
        known = ", ".join(bay.label for bay in bays)
        raise ProblemError(Problem.UNKNOWN_BAY, cell.field, text=cell.text, bays=known)
    return meant


@lru_cache(maxsize=256)
def _bay_meant(text: str, bays: tuple[Bay, ...]) -> str | None:
    """Returns the code of the one bay of that name; files name a few bays again and again."""
    for name in (fold, _bay_name):
        wanted = name(text)
        meant = [bay for bay in bays if wanted in (name(bay.code), name(bay.label))]
        if wanted and len(meant) == 1:
            return meant[0].code
    return None


def _bay_name(text: str) -> str:
    return _BAY_PREFIX.sub("", fold(text))


def read_length(cell: Cell) -> int | None:
    """Returns the minutes that a cell means: ``20``, ``20 min``, ``1h30``; None where it is empty.

    Raises:
        ProblemError: it is not a length of time, or longer than a day.
    """
    text = " ".join(cell.text.lower().split())
    if not text:
        return None
    if found := _MINUTES.fullmatch(text):
        length = int(found["minutes"])
    elif found := _HOURS.fullmatch(text):
        length = int(found["hours"]) * 60 + int(found["minutes"] or 0)
    else:
        length = 0
    if not 0 < length <= _LONGEST:
        raise ProblemError(Problem.NO_SUCH_LENGTH, cell.field, text=cell.text)
    return length


def read_yes_or_no(cell: Cell) -> bool:
    """Returns whether a cell says yes; an empty one says no.

    Raises:
        ProblemError: it says something else.
    """
    word = cell.text.lower()
    if word not in _YES | _NO:
        raise ProblemError(Problem.NOT_YES_OR_NO, cell.field, text=cell.text)
    return word in _YES


def kind_by_word(text: str, words: Mapping[Kind, Iterable[str]] = KIND_WORDS) -> Kind:
    """Returns the kind that a word of the text names; a sale where none does.

    Args:
        text: a service's name.
        words: the folded words of each kind; one of several words must stand in the text as such.
    """
    named = f" {fold(text)} "
    return next(
        (kind for kind, known in words.items() if any(f" {word} " in named for word in known)),
        Kind.SALE,
    )


def first_address(cell: Cell) -> Cell:
    """Returns the first of several e-mail addresses in one cell."""
    return Cell(cell.field, next(filter(None, re.split(r"[,;\s]+", cell.text)), ""))
