"""Painting when somebody looks, and not before.

Textual draws a screen several times for one key, and in a test nobody sees what is drawn in
between: that is a third of what a running app costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Painter:
    """Remembers what was to be drawn, and draws it once when it is to be seen.

    Args:
        app: whose terminal nobody looks at, unless it has a real one.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._due: dict[Widget, tuple[Region, Size]] = {}
        self._waits = False
        self._draw = Widget.render_lines
        self._compose = Compositor.render_update

    @contextmanager
    def at_work(self) -> Iterator[Self]:
        """Draws for Textual while an app runs."""

        def render_lines(widget: Widget, part: Region) -> list[Strip]:
            return self._drawn(widget, part)

        def render_update(compositor: Compositor, **how: Any) -> Any:
            return self._composed(compositor, **how)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Widget, "render_lines", render_lines)
            patch.setattr(Compositor, "render_update", render_update)
            yield self

    def paint(self) -> None:
        """Draws what has changed on the screen in front since this was last called."""
        due, self._due = self._due, {}
        for widget, (part, size) in due.items():
            # What holds other widgets draws nothing of its own; a sheet, the whole board behind it.
            if widget.is_attached and widget.size == size and not widget.children:
                _draw_content(widget, part)

    def _composed(self, compositor: Compositor, **how: Any) -> Any:
        # A picture of the whole screen is taken to be looked at.
        self._waits = self._app.is_headless and not how.get("full")
        try:
            return self._compose(compositor, **how)
        finally:
            self._waits = False

    def _drawn(self, widget: Widget, part: Region) -> list[Strip]:
        if not self._waits:
            return self._draw(widget, part)
        self._due[widget] = (part, widget.size)
        return []


def _draw_content(widget: Widget, part: Region) -> None:
    """Draws the lines of a widget itself, without the frame and the colours around them."""
    above = widget.gutter.top
    for y in range(max(0, part.y - above), min(part.bottom - above, widget.size.height)):
        widget.render_line(y)
