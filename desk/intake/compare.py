"""What the files say beside what the store knows: new, unchanged, changed, cancelled, missing.

A booking is known by the tool's own id, else by its time and names. An officer who acts on an
exchange may name a party, swap the sides or move the time; such an exchange is recognised more
loosely, so that the file it came from does not book it a second time, and no file changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from desk.contacts import phone_key, plate_key
from desk.domain.booking import PartyDraft
from desk.domain.days import local_day
from desk.domain.drafts import (
    Change,
    Draft,
    Identity,
    ImportPlan,
    Rejection,
    identity_of,
)
from desk.domain.exchange import Exchange, Outcome, Party
from desk.domain.lifecycle import Verb, refusal
from desk.intake.problems import Problem, ProblemError
from desk.text import fold

_FIELDS = (
    "kind",
    "starts_at",
    "ends_at",
    "bay",
    "item",
    "giver.name",
    "giver.phone",
    "giver.email",
    "giver.plate",
    "receiver.name",
    "receiver.phone",
    "receiver.email",
    "receiver.plate",
)
"""What a file can change; a draft and an exchange name it alike."""

_ONE_MEETING = timedelta(hours=1)
"""How far apart two bookings that may be one meeting start at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files of one import say: their names, every good row, every other row."""

    files: tuple[str, ...]
    drafts: tuple[Draft, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def compare(
    reading: Reading,
    known: Sequence[Exchange],
    decided_refs: Collection[str],
    zone: ZoneInfo,
    region: str | None = None,
) -> ImportPlan:
    """Returns what taking the files in would do.

    A row that the files hold twice counts once; of two rows that say different things about one
    booking the second is rejected.

    Args:
        reading: what the files say.
        known: the stored exchanges that they may speak of (``DeskService.known_bookings``).
        decided_refs: those on which an officer has already acted.
        zone: the station's; a day is one there.
        region: the country by which phone numbers without one are read.
    """
    drafts, contradictions = _each_once(reading.drafts)
    pairs = _pairs(drafts, known, decided_refs, zone)
    unknown = [draft for draft in drafts if draft not in pairs]
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for draft, exchange in pairs.items():
        change = _change(draft, exchange, decided_refs, region)
        changes[_list_of(change, decided_refs)].append(change)
    return ImportPlan(
        files=reading.files,
        new=tuple(draft for draft in unknown if not draft.cancelled),
        unchanged=tuple(changes["unchanged"]),
        changed=tuple(changes["changed"]),
        cancelled=tuple(changes["cancelled"]),
        cancelled_before=tuple(draft for draft in unknown if draft.cancelled),
        decided=tuple(changes["decided"]),
        missing=tuple(_missing(drafts, pairs, known, zone)),
        same_meeting=tuple(_same_meetings(drafts, pairs, zone)),
        rejections=(*reading.rejections, *contradictions),
    )


def _each_once(drafts: Iterable[Draft]) -> tuple[list[Draft], list[Rejection]]:
    firsts: dict[Identity, Draft] = {}
    rejections: list[Rejection] = []
    for draft in drafts:
        first = firsts.setdefault(identity_of(draft, fold), draft)
        if replace(draft, file=first.file, row=first.row) != first:
            problem = ProblemError(Problem.CONTRADICTION, row_of_first=first.row, file=first.file)
            rejections.append(problem.rejection(draft.file, draft.row))
    return list(firsts.values()), rejections


def _pairs(
    drafts: Sequence[Draft],
    known: Sequence[Exchange],
    decided_refs: Collection[str],
    zone: ZoneInfo,
) -> dict[Draft, Exchange]:
    """Returns the stored exchange of each draft that has one, in the drafts' order."""
    by_identity = {identity_of(exchange, fold): exchange for exchange in known}
    found = {draft: by_identity.get(identity_of(draft, fold)) for draft in drafts}
    taken = {exchange.ref for exchange in found.values() if exchange is not None}
    free: defaultdict[Identity, list[Exchange]] = defaultdict(list)
    for exchange in known:
        if exchange.ref in decided_refs and exchange.ref not in taken:
            free[_day_of(exchange, zone)].append(exchange)
    for draft in drafts:
        if found[draft] is None:
            found[draft] = _decided_twin(draft, free[_day_of(draft, zone)])
    return {draft: exchange for draft, exchange in found.items() if exchange is not None}


def _day_of(booking: Draft | Exchange, zone: ZoneInfo) -> Identity:
    return booking.source, local_day(booking.starts_at, zone)


def _decided_twin(draft: Draft, free: list[Exchange]) -> Exchange | None:
    """Takes the exchange out of the list that the draft was before an officer acted on it."""
    alike = [exchange for exchange in free if _could_be(draft, exchange)]
    if not alike:
        return None
    nearest = min(alike, key=lambda exchange: abs(exchange.starts_at - draft.starts_at))
    free.remove(nearest)
    return nearest


def _could_be(draft: Draft, exchange: Exchange) -> bool:
    if draft.external_id is not None or exchange.external_id is not None:
        return False
    return _aligned(draft, exchange) or _aligned(_swapped(draft), exchange)


def _aligned(draft: Draft, exchange: Exchange) -> bool:
    return _fits(draft.giver, exchange.giver) and _fits(draft.receiver, exchange.receiver)


def _fits(party: PartyDraft, stored: Party) -> bool:
    """Tells whether the stored party is the draft's, perhaps named since."""
    return party.name is None or fold(party.name) == fold(stored.name or "")


def _swapped(draft: Draft) -> Draft:
    return replace(draft, giver=draft.receiver, receiver=draft.giver)


def _change(
    draft: Draft, exchange: Exchange, decided_refs: Collection[str], region: str | None
) -> Change:
    told = _as_decided(draft, exchange) if exchange.ref in decided_refs else draft
    called_off = exchange.outcome is Outcome.CANCELLED
    if draft.cancelled and called_off:
        return Change(draft, exchange)
    differing = [name for name in _FIELDS if _differ(name, told, exchange, region)]
    if draft.cancelled != called_off:
        differing.append("cancelled")
    return Change(draft, exchange, tuple(differing))


def _differ(name: str, draft: Draft, exchange: Exchange, region: str | None) -> bool:
    """Tells whether a field means another thing, and is not only written otherwise."""
    told, known = attrgetter(name)(draft), attrgetter(name)(exchange)
    if told == known or not (told and known):
        return bool(told != known)
    if name.endswith(".phone"):
        return phone_key(told, region) != phone_key(known, region)
    if name.endswith(".plate"):
        return plate_key(told) != plate_key(known)
    return True


def _as_decided(draft: Draft, exchange: Exchange) -> Draft:
    """Returns the draft with its sides and names as the officer settled them."""
    if not _aligned(draft, exchange) and _aligned(_swapped(draft), exchange):
        draft = _swapped(draft)
    return replace(
        draft,
        giver=replace(draft.giver, name=draft.giver.name or exchange.giver.name),
        receiver=replace(draft.receiver, name=draft.receiver.name or exchange.receiver.name),
    )


def _list_of(change: Change, decided_refs: Collection[str]) -> str:
    """Returns which list of the plan a known booking goes to."""
    if not change.fields:
        return "unchanged"
    # What was closed, if only by an earlier file, is opened again by a person or not at all.
    if change.known.ref in decided_refs or refusal(change.known, Verb.AMEND) is not None:
        return "decided"
    return "cancelled" if change.draft.cancelled else "changed"


def _missing(
    drafts: Iterable[Draft],
    pairs: Mapping[Draft, Exchange],
    known: Iterable[Exchange],
    zone: ZoneInfo,
) -> Iterator[Exchange]:
    """Yields the open exchanges of the files' own sources and days that they no longer hold."""
    covered = {_day_of(draft, zone) for draft in drafts}
    held = {exchange.ref for exchange in pairs.values()}
    for exchange in known:
        is_open = refusal(exchange, Verb.CANCEL) is None
        if is_open and exchange.ref not in held and _day_of(exchange, zone) in covered:
            yield exchange


def _same_meetings(
    drafts: Iterable[Draft], pairs: Mapping[Draft, Exchange], zone: ZoneInfo
) -> Iterator[tuple[Draft, Draft]]:
    """Yields pairs, one of them new, of the same two names crosswise within an hour of a day.

    Each booking is in one pair at most, with the earliest that fits.
    """
    # Nearly every list holds one booking and nearly none is asked for, so that none is made for it.
    waiting: dict[Identity, list[Draft]] = {}
    live = [one for one in drafts if one.giver.name and one.receiver.name and not one.cancelled]
    for draft in sorted(live, key=attrgetter("starts_at")):
        day = local_day(draft.starts_at, zone)
        giver, receiver = fold(draft.giver.name or ""), fold(draft.receiver.name or "")
        # Two that are known already were listed when the second of them was new.
        for known in (False,) if draft in pairs else (False, True):
            crosswise = waiting.get((day, receiver, giver, known), [])
            while crosswise and draft.starts_at > crosswise[0].starts_at + _ONE_MEETING:
                crosswise.pop(0)
            if crosswise:
                yield crosswise.pop(0), draft
                break
        else:
            waiting.setdefault((day, giver, receiver, draft in pairs), []).append(draft)
