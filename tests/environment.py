"""The environment every test runs in, whatever the developer's shell holds.

A pytest plugin, named first in `pyproject.toml`: Textual and Rich read these variables when they
are imported, which the snapshot plugin does before any `conftest.py` is read. Worker processes and
the programs that tests start inherit them.
"""

import gc
import os

# What is imported, compiled and collected stays: to look through it for garbage every few hundred
# objects, as Python would, takes a third of the time until the first test.
gc.set_threshold(100_000, 20, 100)

os.environ["TEXTUAL_ANIMATIONS"] = "none"

for name in [
    "COLORTERM",
    "COLUMNS",
    "DESK_DATA",
    "DESK_NAME",
    "DESK_OFFICER",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    # Programs are started by the dozen, and need not be compiled each time.
    "PYTHONDONTWRITEBYTECODE",
    "TEXTUAL_THEME",
]:
    os.environ.pop(name, None)
