"""A box for words: what a terminal would obey does not get in."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from desk.tui.widgets.text_box import TextBox
from tests.hostile import HOSTILE, foreign


class BoxApp(App[None]):
    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield TextBox(self.text)

    @property
    def box(self) -> TextBox:
        return self.query_one(TextBox)


async def test_hostile_text_is_pasted_without_what_is_hostile() -> None:
    app = BoxApp()
    async with app.run_test() as pilot:
        for text in HOSTILE:
            app.box.value = "at first "
            await pilot.press("end")
            app.post_message(events.Paste(text))
            await pilot.pause()

            assert app.box.value.startswith("at first "), text
            assert foreign(app.box.value) == [], text
            assert app.box.cursor_position == len(app.box.value), text


async def test_hostile_text_that_stood_there_at_first_is_shown_safely() -> None:
    app = BoxApp()
    async with app.run_test() as pilot:
        for text in HOSTILE:
            await app.query(TextBox).remove()
            await app.mount(TextBox(text))
            await pilot.pause()
            assert foreign(app.box.render_line(0).text) == [], text


@pytest.mark.parametrize(
    "text", ["Marie Dupont", "O'Brien", "[bold]", "نور\u200cمن", "क\u094d\u200d", "田中", "e\u0301"]
)
async def test_what_people_write_stays_as_it_is(text: str) -> None:
    async with BoxApp(text).run_test() as pilot:
        assert pilot.app.screen.query_one(TextBox).value == text


async def test_blanks_of_any_kind_are_spaces() -> None:
    app = BoxApp("Marie\u00a0Dupont\tor\u3000so")
    async with app.run_test():
        assert app.box.value == "Marie Dupont or so"


async def test_typing_goes_on_where_the_cursor_stands() -> None:
    app = BoxApp()
    async with app.run_test() as pilot:
        app.post_message(events.Paste("a\x1b\x1bc"))
        await pilot.pause()
        await pilot.press("left", "b")

        assert app.box.value == "abc"
