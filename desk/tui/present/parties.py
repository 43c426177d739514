"""A party's place in a row: a mark, a name in two lengths, when it came."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from desk import text
from desk.domain.exchange import Exchange, Kind, Party, Presence
from desk.i18n import _
from desk.tui.present.glyphs import Glyphs
from desk.tui.present.scene import Scene
from desk.tui.present.tones import Tone
from desk.wording import clock_time, short_role


@dataclass(frozen=True, slots=True)
class PartyCell:
    """One party as a row shows it.

    Attributes:
        mark: the glyph of its presence.
        mark_tone: green for who is here, dim for who is not.
        name: the whole name; on custody rows the role, because names of parents and children
            are not for a screen that others can see.
        short: ``M. Dupont``.
        tone: dim where nobody is named yet.
        arrived: when it last came, or empty.
    """

    mark: str
    mark_tone: Tone
    name: str
    short: str
    tone: Tone
    arrived: str = ""


def party_cell(exchange: Exchange, party: Party, scene: Scene) -> PartyCell:
    """Returns the cell of one party of an exchange that is not closed."""
    mark, mark_tone = mark_of(party.presence, scene.glyphs)
    return _cell(exchange, party, scene, mark, mark_tone)


def closed_party_cell(exchange: Exchange, party: Party, scene: Scene) -> PartyCell:
    """Returns the cell of one party once all is over: its mark says whether it came at all."""
    came = scene.glyphs.here if party.visits else mark_of(party.presence, scene.glyphs)[0]
    return _cell(exchange, party, scene, came, Tone.DIM)


def mark_of(presence: Presence, glyphs: Glyphs) -> tuple[str, Tone]:
    """Returns the glyph and the tone of a presence."""
    return {
        Presence.EXPECTED: (glyphs.expected, Tone.DIM),
        Presence.HELD: (glyphs.held, Tone.LATE),
        Presence.HERE: (glyphs.here, Tone.HERE),
        Presence.LEFT: (glyphs.left, Tone.DIM),
        Presence.ABSENT: (glyphs.absent, Tone.DIM),
    }[presence]


def full_name(party: Party) -> str:
    """Returns the party's whole name, safe to show, or ``not named yet``."""
    return text.safe(party.name).strip() if party.name else not_named()


def not_named() -> str:
    """Returns what stands where a name is still to come."""
    return _("not named yet")


def _cell(exchange: Exchange, party: Party, scene: Scene, mark: str, mark_tone: Tone) -> PartyCell:
    visit = party.last_visit
    arrived = clock_time(visit.arrived_at, scene.zone) if visit else ""
    name, short = _names(exchange.kind, party)
    tone = Tone.PLAIN if party.name or exchange.kind is Kind.CUSTODY else Tone.DIM
    return PartyCell(mark, mark_tone, name, short, tone, arrived)


def _names(kind: Kind, party: Party) -> tuple[str, str]:
    if kind is Kind.CUSTODY:
        role = short_role(kind, party.side)
        return role, role
    if not party.name:
        return not_named(), not_named()
    name = full_name(party)
    return name, _short(name)


@lru_cache(maxsize=2048)
def _short(name: str) -> str:
    """Remembered, because every tick draws the same names."""
    return text.initial_and_surname(name)
