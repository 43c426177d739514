"""What a folder without a station is asked: name, code, time zone, bays, lobby."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.i18n import _
from desk.tui.forms import Pick
from desk.tui.launch import StationDescription
from desk.tui.screens.form_sheet import PickLine
from desk.tui.screens.sheet import Sheet
from desk.tui.station_answers import (
    MOST_BAYS,
    NoAnswerError,
    pc_timezone,
    read_bays,
    read_code,
    read_name,
    read_timezone,
    suggested_code,
)
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class _Question:
    """One text box.

    Attributes:
        id: the field of ``StationDescription``.
        label: what the officer reads.
        placeholder: an example.
        value: what stands there at first.
        read: returns the answer as it is kept; raises ``NoAnswerError``.
    """

    id: str
    label: str
    placeholder: str
    read: Callable[[str], str]
    value: str = ""


def _questions() -> tuple[_Question, ...]:
    bays = _("how many numbered bays, 1 to {most}").format(most=MOST_BAYS)
    return (
        _Question("name", _("Name"), _("Kennewick PD"), read_name),
        _Question("code", _("Short code"), _("two to eight letters and digits"), read_code),
        _Question(
            "timezone",
            _("Time zone"),
            _("such as America/Los_Angeles"),
            read_timezone,
            pc_timezone(),
        ),
        _Question("bays", _("Bays"), bays, read_bays),
    )


class SetUpSheet(Sheet[StationDescription]):
    """Ends with the checked answers, or None when Esc leaves the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._questions = {question.id: question for question in _questions()}
        self._suggested = ""

    def compose(self) -> ComposeResult:
        """Lays the questions under each other."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("A new station")), classes="sheet-title")
            yield Static(
                Content(_("There is no station in this folder yet. Five answers make one.")),
                classes="telling",
            )
            for question in self._questions.values():
                with Horizontal(classes="line"):
                    yield Static(Content(f"{question.label:<12} "), classes="line-label")
                    yield TextBox(
                        question.value,
                        placeholder=question.placeholder,
                        id=question.id,
                        compact=True,
                        max_length=60,
                    )
            lobby = (("no", _("is not used")), ("yes", _("is a bay too")))
            yield PickLine(Pick("lobby", _("Lobby"), lobby))
            yield Words("", classes="answer", markup=False)
            yield Static(
                Content(_("Enter goes on · ↑ ↓ or Tab moves · ← → chooses · Esc leaves desk")),
                classes="sheet-keys",
            )

    @on(Input.Changed, "#name")
    def _suggest_code(self, event: Input.Changed) -> None:
        """Keeps the code in step with the name until somebody types another."""
        box = self._box("code")
        if box.value == self._suggested:
            self._suggested = box.value = suggested_code(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self._check(event.input) is not None:
            self.say("")
            self.focus_next()

    def action_finish(self) -> None:
        """Ends with the answers, or goes to the first that cannot be used."""
        answers: dict[str, str] = {}
        for name in self._questions:
            answer = self._check(self._box(name))
            if answer is None:
                return
            answers[name] = answer
        self.dismiss(self._answers(answers))

    def _answers(self, answers: Mapping[str, str]) -> StationDescription:
        return StationDescription(
            name=answers["name"],
            code=answers["code"],
            timezone=answers["timezone"],
            bays=int(answers["bays"]),
            lobby=self.query_one(PickLine).value == "yes",
        )

    def _check(self, box: Input) -> str | None:
        """Returns the answer in a box, written as it is kept; None, and why, where it is none."""
        try:
            answer = self._questions[str(box.id)].read(box.value)
        except NoAnswerError as wrong:
            self.say(wrong.explanation)
            self.set_focus(box)
            return None
        if box.value != answer:
            box.value = answer
        return answer

    def _box(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)

    def typed(self, character: str) -> None:
        """Ignores what is typed beside the boxes: there is nothing to find yet."""
