"""QR codes of references, as lines of characters.

A reference with its side fits the smallest code there is (21 modules a side) with error correction
of a quarter of it or more: a creased slip is still read.
"""

from __future__ import annotations

import segno

_HALF_BLOCKS = {
    (False, False): " ",
    (True, False): "▀",
    (False, True): "▄",
    (True, True): "█",
}
"""By whether the upper and the lower half are dark."""

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, dark where True."""


def modules(code: str, quiet: int = 0) -> Modules:
    """Returns the modules of a QR code.

    Args:
        code: what it says.
        quiet: how many light modules stand around it; four, where the paper does not already.
    """
    made = segno.make(code, error="q", micro=False)
    return tuple(tuple(bool(one) for one in row) for row in made.matrix_iter(border=quiet))


def half_blocks(code: str, quiet: int = 4) -> tuple[str, ...]:
    """Returns a QR code in lines of half blocks: dark where a printer prints."""
    rows = modules(code, quiet)
    light = (False,) * len(rows[0])
    return tuple(
        "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], (*rows[1::2], light), strict=False)
    )


def ascii_blocks(code: str, quiet: int = 4) -> tuple[str, ...]:
    """Returns a QR code in lines of ``##``, for a printer that knows nothing else."""
    return tuple(
        "".join("##" if dark else "  " for dark in row).rstrip() for row in modules(code, quiet)
    )
