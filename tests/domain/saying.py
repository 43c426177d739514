"""Phrases as an officer types them, on the command line and on the board."""

from dataclasses import replace

import pytest

from desk.domain.exchange import DisputeCategory, Exchange, Kind, Side
from desk.domain.intents import Arrive, ExchangeIntent, Note, OpenDispute, Undo
from desk.domain.phrases import PhraseContext, PhraseError, read_act
from desk.wording import roles
from tests.domain.making import OFFICER, OTHER_REF, REF, ZONE, an_exchange, at

G, R = Side
NOW = at("14:31")
KNOWN: dict[str, Exchange] = {
    REF: an_exchange(),
    OTHER_REF: replace(an_exchange(), ref=OTHER_REF, kind=Kind.CUSTODY),
    "V2JX76": replace(an_exchange(), ref="V2JX76", kind=Kind.OTHER, starts_at=at("23:50")),
}
COMMAND_LINE = PhraseContext(
    by=OFFICER,
    now=NOW,
    zone=ZONE,
    default_ref=None,
    lookup=KNOWN.get,
    roles=roles,
    reasons=("Both agreed", "Wrong time"),
    reopen_reasons=("Came back",),
)
BOARD = replace(COMMAND_LINE, default_ref=REF)


def read(phrase: str, context: PhraseContext = COMMAND_LINE) -> ExchangeIntent | Undo:
    """The intent, with an id that can be compared."""
    return replace(read_act(phrase.split(" "), context), intent_id="one")


def outcome(words: list[str], context: PhraseContext) -> ExchangeIntent | Undo | PhraseError:
    """The intent, or why there is none."""
    try:
        return read_act(words, context)
    except PhraseError as wrong:
        return wrong


def fault(phrase: str, context: PhraseContext = COMMAND_LINE) -> tuple[str, str]:
    """The code and the word of a phrase that cannot be read."""
    with pytest.raises(PhraseError) as refusal:
        read(phrase, context)
    return refusal.value.code, refusal.value.word


def arrive(side: Side | None = None, ref: str = REF) -> Arrive:
    return Arrive(by=OFFICER, ref=ref, side=side, intent_id="one")


def note(text: str, ref: str = REF) -> Note:
    return Note(by=OFFICER, ref=ref, text=text, intent_id="one")


def dispute(text: str, reporter: Side | None = None) -> OpenDispute:
    return OpenDispute(
        by=OFFICER,
        ref=REF,
        category=DisputeCategory.COUNTERFEIT,
        reported_by=reporter,
        text=text,
        intent_id="one",
    )
