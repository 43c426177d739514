"""A bare Textual table of 200 rows, to measure beside the board of as many exchanges."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable

ROWS = 200


class BareTable(App[None]):
    """Nothing but a table with as many rows and columns as the board."""

    def compose(self) -> ComposeResult:
        """Shows the table alone."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fills it."""
        table = self.query_one(DataTable)
        table.add_columns("Time", "State", "Ref", "Bay", "Giver", "Receiver")
        for n in range(ROWS):
            table.add_row("14:30", "in 13 min", f"K7Q{n:03}", "1", "M. Dupont", "P. Martin")


if __name__ == "__main__":
    BareTable().run()
