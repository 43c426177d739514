"""A first proposal of which column is what, for an officer to look over.

Columns are known by words in English and French, folded; the first rows decide whether a column
holds a day, a time or both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from desk.intake.dates import is_clock, is_day, split_moment
from desk.intake.maps import CANCELLED_WORDS, SourceMap, Target
from desk.intake.questions import Topic, Whose, asks
from desk.intake.table import Cell, Header, Record

_WORDS = {
    Target.CANCELLED: r"(status|state|etat|statut|cancell?ed|annulee?)",
    Target.EXTERNAL_ID: (
        r"(n°|no\.?|nr|#|num|numero|id|uid|uuid|ref|reference|code)"
        r"|(appointment|booking|event|reservation) (id|no\.?|number|ref|reference|code)"
        r"|(n°|numero|ref|reference|code) (de |du )?(la )?(rendez vous|rdv|reservation)"
    ),
    Target.LENGTH: r"(duree|duration|length|minutes)\b.*",
    Target.KIND: r"(event |appointment )?(kind|motif|nature|prestation|service|type)\b.*",
    Target.BAY: r"(bay|baie|emplacement|endroit|lieu|location|parking|place|salle|space|where)\b.*",
    Target.ITEM: r"(article|bien|chose|description|goods|item|objet|produit|product)s?",
    Target.GIVER_NAME: (
        r"(booked by|client|customer|invitee|nom|nom (complet|du client)|nom et prenom|name"
        r"|full name|prenom et nom|visitor|visiteur)( name)?"
    ),
}
_FIRST_NAME = re.compile(r"(client |customer )?(first name|given name|prenom)")
_LAST_NAME = re.compile(r"(client |customer )?(last name|surname|family name|nom( de famille)?)")
_NOT_WHEN = re.compile(
    r"\b(booked|book|created|creation|cree|duree|duration|modif\w*|scheduled|update[ds]?|zone)\b"
)
_ENDS = re.compile(r"\b(end|ends|fin|jusqua|until)\b")
_DAY = re.compile(r"\b(date|day|jour|debut|quand|rdv|rendez vous|start|starts|time|when|horaire)\b")
_TIME = re.compile(r"\b(heure|hour|horaire|time|a)\b")
_CALLED_OFF = re.compile(r"cancell?ed|annulee?")
_TOPICS = {Topic.NAME: "name", Topic.PHONE: "phone", Topic.EMAIL: "email", Topic.PLATE: "plate"}
_SIDES = {
    Whose.BOOKER: "giver",
    Whose.GIVER: "giver",
    Whose.OTHER: "receiver",
    Whose.RECEIVER: "receiver",
}
_STATED = (Whose.GIVER, Whose.RECEIVER)
_SAYS_YES = ("oui", "true", "vrai", "yes", "1")


def guess_mapping(header: Header, rows: Sequence[Record]) -> SourceMap | None:
    """Returns a mapping without a name; None where no start or no name can be found.

    Args:
        header: the file's.
        rows: its first records.
    """
    columns = _when(header, rows)
    taken = {name for names in columns.values() for name in names}
    asked = {name: question for name in header.positions if (question := asks(name))}
    for name in header.positions:
        target = _target(name, header)
        if name not in taken and target is not None and target not in columns:
            columns[target] = _with_first_name(name, target, header)
            taken.update(columns[target])
    if Target.STARTS not in columns or not {Target.GIVER_NAME, Target.RECEIVER_NAME} & set(columns):
        return None
    stated = any(
        question.topic is Topic.NAME and question.whose in _STATED for question in asked.values()
    )
    return SourceMap(
        name="",
        header=tuple(header.positions),
        columns=columns,
        assumed=not stated,
        cancelled=cancelled_words(columns),
    )


def _target(name: str, header: Header) -> Target | None:
    """Returns what a column fills that is no time."""
    if _FIRST_NAME.fullmatch(name) and not _has(_LAST_NAME, header):
        return Target.GIVER_NAME
    if _LAST_NAME.fullmatch(name):
        return Target.GIVER_NAME
    for target, words in _WORDS.items():
        if re.fullmatch(words, name):
            return target
    question = asks(name)
    if question is None:
        return None
    if question.topic is Topic.ITEM:
        return Target.ITEM
    if question.topic not in _TOPICS:
        return None
    return Target(f"{_SIDES[question.whose]}.{_TOPICS[question.topic]}")


def _has(pattern: re.Pattern[str], header: Header) -> bool:
    return any(pattern.fullmatch(name) for name in header.positions)


def _with_first_name(name: str, target: Target, header: Header) -> tuple[str, ...]:
    if target is Target.GIVER_NAME and _LAST_NAME.fullmatch(name):
        first = [each for each in header.positions if _FIRST_NAME.fullmatch(each)]
        return (*first[:1], name)
    return (name,)


def _when(header: Header, rows: Sequence[Record]) -> dict[Target, tuple[str, ...]]:
    """Returns the columns of the start and the end."""
    names = [name for name in header.positions if not _NOT_WHEN.search(name)]
    ends = [name for name in names if _ENDS.search(name)]
    found = {
        Target.STARTS: _day_and_time([name for name in names if name not in ends], rows),
        Target.ENDS: _day_and_time(ends, rows) or _only_time(ends, rows),
    }
    return {target: columns for target, columns in found.items() if columns}


def _day_and_time(names: Sequence[str], rows: Sequence[Record]) -> tuple[str, ...]:
    """Returns the one column that holds both, or that of the day and that of the time."""
    named = [name for name in names if _DAY.search(name)]
    for name in (*named, *names):
        if _holds(rows, name, _is_moment):
            return (name,)
    day = next((name for name in (*named, *names) if _holds(rows, name, is_day)), None)
    time = _only_time(names, rows)
    return (day, *time) if day is not None and time else ()


def _only_time(names: Sequence[str], rows: Sequence[Record]) -> tuple[str, ...]:
    named = [name for name in names if _TIME.search(name)]
    found = next((name for name in (*named, *names) if _holds(rows, name, is_clock)), None)
    return () if found is None else (found,)


def cancelled_words(columns: Mapping[Target, Sequence[str]]) -> tuple[str, ...]:
    """Returns the words; a column called "Cancelled" is answered with yes and no."""
    state = "".join(columns.get(Target.CANCELLED, ()))
    return (*CANCELLED_WORDS, *_SAYS_YES) if _CALLED_OFF.fullmatch(state) else CANCELLED_WORDS


def _holds(rows: Sequence[Record], name: str, test: Callable[[Cell], bool]) -> bool:
    """Tells whether most of a column's cells are what is looked for; a file may have bad rows."""
    cells = [cell for row in rows if (cell := row.cell(name)).text]
    return 2 * sum(map(test, cells)) > len(cells)


def _is_moment(cell: Cell) -> bool:
    moment = split_moment(cell)
    return moment.day != moment.time and is_day(moment.day)
