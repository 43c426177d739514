"""References as they are typed behind a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors import DeskError
from desk.text import cut

if TYPE_CHECKING:
    from desk.domain.exchange import Exchange, Side
    from desk.domain.ports import DeskService

TYPED = 32
"""Cells of a typed reference that a sentence repeats."""


def exchange_meant(service: DeskService, typed: str) -> tuple[Exchange, Side | None]:
    """Returns the exchange with the reference that was typed, and the side if it says one.

    Raises:
        DeskError: the station has no such exchange.
    """
    from desk.domain.reference import BadReferenceError, read_slip

    try:
        slip = read_slip(typed)
    except BadReferenceError:
        # It may be anything, so the database is not asked for it.
        raise unknown(cut(typed, TYPED), service) from None
    exchange = service.exchange(slip.ref)
    if exchange is None:
        raise unknown(slip.ref, service)
    return exchange, slip.side


def unknown(ref: str, service: DeskService) -> DeskError:
    """Returns the refusal of a reference that the station does not have."""
    from desk.domain.verdict import Code, Step, Verdict
    from desk.wording import tell

    verdict = Verdict(Code.UNKNOWN, ref, next=(Step.CHECK_REFERENCE,))
    told = tell(verdict, service.station.zone)
    return DeskError(verdict.code, told.explanation, told.next)
