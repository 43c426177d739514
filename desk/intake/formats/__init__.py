"""The kinds of booking files that desk knows: one small file each, listed here."""

from __future__ import annotations

from desk.intake.formats import calendly, plain
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import Format
from desk.intake.read import Document
from desk.intake.table import csv_records

FORMATS: tuple[Format, ...] = (plain.FORMAT, calendly.FORMAT)


def detect(document: Document) -> Format:
    """Returns the format of a document, by its first record.

    Raises:
        ProblemError: no format knows it, or its first record cannot be read.
    """
    first = next(csv_records(document), None)
    if first is None:
        raise ProblemError(Problem.EMPTY_FILE)
    header = first.header
    for known in FORMATS:
        if known.recognises(header):
            return known
    raise ProblemError(
        Problem.UNKNOWN_FORMAT,
        text=",".join(header.names),
        known="; ".join(known.title for known in FORMATS),
    )
