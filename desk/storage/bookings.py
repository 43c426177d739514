"""What the store already knows of bookings that a file speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection, Select, bindparam, select

from desk.domain.days import day_bounds, local_day
from desk.domain.drafts import Draft, booking_key
from desk.domain.exchange import Outcome
from desk.domain.lifecycle import Verb
from desk.storage.aggregate import Stored
from desk.storage.history import STILL_COUNTS
from desk.storage.reading import in_batches, load, load_chosen
from desk.storage.tables import ACT, ACT_LINE, EXCHANGE, EXCHANGE_DETAILS, SHOWN
from desk.text import fold

_AROUND = 4
"""Hours: as far as another place for a booking is looked for (``desk.domain.bays``)."""

_BY_REFS = select(EXCHANGE.c.id).where(
    EXCHANGE.c.ref.in_(bindparam("refs", expanding=True)), EXCHANGE.c.unbooked.is_(False)
)


def by_refs(connection: Connection, refs: Sequence[str]) -> list[Stored]:
    """Returns the exchanges with these references, of whichever station, in no order."""
    ids: list[int] = []
    for batch in in_batches(refs):
        ids.extend(connection.execute(_BY_REFS, {"refs": batch}).scalars())
    return load(connection, ids)


def by_ref(connection: Connection, ref: str) -> Stored | None:
    """Returns the exchange to which a reference leads, of whichever station, or None."""
    found = next(iter(by_refs(connection, [ref])), None)
    while found is not None and found.merged_into is not None:
        found = next(iter(load(connection, [found.merged_into])), None)
    return found


def kept_as(connection: Connection, station_id: int, ref: str) -> Stored | None:
    """Returns the station's exchange with exactly that reference, hidden or not, or None."""
    chosen = select(EXCHANGE.c.id).where(EXCHANGE.c.ref == ref, EXCHANGE.c.station_id == station_id)
    return next(iter(load(connection, connection.execute(chosen).scalars().all())), None)


def of_station(connection: Connection, station_id: int, ref: str) -> Stored | None:
    """Returns the station's exchange to which a reference leads, or None."""
    found = by_ref(connection, ref)
    return found if found is not None and found.station_id == station_id else None


def open_around(
    connection: Connection, station_id: int, begins: DateTime, ends: DateTime
) -> list[Stored]:
    """Returns the open exchanges within four hours of a time, by time."""
    begins, ends = begins.subtract(hours=_AROUND), ends.add(hours=_AROUND)
    chosen = select(EXCHANGE.c.id).where(
        EXCHANGE.c.station_id == station_id,
        # An index finds the start; no exchange is booked for longer than a day.
        EXCHANGE.c.starts_at > begins.subtract(days=1),
        EXCHANGE.c.starts_at < ends,
        EXCHANGE.c.ends_at > begins,
        EXCHANGE.c.outcome == Outcome.NONE,
        SHOWN,
    )
    return load_chosen(connection, chosen)


def known(
    connection: Connection, station_id: int, drafts: Sequence[Draft], zone: ZoneInfo
) -> list[Stored]:
    """Returns the exchanges of the same source and id, or of its days; by time."""
    ids: set[int] = set()
    for source in sorted({draft.source for draft in drafts}):
        own = [draft for draft in drafts if draft.source == source]
        of_source = select(EXCHANGE.c.id).where(
            EXCHANGE.c.station_id == station_id,
            EXCHANGE.c.source == source,
            EXCHANGE.c.unbooked.is_(False),
        )
        for query in (*_by_id(of_source, own), *_by_day(of_source, own, zone)):
            ids.update(connection.execute(query).scalars().all())
    found = load(connection, sorted(ids))
    return sorted(found, key=lambda each: (each.exchange.starts_at, each.exchange.ref))


def _by_id(of_source: Select[int], drafts: Sequence[Draft]) -> Iterator[Select[int]]:
    about = EXCHANGE_DETAILS.c
    current = of_source.join(EXCHANGE_DETAILS, EXCHANGE.c.details_id == about.id).where(
        about.station_id == EXCHANGE.c.station_id
    )
    external_ids = {draft.external_id for draft in drafts if draft.external_id is not None}
    for batch in in_batches(sorted(external_ids)):
        yield current.where(about.external_id.in_(batch))
    keys = {booking_key(draft, fold) for draft in drafts if draft.external_id is None}
    for batch in in_batches(sorted(keys)):
        yield current.where(about.booking_key.in_(batch))


def _by_day(
    of_source: Select[int], drafts: Sequence[Draft], zone: ZoneInfo
) -> Iterator[Select[int]]:
    for first, last in _runs({local_day(draft.starts_at, zone) for draft in drafts}):
        begins, ends = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
        yield of_source.where(EXCHANGE.c.starts_at >= begins, EXCHANGE.c.starts_at < ends)


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yields the first and last day of every run of days without a gap."""
    run: tuple[date, date] | None = None
    for day in sorted(days):
        if run is not None and day - run[1] <= timedelta(days=1):
            run = (run[0], day)
            continue
        if run is not None:
            yield run
        run = (day, day)
    if run is not None:
        yield run


def decided(connection: Connection, station_id: int, refs: Sequence[str]) -> frozenset[str]:
    """Returns which of these exchanges an officer has acted on, other than by taking a file in."""
    on_line = (ACT.c.station_id == ACT_LINE.c.station_id) & (ACT.c.number == ACT_LINE.c.act_number)
    found: set[str] = set()
    for batch in in_batches(refs):
        rows = connection.execute(
            select(EXCHANGE.c.ref)
            .join(ACT_LINE, ACT_LINE.c.exchange_id == EXCHANGE.c.id)
            .join(ACT, on_line)
            .where(
                EXCHANGE.c.ref.in_(batch),
                EXCHANGE.c.station_id == station_id,
                ACT.c.officer_id.is_not(None),
                ACT.c.verb != Verb.IMPORT,
                STILL_COUNTS,
            )
            .distinct()
        )
        found.update(rows.scalars())
    return frozenset(found)
