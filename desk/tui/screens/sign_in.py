"""Who opens the record: by badge and passphrase, or by the recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import DeskService, Entrance, Recovered
from desk.i18n import _
from desk.text import clean
from desk.tui.commands import OWN_KEYS
from desk.tui.forms import Answers
from desk.tui.screens.asking_sheet import FATAL, Asking, AskingSheet, Box
from desk.tui.screens.own_secrets import (
    badge_box,
    name_box,
    new_passphrase_boxes,
    passphrase_advice,
    supervisor_in,
    typed_otherwise,
)
from desk.tui.widgets.secret_box import SecretBox

_LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class CameIn:
    """A station that is open, and the badge of who has opened it."""

    service: DeskService
    badge: str


class Lost:
    """The passphrase is lost: the recovery code is to open the station."""


class SignInSheet(AskingSheet[CameIn | Lost]):
    """Ends with the open station, or ``Lost``; None when Esc leaves the program.

    Args:
        entrance: the way in.
        proof: what somebody has shown already: it is tried without asking.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(OWN_KEYS), "lost", show=False),
    ]

    def __init__(self, entrance: Entrance, proof: Proof | None = None) -> None:
        def attempt(answers: Answers) -> CameIn:
            shown = proof_in(answers)
            return CameIn(entrance.open(shown), shown.badge)

        super().__init__(
            Asking(
                title=_("Who is at the desk?"),
                telling=(),
                questions=(
                    badge_box(proof.badge if proof else ""),
                    Box("passphrase", _("Passphrase"), secret=True),
                ),
                keys=_("Enter goes on · F10 passphrase lost: recovery code · Esc leaves desk"),
                working=_("Opening …"),
                attempt=attempt,
                fatal=FATAL,
            )
        )
        self._proof = proof

    def on_mount(self) -> None:
        """Tries what somebody has shown already."""
        if self._proof is not None:
            self.query_one(SecretBox).value = self._proof.passphrase
            self.begin()

    def action_lost(self) -> None:
        """Goes to the recovery code."""
        if not self.saving:
            self.dismiss(Lost())


def proof_in(answers: Answers) -> Proof:
    """Returns what badge and passphrase show."""
    return Proof(clean(answers["badge"]), answers["passphrase"])


@dataclass(frozen=True, slots=True)
class CameBack:
    """A station that its recovery code has opened, and who is its supervisor now."""

    recovered: Recovered
    supervisor: FirstSupervisor


class RecoverSheet(AskingSheet[CameBack]):
    """Ends with the open station; None when Esc goes back.

    Args:
        entrance: the way in.
    """

    def __init__(self, entrance: Entrance) -> None:
        def attempt(answers: Answers) -> CameBack:
            supervisor = supervisor_in(answers)
            return CameBack(entrance.recover(answers["code"], supervisor), supervisor)

        super().__init__(
            Asking(
                title=_("Open the record by its recovery code"),
                telling=(
                    _("Whoever has the code becomes a supervisor, and gets the next code."),
                    passphrase_advice(),
                ),
                questions=(
                    Box("code", _("Recovery code"), longest=_LONGEST_CODE),
                    badge_box(),
                    name_box(),
                    *new_passphrase_boxes(),
                ),
                keys=_("Enter goes on · ↑ ↓ or Tab moves · Esc goes back"),
                working=_("Opening …"),
                attempt=attempt,
                complaint=typed_otherwise,
                blame={"bad_recovery_code": "code"},
                fatal=FATAL,
            )
        )
