"""Options of which a command has many: gathered while the command line is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

_SAID = "desk.cli.gathered"


def gathered_option(name: str, metavar: str, told: str) -> Any:
    """Returns an option of text; its parameter is called as the option, with ``_`` before it."""
    return typer.Option(name, metavar=metavar, callback=_remember, expose_value=False, help=told)


def _remember(context: typer.Context, option: typer.CallbackParam, value: str | None) -> None:
    if value is not None:
        said = context.meta.setdefault(_SAID, {})
        said[str(option.name).removeprefix("_")] = value


def gathered(context: typer.Context) -> Mapping[str, str]:
    """Returns what was said, by the options' names."""
    said: dict[str, str] = context.meta.get(_SAID, {})
    return said
