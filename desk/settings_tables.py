"""What ``station.toml`` can say: its tables, with the default of every key."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from desk.domain.backups import BackupPlan, BackupPolicy
from desk.domain.exchange import Kind
from desk.domain.retention import Periods, RecordClass
from desk.domain.rules import BayRules, KindRules, Rules
from desk.domain.zones import is_zone

_USUAL = KindRules()
_ANY_BAY = BayRules()
_CUSTODY = Rules().of(Kind.CUSTODY)
_DAY = 24 * 60
_BACKUPS = BackupPolicy()
_LONGEST_UNTOUCHED = 30

Minutes = Annotated[int, Field(ge=0, le=_DAY)]
OneMinuteOrMore = Annotated[int, Field(ge=1, le=_DAY)]
Days = Annotated[int, Field(ge=1, le=36_600)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Table(BaseModel):
    """One table of the file: no key that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _known_zone(zone: str) -> str:
    if not is_zone(zone):
        raise ValueError(zone)
    return zone


class StationTable(Table):
    """Whose file this is, as far as it says."""

    name: str | None = None
    code: str | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] | None = None


class KindTable(Table):
    """The rules of one kind, in minutes; the words are those of ``KindRules``."""

    early: Minutes = _USUAL.early
    grace: Minutes = _USUAL.grace
    length: OneMinuteOrMore = _USUAL.length
    late_window: Minutes = _USUAL.late_window


class CustodyTable(KindTable):
    """The rules of custody exchanges, whose two sides come apart."""

    stagger: Minutes = _CUSTODY.stagger


class RulesTable(Table):
    """The rules by kind."""

    sale: KindTable = KindTable()
    vehicle: KindTable = KindTable()
    custody: CustodyTable = CustodyTable()
    other: KindTable = KindTable()


class BayTable(Table):
    """What one bay allows; the words are those of ``BayRules``."""

    buffer: Minutes = _ANY_BAY.buffer
    kinds: list[Literal["sale", "vehicle", "custody", "other"]] = Field(default_factory=list)
    opens: ClockTime | None = None
    closes: ClockTime | None = None
    large: bool = _ANY_BAY.large

    @property
    def rules(self) -> BayRules:
        """The same as the domain knows it."""
        opens, closes = (
            None if told is None else time.fromisoformat(told) for told in (self.opens, self.closes)
        )
        kinds = frozenset(map(Kind, self.kinds))
        return BayRules(self.buffer, kinds, opens, closes, self.large)


class LooksTable(Table):
    """How the board looks.

    Attributes:
        theme: which colours.
        glyphs: which signs go with a state's words.
        idle_minutes: after how many minutes without a key another day's board returns to today.
    """

    theme: Literal["night", "day", "high-contrast"] = "night"
    glyphs: Literal["unicode", "ascii"] = "unicode"
    idle_minutes: OneMinuteOrMore = 2


class LockTable(Table):
    """When the screen is covered until somebody unlocks it.

    Attributes:
        idle_minutes: after how many minutes without a key.
        bell: whether a covered screen rings when somebody is needed: a party is kept apart, a
            no-show is due, both parties are here.
    """

    idle_minutes: Annotated[int, Field(ge=1, le=_LONGEST_UNTOUCHED)] = 15
    bell: bool = False


class ImportsTable(Table):
    """How booking files are read.

    Attributes:
        mebibytes: the largest file that is read.
        rows: the most bookings of one file.
        cell: the most characters of one cell; the csv module cannot take more than its limit.
        days_ahead: how many days from today on a repeated booking is written out.
        day_order: which comes first in a file whose days show neither; ``ask`` asks each time.
    """

    mebibytes: Annotated[int, Field(ge=1, le=1024)] = 64
    rows: Annotated[int, Field(ge=1, le=1_000_000)] = 100_000
    cell: Annotated[int, Field(ge=100, le=131_072)] = 32_767
    days_ahead: Annotated[int, Field(ge=0, le=730)] = 60
    day_order: Literal["ask", "day_first", "month_first"] = "ask"


class PaperTable(Table):
    """What is printed on, and with which letters.

    Attributes:
        size: of the sheets in the printer; None for what the station's region uses.
        fonts: files of further fonts, for names in letters that the own font lacks.
        days_in_clear: whether the sheets of the days lie ready where the record is encrypted.
    """

    size: Literal["a4", "letter"] | None = None
    fonts: list[str] = Field(default_factory=list)
    days_in_clear: bool = False


class SlipTable(Table):
    """What a party is handed.

    Attributes:
        rules: the house rules on it, a sentence each; empty for those that desk has.
    """

    rules: list[str] = Field(default_factory=list)


class BackupsTable(Table):
    """When backups are made, and which are kept; the words are those of ``BackupPolicy``.

    Attributes:
        second: another folder that gets a copy of each.
    """

    hours: Annotated[int, Field(ge=1, le=24)] = _BACKUPS.hours
    last: Annotated[int, Field(ge=1, le=1000)] = _BACKUPS.last
    days: Annotated[int, Field(ge=0, le=3660)] = _BACKUPS.days
    months: Annotated[int, Field(ge=0, le=1200)] = _BACKUPS.months
    too_old_hours: Annotated[int, Field(ge=1, le=8760)] = _BACKUPS.too_old_hours
    second: Annotated[str, Field(min_length=1)] | None = None

    @property
    def plan(self) -> BackupPlan:
        """The same as the domain knows it."""
        policy = BackupPolicy(self.hours, self.last, self.days, self.months, self.too_old_hours)
        second = None if self.second is None else str(Path(self.second).expanduser())
        return BackupPlan(policy, second)


class RetentionTable(Table):
    """How many days each class of record is kept; one without days is kept for good."""

    sales: Days | None = None
    vehicles: Days | None = None
    custody: Days | None = None
    disputes: Days | None = None
    follow_ups: Days | None = None
    views: Days | None = None
    journal: Days | None = None

    @property
    def periods(self) -> Periods:
        """The same as the domain knows it."""
        days: dict[str, int] = self.model_dump(exclude_none=True)
        return MappingProxyType({RecordClass(name): count for name, count in days.items()})


class Settings(Table):
    """Everything that ``station.toml`` says, or would say.

    Attributes:
        bays: what each bay allows, by its code.
        keys: other keys for commands: the command's id and its key.
    """

    station: StationTable = StationTable()
    rules: RulesTable = RulesTable()
    bays: dict[str, BayTable] = Field(default_factory=dict)
    keys: dict[str, str] = Field(default_factory=dict)
    looks: LooksTable = LooksTable()
    lock: LockTable = LockTable()
    imports: ImportsTable = ImportsTable()
    paper: PaperTable = PaperTable()
    slip: SlipTable = SlipTable()
    backups: BackupsTable = BackupsTable()
    retention: RetentionTable = RetentionTable()

    @property
    def station_rules(self) -> Rules:
        """The rules as the domain knows them."""
        kinds = {
            Kind(kind): KindRules(**minutes) for kind, minutes in self.rules.model_dump().items()
        }
        bays = {code: table.rules for code, table in self.bays.items()}
        return Rules(MappingProxyType(kinds), MappingProxyType(bays))
