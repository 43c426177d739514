"""The form that does nothing but give an exchange another bay."""

from __future__ import annotations

from desk.domain.booking import Booking
from desk.domain.intents import Amend
from desk.i18n import _
from desk.tui.case import Case
from desk.tui.forms import Answers, Form
from desk.tui.present.places import OtherBay


def other_bay_form(case: Case, elsewhere: OtherBay) -> Form:
    """Returns the form that moves an exchange to a bay that is free."""
    exchange = case.exchange
    told = _("{bay} is {free}.") if exchange.bay is None else _("{bay} is {free}; its own is not.")

    def make(_answers: Answers) -> Amend:
        return Amend(
            by=case.by,
            ref=exchange.ref,
            seen_version=exchange.version,
            booking=Booking.of(exchange).in_bay(elsewhere.bay),
        )

    return Form(
        ref=exchange.ref,
        title=_("{ref}: move to {bay}").format(ref=exchange.ref, bay=elsewhere.name),
        telling=(told.format(bay=elsewhere.name, free=elsewhere.words).capitalize(),),
        questions=(),
        keys=("enter",),
        careful=False,
        make=make,
    )
