"""What is asked alike wherever somebody says who they are, or chooses a secret of their own."""

from __future__ import annotations

from desk.domain.officers import FirstSupervisor
from desk.i18n import _
from desk.text import clean
from desk.tui.forms import Answers
from desk.tui.screens.asking_sheet import Box, Complaint

LONGEST_BADGE = 20
LONGEST_NAME = 80


def badge_box(badge: str = "") -> Box:
    """Returns the question after a badge."""
    return Box("badge", _("Badge"), value=badge, longest=LONGEST_BADGE)


def name_box() -> Box:
    """Returns the question after an officer's name."""
    return Box("name", _("Name"), longest=LONGEST_NAME)


def new_passphrase_boxes() -> tuple[Box, Box]:
    """Returns the questions after a new passphrase: nobody sees what is typed, so it is twice."""
    return (
        Box("passphrase", _("Passphrase"), secret=True),
        Box("again", _("Once more"), secret=True),
    )


def passphrase_advice() -> str:
    """Returns what makes a passphrase a good one."""
    return _("12 characters or more; four or five words that nobody would guess do well.")


def typed_otherwise(answers: Answers) -> Complaint | None:
    """Returns the complaint where a new secret was not typed twice alike."""
    if answers["passphrase"] == answers["again"]:
        return None
    return Complaint("passphrase", _("The two are not the same. Type both again."))


def supervisor_in(answers: Answers) -> FirstSupervisor:
    """Returns the supervisor that badge, name and passphrase make."""
    return FirstSupervisor(clean(answers["badge"]), clean(answers["name"]), answers["passphrase"])
