"""The program: the command line, and the net under it."""

from __future__ import annotations

import sys


def main() -> int:
    """Does what the command line says, and returns the exit code."""
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
