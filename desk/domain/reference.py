"""References: six characters that survive a phone line.

None of 0 O 1 I L U is used. The last character is the ISO 7064 Mod 37,36 check character, so that
one wrong character, or two neighbours that changed places, are noticed before anybody is looked
up. A slip for one side is the reference with ``-G`` or ``-R``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from desk.domain.exchange import Side

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
_LOOK_ALIKES = frozenset("0O1ILU")
_SUFFIXES = {"G": Side.GIVER, "R": Side.RECEIVER}


class Misreading(StrEnum):
    """Why a text is not a reference."""

    FORM = "form"
    LOOK_ALIKE = "look_alike"
    CHECK = "check"


class BadReferenceError(ValueError):
    """The text is not a reference.

    Attributes:
        misreading: what is wrong with it.
    """

    def __init__(self, misreading: Misreading) -> None:
        super().__init__(misreading.value)
        self.misreading = misreading


@dataclass(frozen=True, slots=True)
class Slip:
    """What a typed or scanned reference says: the exchange, and perhaps the side."""

    ref: str
    side: Side | None = None

    @property
    def text(self) -> str:
        """What stands on the paper, and in its QR code: ``K7QDM7-G``."""
        letters = {side: letter for letter, side in _SUFFIXES.items()}
        return self.ref if self.side is None else f"{self.ref}-{letters[self.side]}"


def draw_reference(choose: Callable[[str], str] = secrets.choice) -> str:
    """Returns a new reference.

    Args:
        choose: picks one character of a string; a practice day hands in its own seeded choice.
    """
    while True:
        body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
        ref = body + mod_37_36.calc_check_digit(body)
        # Drawn again where the check is one of the six excluded characters, or misses a swap.
        if ref[-1] in ALPHABET and not _hides_a_swap(ref):
            return ref


def _hides_a_swap(ref: str) -> bool:
    """Tells whether two neighbours can change places unnoticed: one swap in a thousand can."""
    swapped = (ref[:at] + ref[at + 1] + ref[at] + ref[at + 2 :] for at in range(LENGTH - 1))
    return any(mod_37_36.is_valid(slip) for slip in swapped if slip != ref)


def read_slip(text: str) -> Slip:
    """Returns the reference and side in a typed or scanned text, in any case.

    Raises:
        BadReferenceError: the text has another form, holds a look-alike (0 O 1 I L U are refused
            and never mapped), or its check character is wrong.
    """
    typed = text.strip()
    body, dash, suffix = typed.upper().partition("-")
    # Upper case makes plain letters of some that are none, and nothing is ever mapped.
    if len(body) != LENGTH or not typed.isascii() or (dash and suffix not in _SUFFIXES):
        raise BadReferenceError(Misreading.FORM)
    if any(character in _LOOK_ALIKES for character in body) and body.isalnum():
        raise BadReferenceError(Misreading.LOOK_ALIKE)
    if any(character not in ALPHABET for character in body):
        raise BadReferenceError(Misreading.FORM)
    try:
        mod_37_36.validate(body)
    except ValidationError:
        raise BadReferenceError(Misreading.CHECK) from None
    return Slip(body, _SUFFIXES.get(suffix))


def known_everywhere(ref: str, station_code: str) -> str:
    """Returns what an exchange is called outside the station: ``K7QDM7@KPD``."""
    return f"{ref}@{station_code}"


def own_reference(name: str, station_code: str) -> str | None:
    """Returns the reference in such a name, if it is one of this station's."""
    ref = name.partition("@")[0]
    if name != known_everywhere(ref, station_code):
        return None
    try:
        return read_slip(ref).ref
    except BadReferenceError:
        return None
