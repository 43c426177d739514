"""One widget per file: it is given what to draw, draws it, and posts messages."""
