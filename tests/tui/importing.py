"""The import sheet at a station: its inbox, what it shows, what lies in front of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual.widgets import Input

from desk.domain.verdict import Verdict
from desk.intake.drives import Drives, no_drives
from desk.intake.station_terms import terms_at
from desk.paths import DataFolder
from desk.settings import Settings
from desk.tui.importer import Importer
from desk.tui.screens.import_sheet import ImportSheet
from desk.tui.widgets.numbered_list import NumberedList
from tests.builders import StationUnderTest
from tests.tui.sheet_app import SheetApp, drawn

Shown = SheetApp[Verdict]

HEADER = "Date,Time,Seller,Buyer,Item,Bay"
ONE_BOOKING = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
A_WHILE_AGO = 1_795_000_000


def put(station: StationUnderTest, name: str, *rows: str, minutes_ago: int = 0) -> Path:
    """Puts a plain file with those rows into the inbox."""
    inbox = station.path.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    path = inbox / name
    path.write_text("".join(f"{row}\n" for row in (HEADER, *(rows or (ONE_BOOKING,)))))
    written = A_WHILE_AGO - 60 * minutes_ago
    os.utime(path, (written, written))
    return path


def importer_at(
    station: StationUnderTest,
    settings: Mapping[str, Any] | None = None,
    drives: Drives = no_drives,
) -> Importer:
    folder = DataFolder(station.path.parent)
    said = Settings.model_validate(settings or {})
    terms = partial(terms_at, folder, said, station.clock)
    return Importer(folder, terms, station.service, station.by, drives)


def sheet_at(
    station: StationUnderTest,
    typed: str = "",
    settings: Mapping[str, Any] | None = None,
    drives: Drives = no_drives,
) -> Shown:
    return Shown(ImportSheet(importer_at(station, settings, drives), typed))


def box(app: Shown) -> Input:
    return app.sheet.query_one("#path", Input)


def listed(app: Shown) -> Callable[[], bool]:
    """Whether files are listed, and can be picked."""
    return lambda: app.sheet.query_one(NumberedList).display


def look_again(app: Shown) -> None:
    """Has the sheet look for files before its time."""
    assert isinstance(app.sheet, ImportSheet)
    app.sheet.look_again()


def says(app: Shown, words: str) -> Callable[[], bool]:
    return lambda: words in drawn(app.screen)


def in_front(app: Shown, kind: type[Any]) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, kind)
