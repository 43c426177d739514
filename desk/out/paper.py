"""Sheets of paper: which size a region prints on."""

from __future__ import annotations

from enum import StrEnum

from desk.contacts import region_of

_LETTER_REGIONS = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where paper is US Letter (CLDR, supplemental data, ``paperSize``); elsewhere it is A4."""


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    LETTER = "letter"


def paper_of(timezone: str) -> Paper:
    """Returns the paper of the region whose clock that is; A4 where the zone is of no region."""
    return Paper.LETTER if region_of(timezone) in _LETTER_REGIONS else Paper.A4
