"""What makes a few hundred starts of the app cheap, and changes nothing that they show."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values

from tests.tui.idling import nothing_is_ready


@cache
def _tokens(variables: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return tokenize_values(dict(variables))


class _StyleSheets:
    """Every style sheet, read once for all apps with the same variables."""

    def __init__(self) -> None:
        self._read: dict[tuple[Any, ...], list[RuleSet]] = {}

    def tokenize(self, variables: dict[str, str]) -> dict[str, Any]:
        """Returns the one object for these variables, by which `parse` knows them."""
        return _tokens(tuple(variables.items()))

    def parse(
        self, scope: str, css: str, read_from: Any, *, variable_tokens: dict[str, Any], **how: Any
    ) -> list[RuleSet]:
        """Returns the rules, which nobody changes once they are read."""
        key = (scope, css, read_from, id(variable_tokens), *how.items())
        if key not in self._read:
            rules = parse(scope, css, read_from, variable_tokens=variable_tokens, **how)
            self._read[key] = list(rules)
        return self._read[key]


_SHEETS = _StyleSheets()


@pytest.fixture(autouse=True)
def style_sheets_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves the apps of a whole run what each would read anew, from one screen to the next."""
    monkeypatch.setattr("textual.css.stylesheet.tokenize_values", _SHEETS.tokenize)
    monkeypatch.setattr("textual.css.stylesheet.parse", _SHEETS.parse)


async def _idle(*_at_least: float) -> bool:
    await nothing_is_ready()
    return True


@pytest.fixture(autouse=True)
def keys_are_waited_for_no_longer_than_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot sleeps 40 ms with every key, to see whether the processor is idle.

    It also sends something to every part of the screen, to see whether it comes back.
    """
    monkeypatch.setattr("textual.app.wait_for_idle", _idle)
    monkeypatch.setattr("textual.pilot.Pilot._wait_for_screen", _idle)


@pytest.fixture(autouse=True)
def what_waits_for_the_officer_to_pause_does_not_wait_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The card follows the cursor once that rests, and all days are searched once nobody types.

    So a test sees both when the app has settled, and never what is on its way.
    """
    monkeypatch.setattr("desk.tui.screens.board.screen._CARD_AFTER", 0.0)
    monkeypatch.setattr("desk.tui.screens.board.connected._FIND_AFTER", 0.01)
