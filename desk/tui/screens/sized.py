"""A screen that is styled and laid out once for the size it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual import events, on
from textual.geometry import Size
from textual.screen import Screen

ResultT = TypeVar("ResultT")


class Sized(Screen[ResultT], Generic[ResultT]):
    """Has the classes of its size before it has parts, and is laid out when its size changes.

    Textual styles and lays out all of a screen that comes, and then does both again with each
    thing that it hears of it: that it is in front, what size it has got, which classes go with
    that. The officer waits for every time.

    It stands behind the screen that a subclass is, whose styles Textual takes from the first of
    its bases.
    """

    _came = False

    @on(events.Compose)
    def _size_known(self) -> None:
        self._take(self.app.size)

    @on(events.ScreenResume)
    def _in_front(self, event: events.ScreenResume) -> None:
        # Its parts were styled as they came; only if it comes back the theme may be another.
        if not self._came:
            self._came = True
            event.refresh_styles = False

    @on(events.Resize)
    def _resized(self, event: events.Resize) -> None:
        self._take(event.size)
        # What was laid out for its size hears of it, too.
        if all(screen.outer_size == event.size for screen in self.app.screen_stack):
            event.prevent_default()

    def _take(self, size: Size) -> None:
        reached = {
            *_reached(self.HORIZONTAL_BREAKPOINTS, size.width),
            *_reached(self.VERTICAL_BREAKPOINTS, size.height),
        }
        steps = (*(self.HORIZONTAL_BREAKPOINTS or ()), *(self.VERTICAL_BREAKPOINTS or ()))
        self.update_classes({name: name in reached for _from, name in steps}, animate=False)


def _reached(steps: Iterable[tuple[int, str]] | None, cells: int) -> list[str]:
    """Returns the class of the last step that so many cells reach, if they reach any."""
    return [name for at_least, name in sorted(steps or ()) if at_least <= cells][-1:]
