"""Sheets of paper: which size a region prints on."""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import files

_LETTER_REGIONS = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where paper is US Letter (CLDR, supplemental data, ``paperSize``); elsewhere it is A4."""

_OTHER_NAMES = {"US": "US", "Canada": "CA", "Mexico": "MX", "Chile": "CL"}
"""The older names of zones that begin with a country, such as ``US/Pacific``."""


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    LETTER = "letter"


def paper_of(timezone: str) -> Paper:
    """Returns the paper of the region whose clock that is; A4 where the zone is of no region."""
    region = _OTHER_NAMES.get(timezone.partition("/")[0]) or _region(timezone)
    return Paper.LETTER if region in _LETTER_REGIONS else Paper.A4


def _region(timezone: str) -> str | None:
    """Returns the ISO 3166 code beside an IANA zone in the zone database's own table."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == timezone), None)
