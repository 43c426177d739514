"""What a command line comes to: an exit code, and what it wrote where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import pytest

from desk.cli.given import Given
from desk.cli.program import run
from desk.clock import Clock


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """What an error document says."""
        document = self.document
        assert list(document) == ["error"]
        assert list(document["error"]) == ["code", "explanation", "next"]
        return document["error"]


@dataclass(frozen=True)
class CommandLine:
    """Runs `desk` with a clock and an environment of its own: `cli("list", "--json")`."""

    capture: pytest.CaptureFixture[str]
    environment: Mapping[str, str]
    clock: Clock

    def __call__(self, *arguments: str) -> Ended:
        self.capture.readouterr()
        code = run(arguments, Given(environment=self.environment, clock=self.clock))
        out, err = self.capture.readouterr()
        return Ended(code, out, err)

    def without(self, name: str) -> Self:
        """Returns the same with one variable fewer."""
        return self.at(name, "")

    def at(self, name: str, value: str) -> Self:
        """Returns the same with another value of one variable."""
        return replace(self, environment={**self.environment, name: value})
