"""Words that change with a key: what they cost, and what they must not cost."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from desk.tui.widgets.words import Words


class WordsApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Words("one line", markup=False)


async def test_only_another_number_of_lines_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    usual = Words.refresh

    def remembered(words: Words, *regions: Any, **how: bool) -> Words:
        asked.append(how.get("layout", False))
        return usual(words, *regions, **how)

    running = WordsApp()
    async with running.run_test(size=(20, 10)) as pilot:
        words = running.screen.query_one(Words)
        monkeypatch.setattr(Words, "refresh", remembered)
        changes = {
            "other words": [False],
            "more words than fit the line": [False, True],
            "as many other words as before": [False],
        }
        for said, layouts in changes.items():
            asked.clear()
            words.update(Content(said))
            assert asked == layouts, said
            await pilot.pause()
            assert len(words.render_lines(words.size.region)) == words.size.height

        asked.clear()
        words.update(Content("as many other words as before"))
        assert asked == [], "nothing has changed"
        words.update(Content.styled("as many other words as before", "bold"))
        assert asked == [False], "another tone"
