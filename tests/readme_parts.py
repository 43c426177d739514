"""The parts of the README that are made from the program: ``python -m tests.readme_parts``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from desk.tui.commands import COMMANDS, key_name

README = Path(__file__).parents[1] / "README.md"


def keys_table() -> str:
    """Returns the commands with their keys and words, as a table."""
    rows = ["| key | words | what it does |", "|---|---|---|"]
    for command in COMMANDS:
        keys = " ".join(key_name(key) for key in command.keys if "alt" not in key)
        words = " ".join(f"`/{word}`" for word in command.words)
        rows.append(f"| {keys} | {words} | {command.label()}. {command.help()} |")
    return "\n".join(rows)


PARTS: Mapping[str, Callable[[], str]] = {"keys": keys_table}
"""What stands between ``<!-- name -->`` and ``<!-- /name -->``."""


def part(name: str, text: str) -> str:
    """Returns what a text has between the two marks of that name.

    Raises:
        LookupError: it has no such marks.
    """
    found = re.search(f"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    if found is None:
        raise LookupError(name)
    return found[1].strip()


def with_parts(text: str) -> str:
    """Returns a README with every part made anew."""
    for name, make in PARTS.items():
        marks = (f"<!-- {name} -->\n", f"<!-- /{name} -->")
        before, _mark, rest = text.partition(marks[0])
        _old, _mark, after = rest.partition(marks[1])
        text = f"{before}{marks[0]}{make()}\n{marks[1]}{after}"
    return text


if __name__ == "__main__":
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")
