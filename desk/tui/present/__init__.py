"""From domain values to what is drawn of them: pure, and without a widget.

Widgets lay out what stands here for their own width; nothing here knows how wide a screen is,
except that the State column has 16 cells.
"""

from desk.tui.present.bays import BaySlot, NextUp, bay_slots
from desk.tui.present.board import announcement, bay_cells, exchange_row, needs, picture
from desk.tui.present.card import CardPicture, Offer, PartyBlock, TimelineLine, card
from desk.tui.present.days import day_or_time, day_title
from desk.tui.present.glyphs import ASCII, GLYPHS, UNICODE, Glyphs
from desk.tui.present.matches import matches_picture
from desk.tui.present.parties import PartyCell, full_name
from desk.tui.present.rows import (
    FOLD,
    BoardPicture,
    ExchangeRow,
    FoldRow,
    Key,
    MatchRow,
    NowRow,
    Row,
)
from desk.tui.present.scene import Scene
from desk.tui.present.state import STATE_CELLS, StateWords, state
from desk.tui.present.tones import Line, Piece, Tone, cells, chip, fitted, wrapped
from desk.wording import bay_name, short_day

__all__ = [
    "ASCII",
    "FOLD",
    "GLYPHS",
    "STATE_CELLS",
    "UNICODE",
    "BaySlot",
    "BoardPicture",
    "CardPicture",
    "ExchangeRow",
    "FoldRow",
    "Glyphs",
    "Key",
    "Line",
    "MatchRow",
    "NextUp",
    "NowRow",
    "Offer",
    "PartyBlock",
    "PartyCell",
    "Piece",
    "Row",
    "Scene",
    "StateWords",
    "TimelineLine",
    "Tone",
    "announcement",
    "bay_cells",
    "bay_name",
    "bay_slots",
    "card",
    "cells",
    "chip",
    "day_or_time",
    "day_title",
    "exchange_row",
    "fitted",
    "full_name",
    "matches_picture",
    "needs",
    "picture",
    "short_day",
    "state",
    "wrapped",
]
