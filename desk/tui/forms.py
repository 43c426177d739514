"""What a form asks, as data: a sheet draws it, and the answers make an intent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.domain.intents import Book, ExchangeIntent

NONE_CHOSEN = -1
"""Where an answer that stands there at first would be one that nobody gave."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A question with a few answers.

    Attributes:
        id: what the answer is called.
        label: what the officer reads.
        options: values and their words; the first is chosen unless ``chosen`` says otherwise.
        chosen: the index of the answer that stands at first, or ``NONE_CHOSEN``.
        decides: whether a digit that picks an answer also does the act ("one digit will do").
    """

    id: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: int = 0
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A question that is answered in free words. ``value`` is what stands there at first."""

    id: str
    label: str
    placeholder: str = ""
    value: str = ""


Answers = Mapping[str, str]
"""What was answered: the values of picks and the text of lines, by id."""


Wish = ExchangeIntent | Book
"""What a form can ask for."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form.

    Attributes:
        ref: the exchange that it is about; None where it makes a new one.
        title: the act, in the words of its command.
        telling: what will happen, a sentence a line.
        questions: in the order of the Tab key.
        keys: the keys that do it, the one shown first; for a careful act the only ones.
        careful: whether Enter goes back instead of doing it.
        make: turns the answers into the intent.
    """

    ref: str | None
    title: str
    telling: tuple[str, ...]
    questions: tuple[Pick | Line, ...]
    keys: tuple[str, ...]
    careful: bool
    make: Callable[[Answers], Wish]
