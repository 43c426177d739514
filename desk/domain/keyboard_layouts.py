"""Slips that were scanned onto another keyboard layout than the scanner's.

A scanner presses the keys of a US keyboard. Where the PC has a French, Belgian, German or Swiss
layout, the same keys type other characters: ``K7QDM7-G`` arrives as ``KèAD?è)G``. Each map takes
back what one family of layouts made of it, and the check character tells which one is right.
"""

from __future__ import annotations

from desk.domain.reference import BadReferenceError, Slip, read_slip

_FOREIGN = ";"
"""Stands for the keys that no slip has."""

_AZERTY = str.maketrans(
    {
        **dict(zip("aqzwAQZW", "qawzQAWZ", strict=True)),
        **dict(zip("&é\"'(-è_çà", "1234567890", strict=True)),
        # In capitals, as caps lock types them on a Mac; and the two that are others in Belgium.
        **dict(zip("ÉÈÇÀ§!", "279068", strict=True)),
        **dict.fromkeys(",?", "M"),
        **dict.fromkeys("mM", _FOREIGN),
        **dict.fromkeys(")°", "-"),
    }
)
_QWERTZ = str.maketrans(
    {
        **dict(zip("yzYZ", "zyZY", strict=True)),
        # The key behind 0: in Germany and Austria, and in Switzerland; with caps lock the same.
        **dict.fromkeys("ßẞ'?", "-"),
        "-": _FOREIGN,
    }
)


def slip_scanned(text: str) -> Slip | None:
    """Returns the slip that a scan is, whichever layout it came through; None where it is none.

    The plain reading comes first. Otherwise exactly one layout must make a slip of it whose check
    character holds: where two do, nobody knows which was meant. What a scanner sends is all in
    capitals or has none at all, so that a pasted name is not taken for a slip.
    """
    plain = _slip(text)
    if plain is not None or not _in_one_case(text):
        return plain
    meant = {_slip(text.translate(layout)) for layout in (_AZERTY, _QWERTZ)} - {None}
    return meant.pop() if len(meant) == 1 else None


def _slip(text: str) -> Slip | None:
    try:
        return read_slip(text)
    except BadReferenceError:
        return None


def _in_one_case(text: str) -> bool:
    letters = "".join(character for character in text if character.isascii())
    return letters in (letters.upper(), letters.lower())
