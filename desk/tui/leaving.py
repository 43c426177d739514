"""Leaving the program: at once where nothing is lost by it, else when it is asked for again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from desk.clock import elapsed
from desk.i18n import _, ngettext

_AGAIN_WITHIN = 10.0
"""Seconds in which the second press means what the first was told."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What an officer has typed that stands in no record.

    Attributes:
        parked: forms that Esc put aside.
        half_typed: sheets with typed text, and a command in the field.
    """

    parked: int
    half_typed: int

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.parked + self.half_typed > 0


class Leaving:
    """Knows whether the officer has just been told what leaving loses."""

    def __init__(self) -> None:
        self._told_at = -inf

    def warning(self, everybody: Iterable[Unsaved]) -> str:
        """Returns what has to be said before the program is left; nothing where it may be.

        It names nobody: the screen may be locked.

        Args:
            everybody: what each officer who came in has not saved.
        """
        now, told_at = elapsed(), self._told_at
        losing = [one for one in everybody if one]
        if not losing or now - told_at <= _AGAIN_WITHIN:
            return ""
        self._told_at = now
        return _("Ctrl+Q again leaves and loses {what} of {whom}.").format(
            what=_what(losing),
            whom=ngettext("{n} officer", "{n} officers", len(losing)).format(n=len(losing)),
        )


def _what(losing: Sequence[Unsaved]) -> str:
    parked = sum(one.parked for one in losing)
    half_typed = sum(one.half_typed for one in losing)
    counted = (
        (parked, ngettext("{n} parked form", "{n} parked forms", parked)),
        (half_typed, ngettext("{n} half-typed text", "{n} half-typed texts", half_typed)),
    )
    return _(" and ").join(words.format(n=n) for n, words in counted if n)
