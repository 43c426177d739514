"""Exchanges as rows of a CSV file, in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from desk.text import safe, spreadsheet_safe

_EXCHANGE = (
    "ref",
    "kind",
    "starts_at",
    "ends_at",
    "bay",
    "item",
    "stage",
    "outcome",
    "disputed",
    "source",
    "external_id",
)
_PARTY = ("role", "name", "assumed", "presence", "id")
_VISITS = ("visits", "arrived_at", "left_at", "left_observed")
_SIDES = ("giver", "receiver")

COLUMNS = (
    *_EXCHANGE,
    *(f"{side}_{name}" for side in _SIDES for name in (*_PARTY, *_VISITS)),
)
"""The first arrival and the last leaving stand for all visits of a party, and their number."""


def csv_text(exchanges: Iterable[Mapping[str, Any]]) -> str:
    """Returns the rows under their names.

    Args:
        exchanges: as the JSON documents have them.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in _row(exchange)] for exchange in exchanges)
    return sheet.getvalue()


def _row(exchange: Mapping[str, Any]) -> list[object]:
    cells = [exchange[name] for name in _EXCHANGE]
    for party in exchange["parties"]:
        visits = party["visits"]
        first, last = (visits[0], visits[-1]) if visits else ({}, {})
        cells += [party[name] for name in _PARTY]
        cells += [len(visits), first.get("arrived_at"), last.get("left_at")]
        cells.append(last.get("left_observed"))
    return cells


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
    return spreadsheet_safe(safe(str(value)))
