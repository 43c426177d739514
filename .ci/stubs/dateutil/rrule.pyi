# What the tests use of dateutil's rules.

from datetime import datetime
from typing import Protocol

class _Rule(Protocol):
    def between(self, after: datetime, before: datetime, inc: bool = ...) -> list[datetime]: ...

def rrulestr(s: str, *, dtstart: datetime | None = ...) -> _Rule: ...
