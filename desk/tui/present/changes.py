"""What an amendment changed, old beside new: ``14:15 → 15:30, bay 1 → bay 2``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pendulum import DateTime

from desk import text
from desk.domain.booking import FieldChange, Told
from desk.domain.days import local_day
from desk.domain.exchange import Kind, Side
from desk.i18n import _
from desk.tui.present.parties import not_named
from desk.tui.present.scene import Scene
from desk.wording import bay_name, clock_time, kind_name, short_day, short_role


def changed_words(changes: Iterable[FieldChange], kind: Kind, scene: Scene) -> str:
    """Returns each change in a few words, the time first.

    Args:
        changes: what was changed.
        kind: of the exchange; it names the sides.
        scene: whose bays and zone they are told in.
    """
    known = tuple(changes)
    return ", ".join(_told(one, kind, scene) for one in _worth_telling(known))


def _worth_telling(changes: tuple[FieldChange, ...]) -> Iterator[FieldChange]:
    """Leaves out an end that only moved with its start: the length is as it was."""
    by_field = {one.field: one for one in changes}
    start, end = by_field.get("starts_at"), by_field.get("ends_at")
    moved = start is not None and end is not None and _distance(start) == _distance(end)
    return (one for one in changes if not (moved and one.field == "ends_at"))


def _distance(change: FieldChange) -> float:
    old, new = change.old, change.new
    if isinstance(old, DateTime) and isinstance(new, DateTime):
        return (new - old).total_seconds()
    return 0.0


def _told(change: FieldChange, kind: Kind, scene: Scene) -> str:
    old, new = change.old, change.new
    if isinstance(old, DateTime) and isinstance(new, DateTime):
        words = _moments(old, new, scene)
        return words if change.field == "starts_at" else _("end {change}").format(change=words)
    was, now = (_value(change.field, each, scene) for each in (old, new))
    if change.field == "bay" and str(old).isdigit() and str(new).isdigit():
        now = str(new)
    name = _field_name(change.field, kind)
    return f"{name} {was} → {now}" if name else f"{was} → {now}"


def _moments(old: DateTime, new: DateTime, scene: Scene) -> str:
    """Returns two times, with their days where these are not one."""
    days = [local_day(each, scene.zone) for each in (old, new)]
    times = [clock_time(each, scene.zone) for each in (old, new)]
    if days[0] != days[1]:
        times = [f"{short_day(day)} {time}" for day, time in zip(days, times, strict=True)]
    return " → ".join(times)


def _value(field: str, value: Told, scene: Scene) -> str:
    if field == "bay":
        return bay_name(scene.station, value if isinstance(value, str) else None)
    if field == "kind":
        return kind_name(Kind(str(value)))
    if field == "large":
        return _("large") if value else _("not large")
    nothing = not_named() if field.endswith(".name") else "–"
    return text.safe(str(value)).strip() or nothing if value else nothing


def _field_name(field: str, kind: Kind) -> str:
    """Returns what stands before the values; nothing where they say it themselves."""
    side, _dot, said = field.rpartition(".")
    names = {
        "item": _("what"),
        "name": "",
        "phone": _("phone"),
        "email": _("email"),
        "plate": _("plate"),
    }
    who = short_role(kind, Side(side)) if side else ""
    return " ".join(filter(None, (who, names.get(said, ""))))
