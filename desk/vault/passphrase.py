"""What may be a passphrase, and what a PIN.

As NIST SP 800-63B-4 has it: a length, a list of what everybody tries first, and no rules on which
kinds of characters; anything may be pasted. A whole passphrase is refused, never one for a word
that is in it: refused is what hardly consists of anything but well-known words and runs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from desk.domain.views import Officer, Station
from desk.i18n import _
from desk.text import fold
from desk.vault.failures import weak_passphrase, weak_pin

SHORTEST = 12
SHORTEST_PIN = 6

_OF_ONES_OWN = 6
"""Characters that must be left when the well-known ones are taken away."""

_SHORTEST_WORD = 3
_SHORTEST_RUN = 4
_SHORTEST_BADGE = 4  # A shorter one stands in many a PIN by chance.
_COMMON = Path(__file__).with_name("common.txt")
_IN_STATIONS = ("police", "sheriff", "station", "officer")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
)
_SWAPPED = str.maketrans("013457@$!", "oieastasi")


@dataclass(frozen=True, slots=True)
class Choice:
    """The passphrase that an officer chose.

    Attributes:
        badge: whose it is to be.
        passphrase: as it was typed.
        around: what anybody could guess: the station's name, the officer's.
    """

    badge: str
    passphrase: str = field(repr=False)
    around: tuple[str, ...]

    @classmethod
    def of(cls, officer: Officer, station: Station, passphrase: str) -> Choice:
        """Returns what an officer chose at a station: the one way to make it anywhere but here."""
        return cls(officer.badge, passphrase, (station.name, officer.name))


def as_secret(typed: str) -> bytes:
    """Returns the bytes that are derived from, the same whichever keyboard typed the letters."""
    # A terminal hands on what is no letter as a lone surrogate; it is part of the secret all the
    # same, and an encoding error would carry the whole of it.
    return unicodedata.normalize("NFKC", typed).encode("utf-8", "surrogatepass")


def check_passphrase(choice: Choice, station_code: str) -> None:
    """Checks that a new passphrase is not among the first that a guesser tries.

    Raises:
        VaultError: it is; `weak_passphrase`, with the closest reason.
    """
    normal = unicodedata.normalize("NFKC", choice.passphrase)
    # One compatibility character can stand for eighteen, and is guessed as one.
    if min(len(normal), len(choice.passphrase)) < SHORTEST:
        raise weak_passphrase(
            _("A passphrase has {least} characters or more.").format(least=SHORTEST)
        )
    known = {*_common(), *_words_of((*_IN_STATIONS, *choice.around, choice.badge, station_code))}
    folded = _block_of(_squeezed(normal))
    if min(_left(folded, known), _left(folded.translate(_SWAPPED), known)) < _OF_ONES_OWN:
        raise weak_passphrase(
            _("A guesser tries this early: it is made of well-known words, names and runs.")
        )


def check_pin(pin: str, badge: str) -> None:
    """Checks that a new PIN is long enough and follows no pattern.

    Raises:
        VaultError: it does not pass; `weak_pin`, with the closest reason.
    """
    if len(pin) < SHORTEST_PIN or not (pin.isascii() and pin.isdecimal()):
        raise weak_pin(
            _("A PIN has {least} digits or more, and nothing else.").format(least=SHORTEST_PIN)
        )
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 or _block_of(pin) != pin or len(set(pin)) < 3:
        raise weak_pin(_("This PIN repeats itself or counts up or down."))
    if pin in badge or (len(badge) >= _SHORTEST_BADGE and badge in pin):
        raise weak_pin(_("This PIN is the badge, which everybody can read."))


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _words_of(texts: Iterable[str]) -> set[str]:
    """Returns each text and each of its words, as they are looked for."""
    words = {word for text in texts for word in (_squeezed(text), *fold(text).split())}
    return {word for word in words if len(word) >= _SHORTEST_WORD}


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def _left(text: str, known: Iterable[str]) -> int:
    """Returns how many characters are left when what is well known is taken away."""
    for word in sorted(known, key=len, reverse=True):
        # A blank keeps what stood left and right of it from making a new word.
        text = text.replace(word, " ")
    return sum(len(_block_of(_without_runs(piece))) for piece in text.split())


def _without_runs(text: str) -> str:
    """Takes away what lies side by side on a keyboard or in a row, forwards and backwards."""
    kept = ""
    while text:
        length = _run_at_the_start(text)
        kept += "" if length >= _SHORTEST_RUN else text[0]
        text = text[length if length >= _SHORTEST_RUN else 1 :]
    return kept


def _run_at_the_start(text: str) -> int:
    rows = (*_ROWS, *(row[::-1] for row in _ROWS), text[0] * len(text))
    return max(_shared(text, row[row.find(text[0]) :]) for row in rows if text[0] in row)


def _shared(one: str, other: str) -> int:
    """Returns how many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _block_of(text: str) -> str:
    """Returns what the text repeats, or the text."""
    return text[: (text + text).find(text, 1)] if text else text
