"""Printing: the result on stdout, messages on stderr, and nothing that a terminal obeys.

Whatever comes from the record or from a file may have been written by a stranger, so every line
passes through ``safe``; a document is ASCII, with everything else escaped.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence

from desk.errors import DeskError
from desk.text import safe, width

Document = Mapping[str, object]


def speak_safely() -> None:
    """Lets no character that the receiving side lacks end the program.

    A file or a pipe is read by programs and gets UTF-8; a terminal keeps its own encoding. What
    it cannot show becomes a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def draws_unicode() -> bool:
    """Returns whether whoever reads stdout understands more than ASCII."""
    return str(getattr(sys.stdout, "encoding", None)).lower().startswith("utf")


def send() -> None:
    """Sends what was printed on its way, so that a refusal is known before the program ends.

    Raises:
        OSError: the disk is full, or nobody reads any more.
    """
    if sys.stdout is not None:  # It is None where the program was started without one.
        sys.stdout.flush()


def let_go() -> None:
    """Lets go of what stdout refused: Python would try again as it ends, and end in its own way."""
    try:
        send()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def show(document: Document) -> None:
    """Prints the one document of ``--json``."""
    print(json.dumps(document, indent=2))


def show_text(text: str) -> None:
    """Prints text that was made safe as it was written."""
    print(text, end="")


def show_lines(lines: Sequence[str]) -> None:
    """Prints the result for people."""
    for line in lines:
        print(safe(line).rstrip())


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows in columns under their names, as wide as they need to be."""
    cells = [[safe(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    show_lines(
        [
            "  ".join(
                cell + " " * (space - width(cell)) for cell, space in zip(row, widths, strict=True)
            )
            for row in cells
        ]
    )


def say(message: str) -> None:
    """Prints a message for people, on stderr."""
    print(safe(message), file=sys.stderr)


def tell(error: DeskError, *, in_json: bool) -> None:
    """Prints a failure: as a document for programs, or what is wrong and what to do for people."""
    if in_json and _shown(error):
        return
    say(error.explanation)
    if error.next:
        say(error.next)


def _shown(error: DeskError) -> bool:
    """Prints a failure as a document; returns whether stdout took it."""
    try:
        show({"error": {"code": error.code, "explanation": error.explanation, "next": error.next}})
        send()
    except OSError:
        return False
    return True
