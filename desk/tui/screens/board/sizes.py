"""The sizes of a terminal at which the board is laid out anew."""

COLUMNS = [(0, "-tiny"), (48, "-narrow"), (110, "-wide"), (150, "-widest")]
"""Columns from which a row fits, the card stands right, and the item has a column."""

ROWS = [(0, "-flat"), (9, "-low"), (18, "-high")]
"""Rows from which exchanges fit, and from which the card does too."""
