"""The slip that one party is handed: its own reference, where and when, and the house rules.

It says nothing about the other party, and not even whose slip it is: found in the street it tells
nobody anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Kind, Outcome, Side
from desk.domain.reference import Slip
from desk.domain.rules import KindRules
from desk.domain.views import Station
from desk.i18n import _, ngettext
from desk.out.plain_text import wrapped
from desk.out.words import bay_label, time_span, whole_day
from desk.text import safe
from desk.wording import kind_name, outcome_name, roles

_CELLS = 48
"""What a till's printer has in a line."""


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What stands on a slip.

    Attributes:
        code: the reference with its side; also in the QR code.
        role: what the party is called there.
        kind: what is exchanged.
        day: with its weekday and year.
        time: from when to when, and by which clock.
        place: the bay, or that there is none yet.
        remark: why it is no longer good, where it is not; or empty.
        rules: the house rules, a sentence each.
    """

    code: str
    role: str
    kind: str
    station: str
    day: str
    time: str
    place: str
    remark: str
    rules: tuple[str, ...]


def printed_slip(
    exchange: Exchange, side: Side, station: Station, rules: Sequence[str]
) -> PrintedSlip:
    """Returns the slip for one side of an exchange."""
    closed = exchange.outcome is not Outcome.NONE
    return PrintedSlip(
        code=Slip(exchange.ref, side).text,
        role=roles(exchange.kind)[side],
        kind=kind_name(exchange.kind),
        station=safe(station.name),
        day=whole_day(local_day(exchange.starts_at, station.zone)),
        time=time_span(exchange.starts_at, exchange.ends_at, station.zone),
        place=bay_label(station, exchange.bay),
        remark=_closed(exchange.outcome) if closed else "",
        rules=tuple(map(safe, rules)),
    )


def _closed(outcome: Outcome) -> str:
    return _("Not valid any more: {outcome}.").format(outcome=outcome_name(outcome))


def house_rules(kind: Kind, rules: KindRules) -> tuple[str, ...]:
    """Returns the rules that a station has where its ``station.toml`` says no others.

    Args:
        kind: what is exchanged.
        rules: how early a party may come, and how long it is waited for.
    """
    early = ngettext(
        "Come at most {n} minute early, and no later than the time above.",
        "Come at most {n} minutes early, and no later than the time above.",
        rules.early,
    ).format(n=rules.early)
    apart = _("Come and go when the desk says: the two adults are kept apart.")
    checked = _("Look, count and try before you agree: the desk takes no part in the deal.")
    return (
        early,
        _("Go to the front desk first, and show this slip."),
        _("Bring an ID. It is looked at; no copy and no number of it is kept."),
        _("Meet only in your bay, under the cameras."),
        apart if kind is Kind.CUSTODY else checked,
        _("Bring no weapon and nothing that must not be sold."),
        _("Tell the desk before you leave, and call it if you cannot come."),
    )


def slip_lines(slip: PrintedSlip, qr: Sequence[str] = ()) -> tuple[str, ...]:
    """Returns a slip as lines for a printer.

    Args:
        slip: what it says.
        qr: its QR code; empty where the printer cannot print one.
    """
    head = (
        slip.station,
        f"{slip.code}, {slip.role}",
        "",
        slip.kind,
        slip.day,
        slip.time,
        slip.place,
    )
    remark = ("", slip.remark.upper()) if slip.remark else ()
    code = ("", *qr, "") if qr else ("",)
    rules = (line for rule in slip.rules for line in wrapped(rule, _CELLS, "- "))
    fitted = (line for words in (*head, *remark) for line in wrapped(words, _CELLS))
    return (*fitted, *code, *rules)
