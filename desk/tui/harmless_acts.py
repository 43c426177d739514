"""The acts that Enter may do: what ← → choose for each, and the intent it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pendulum import DateTime

from desk.domain.exchange import Exchange, IdCheck, Side
from desk.domain.intents import (
    Arrive,
    ExchangeIntent,
    Finish,
    Leave,
    Release,
    Start,
    StillHere,
)
from desk.domain.lifecycle import Verb
from desk.i18n import _
from desk.tui.act_forms import still_here_pick
from desk.tui.case import Case
from desk.tui.forms import Pick
from desk.wording import id_check_name


@dataclass(frozen=True, slots=True)
class Terms:
    """What the officer settled before pressing Enter.

    Attributes:
        side: the party that the act is about, where it is about one.
        at: when it happened; None is now.
        choice: what ← → chose, or empty.
        name: the typed name of a party that was not named yet, or None.
    """

    case: Case
    side: Side | None
    at: DateTime | None
    choice: str
    name: str | None


def pick_for(verb: Verb, exchange: Exchange) -> Pick | None:
    """Returns what ← → choose while the act is marked, if they choose anything."""
    picks = _PICKS[verb](exchange) if verb in _PICKS else ()
    return picks[0] if picks else None


def intent_for(verb: Verb, terms: Terms) -> ExchangeIntent:
    """Returns the intent of a harmless act on these terms."""
    return _INTENTS[verb](terms)


def _identity(_exchange: Exchange) -> tuple[Pick, ...]:
    options = tuple((one.value, id_check_name(one)) for one in IdCheck)
    return (Pick("id_check", _("Identity"), options),)


def _who_leaves(exchange: Exchange) -> tuple[Pick, ...]:
    return still_here_pick(exchange, StillHere.LEAVES, StillHere.NOT_OBSERVED)


def _seen_to_leave(_exchange: Exchange) -> tuple[Pick, ...]:
    options = (("observed", _("seen to leave")), ("not_observed", _("time not observed")))
    return (Pick("observed", _("Left"), options),)


_PICKS: Mapping[Verb, Callable[[Exchange], tuple[Pick, ...]]] = {
    Verb.ARRIVE: _identity,
    Verb.FINISH: _who_leaves,
    Verb.LEAVE: _seen_to_leave,
}


def _arrive(terms: Terms) -> Arrive:
    exchange = terms.case.exchange
    return Arrive(
        ref=exchange.ref,
        seen_version=exchange.version,
        by=terms.case.by,
        at=terms.at,
        side=terms.side,
        id_check=IdCheck(terms.choice) if terms.choice != IdCheck.NOT_ASKED else None,
        name=terms.name,
    )


def _release(terms: Terms) -> Release:
    exchange = terms.case.exchange
    return Release(
        ref=exchange.ref,
        seen_version=exchange.version,
        by=terms.case.by,
        at=terms.at,
        side=terms.side,
    )


def _start(terms: Terms) -> Start:
    exchange = terms.case.exchange
    return Start(ref=exchange.ref, seen_version=exchange.version, by=terms.case.by, at=terms.at)


def _finish(terms: Terms) -> Finish:
    exchange = terms.case.exchange
    return Finish(
        ref=exchange.ref,
        seen_version=exchange.version,
        by=terms.case.by,
        at=terms.at,
        still_here=StillHere(terms.choice or StillHere.LEAVES),
    )


def _leave(terms: Terms) -> Leave:
    exchange = terms.case.exchange
    return Leave(
        ref=exchange.ref,
        seen_version=exchange.version,
        by=terms.case.by,
        at=terms.at,
        side=terms.side,
        observed=terms.choice == "observed",
    )


_INTENTS: Mapping[Verb, Callable[[Terms], ExchangeIntent]] = {
    Verb.ARRIVE: _arrive,
    Verb.RELEASE: _release,
    Verb.START: _start,
    Verb.FINISH: _finish,
    Verb.LEAVE: _leave,
}
