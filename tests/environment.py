"""The environment every test runs in, whatever the developer's shell holds.

A pytest plugin, named first in `pyproject.toml`: Textual and Rich read these variables when they
are imported, which the snapshot plugin does before any `conftest.py` is read. Worker processes and
the programs that tests start inherit them.
"""

import os

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
