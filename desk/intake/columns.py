"""Which column fills what, while an officer is still saying so; and what the first rows mean then.

A start and an end have a place for the day and one for the time, a name one for the first name and
one for the last; where one column holds both it stands in the first place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from desk.domain.drafts import Draft, Rejection
from desk.domain.reading import DayOrder, Overrules
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.intake.checked import Origin, Reader
from desk.intake.formats.mapped import format_of
from desk.intake.guess import cancelled_words
from desk.intake.maps import Fixed, SourceMap, Target, columns_of
from desk.intake.opening import Glimpse
from desk.intake.problems import ProblemError
from desk.intake.survey import Survey
from desk.intake.table import Header, check_shape
from desk.intake.terms import Terms

_TRIED = 3


class Slot(NamedTuple):
    """One place that a column can fill: of two for the same target the first or the second."""

    target: Target
    place: int = 0


SLOTS = (
    Slot(Target.STARTS),
    Slot(Target.STARTS, 1),
    Slot(Target.GIVER_NAME),
    Slot(Target.GIVER_NAME, 1),
    Slot(Target.RECEIVER_NAME),
    Slot(Target.RECEIVER_NAME, 1),
    Slot(Target.ITEM),
    Slot(Target.KIND),
    Slot(Target.BAY),
    Slot(Target.ENDS),
    Slot(Target.ENDS, 1),
    Slot(Target.LENGTH),
    Slot(Target.GIVER_PHONE),
    Slot(Target.GIVER_EMAIL),
    Slot(Target.GIVER_PLATE),
    Slot(Target.RECEIVER_PHONE),
    Slot(Target.RECEIVER_EMAIL),
    Slot(Target.RECEIVER_PLATE),
    Slot(Target.EXTERNAL_ID),
    Slot(Target.CANCELLED),
)
"""What is needed stands first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping in the making.

    Attributes:
        header: the file's.
        chosen: the folded name of the column that fills a place; empty places are missing.
        base: the mapping it began with; says what no place says. None where it began with nothing.
        fixed: how its files are read.
        assumed: whether the columns leave open which party is on which side.
    """

    header: Header
    chosen: Mapping[Slot, str]
    base: SourceMap | None = None
    fixed: Fixed = field(default_factory=Fixed)
    assumed: bool = True

    @classmethod
    def beginning(cls, glimpse: Glimpse, terms: Terms, said: Overrules) -> Self:
        """Returns what to begin with: a saved mapping that fits, else what is proposed."""
        header = glimpse.header
        fitting = (one for one in terms.maps if columns_of(one) <= header.positions.keys())
        base = terms.map_named(said.source) or next(fitting, None) or glimpse.proposed
        if base is None:
            return cls(header, {}, fixed=_fixed(Fixed(), said))
        chosen = {
            Slot(target, place): name
            for target, names in base.columns.items()
            for place, name in enumerate(names)
            if name in header.positions
        }
        return cls(header, chosen, base, _fixed(base.fixed, said), base.assumed)

    @property
    def lacks_start(self) -> bool:
        """Whether no column says when."""
        return not self._names(Target.STARTS)

    @property
    def lacks_names(self) -> bool:
        """Whether no column says who."""
        return not (self._names(Target.GIVER_NAME) or self._names(Target.RECEIVER_NAME))

    def filling(self, slot: Slot, column: str | None) -> Self:
        """Returns the same with another column in a place; None empties it."""
        others = {each: name for each, name in self.chosen.items() if each != slot}
        return replace(self, chosen=others if column is None else {**others, slot: column})

    def ordered(self, order: DayOrder | None) -> Self:
        """Returns the same with days in that order; None leaves it to be detected."""
        return replace(self, fixed=self.fixed.model_copy(update={"day_order": order}))

    def source_map(self, name: str) -> SourceMap:
        """Returns the mapping; neither a start nor a name may be lacking."""
        columns = {target: names for target in Target if (names := self._names(target))}
        base = self.base
        kept = {} if base is None else {"kinds": base.kinds}
        same_state = base is not None and columns.get(Target.CANCELLED) == base.columns.get(
            Target.CANCELLED
        )
        words = base.cancelled if base is not None and same_state else cancelled_words(columns)
        return SourceMap(
            name=name,
            header=tuple(self.header.positions),
            columns=columns,
            assumed=self.assumed,
            fixed=self.fixed,
            cancelled=words,
            **kept,
        )

    def _names(self, target: Target) -> tuple[str, ...]:
        slots = (Slot(target, place) for place in (0, 1))
        return tuple(self.chosen[slot] for slot in slots if slot in self.chosen)


def _fixed(fixed: Fixed, said: Overrules) -> Fixed:
    """Returns how a mapping's files are read, with what was said of this one."""
    return Fixed(
        encoding=said.encoding or fixed.encoding,
        delimiter=said.delimiter or fixed.delimiter,
        day_order=said.day_order or fixed.day_order,
        zone=said.zone or fixed.zone,
    )


def tried(
    glimpse: Glimpse, source_map: SourceMap, terms: Terms, station: Station, rules: Rules
) -> tuple[Draft | Rejection, ...]:
    """Returns what a mapping makes of a file's first rows.

    Args:
        glimpse: the file's beginning.
        source_map: which column is what.
        terms: what the station has set.
        station: whose bays and zone the file means.
        rules: how long an exchange takes where the file does not say.
    """
    made = format_of(source_map)
    survey = Survey(made, terms.limits)
    for record in glimpse.rows:
        survey.add(record)
    try:
        order = source_map.fixed.day_order or survey.day_order(terms.day_order)
    except ProblemError:
        # It will be asked; until then the row itself says that it can be read two ways.
        order = None
    zone = ZoneInfo(source_map.fixed.zone or station.timezone)
    reader = Reader(station, rules, zone, order)
    come_out: list[Draft | Rejection] = []
    for record in islice(glimpse.rows, _TRIED):
        try:
            check_shape(record, terms.limits, glimpse.encoding)
            origin = Origin(glimpse.file, record.row, source_map.name)
            come_out.append(reader.draft(made.draft(record), origin))
        except ProblemError as problem:
            come_out.append(problem.rejection(glimpse.file, record.row))
    return tuple(come_out)
