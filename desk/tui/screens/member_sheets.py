"""Sheets in which officers choose their secrets, and supervisors let somebody belong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desk.domain.intents import By
from desk.domain.officers import Enrol
from desk.domain.ports import AccessService
from desk.domain.verdict import Verdict
from desk.domain.views import Officer, Role
from desk.i18n import _
from desk.text import clean
from desk.tui.forms import Answers
from desk.tui.screens.asking_sheet import Asking, AskingSheet, Box, Complaint
from desk.tui.screens.own_secrets import (
    badge_box,
    name_box,
    new_passphrase_boxes,
    passphrase_advice,
    role_pick,
    typed_otherwise,
)
from desk.tui.sentences import need_accepted

LONGEST_PIN = 11
"""Digits; more are a passphrase."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where these sheets are laid: who asks, whom, and in which zone times are told."""

    access: AccessService
    by: By
    zone: ZoneInfo


class EnrolSheet(AskingSheet[Verdict]):
    """Ends when somebody belongs to the station.

    Args:
        counter: where.
        again: who belonged to it before, or None.
    """

    def __init__(self, counter: Counter, again: Officer | None = None) -> None:
        def attempt(answers: Answers) -> Verdict:
            intent = Enrol(
                by=counter.by,
                badge=clean(answers["badge"]),
                name=clean(answers["name"]),
                role=Role(answers["role"]),
            )
            verdict = counter.access.enrol(intent, answers["passphrase"])
            return need_accepted(verdict, counter.zone)

        super().__init__(
            Asking(
                title=_("Add an officer"),
                telling=(_("The new officer types the passphrase, twice."), passphrase_advice()),
                questions=(
                    badge_box(again.badge if again else ""),
                    name_box(again.name if again else ""),
                    role_pick(),
                    *new_passphrase_boxes(),
                ),
                keys=_("Enter goes on · ↑ ↓ or Tab moves · ← → chooses · Esc goes back"),
                working=_("Saving …"),
                attempt=attempt,
                complaint=typed_otherwise,
                blame={"already_enrolled": "badge"},
            )
        )


class NewPassphraseSheet(AskingSheet[Verdict]):
    """Ends when an officer, who has forgotten the old one, has another passphrase."""

    def __init__(self, counter: Counter, badge: str) -> None:
        def attempt(answers: Answers) -> Verdict:
            verdict = counter.access.give_passphrase(counter.by, badge, answers["passphrase"])
            return need_accepted(verdict, counter.zone)

        super().__init__(
            _chosen_anew(
                _("{badge}: another passphrase").format(badge=badge),
                (_("The officer types it, twice."), passphrase_advice()),
                attempt,
            )
        )


class OwnPassphraseSheet(AskingSheet[Verdict]):
    """Ends when whoever knows the old passphrase has another."""

    def __init__(self, counter: Counter) -> None:
        def attempt(answers: Answers) -> Verdict:
            verdict = counter.access.change_passphrase(
                counter.by, answers["old"], answers["passphrase"]
            )
            return need_accepted(verdict, counter.zone)

        old = Box("old", _("Old one"), secret=True)
        super().__init__(
            _chosen_anew(_("Your passphrase"), (passphrase_advice(),), attempt, before=(old,))
        )


class PinSheet(AskingSheet[Verdict]):
    """Ends when the officer has another PIN."""

    def __init__(self, counter: Counter) -> None:
        def attempt(answers: Answers) -> Verdict:
            verdict = counter.access.change_pin(counter.by, answers["old"], answers["pin"])
            return need_accepted(verdict, counter.zone)

        super().__init__(
            Asking(
                title=_("Your PIN"),
                telling=(
                    _("It unlocks this station's screens for you while the record is open,"),
                    _("and needs no Enter. Six digits or more, no pattern, not the badge."),
                ),
                questions=(
                    Box("old", _("Passphrase"), secret=True),
                    Box("pin", _("New PIN"), secret=True),
                    Box("again", _("Once more"), secret=True),
                ),
                keys=_("Enter goes on · Esc goes back"),
                working=_("Saving …"),
                attempt=attempt,
                complaint=_wrong_pin,
                blame={"weak_pin": "pin"},
            )
        )


def _wrong_pin(answers: Answers) -> Complaint | None:
    if len(answers["pin"]) > LONGEST_PIN:
        return Complaint("pin", _("A PIN has {most} digits at most.").format(most=LONGEST_PIN))
    return typed_otherwise(answers, "pin")


def _chosen_anew(
    title: str,
    telling: tuple[str, ...],
    attempt: Callable[[Answers], Verdict],
    before: tuple[Box, ...] = (),
) -> Asking[Verdict]:
    """Returns what is asked where a passphrase takes the place of another."""
    return Asking(
        title=title,
        telling=telling,
        questions=(*before, *new_passphrase_boxes()),
        keys=_("Enter goes on · Esc goes back"),
        working=_("Saving …"),
        attempt=attempt,
        complaint=typed_otherwise,
        blame={"weak_passphrase": "passphrase"},
    )
