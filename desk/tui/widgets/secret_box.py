"""A box for a passphrase or a PIN: nobody reads it, and it leaves the program nowhere."""

from __future__ import annotations

from desk.tui.widgets.text_box import TextBox

LONGEST_SECRET = 500
"""Characters, so that a passphrase from a manager fits."""


class SecretBox(TextBox):
    """Shows dots for what is typed or pasted into it, and lets none of it be copied.

    Args:
        box_id: what the answer is called.
    """

    def __init__(self, box_id: str) -> None:
        super().__init__(id=box_id, password=True, compact=True, max_length=LONGEST_SECRET)

    def action_copy(self) -> None:
        """Copies nothing: the clipboard is read by every program."""

    def action_cut(self) -> None:
        """Takes away what is marked, and keeps it nowhere."""
        self.delete_selection()
