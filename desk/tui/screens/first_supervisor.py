"""Who lets all others in: asked for where a station begins to ask who comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.domain.backups import Secured
from desk.domain.officers import FirstSupervisor
from desk.i18n import _
from desk.tui.forms import Answers
from desk.tui.screens.asking_sheet import Asking, AskingSheet
from desk.tui.screens.own_secrets import (
    badge_box,
    name_box,
    new_passphrase_boxes,
    passphrase_advice,
    supervisor_in,
    typed_otherwise,
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """A station that somebody guards from now on."""

    supervisor: FirstSupervisor
    secured: Secured


@dataclass(frozen=True, slots=True)
class Guarding:
    """How a station comes to be guarded.

    Attributes:
        title: what the sheet is about.
        telling: why it asks.
        working: what is said meanwhile.
        do: does it in a worker, and returns the recovery code, and what is left in clear.
    """

    title: str
    telling: Sequence[str]
    working: str
    do: Callable[[FirstSupervisor], Secured]


class FirstSupervisorSheet(AskingSheet[Guarded]):
    """Ends when the station is guarded; None when Esc leaves the program.

    Args:
        guarding: how that is done.
    """

    def __init__(self, guarding: Guarding) -> None:
        def attempt(answers: Answers) -> Guarded:
            supervisor = supervisor_in(answers)
            return Guarded(supervisor, guarding.do(supervisor))

        super().__init__(
            Asking(
                title=guarding.title,
                telling=(*guarding.telling, passphrase_advice()),
                questions=(badge_box(), name_box(), *new_passphrase_boxes()),
                keys=_("Enter goes on · ↑ ↓ or Tab moves · Esc leaves desk"),
                working=guarding.working,
                attempt=attempt,
                complaint=typed_otherwise,
            )
        )


def founding(do: Callable[[FirstSupervisor], Secured]) -> Guarding:
    """Returns how a new station begins."""
    return Guarding(
        _("Its first supervisor"),
        (_("You let all others in. No passphrase comes with desk: choose your own."),),
        _("Making the station …"),
        do,
    )


def securing(do: Callable[[FirstSupervisor], Secured]) -> Guarding:
    """Returns how an older station, whose record anybody can read, is encrypted."""
    return Guarding(
        _("Lock this station's record"),
        (
            _(
                "Its record is of a desk that did not encrypt yet. Now it is encrypted, with all "
                "that is in it, and asks for a passphrase from then on. You let the others in."
            ),
        ),
        _("Encrypting the record … this may take a minute."),
        do,
    )
