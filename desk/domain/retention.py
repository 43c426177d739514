"""How long each class of record is kept, and what is due to go. Pure: nothing is erased here.

A period counts from the last local day on which anything happened. What belongs to two classes,
as a sale that was disputed does, is kept for the longer of both periods; what belongs to a class
that has none is kept for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.backups import BackupPolicy
from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Kind
from desk.domain.intents import Intent
from desk.domain.lifecycle import Verb
from desk.domain.rights import RequestIntent
from desk.domain.verdict import Verdict


class RecordClass(StrEnum):
    """What a period is set for; the words of ``[retention]`` in ``station.toml``."""

    SALES = "sales"
    VEHICLES = "vehicles"
    CUSTODY = "custody"
    DISPUTES = "disputes"
    FOLLOW_UPS = "follow_ups"
    VIEWS = "views"
    JOURNAL = "journal"


Periods = Mapping[RecordClass, int]
"""Days by class; a class that is not in it is kept for good."""

_OF_KIND: Mapping[Kind, RecordClass] = {
    Kind.SALE: RecordClass.SALES,
    Kind.VEHICLE: RecordClass.VEHICLES,
    Kind.CUSTODY: RecordClass.CUSTODY,
    Kind.OTHER: RecordClass.SALES,
}

OF_EXCHANGES = (*dict.fromkeys(_OF_KIND.values()), RecordClass.DISPUTES)
"""The classes to which exchanges belong."""


def class_of(exchange: Exchange) -> RecordClass:
    """Returns the class under which an exchange is reported: a dispute outweighs its kind."""
    return RecordClass.DISPUTES if exchange.dispute is not None else _OF_KIND[exchange.kind]


def is_over(exchange: Exchange, now: DateTime) -> bool:
    """Returns whether nothing is to come of it: nobody is here, no dispute open, its time past."""
    somebody = any(party.presence.in_the_building for party in exchange.parties)
    return not (somebody or exchange.disputed or exchange.ends_at > now)


def last_day(exchange: Exchange, zone: ZoneInfo) -> date:
    """Returns the last local day on which anything happened to an exchange, or was to happen."""
    moments = [exchange.ends_at, exchange.closed_at]
    moments += [visit.last_movement for party in exchange.parties for visit in party.visits]
    if exchange.dispute is not None:
        moments += [exchange.dispute.opened_at, exchange.dispute.settled_at]
    return max(local_day(moment, zone) for moment in moments if moment is not None)


def kept_until(exchange: Exchange, periods: Periods, zone: ZoneInfo) -> date | None:
    """Returns the last day on which an exchange is kept; None where that is for good."""
    days = {periods.get(each) for each in {_OF_KIND[exchange.kind], class_of(exchange)}}
    known = [each for each in days if each is not None]
    if len(known) < len(days):
        return None
    return last_day(exchange, zone) + timedelta(days=max(known))


def first_kept(record_class: RecordClass, periods: Periods, today: date) -> date | None:
    """Returns the first day whose records of that class are kept; None where all of them are."""
    days = periods.get(record_class)
    return None if days is None else today - timedelta(days=days)


def gone_by(made: DateTime, policy: BackupPolicy, zone: ZoneInfo) -> date:
    """Returns the first local day on which a backup of that moment is kept no longer.

    Provided that newer ones are made: the newest so many are kept however old they are.
    """
    day = local_day(made, zone)
    months = day.year * 12 + day.month - 1 + policy.months
    end_of_months = date(months // 12, months % 12 + 1, 1)
    return max(day + timedelta(days=policy.days), end_of_months)


@dataclass(frozen=True, slots=True)
class Due:
    """An exchange whose period is over.

    Attributes:
        ref: its reference.
        ended_on: the last local day on which anything happened.
        hold: the number of the hold that keeps it all the same; None where nothing does.
    """

    ref: str
    ended_on: date
    hold: int | None = None


@dataclass(frozen=True, slots=True)
class ClassReport:
    """One class of record.

    Attributes:
        days: how long it is kept; None for good.
        due: exchanges whose period is over, oldest first.
        unfinished: exchanges whose period would be over if they were, oldest first.
        count: how many records other than exchanges are due: looks, acts.
    """

    record_class: RecordClass
    days: int | None
    due: tuple[Due, ...] = ()
    unfinished: tuple[Due, ...] = ()
    count: int = 0

    @property
    def goes(self) -> tuple[str, ...]:
        """The references of what goes."""
        return tuple(each.ref for each in self.due if each.hold is None)


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that still holds what is erased now.

    Attributes:
        name: the file, without folders.
        gone_by: the first day on which it is there no longer, if newer ones are made; None for
            one that desk never deletes, such as a record that was put aside.
        newer: how many backups have to be made before it goes, where that day has come: they are
            what takes it away.
    """

    name: str
    gone_by: date | None
    newer: int = 0


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What outside the database still holds what is erased.

    Attributes:
        files: files of ``exports`` and ``inbox/done`` that go with it, by their names there.
        unread: files there and in ``inbox`` that cannot be looked into, and stay.
        waiting: files of ``inbox`` that hold it, and bookings of others, too: they stay.
        backups: which of them still hold it, the last to go at the end.
    """

    files: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    backups: tuple[KeptBackup, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What erasing the person of a request would do.

    Attributes:
        refs: the exchanges that would lose that person.
        kept: exchanges that cannot, by reference: the number of the hold that keeps them, or None
            where they are not over.
        leftovers: what else holds that person.
    """

    refs: tuple[str, ...]
    kept: Mapping[str, int | None]
    leftovers: Leftovers = Leftovers()


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseDue(Intent):
    """What is due is erased: these exchanges as far as they still are due, and old looks.

    Attributes:
        periods: by which they are.
        files: the digests of the files that go with them.
    """

    verb: ClassVar[Verb] = Verb.ERASE
    refs: tuple[str, ...]
    periods: Periods
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(RequestIntent):
    """The person of a request is erased, and with it the request's own words.

    Attributes:
        files: the digests of the files that go with it.
    """

    verb: ClassVar[Verb] = Verb.ERASE
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorten(Intent):
    """The oldest acts go from the journal; they lie in an archive by now.

    Attributes:
        until: the number of the last that goes.
        periods: by which they may.
        archive: the archive's digest.
        checkpoint: the digest of the signed word for it.
    """

    verb: ClassVar[Verb] = Verb.SHORTEN
    until: int
    periods: Periods
    archive: str
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of erasing what was due.

    Attributes:
        verdict: the last answer.
        exchanges: how many were erased.
        acts: how many the journal let go of.
        archive: where those lie, by its name in the data folder; empty where none went.
    """

    verdict: Verdict
    exchanges: int = 0
    acts: int = 0
    archive: str = ""


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """What is due to go.

    Attributes:
        classes: every class, in the order of ``RecordClass``.
        leftovers: what else holds it.
    """

    today: date
    classes: tuple[ClassReport, ...]
    leftovers: Leftovers = Leftovers()

    def of(self, record_class: RecordClass) -> ClassReport:
        """Returns the report on one class."""
        return next(each for each in self.classes if each.record_class is record_class)

    @property
    def refs(self) -> tuple[str, ...]:
        """The references of every exchange that goes."""
        return tuple(ref for each in self.classes for ref in each.goes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing goes."""
        return not self.refs and not any(each.count for each in self.classes)
