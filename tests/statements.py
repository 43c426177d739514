"""SQL made once for all the databases of a test run."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import create_engine


class _Statements(UserDict[Any, Any]):
    """Statements as SQL, for every engine: each would make them anew for its own dialect.

    A key's first part is the dialect, of which there is one.
    """

    def __contains__(self, key: Any) -> bool:
        return key[1:] in self.data

    def __getitem__(self, key: Any) -> Any:
        return self.data[key[1:]]

    def __setitem__(self, key: Any, item: Any) -> None:
        self.data[key[1:]] = item


@contextmanager
def made_once() -> Iterator[None]:
    """Saves a quarter of a test that does little but open a new database and act once."""
    made_with_them = partial(create_engine, execution_options={"compiled_cache": _Statements()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desk.storage.engine.create_engine", made_with_them)
        yield
