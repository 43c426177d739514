"""The board's rows, drawn line by line, with a cursor that is kept by reference.

A now-line, a fold, a marked row and times at the right are more than a data table does, and a
tick that changes nothing must repaint nothing: so what stands on each visible line is compared
with what stood there, and only lines that differ are refreshed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, zip_longest

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from desk.clock import elapsed
from desk.tui.present import FOLD, BoardPicture, Key, NowRow, Row
from desk.tui.widgets.board_columns import Columns, columns, row_line
from desk.tui.widgets.board_lines import (
    HEADER_LINES,
    LEAST_BODY,
    Content,
    Window,
    announced_row,
    contents,
    empty_contents,
    has,
    place,
)
from desk.tui.widgets.painted import strip
from desk.tui.widgets.themed import Themed

_IDLE_SECONDS = 60.0
"""After how long without a movement the now-line is brought back into view."""

_MOST_STRIPS = 1000


class BoardTable(ScrollView, Themed, can_focus=False):
    """Shows a picture of a day, or of what was found."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BoardTable {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-color: $tone-rule;
        scrollbar-color-hover: $tone-dim;
        scrollbar-color-active: $tone-dim;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row; ``key`` has no reference on the fold."""

        key: Key | None

        @property
        def ref(self) -> str | None:
            """The exchange's reference, or None."""
            return self.key.ref if self.key else None

    @dataclass
    class Chosen(Message):
        """The row under the cursor was clicked or pressed."""

        key: Key

        @property
        def ref(self) -> str | None:
            """The exchange's reference."""
            return self.key.ref

    class FoldPressed(Message):
        """The fold was clicked or pressed."""

    _picture: BoardPicture | None = None
    _empty = ""
    _wanted: Key | None = None
    _awaited: Key | None = None
    _index = 0
    _moved_at = float("-inf")
    _columns: Columns | None = None

    def __init__(self) -> None:
        super().__init__()
        self._contents: list[Content] = []
        self._strips: dict[Content, Strip] = {}

    # What it shows

    def show(self, picture: BoardPicture, *, empty: str = "") -> None:
        """Shows this picture; where it has no rows, the sentence that says what to do next.

        The cursor stays on its row, wherever that is now, until there is one that it is to go to.
        If its row is gone, it goes to the nearest; on a first picture, and when a search begins,
        to where the picture starts.
        """
        begins = self._wanted is None or (picture.found and not self._found)
        ends = self._found and not picture.found
        before, stood_at = self.cursor_key, self._index
        self._picture, self._empty = picture, empty
        wanted = picture.start if begins else self._wanted
        if self._awaited is not None and has(picture.rows, self._awaited):
            wanted, self._awaited = self._awaited, None
        self._index = place(picture.rows, wanted, stood_at)
        self._lay_out()
        if self._top and not begins:
            self._scroll_to_row(self._top + self._index - stood_at)
        self._point(before)
        if ends:
            # How far one can scroll is known only once the day is laid out again.
            self.call_after_refresh(self._see_cursor)
        if elapsed() - self._moved_at > _IDLE_SECONDS:
            self._bring_now_into_view()
        self._redraw()

    @property
    def cursor_key(self) -> Key | None:
        """The key of the row under the cursor, or None where there is no row."""
        return self._rows[self._index].key if self._index < len(self._rows) else None

    @property
    def cursor_ref(self) -> str | None:
        """The reference of the exchange under the cursor, or None."""
        key = self.cursor_key
        return key.ref if key else None

    # Moving

    def move(self, delta: int) -> None:
        """Moves the cursor by so many rows; the now-line is none."""
        index, rows = self._index, self._rows
        ahead = range(index + 1, len(rows)) if delta > 0 else range(index - 1, -1, -1)
        places = (n for n in ahead if rows[n].key is not None)
        passed = tuple(islice(places, abs(delta)))
        if self.cursor_key is not None:
            self._move_to(passed[-1] if passed else index)

    def page(self, delta: int) -> None:
        """Moves the cursor by so many screenfuls."""
        self.move(delta * max(self._body - 1, 1))

    def home(self) -> None:
        """Moves the cursor to the first row."""
        self.move(-len(self._rows))

    def end(self) -> None:
        """Moves the cursor to the last row."""
        self.move(len(self._rows))

    def go_to(self, key: Key) -> None:
        """Moves the cursor to that row, now or as soon as a picture has it."""
        self._moved_at = elapsed()
        if any(row.key == key for row in self._rows):
            self._move_to(place(self._rows, key, self._index))
        else:
            self._awaited = key

    def press(self) -> None:
        """Does what a click on the highlighted row does."""
        key = self.cursor_key
        if key == FOLD:
            self.post_message(self.FoldPressed())
        elif key is not None:
            self.post_message(self.Chosen(key))

    def rest(self) -> None:
        """Brings the now-line back into view, and keeps it there until the cursor moves."""
        self._moved_at = float("-inf")
        self._bring_now_into_view()
        self._redraw()

    def _move_to(self, index: int) -> None:
        before, stood_at, top = self.cursor_key, self._index, self._top
        if index != stood_at:
            self._awaited = None
        self._index = index
        self._moved_at = elapsed()
        self._point(before)
        self._bring_into_view(index)
        if self._top == top:
            self._repoint(stood_at, index)
        else:
            self._redraw()

    def _point(self, before: Key | None) -> None:
        """Remembers the row under the cursor, and says so if it is another than before."""
        key = self.cursor_key
        self._wanted = key or self._wanted
        if key != before:
            self._bring_into_view(self._index)
            self.post_message(self.Highlighted(key))

    def _see_cursor(self) -> None:
        self._bring_into_view(self._index)
        self._redraw()

    @property
    def _found(self) -> bool:
        return self._picture is not None and self._picture.found

    @property
    def _rows(self) -> tuple[Row, ...]:
        return self._picture.rows if self._picture else ()

    # Scrolling

    @property
    def _body(self) -> int:
        """The lines below the header."""
        return max(self.size.height - HEADER_LINES, 0)

    @property
    def _top(self) -> int:
        return round(self.scroll_y)

    @property
    def _window(self) -> Window:
        return Window(self._top, self._body, self.size.width)

    def _bring_into_view(self, index: int) -> None:
        """Scrolls as little as needed, so that the row has one more on each side of it.

        The lines at both edges are where rows out of sight are announced.
        """
        body, top = self._body, self._top
        if not body:
            return
        lowest_top = index - body + 1 + (index < len(self._rows) - 1)
        highest_top = index - (index > 0)
        wanted = min(max(top, lowest_top), highest_top)
        if wanted != top:
            self._scroll_to_row(wanted)

    def _bring_now_into_view(self) -> None:
        """Scrolls so that the now-line shows, in the upper third if it did not show before."""
        now = next((n for n, row in enumerate(self._rows) if isinstance(row, NowRow)), None)
        if now is None:
            return
        if self._top < now < self._top + self._body - 1:
            return
        self._scroll_to_row(now - self._body // 3)
        if abs(now - self._index) <= self._body - LEAST_BODY:
            self._bring_into_view(self._index)

    def _scroll_to_row(self, top: int) -> None:
        self.scroll_to(y=max(top, 0), animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draws the rows that have come into view."""
        self._contents = self._visible()
        super().watch_scroll_y(old_value, new_value)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Returns one visible line."""
        content = self._contents[y] if y < len(self._contents) else Content()
        drawn = self._strips.get(content)
        if drawn is None:
            if len(self._strips) >= _MOST_STRIPS:
                self._strips.clear()
            drawn = self._strips[content] = self._draw(content)
        return drawn

    def _draw(self, content: Content) -> Strip:
        line = content.line
        if content.row and self._picture and self._columns:
            glyphs = self._picture.glyphs
            line = row_line(content.row, self._columns, glyphs, pointed=content.pointed)
        under = self.rich_style + self.palette.cursor if content.pointed else self.rich_style
        return strip(line, self.palette, self.size.width, under)

    def _redraw(self) -> None:
        """Refreshes the visible lines that differ from what stands there."""
        before, self._contents = self._contents, self._visible()
        width = self.size.width
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._contents))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def _repoint(self, *indices: int) -> None:
        """Refreshes only these rows: where nothing scrolled, all that can differ is the cursor."""
        width, rows = self.size.width, self._rows
        for index in indices:
            y = HEADER_LINES + index - self._top
            if 0 < y < len(self._contents) and self._contents[y].row is rows[index]:
                self._contents[y] = Content(rows[index], pointed=index == self._index)
                self.refresh(Region(0, y, width, 1))

    def _visible(self) -> list[Content]:
        """Returns what stands on each visible line."""
        if self._picture is None or self._columns is None:
            return []
        if not self._rows:
            return empty_contents(self._picture, self._columns, self._window, self._empty)
        return contents(self._picture, self._columns, self._window, self._index)

    def _lay_out(self) -> None:
        """Takes the columns for the width, and the height for the rows."""
        if self._picture is None:
            return
        # The margin at the right is where the scrollbar stands, if there is one.
        width = self.outer_size.width
        at = columns(width, self.screen.size.width, self._picture.bay_cells)
        if at != self._columns:
            self._columns = at
            self.draw_anew()
        size = Size(0, len(self._rows) + HEADER_LINES)
        if size != self.virtual_size:
            self.virtual_size = size

    def draw_anew(self) -> None:
        """Draws every line again."""
        self._strips.clear()
        self.refresh()

    # What happens to it

    def on_resize(self, _event: events.Resize) -> None:
        """Lays out for the new size."""
        self.draw_anew()
        self._lay_out()
        self._bring_into_view(self._index)
        self._bring_now_into_view()
        self._redraw()

    def on_click(self, event: events.Click) -> None:
        """Highlights a row, presses the highlighted one, or goes to what is announced."""
        if not 0 < event.y < len(self._contents):
            return
        row = self._contents[event.y].row
        if row is None:
            self._go_to_announced(event.y)
        elif row.key == FOLD:
            self.go_to(FOLD)
            self.press()
        elif row.key is not None:
            pointed = row.key == self.cursor_key
            self.go_to(row.key)
            if pointed:
                self.press()

    def _go_to_announced(self, y: int) -> None:
        index = announced_row(self._rows, self._window, y)
        if index is not None:
            self._move_to(index)

    def on_mouse_scroll_down(self) -> None:
        """Leaves the view where the wheel puts it, for a while."""
        self._moved_at = elapsed()

    def on_mouse_scroll_up(self) -> None:
        """Leaves the view where the wheel puts it, for a while."""
        self._moved_at = elapsed()
