"""What a calendar's title and description say of an exchange.

Calendars have no columns for parties and items, so people and tools write them down in words:
"Exchange: Kayak", "Seller: Ann One", "Ann One / Bob Two".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from desk.intake.questions import Answered, who_is_who
from desk.intake.raw import RawParty
from desk.intake.table import NOTHING, Cell
from desk.text import fold

_CALLED_OFF = frozenset(
    {"abgesagt", "annule", "canceled", "canceled event", "cancelled", "cancelado", "geannuleerd"}
)
_SERVICE = re.compile(
    r"\b(appointment|booking|custody|exchange|hand ?over|(car|vehicle) sale"
    r"|echange|garde|remise|rendez vous|vente de (vehicule|voiture))\b"
)
_BOOKER = frozenset({"client", "cliente", "customer", "klant", "kunde", "name", "nom"})
# Google and Outlook write descriptions as web pages.
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|div|font|html|body|li|ol|ul|span|strong)\b[^<>]{0,500}>", re.IGNORECASE
)
_LABELLED = re.compile(r"(?P<label>[^:]{1,60}?) ?: ?(?P<text>.+)")
_TWO_NAMES = re.compile(r"(?P<one>[^/:]+?) / (?P<other>[^/:]+)")
_NOTES = frozenset(
    {
        "anmerkungen",
        "bemerkungen",
        "commentaires",
        "comments",
        "note",
        "notas",
        "notes",
        "notities",
        "notizen",
        "opmerkingen",
        "remarques",
        "uwagi",
    }
)
_NOBODY = RawParty()


def service_and_item(title: Cell) -> tuple[str, Cell]:
    """Takes a title apart: "Exchange: Kayak" is a service and an item, "Kayak" is an item.

    A title that names the service and nothing else has no item.
    """
    head, _colon, rest = title.text.partition(":")
    text = rest.strip() if fold(head) in _CALLED_OFF else title.text
    service, colon, item = text.partition(":")
    if colon and _SERVICE.search(fold(service)):
        return service, Cell(title.field, item.strip())
    if _SERVICE.search(fold(text)):
        return text, NOTHING
    return "", Cell(title.field, text)


def told_by(description: Cell, booker: RawParty = _NOBODY, other: RawParty = _NOBODY) -> Answered:
    """Returns both parties and the item, as a description tells of them.

    Args:
        description: its lines; "Seller: Ann" is an answer, "Ann / Bob" names both.
        booker: what else is known of the one who booked.
        other: what else is known of the other.
    """
    text = unescape(_TAG.sub("", _BREAK.sub("\n", description.text)))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    answers = [(label, Cell(description.field, text)) for label, text in _answers(lines)]
    if not booker.name.text and not other.name.text:
        pair = next(filter(None, map(_TWO_NAMES.fullmatch, lines)), None)
        names = [pair["one"], pair["other"]] if pair else [_booker_told(answers), ""]
        booker, other = (
            replace(party, name=Cell(description.field, name))
            for party, name in zip((booker, other), names, strict=True)
        )
    return who_is_who(booker, other, answers)


def _booker_told(answers: Iterable[tuple[str, Cell]]) -> str:
    return next((cell.text for label, cell in answers if fold(label) in _BOOKER), "")


def _answers(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yields each label with what stands behind it, or below it where it is a line of its own."""
    for number, line in enumerate(lines):
        if found := _LABELLED.fullmatch(line):
            yield _question(found["label"]), found["text"]
        elif fold(line).rstrip(": ") in _NOTES:
            yield "item", next(filter(None, lines[number + 1 :]), "")


def _question(label: str) -> str:
    return "item" if fold(label) in _NOTES else label
