"""The program: the command line, and the net under it."""

from __future__ import annotations

import gc
import sys

_MANY = 10_000
"""Objects that are made before garbage is looked for.

A start makes half a million, which stay: to look through them every few hundred, as Python would,
takes a seventh of it.
"""


def main() -> int:
    """Does what the command line says, and returns the exit code."""
    gc.set_threshold(max(_MANY, gc.get_threshold()[0]), 20, 100)
    try:
        from desk.cli.given import Given
        from desk.cli.program import run
    except KeyboardInterrupt:
        # Ctrl+C before there is anything to stop needs no words, and no traceback either.
        return 1

    given = Given()
    try:
        return run(sys.argv[1:], given)
    except Exception as fault:
        # The outermost boundary, and the only place that catches everything: a fault of the
        # program's own is written down without names, and an officer gets a sentence.
        from desk.cli.fault import tell_fault

        return tell_fault(fault, given)


if __name__ == "__main__":
    sys.exit(main())
