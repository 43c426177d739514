"""Words that are laid out anew only when they take another number of lines."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Words(Static):
    """Changes with a key, at the cost of its own lines.

    A layout draws the whole sheet again, and with it the dimmed board behind, which takes longer
    than all else that a key does there.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Shows these words, if they are not what stands there."""
        shown = self.content
        if isinstance(shown, Content) and isinstance(content, Content) and content.is_same(shown):
            return
        super().update(content, layout=False)
        if layout and not (self.size and self._fits()):
            self.refresh(layout=True)

    def _fits(self) -> bool:
        needed = self.get_content_height(self.size, self.app.size, self.size.width)
        return needed == self.size.height
