"""A question and its few answers in a row; where the row is too long, the answers go below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size

from desk.tui.widgets.words import Words

_LABEL_CELLS = 12
_LEAST_ROOM = 2
_INDENT = Content("  ")


class AnswerRow(Words):
    """Draws a label and answers, none of them ever broken over two lines.

    Attributes:
        label_cells: what the label takes at least.
    """

    label_cells = _LABEL_CELLS
    _label = Content()
    _answers: Sequence[Content] = ()

    def show(self, label: Content, answers: Sequence[Content]) -> None:
        """Shows these."""
        self._label, self._answers = label, answers
        self.update(self._row())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Returns the lines that label and answers take in that width."""
        if self._answers:
            return len(tuple(self._lines(width)))
        return super().get_content_height(container, viewport, width)

    def render(self) -> RenderResult:
        """Returns them, laid out for the width there is."""
        if self._answers:
            return Content("\n").join(self._lines(self.size.width))
        return super().render()

    def _row(self) -> Content:
        label = self._label.pad_right(max(self.label_cells - self._label.cell_length, 1))
        return label + Content(" ").join(self._answers)

    def _lines(self, room: int) -> Iterator[Content]:
        row = self._row()
        if row.cell_length <= room:
            yield row
            return
        yield from self._label.wrap(max(room, _LEAST_ROOM))
        line = _INDENT
        for answer in self._answers:
            longer = line + answer if line is _INDENT else line + Content(" ") + answer
            if longer.cell_length > room and line is not _INDENT:
                yield line
                longer = _INDENT + answer
            line = longer
        yield line
