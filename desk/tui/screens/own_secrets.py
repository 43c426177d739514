"""What is asked alike wherever somebody says who they are, or chooses a secret of their own."""

from __future__ import annotations

from desk.domain.officers import FirstSupervisor
from desk.domain.views import Role
from desk.i18n import _
from desk.text import clean
from desk.tui.forms import Answers, Pick
from desk.tui.screens.asking_sheet import Box, Complaint

LONGEST_BADGE = 20
LONGEST_NAME = 80


def role_pick() -> Pick:
    """Returns the question after an officer's role."""
    return Pick("role", _("Role"), tuple((each.value, role_name(each)) for each in Role))


def role_name(role: Role) -> str:
    """Returns what a role is called."""
    return {Role.OFFICER: _("officer"), Role.SUPERVISOR: _("supervisor")}[role]


def badge_box(badge: str = "") -> Box:
    """Returns the question after a badge."""
    return Box("badge", _("Badge"), value=badge, longest=LONGEST_BADGE)


def name_box(name: str = "") -> Box:
    """Returns the question after an officer's name."""
    return Box("name", _("Name"), value=name, longest=LONGEST_NAME)


def new_passphrase_boxes() -> tuple[Box, Box]:
    """Returns the questions after a new passphrase: nobody sees what is typed, so it is twice."""
    return (
        Box("passphrase", _("Passphrase"), secret=True),
        Box("again", _("Once more"), secret=True),
    )


def passphrase_advice() -> str:
    """Returns what makes a passphrase a good one."""
    return _("12 characters or more; four or five words that nobody would guess do well.")


def typed_otherwise(answers: Answers, box_id: str = "passphrase") -> Complaint | None:
    """Returns the complaint where a new secret was not typed twice alike."""
    if answers[box_id] == answers["again"]:
        return None
    return Complaint(box_id, _("The two are not the same. Type both again."))


def supervisor_in(answers: Answers) -> FirstSupervisor:
    """Returns the supervisor that badge, name and passphrase make."""
    return FirstSupervisor(clean(answers["badge"]), clean(answers["name"]), answers["passphrase"])
