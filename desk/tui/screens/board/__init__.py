"""The board: its screen, what typing means on it, the clerk who opens its sheets."""

from desk.tui.screens.board.screen import BoardScreen

__all__ = ["BoardScreen"]
