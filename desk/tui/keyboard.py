"""What terminals send, taught to mean what the keycaps say.

Every function key is also Alt and its digit, for laptops and for terminals that keep the F-keys to
themselves. A terminal sends Alt as an escape before the character; unshifted AZERTY digits are
other characters on the same keycaps. Terminals with the Kitty protocol name the key instead.
"""

from __future__ import annotations

from typing import cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

from desk.keys import DIGITS

_AZERTY_DIGITS = "&é\"'(-è_çà"
_FUNCTION_KEYS = (
    Keys.F1,
    Keys.F2,
    Keys.F3,
    Keys.F4,
    Keys.F5,
    Keys.F6,
    Keys.F7,
    Keys.F8,
    Keys.F9,
    Keys.F10,
)


def teach_alt_digits() -> None:
    """Lets an escape followed by a digit, in either layout, arrive as its function key.

    Textual reads those sequences as the symbols that one macOS terminal means by them, and offers
    no public way to say otherwise; its table is the one place where it can be said.
    """
    table = cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)
    for digits in (DIGITS, _AZERTY_DIGITS):
        for digit, key in zip(digits, _FUNCTION_KEYS, strict=True):
            table[f"\x1b{digit}"] = (key,)
