"""The themes: every variable in each, and text that can be read on what it stands on."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from desk.tui.present import Tone
from desk.tui.themes import THEME_NAMES, THEMES, VARIABLE_DEFAULTS

_WORDS = set(Tone) - {Tone.NOW_LINE, Tone.RULE}
"""The tones that text has; the others are lines."""

_READABLE = 4.5
_DIM_IS_READABLE = 3.0
"""The contrast that WCAG asks for text, and for large text or what is not active."""

_CONTRAST_IS_HIGH = 7.0
"""What WCAG asks at its highest level, and the high-contrast theme keeps for all of its text."""


def contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2."""
    channels = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_each_theme_says_every_variable(theme: Theme) -> None:
    assert theme.variables.keys() == VARIABLE_DEFAULTS.keys()
    assert {f"tone-{tone}" for tone in Tone} <= theme.variables.keys()


def test_the_themes_go_by_the_names_in_the_settings() -> None:
    assert set(THEME_NAMES.values()) == {theme.name for theme in THEMES}
    assert THEME_NAMES["night"] == THEMES[0].name == "desk-night"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("ground", "tones"),
    [
        ("background", _WORDS),
        ("band", _WORDS),
        ("cursor-row", _WORDS),
        ("surface", _WORDS),
        ("panel", {Tone.PLAIN, Tone.DIM}),
        ("band-other-day", {Tone.STRONG, Tone.DIM, Tone.ACCENT}),
    ],
)
def test_every_tone_can_be_read_on_what_it_stands_on(
    theme: Theme, ground: str, tones: set[Tone]
) -> None:
    standard = {name: str(getattr(theme, name)) for name in ("background", "surface", "panel")}
    grounds = {**theme.variables, **standard}
    under = Color.parse(grounds[ground])
    ratios = {tone: contrast(Color.parse(grounds[f"tone-{tone}"]), under) for tone in tones}
    least = dict.fromkeys(tones, _READABLE) | {Tone.DIM: _DIM_IS_READABLE}
    if theme.name == THEME_NAMES["high-contrast"]:
        least = dict.fromkeys(tones, _CONTRAST_IS_HIGH)

    assert {tone: ratio for tone, ratio in ratios.items() if ratio < least[tone]} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_chip_can_be_read(theme: Theme) -> None:
    fields = {f"tone-{tone}": "chip-text" for tone in _WORDS - {Tone.DIM}}
    fields["chip-idle"] = "chip-idle-text"
    ratios = {
        field: contrast(Color.parse(theme.variables[field]), Color.parse(theme.variables[words]))
        for field, words in fields.items()
    }

    high = theme.name == THEME_NAMES["high-contrast"]
    least = _CONTRAST_IS_HIGH if high else _READABLE

    assert {field: ratio for field, ratio in ratios.items() if ratio < least} == {}
