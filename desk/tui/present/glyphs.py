"""The signs beside the words: never alone, and in ASCII where a terminal has no others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs, each one cell wide.

    The stages come first, by their names; then what a party's presence is marked with; then
    rules, folds and the cursor's bar; then how full an hour is.
    """

    met: str
    not_met: str
    no_show: str
    cancelled: str
    held: str
    parted: str
    over: str
    in_bay: str
    ready: str
    overdue: str
    late: str
    waiting: str
    due: str
    upcoming: str
    disputed: str
    here: str
    left: str
    expected: str
    absent: str
    none: str
    separator: str
    rule: str
    above: str
    below: str
    cursor: str
    prompt: str
    then: str
    bar: str
    few: str
    some: str
    many: str
    full: str


UNICODE = Glyphs(
    met="✓",
    not_met="↩",
    no_show="✗",
    cancelled="–",
    held="⏸",
    parted="↩",
    over="▲",
    in_bay="▸",
    ready="●",
    overdue="‼",
    late="!",
    waiting="◐",
    due="○",
    upcoming="·",
    disputed="⚑",
    here="✓",
    left="↩",
    expected="·",
    absent="✗",
    none="–",
    separator="·",
    rule="─",
    above="▴",
    below="▾",
    cursor="▌",
    prompt="\N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT}",
    then="→",
    bar="│",
    few="▂",
    some="▄",
    many="▆",
    full="█",
)

ASCII = Glyphs(
    met="+",
    not_met="<",
    no_show="x",
    cancelled="-",
    held="=",
    parted="<",
    over="^",
    in_bay=">",
    ready="*",
    overdue="#",
    late="!",
    waiting="%",
    due="o",
    upcoming=".",
    disputed="?",
    here="+",
    left="<",
    expected=".",
    absent="x",
    none="-",
    separator="-",
    rule="-",
    above="^",
    below="v",
    cursor="|",
    prompt=">",
    then=">",
    bar="|",
    few=".",
    some=":",
    many="*",
    full="#",
)

GLYPHS = {"unicode": UNICODE, "ascii": ASCII}
"""The sets by their names in ``[looks]`` of ``station.toml``."""
