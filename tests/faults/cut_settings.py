"""How a database may be set when the power is cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from desk.storage.engine import durable_settings

Settings: TypeAlias = Mapping[str, int | str]

_NEW, _OLD = durable_settings((3, 54, 0)), durable_settings((3, 40, 1))

AS_HERE = "WAL and FULL"
DURABLE: Mapping[str, Settings] = {AS_HERE: _NEW, "DELETE and EXTRA": _OLD}
"""The two ways in which desk sets its database, by what the SQLite that it finds can do."""

WEAKER: Mapping[str, Settings] = {
    "WAL and NORMAL": {**_NEW, "synchronous": 1},
    "DELETE and FULL": {**_OLD, "synchronous": 2},
    "no journal": {**_OLD, "journal_mode": "off"},
}
"""Settings that are not enough: a test that finds nothing wrong with them tests nothing."""
