"""A box for free words that lets no control code in, typed or pasted."""

from __future__ import annotations

from textual.widgets import Input

_JOINERS = frozenset("\u200c\u200d")
"""What scripts need between letters; it cannot be judged until the next letter is typed."""


class TextBox(Input):
    """Draws what stands in it as it is, and so keeps out what a terminal would obey.

    The words are cleaned for good where they are taken (``desk.text.clean``).
    """

    # What `compact` would give it in the end, and have it styled once more for that.
    DEFAULT_CLASSES = "-textual-compact"

    def on_mount(self) -> None:
        """Stills the cursor: a blinking one would send bytes to the terminal all day."""
        self.cursor_blink = False
        self._began_with = self.value
        # Nothing but its sheet judges what stands in it; told so, it need not be styled as right.
        self.validate_on = set()

    _began_with = ""

    @property
    def was_typed_into(self) -> bool:
        """Whether there stands something other than at first."""
        return bool(self.value.strip()) and self.value != self._began_with

    def validate_value(self, value: str) -> str:
        """Returns what may stand in the box; line breaks and tabs are spaces."""
        return shown(value)


def shown(value: str) -> str:
    """Returns a text as a box shows it."""
    return "".join(map(_shown, value))


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if character.isspace() else ""
