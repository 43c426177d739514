"""Sheets in which a request is written down, and to whom somebody's data are handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desk.domain.days import TimeTextError, read_day
from desk.domain.exchange import IdCheck
from desk.domain.intents import By
from desk.domain.ports import RightsService
from desk.domain.rights import Disclose, OpenRequest, Person, RequestKind
from desk.domain.verdict import Verdict
from desk.i18n import _
from desk.text import clean
from desk.tui.forms import Answers, Pick
from desk.tui.screens.asking_sheet import Asking, AskingSheet, Box, Complaint
from desk.tui.sentences import need_accepted
from desk.wording import id_check_name, request_kind_name

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class RightsCounter:
    """Where these sheets are laid: who asks, whom, in which zone, and on which day."""

    rights: RightsService
    by: By
    zone: ZoneInfo
    today: date


class OpenRequestSheet(AskingSheet[Verdict]):
    """Ends when a request is written down.

    Args:
        counter: where.
        kind: what is asked for.
    """

    def __init__(self, counter: RightsCounter, kind: RequestKind) -> None:
        def attempt(answers: Answers) -> Verdict:
            said = OpenRequest(
                by=counter.by,
                kind=kind,
                asker=clean(answers["asker"]),
                person=_person(answers),
                id_check=IdCheck(answers["id"]),
                due_on=_due_on(answers, counter.today),
            )
            return need_accepted(counter.rights.open_request(said), counter.zone)

        def complaint(answers: Answers) -> Complaint | None:
            try:
                _due_on(answers, counter.today)
            except TimeTextError:
                return Complaint("due", _("Type a day: 23/11, mon or 2026-11-23."))
            return None

        super().__init__(
            Asking(
                title=_("Request: {kind}").format(kind=request_kind_name(kind)),
                telling=_telling(kind),
                questions=_questions(),
                keys=_("Enter goes on · ↑ ↓ or Tab moves · ← → chooses · Esc goes back"),
                working=_("Saving …"),
                attempt=attempt,
                complaint=complaint,
                blame={"no_person": "name"},
            )
        )


def _telling(kind: RequestKind) -> tuple[str, ...]:
    about = _("Whom it is about: give what you know; a name alone is only possible.")
    if kind is RequestKind.LAWYER:
        return (about, _("Everything about them is held back from erasing at once."))
    return (about,)


def _questions() -> tuple[Box | Pick, ...]:
    ids = tuple((each.value, id_check_name(each)) for each in IdCheck)
    return (
        Box("asker", _("Who asks")),
        Box("name", _("Name"), optional=True),
        Box("phone", _("Phone"), optional=True),
        Box("email", _("Email"), optional=True),
        Box("plate", _("Plate"), optional=True),
        Box("due", _("Answer by"), placeholder=_("in a month"), optional=True),
        Pick("id", _("Identity"), ids),
    )


def _person(answers: Answers) -> Person:
    return Person(*(clean(answers[name]) for name in ("name", "phone", "email", "plate")))


def _due_on(answers: Answers, today: date) -> date | None:
    typed = answers["due"].strip()
    return read_day(typed, today) if typed else None


class DiscloseSheet(AskingSheet[Verdict]):
    """Ends when it is journalled to whom somebody's data are handed.

    Args:
        counter: where.
        number: of the request.
    """

    def __init__(self, counter: RightsCounter, number: int) -> None:
        def attempt(answers: Answers) -> Verdict:
            said = Disclose(by=counter.by, number=number, text=answers["to"])
            return need_accepted(counter.rights.handle_request(said), counter.zone)

        super().__init__(
            Asking(
                title=_("Hand the sheet out"),
                telling=(_("It is written to the exports, as text and as PDF."),),
                questions=(Box("to", _("To whom"), longest=_LONGEST),),
                keys=_("Enter goes on · Esc goes back"),
                working=_("Saving …"),
                attempt=attempt,
            )
        )
