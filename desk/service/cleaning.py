"""Whatever was typed or read is cleaned before it is decided on or stored.

A field's limit is what a form on the screen can hold of it, and then some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from desk.domain.booking import Booking, PartyDraft
from desk.domain.drafts import Change, Draft, ImportPlan, TakeIn
from desk.domain.intents import Amend, Book, By, Intent
from desk.domain.rights import OpenRequest, Person, PlaceHold
from desk.domain.verdict import Facts
from desk.domain.views import Station
from desk.storage.store import Workplace
from desk.text import NO_LIMIT, clean

LONGEST_NAME = 200
_DESK, _REF = 40, 12
_MOST: Mapping[str, int] = {
    **dict.fromkeys(("name", "asker"), LONGEST_NAME),
    **dict.fromkeys(("reason", "text"), 2000),
}
_KEPT: Mapping[str, int] = {"ref": _REF, "other": _REF} | dict.fromkeys(_MOST, NO_LIMIT)
"""What is too long is refused, never cut, but for a reference: no true one is longer."""

_Intent = TypeVar("_Intent", bound=Intent)


def cleaned(intent: _Intent) -> _Intent:
    """Returns the intent with its free texts, and the desk's name, safe to store."""
    texts: dict[str, Any] = {
        each.name: clean(value, _KEPT[each.name])
        for each in fields(intent)
        if each.name in _KEPT and (value := getattr(intent, each.name)) is not None
    }
    if not texts.get("name", True):
        texts["name"] = None
    if isinstance(intent, PlaceHold | OpenRequest):
        texts["person"] = _person(intent.person)
        texts["refs"] = tuple(clean(ref, _REF) for ref in intent.refs)
    if isinstance(intent, Book | Amend):
        texts["booking"] = _booking(intent.booking)
    return replace(intent, by=cleaned_by(intent.by), **texts)


def too_long(intent: Intent) -> Facts | None:
    """Returns which field of a cleaned intent is longer than can be kept, or None."""
    for name, most in _MOST.items():
        count = len(getattr(intent, name, None) or "")
        if count > most:
            return Facts(field=name, most=most, count=count)
    return None


def cleaned_by(by: By) -> By:
    """Returns who acts as the officer and the desk are stored."""
    return By(clean(by.badge), clean(by.desk, _DESK))


def cleaned_workplace(workplace: Workplace) -> Workplace:
    """Returns the workplace with its desk's name as it is stored."""
    return replace(workplace, desk=clean(workplace.desk, _DESK))


def cleaned_station(station: Station) -> Station:
    """Returns the station with every text safe to store."""
    bays = tuple(
        replace(
            bay,
            code=clean(bay.code),
            label=clean(bay.label),
            cameras=tuple(clean(camera) for camera in bay.cameras),
        )
        for bay in station.bays
    )
    return replace(station, name=clean(station.name), code=clean(station.code), bays=bays)


def cleaned_plan(intent: TakeIn) -> TakeIn:
    """Returns the intent with every text of its plan safe to store."""
    plan = intent.plan
    clean_plan = ImportPlan(
        files=tuple(clean(name) for name in plan.files),
        new=tuple(_draft(draft) for draft in plan.new),
        changed=tuple(_change(change) for change in plan.changed),
        cancelled=tuple(_change(change) for change in plan.cancelled),
        cancelled_before=tuple(_draft(draft) for draft in plan.cancelled_before),
        unchanged=tuple(_change(change) for change in plan.unchanged),
        decided=tuple(_change(change) for change in plan.decided),
    )
    merges = tuple((_draft(kept), _draft(other)) for kept, other in intent.merges)
    return replace(cleaned(intent), plan=clean_plan, merges=merges)


def _change(change: Change) -> Change:
    return replace(change, draft=_draft(change.draft))


def _draft(draft: Draft) -> Draft:
    """Returns the draft itself where nothing needs cleaning: a long file is held once."""
    cleaned_draft = replace(
        draft,
        file=clean(draft.file),
        source=clean(draft.source),
        external_id=_or_none(draft.external_id),
        item=clean(draft.item),
        giver=_party(draft.giver),
        receiver=_party(draft.receiver),
    )
    return draft if cleaned_draft == draft else cleaned_draft


def _person(person: Person) -> Person:
    return Person(*(clean(getattr(person, each.name)) for each in fields(person)))


def _booking(booking: Booking) -> Booking:
    return replace(
        booking,
        item=clean(booking.item),
        giver=_party(booking.giver),
        receiver=_party(booking.receiver),
    )


def _party(party: PartyDraft) -> PartyDraft:
    return replace(
        party,
        name=_or_none(party.name),
        phone=_or_none(party.phone),
        email=_or_none(party.email),
        plate=_or_none(party.plate),
    )


def _or_none(text: str | None) -> str | None:
    return None if text is None else clean(text) or None
