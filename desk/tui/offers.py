"""What a sheet offers for an exchange: the acts that the table allows, likeliest first.

Acts that only record what is so (arrive, release, start, leave, finish) may stand first and are
done by Enter. The careful ones are shown before they are done, by their own key pressed twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desk.domain.exchange import Exchange, Outcome, Presence, Side
from desk.domain.lifecycle import PER_SIDE, Verb, refusal
from desk.domain.rules import Moment, no_show_proposed
from desk.i18n import _
from desk.tui.commands import ActKeys, key_name
from desk.tui.present import Offer, Scene, Tone
from desk.tui.present.places import OtherBay
from desk.wording import duration, role

HARMLESS = (Verb.ARRIVE, Verb.RELEASE, Verb.START, Verb.FINISH, Verb.LEAVE)
CAREFUL = (
    Verb.NO_SHOW,
    Verb.NOT_MET,
    Verb.CANCEL,
    Verb.REOPEN,
    Verb.DISPUTE,
    Verb.SETTLE,
)
OTHERS = (Verb.AMEND, Verb.NOTE, Verb.EXPECT, Verb.SWAP)
_ONE_PER_SIDE = PER_SIDE - {Verb.NO_SHOW, Verb.EXPECT}


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a sheet.

    Attributes:
        side: the party that it is about, where it is about one; whoever is named when an exchange
            is reopened is checked in after it.
        words: what the officer reads.
        bay: the bay to which it moves the exchange, where it does just that.
    """

    verb: Verb
    side: Side | None
    words: str
    bay: str | None = None

    @property
    def harmless(self) -> bool:
        """Whether Enter may do it."""
        return self.verb in HARMLESS


def acts_for(
    exchange: Exchange, side: Side | None, moment: Moment, elsewhere: OtherBay | None = None
) -> tuple[Act, ...]:
    """Returns what can be done now, likeliest first.

    Args:
        exchange: as it was last read.
        side: the party that stands at the desk, where the officer found it by name or slip.
        moment: now.
        elsewhere: the bay to go to, where it has none or others are still in its own.
    """
    harmless = [
        (verb, one)
        for verb in HARMLESS
        for one in (tuple(Side) if verb in _ONE_PER_SIDE else (None,))
        if refusal(exchange, verb, one) is None
    ]
    harmless.sort(key=lambda pair: _unlikeliness(exchange, side, *pair))
    came_late = [
        (Verb.REOPEN, one)
        for verb, one in harmless
        if verb is Verb.ARRIVE and exchange.outcome is Outcome.NO_SHOW
    ]
    rest = [(verb, None) for verb in (*CAREFUL, *OTHERS) if refusal(exchange, verb) is None]
    first, others = (
        [Act(verb, one, _words(exchange, verb, one, moment)) for verb, one in each]
        for each in ([*harmless, *came_late], rest)
    )
    return (*first, *_moves(elsewhere), *others)


def _moves(elsewhere: OtherBay | None) -> Iterator[Act]:
    if elsewhere is not None:
        words = _("Move to {bay} ({free})").format(bay=elsewhere.name, free=elsewhere.words)
        yield Act(Verb.AMEND, None, words, elsewhere.bay)


def _unlikeliness(
    exchange: Exchange, stands_here: Side | None, verb: Verb, side: Side | None
) -> tuple[int, int]:
    """Returns a rank: the lower, the likelier that this is why the sheet was opened."""
    about_somebody_else = stands_here is not None and side not in (stands_here, None)
    return int(about_somebody_else), _RANKS[verb](exchange, side)


def _rank_arrive(exchange: Exchange, side: Side | None) -> int:
    if side not in exchange.sides_with(Presence.EXPECTED, Presence.ABSENT):
        return 4
    if exchange.closed_at is not None:
        return 1
    return 0 if exchange.party(side.other).presence.in_the_building else 1


def _rank_start(_exchange: Exchange, _side: Side | None) -> int:
    return 2


def _rank_finish(exchange: Exchange, _side: Side | None) -> int:
    both_still_here = len(exchange.sides_with(Presence.HERE)) == 2
    not_begun = both_still_here and exchange.started_at is None
    return 3 if not_begun or exchange.sides_with(Presence.HELD) else 1


def _rank_leave(exchange: Exchange, _side: Side | None) -> int:
    return 3 if exchange.closed_at is None else 0


def _rank_release(_exchange: Exchange, _side: Side | None) -> int:
    return 2


_RANKS = {
    Verb.ARRIVE: _rank_arrive,
    Verb.RELEASE: _rank_release,
    Verb.START: _rank_start,
    Verb.FINISH: _rank_finish,
    Verb.LEAVE: _rank_leave,
}


def _words(exchange: Exchange, verb: Verb, side: Side | None, moment: Moment) -> str:
    if side is None:
        return _titles()[verb]
    who = role(exchange.kind, side)
    if exchange.party(side).assumed:
        who = f"{who}?"
    if verb is Verb.REOPEN:
        return _("Reopen and check in: {role}").format(role=who)
    title = _("{verb}: {role}").format(verb=_titles()[verb], role=who)
    if verb is not Verb.ARRIVE:
        return title
    late = _lateness(exchange, moment)
    if exchange.outcome is Outcome.NO_SHOW:
        return _("Came late: {role}{late}; the no-show stays").format(role=who, late=late)
    return f"{title}{late}"


def _lateness(exchange: Exchange, moment: Moment) -> str:
    minutes = int((moment.now - exchange.starts_at).total_seconds() // 60)
    if minutes >= 1:
        return _(", {duration} late").format(duration=duration(minutes))
    if minutes < -1:
        return _(", {duration} early").format(duration=duration(-minutes))
    return ""


def _titles() -> dict[Verb, str]:
    return {
        Verb.ARRIVE: _("Arrive"),
        Verb.RELEASE: _("Release"),
        Verb.START: _("Start: both are in the bay"),
        Verb.FINISH: _("Finish: they met"),
        Verb.LEAVE: _("Leave"),
        Verb.NO_SHOW: _("No-show"),
        Verb.NOT_MET: _("Not met"),
        Verb.CANCEL: _("Cancel"),
        Verb.REOPEN: _("Reopen"),
        Verb.DISPUTE: _("Dispute"),
        Verb.SETTLE: _("Settle the dispute"),
        Verb.AMEND: _("Amend or move: time, bay, names, what"),
        Verb.NOTE: _("Note"),
        Verb.EXPECT: _("Expect: a party called"),
        Verb.SWAP: _("Swap sides"),
    }


def card_offers(
    exchange: Exchange, side: Side | None, scene: Scene, keys: ActKeys
) -> tuple[Offer, ...]:
    """Returns what the card says of the next key: the likeliest act, and a proposed no-show."""
    likeliest = next((act for act in acts_for(exchange, side, scene.moment) if act.harmless), None)
    offers = [] if likeliest is None else [Offer(key_name("enter"), likeliest.words, Tone.ACCENT)]
    missing = no_show_proposed(exchange, scene.rules, scene.moment)
    if missing and refusal(exchange, Verb.NO_SHOW) is None:
        who = " + ".join(role(exchange.kind, one) for one in missing)
        key = key_name(keys[Verb.NO_SHOW][0])
        offers.append(Offer(key, _("No-show proposed: {who}").format(who=who), Tone.LATE))
    return tuple(offers)
