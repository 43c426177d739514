"""How it looks: three themes, and the styles that a theme gives to each tone.

The night theme has the colours of the design's pictures. Colour never says anything alone: every
state has its glyph and its words, so that all three read as well on a monochrome screen, where
weight remains and the cursor's row is reversed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rich.style import Style
from textual.app import App
from textual.theme import Theme

from desk.tui.present import Piece, Tone

VARIABLE_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "tone-plain": "#d7dee7",
        "tone-strong": "#d7dee7",
        "tone-dim": "#77879a",
        "tone-accent": "#5aa9ff",
        "tone-pointed": "#5aa9ff",
        "tone-mark": "#5aa9ff",
        "tone-people": "#4cc9d8",
        "tone-here": "#57c98a",
        "tone-ready": "#57c98a",
        "tone-late": "#f2b544",
        "tone-overdue": "#ff7166",
        "tone-alert": "#ff7166",
        "tone-disputed": "#d58cff",
        "tone-now-line": "#294768",
        "tone-rule": "#2a3644",
        "chip-idle": "#2a3644",
        "chip-idle-text": "#d7dee7",
        "chip-text": "#11161d",
        "cursor-row": "#22364d",
        "band": "#18202a",
        "band-other-day": "#4a2f10",
    }
)
"""The desk's own CSS variables, as the night theme has them.

The app returns them from ``get_theme_variable_defaults``, so that its styles can be read under
any theme.
"""

_NIGHT = Theme(
    name="desk-night",
    primary="#5aa9ff",
    secondary="#4cc9d8",
    accent="#5aa9ff",
    warning="#f2b544",
    error="#ff7166",
    success="#57c98a",
    foreground="#d7dee7",
    background="#11161d",
    surface="#18202a",
    panel="#2a3644",
    dark=True,
    variables=dict(VARIABLE_DEFAULTS),
)

_DAY = Theme(
    name="desk-day",
    primary="#0b5cad",
    secondary="#0a6b7c",
    accent="#0b5cad",
    warning="#8a5200",
    error="#b3261e",
    success="#1a7042",
    foreground="#1b232c",
    background="#fbfcfd",
    surface="#edf1f5",
    panel="#d7dee6",
    dark=False,
    variables={
        "tone-plain": "#1b232c",
        "tone-strong": "#0b1117",
        "tone-dim": "#5b6876",
        "tone-accent": "#0b5cad",
        "tone-pointed": "#0b5cad",
        "tone-mark": "#0b5cad",
        "tone-people": "#0a6b7c",
        "tone-here": "#1a7042",
        "tone-ready": "#1a7042",
        "tone-late": "#8a5200",
        "tone-overdue": "#b3261e",
        "tone-alert": "#b3261e",
        "tone-disputed": "#7b2fa8",
        "tone-now-line": "#9cc3ea",
        "tone-rule": "#cdd5de",
        "chip-idle": "#d7dee6",
        "chip-idle-text": "#1b232c",
        "chip-text": "#ffffff",
        "cursor-row": "#d3e5f8",
        "band": "#edf1f5",
        "band-other-day": "#ffe2b0",
    },
)

_CONTRAST = Theme(
    name="desk-contrast",
    primary="#8ccfff",
    secondary="#66f0ff",
    accent="#8ccfff",
    warning="#ffd75f",
    error="#ffb4ac",
    success="#7dff9b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
    variables={
        "tone-plain": "#ffffff",
        "tone-strong": "#ffffff",
        "tone-dim": "#cccccc",
        "tone-accent": "#8ccfff",
        "tone-pointed": "#8ccfff",
        "tone-mark": "#ffff00",
        "tone-people": "#66f0ff",
        "tone-here": "#7dff9b",
        "tone-ready": "#7dff9b",
        "tone-late": "#ffd75f",
        "tone-overdue": "#ffb4ac",
        "tone-alert": "#ffb4ac",
        "tone-disputed": "#e9b3ff",
        "tone-now-line": "#8ccfff",
        "tone-rule": "#8a8a8a",
        "chip-idle": "#404040",
        "chip-idle-text": "#ffffff",
        "chip-text": "#000000",
        "cursor-row": "#003570",
        "band": "#1c1c1c",
        "band-other-day": "#4a2e00",
    },
)

THEMES = (_NIGHT, _DAY, _CONTRAST)
"""All of them, the default first."""

THEME_NAMES: Mapping[str, str] = MappingProxyType(
    {"night": _NIGHT.name, "day": _DAY.name, "high-contrast": _CONTRAST.name}
)
"""Textual's names by those in ``[looks]`` of ``station.toml``."""

_BOLD = frozenset({Tone.STRONG, Tone.ACCENT, Tone.MARK, Tone.OVERDUE, Tone.PEOPLE})
_UNDERLINED = frozenset({Tone.MARK})
_FAINT = frozenset({Tone.DIM, Tone.RULE, Tone.NOW_LINE})


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of the theme in use.

    Attributes:
        styles: the style of each tone.
        chips: the style of a chip of each tone.
        cursor: what lies under the cursor's row.
    """

    styles: Mapping[Tone, Style]
    chips: Mapping[Tone, Style]
    cursor: Style

    @classmethod
    def of(cls, app: App[Any]) -> Palette:
        """Returns the palette of the app's theme."""
        if app.no_color:
            return _monochrome()
        variables = {**VARIABLE_DEFAULTS, **app.theme_variables}
        return _coloured(tuple((name, variables[name]) for name in VARIABLE_DEFAULTS))

    def style(self, piece: Piece) -> Style:
        """Returns the style of that piece."""
        return (self.chips if piece.chip else self.styles)[piece.tone]


_Variables = tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _coloured(variables: _Variables) -> Palette:
    colours = dict(variables)
    styles = {
        tone: Style(
            color=colours[f"tone-{tone}"], bold=tone in _BOLD, underline=tone in _UNDERLINED
        )
        for tone in Tone
    }
    text = colours["chip-text"]
    chips = {tone: Style(color=text, bgcolor=colours[f"tone-{tone}"], bold=True) for tone in Tone}
    chips[Tone.DIM] = Style(color=colours["chip-idle-text"], bgcolor=colours["chip-idle"])
    return Palette(styles, chips, Style(bgcolor=colours["cursor-row"]))


@lru_cache(maxsize=1)
def _monochrome() -> Palette:
    """Returns a palette of weights alone: chips and the cursor's row are reversed."""
    styles = {
        tone: Style(bold=tone in _BOLD, dim=tone in _FAINT, underline=tone in _UNDERLINED)
        for tone in Tone
    }
    chips = {tone: Style(bold=True, reverse=True) for tone in Tone}
    chips[Tone.DIM] = Style(bold=True)
    return Palette(styles, chips, Style(reverse=True))
