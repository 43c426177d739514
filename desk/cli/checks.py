"""One thing that a check-up looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: stable, for programs.
        value: what was found; None where there was nothing to look at.
        fix: what to do about it; None where it is well.
        tells: whether the value may name somebody, such as a folder does.
    """

    name: str
    ok: bool
    value: str | None
    fix: str | None = None
    tells: bool = False

    @property
    def document(self) -> dict[str, object]:
        """The same for programs."""
        return {"name": self.name, "ok": self.ok, "value": self.value, "fix": self.fix}


def judged(name: str, value: str | None, fix: str | None) -> Check:
    """Returns a check that is well where there is nothing to be done about it."""
    return Check(name, fix is None, value, fix)
