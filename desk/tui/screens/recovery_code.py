"""The recovery code, shown once: it is on paper before anything goes on."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from desk.i18n import _
from desk.text import safe
from desk.tui.forms import Answers
from desk.tui.screens.asking_sheet import Asking, AskingSheet, Box, Complaint

_GROUP = "-"


class RecoveryCodeSheet(AskingSheet[bool]):
    """Shows a code until its last group was typed back; Esc does not leave it.

    Args:
        code: in groups.
        next_step: what else whoever reads this should do.
        confirm: what is done once it is on paper, in a worker.
    """

    def __init__(
        self, code: str, next_step: str = "", confirm: Callable[[], None] | None = None
    ) -> None:
        last = code.rpartition(_GROUP)[2]

        def complaint(answers: Answers) -> Complaint | None:
            if answers["last"].strip().upper() == last:
                return None
            return Complaint("last", _("That is not the last group of the code above."))

        def attempt(_answers: Answers) -> bool:
            if confirm is not None:
                confirm()
            return True

        super().__init__(
            Asking(
                title=_("The recovery code"),
                telling=(),
                questions=(Box("last", _("Last group"), longest=20),),
                keys=_("Type the last group from your paper, then Enter"),
                working=_("One moment …"),
                attempt=attempt,
                complaint=complaint,
            )
        )
        self._code = code
        self._next_step = next_step

    def compose_telling(self) -> ComposeResult:
        """Shows the code among what has to be known about it."""
        before = _("Write it down now, on paper: it is shown this once, and kept nowhere.")
        after = _(
            "It opens the record when every passphrase is lost. Lock it away, not at this desk. "
            "An older code opens no more once you have typed this one's last group."
        )
        yield Static(Content(before), classes="telling")
        yield Static(Content.styled(safe(self._code), "bold"), id="recovery-code")
        yield Static(Content(f"\n{after}\n{self._next_step}".rstrip()), classes="telling")

    def action_put_away(self) -> None:
        """Stays: what is not on paper now is lost."""
        self.say(_("Write the code down first; Ctrl+Q leaves without it."))
