"""The card of one exchange: who, what, since when, what happened and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from pendulum import DateTime

from desk import text
from desk.domain.bays import busy_with
from desk.domain.days import local_day
from desk.domain.exchange import Exchange, IdCheck, Outcome, Party, Presence, Visit
from desk.domain.lifecycle import Verb
from desk.domain.rules import grace_ends, no_show_proposed
from desk.domain.views import TimelineEntry
from desk.i18n import _
from desk.tui.present.changes import changed_words
from desk.tui.present.days import day_or_time
from desk.tui.present.glyphs import Glyphs
from desk.tui.present.parties import full_name
from desk.tui.present.scene import Scene
from desk.tui.present.state import StateWords, state_at_bay
from desk.tui.present.tones import Piece, Tone
from desk.wording import (
    bay_name,
    clock_time,
    day_of_month,
    id_check_name,
    kind_name,
    roles,
    time_with_entry,
    timeline_line,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done with the highlighted exchange.

    Attributes:
        key: as its keycap shows it.
        words: what it will do.
        tone: ``Tone.ACCENT`` for the harmless likeliest one.
    """

    key: str
    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class PartyBlock:
    """One party as the card shows it.

    Attributes:
        role: ``Seller``, or ``Seller?`` where the side is assumed.
        name: the whole name.
        presence: glyph, words and tone.
        contacts: plate, phone, email, those that are known; of a party that is not here the phone
            comes first.
        earlier: visits before the last, ``13:50–14:02``.
    """

    role: str
    name: Piece
    presence: Piece
    contacts: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened.

    Attributes:
        when: its time, or its day where that was another.
        words: what happened.
        brief: the same where there is little room.
        badge: who did it, or empty where the clock did.
        tone: dim for what was refused or undone.
    """

    when: str
    words: str
    brief: str
    badge: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class CardPicture:
    """All that is drawn of one exchange.

    Attributes:
        item: the item, or the kind where none is named.
        kind: empty where the item says it.
        bay: ``bay 1``.
        busy: ``busy: Q2MNRP``, where others are still in its bay though it is due.
        about: kind, bay and cameras.
        parties: giver first.
        timeline: newest first.
    """

    ref: str
    state: StateWords
    item: str
    kind: str
    bay: str
    about: tuple[str, ...]
    parties: tuple[PartyBlock, PartyBlock]
    offers: tuple[Offer, ...]
    timeline: tuple[TimelineLine, ...]
    glyphs: Glyphs
    busy: str = ""


def card(
    exchange: Exchange,
    timeline: Iterable[TimelineEntry],
    offers: tuple[Offer, ...],
    scene: Scene,
    others: Iterable[Exchange] = (),
) -> CardPicture:
    """Returns what is drawn of that exchange.

    Args:
        exchange: whose card it is.
        timeline: newest first.
        offers: what can be done.
        scene: that moment.
        others: the exchanges of the day, one of which may still be in its bay.
    """
    user = busy_with(exchange, others, scene.now)
    return CardPicture(
        ref=exchange.ref,
        state=state_at_bay(exchange, scene.stage(exchange), scene, user),
        item=text.safe(exchange.item).strip() or kind_name(exchange.kind),
        kind=_kind(exchange),
        bay=bay_name(scene.station, exchange.bay),
        about=_about(exchange, scene),
        parties=(
            _block(exchange, exchange.giver, scene),
            _block(exchange, exchange.receiver, scene),
        ),
        offers=offers,
        timeline=_timeline(exchange, timeline, scene),
        glyphs=scene.glyphs,
        busy="" if user is None else _("busy: {ref}").format(ref=user.ref),
    )


def _about(exchange: Exchange, scene: Scene) -> tuple[str, ...]:
    """Returns ``Sale``, ``bay 1``, ``cameras P-03 P-04``."""
    bay = scene.station.bay(exchange.bay)
    told = tuple(filter(None, (_kind(exchange), bay_name(scene.station, exchange.bay))))
    if bay is None or not bay.cameras:
        return told
    cameras = " ".join(map(text.safe, bay.cameras))
    return (*told, _("cameras {names}").format(names=cameras))


def _kind(exchange: Exchange) -> str:
    """Returns the kind, or nothing where that is what stands in the item's place."""
    kind = kind_name(exchange.kind)
    return "" if text.fold(exchange.item) in ("", text.fold(kind)) else kind


def _block(exchange: Exchange, party: Party, scene: Scene) -> PartyBlock:
    role = roles(exchange.kind)[party.side]
    plate = _("plate {plate}").format(plate=party.plate) if party.plate else None
    known = [plate, party.phone, party.email]
    if not party.presence.in_the_building:
        # Whoever is not here is phoned; of whoever is, the car is looked for.
        known.sort(key=lambda each: each != party.phone)
    return PartyBlock(
        role=_("{role}?").format(role=role) if party.assumed else role,
        name=Piece(full_name(party), Tone.STRONG if party.name else Tone.DIM),
        presence=_PRESENCES[party.presence](exchange, party, scene),
        contacts=tuple(text.safe(each) for each in known if each),
        earlier=tuple(_span(visit, exchange, scene) for visit in party.visits[:-1]),
    )


def _when(moment: DateTime, exchange: Exchange, scene: Scene) -> str:
    """Returns ``14:13``, or ``20 Nov 14:13`` where that was not the exchange's own day."""
    time = clock_time(moment, scene.zone)
    day = local_day(moment, scene.zone)
    own = day == local_day(exchange.starts_at, scene.zone)
    return time if own else f"{day_of_month(day)} {time}"


def _span(visit: Visit, exchange: Exchange, scene: Scene) -> str:
    left = visit.left_at if visit.left_observed else None
    until = _when(left, exchange, scene) if left else "?"
    return f"{_when(visit.arrived_at, exchange, scene)}–{until}"


def _with_id(words: str, party: Party) -> str:
    if party.id_check is IdCheck.NOT_ASKED:
        return words
    return f"{words}, {id_check_name(party.id_check)}"


def _expected(exchange: Exchange, party: Party, scene: Scene) -> Piece:
    glyph = scene.glyphs.expected
    if exchange.outcome is Outcome.CANCELLED:
        return Piece(f"{glyph} {_('was expected')}", Tone.DIM)
    if exchange.outcome is not Outcome.NONE:
        return Piece(f"{glyph} {_('did not come')}", Tone.DIM)
    grace = _when(grace_ends(exchange, party.side, scene.rules), exchange, scene)
    if party.side in no_show_proposed(exchange, scene.rules, scene.moment):
        return Piece(f"{glyph} {_('not here, grace ended {time}').format(time=grace)}", Tone.LATE)
    if party.expected_at is not None:
        comes = _("called, comes at {time}").format(time=_when(party.expected_at, exchange, scene))
        return Piece(f"{glyph} {comes}", Tone.PLAIN)
    if exchange.starts_at <= scene.now:
        return Piece(f"{glyph} {_('not here, grace to {time}').format(time=grace)}", Tone.LATE)
    starts = _when(exchange.starts_at, exchange, scene)
    return Piece(f"{glyph} {_('expected {time}').format(time=starts)}", Tone.DIM)


def _held(exchange: Exchange, party: Party, scene: Scene) -> Piece:
    words = _("kept apart since {time}").format(time=_arrived(exchange, party, scene))
    return Piece(f"{scene.glyphs.held} {_with_id(words, party)}", Tone.LATE)


def _here(exchange: Exchange, party: Party, scene: Scene) -> Piece:
    words = _("here since {time}").format(time=_arrived(exchange, party, scene))
    return Piece(f"{scene.glyphs.here} {_with_id(words, party)}", Tone.HERE)


def _left(exchange: Exchange, party: Party, scene: Scene) -> Piece:
    visit = party.last_visit
    if visit is None or visit.left_at is None:
        words = _("left")
    elif visit.left_observed:
        came, left = (
            _when(moment, exchange, scene) for moment in (visit.arrived_at, visit.left_at)
        )
        words = _("came {came}, left {left}").format(came=came, left=left)
    else:
        came = _when(visit.arrived_at, exchange, scene)
        words = _("came {came}, left, time not observed").format(came=came)
    return Piece(f"{scene.glyphs.left} {_with_id(words, party)}", Tone.PLAIN)


def _absent(_exchange: Exchange, _party: Party, scene: Scene) -> Piece:
    return Piece(f"{scene.glyphs.absent} {_('did not come')}", Tone.PLAIN)


def _arrived(exchange: Exchange, party: Party, scene: Scene) -> str:
    return _when(party.last_visit.arrived_at, exchange, scene) if party.last_visit else ""


_PRESENCES: Mapping[Presence, Callable[[Exchange, Party, Scene], Piece]] = {
    Presence.EXPECTED: _expected,
    Presence.HELD: _held,
    Presence.HERE: _here,
    Presence.LEFT: _left,
    Presence.ABSENT: _absent,
}


def _timeline(
    exchange: Exchange, entries: Iterable[TimelineEntry], scene: Scene
) -> tuple[TimelineLine, ...]:
    """Returns what happened, newest first, with what the clock has brought about.

    An undo has no line of its own: what it took back says that it was undone.
    """
    told = [
        (entry.occurred_at, entry.number, _told(exchange, entry, scene))
        for entry in entries
        if entry.verb != Verb.UNDO or not entry.accepted
    ]
    missing = no_show_proposed(exchange, scene.rules, scene.moment)
    if missing and exchange.outcome is Outcome.NONE:
        ended = min(grace_ends(exchange, side, scene.rules) for side in missing)
        words = _("grace ended, no-show proposed")
        told.append(
            (ended, 0, TimelineLine(_when(ended, exchange, scene), words, _("grace ended")))
        )
    told.sort(key=lambda each: each[:2], reverse=True)
    return tuple(line for _moment, _number, line in told)


def _told(exchange: Exchange, entry: TimelineEntry, scene: Scene) -> TimelineLine:
    own_day = local_day(exchange.starts_at, scene.zone)
    when = day_or_time(entry.occurred_at, own_day, scene.zone)
    changes = changed_words(entry.changes, exchange.kind, scene)
    if entry.file and entry.verb == Verb.IMPORT and entry.accepted and not entry.undone:
        return _from_file(when, text.safe(entry.file), changes)
    time = clock_time(entry.occurred_at, scene.zone)
    said_when = "" if when == time else f"{time} "
    words = said_when + _words(entry, exchange, scene, changes)
    # Where there is little room, the party's own line says whether an ID was seen.
    brief = said_when + _words(replace(entry, id_check=None), exchange, scene, changes)
    late = time_with_entry(entry.occurred_at, entry.recorded_at, scene.zone).removeprefix(time)
    said = Tone.PLAIN if entry.accepted and not entry.undone else Tone.DIM
    return TimelineLine(when, words + late, brief, text.safe(entry.officer), said)


def _words(entry: TimelineEntry, exchange: Exchange, scene: Scene, changes: str) -> str:
    """Returns what was done, what it changed, and why."""
    if changes:
        done = timeline_line(replace(entry, text=None), exchange.kind, scene.zone)
        told = ": ".join(filter(None, (f"{done} {changes}", entry.text)))
    else:
        told = timeline_line(entry, exchange.kind, scene.zone)
    words = text.safe(told)
    return _("undone: {words}").format(words=words) if entry.undone else words


def _from_file(when: str, file: str, changes: str) -> TimelineLine:
    """Returns what a booking file brought: the booking itself, or what it says otherwise."""
    if changes:
        words = _("changed by {file}: {changes}").format(file=file, changes=changes)
        return TimelineLine(when, words, words)
    words, brief = _("booked from {file}"), _("booked, {file}")
    return TimelineLine(when, words.format(file=file), brief.format(file=file))
