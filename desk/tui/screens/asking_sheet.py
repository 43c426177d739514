"""A sheet that asks for a few words, some of them secret, and tries them in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.errors import DeskError, SettingsError, StoreError
from desk.i18n import _
from desk.text import safe, width
from desk.tui.background import in_background
from desk.tui.forms import Answers, Pick
from desk.tui.messages import Failed
from desk.tui.screens.form_sheet import PickLine, beside
from desk.tui.screens.sheet import ResultT, Sheet
from desk.tui.sentences import error_words
from desk.tui.widgets.secret_box import SecretBox
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words

_LEAST_LABEL = 12

FATAL: tuple[type[DeskError], ...] = (StoreError, SettingsError)
"""What no other answer mends."""


@dataclass(frozen=True, slots=True)
class Box:
    """A question that is answered in a text box.

    Attributes:
        id: what the answer is called.
        label: what the officer reads.
        secret: whether nobody may read the answer.
        value: what stands there at first.
        placeholder: an example.
        longest: the most characters, where it is not secret.
        optional: whether it may stay empty.
    """

    id: str
    label: str
    secret: bool = False
    value: str = ""
    placeholder: str = ""
    longest: int = 60
    optional: bool = False


class Complaint(NamedTuple):
    """Why an answer cannot be used, and in which box it stands."""

    box: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asking(Generic[ResultT]):
    """What a sheet asks, and what becomes of the answers.

    Attributes:
        title: what it is about.
        telling: what has to be known first, a sentence a line.
        questions: in the order of the Tab key.
        keys: what the bottom line says.
        working: what is said while the answers are tried.
        attempt: tries the answers, in a thread; raises ``DeskError``.
        complaint: returns what is wrong with the answers before anything is tried, or None.
        blame: the boxes to go back to, by the code of what the attempt raised; for all others
            the secrets are asked for again.
        fatal: what ends the program instead.
    """

    title: str
    telling: Sequence[str]
    questions: Sequence[Box | Pick]
    keys: str
    working: str
    attempt: Callable[[Answers], ResultT]
    complaint: Callable[[Answers], Complaint | None] = lambda _answers: None
    blame: Mapping[str, str] = field(default_factory=dict)
    fatal: tuple[type[DeskError], ...] = ()


class AskingSheet(Sheet[ResultT]):
    """Ends with what the attempt came to, or None when Esc leaves it.

    Args:
        asking: what it asks.
    """

    TAKES_TYPE_AHEAD = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, asking: Asking[ResultT]) -> None:
        super().__init__()
        self.asking = asking

    def compose(self) -> ComposeResult:
        """Lays the questions under what has to be known."""
        asking = self.asking
        label_cells = max(_LEAST_LABEL, *(width(each.label) for each in asking.questions))
        with Vertical(classes="sheet"):
            yield Static(Content(safe(asking.title)), classes="sheet-title")
            yield from self.compose_telling()
            for question in asking.questions:
                if isinstance(question, Pick):
                    yield PickLine(question, label_cells)
                    continue
                with Horizontal(classes="line"):
                    label = Content(beside(question.label, label_cells + 1))
                    yield Static(label, classes="line-label")
                    yield _box(question)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(asking.keys), classes="sheet-keys")

    def compose_telling(self) -> ComposeResult:
        """Lays out what has to be known before anything is typed."""
        if self.asking.telling:
            telling = "\n".join(map(safe, self.asking.telling))
            yield Static(Content(telling), classes="telling")

    def on_mount(self) -> None:
        """Begins where something is missing."""
        boxes = list(self.query(Input))
        empty = next((box for box in boxes if not box.value), None)
        self.set_focus(empty or (boxes[-1] if boxes else None))

    def typed(self, character: str) -> None:
        """Types into the first box that is still empty: there is nothing else to type into."""
        box = next((box for box in self.query(Input) if not box.value), None)
        if box is not None and not self.saving:
            self.set_focus(box)
            box.insert_text_at_cursor(character)

    @property
    def answers(self) -> Answers:
        """What stands in the sheet now; secrets as they were typed."""
        picks = {line.pick.id: line.value for line in self.query(PickLine)}
        return picks | {box.id: box.value for box in self.query(Input) if box.id}

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        needed = {box.id for box in self._needed}
        if event.value.strip() or event.input.id not in needed:
            self.action_go_on()
        else:
            self._finish()

    def action_go_on(self) -> None:
        """Goes to the next question, and from the last one tries the answers."""
        *_before, last = self.query("Input, PickLine")
        if self.focused in (last, None):
            self._finish()
        elif not self.saving:
            self.say("")
            self.focus_next()

    def _finish(self) -> None:
        """Tries the answers, unless one of them cannot be used."""
        if self.saving:
            return
        complaint = self._missing() or self.asking.complaint(self.answers)
        if complaint is not None:
            self._complain(complaint)
        else:
            self.begin()

    @property
    def _needed(self) -> list[Box]:
        """The boxes that may not stay empty."""
        boxes = (each for each in self.asking.questions if isinstance(each, Box))
        return [box for box in boxes if not box.optional]

    def _missing(self) -> Complaint | None:
        answers = self.answers
        empty = next((box for box in self._needed if not answers[box.id].strip()), None)
        if empty is None:
            return None
        return Complaint(empty.id, _("Still missing: {label}.").format(label=empty.label))

    def _complain(self, complaint: Complaint) -> None:
        self.say(complaint.sentence)
        self._go_back_to(complaint.box)

    def _go_back_to(self, box_id: str) -> None:
        """Asks for one answer again; a secret, which cannot be read, from the start."""
        box = self.query_one(f"#{box_id}", Input)
        secrets = list(self.query(SecretBox))
        if box in secrets:
            for secret in secrets[secrets.index(box) :]:
                secret.value = ""
        self.set_focus(box)

    def begin(self) -> None:
        """Tries the answers in the background."""
        self.begin_saving()
        self.say(self.asking.working)
        self.app.run_worker(self._try(self.answers), group="asking", exit_on_error=False)

    async def _try(self, answers: Answers) -> None:
        try:
            result = await in_background(self, lambda: self.asking.attempt(answers))
        except DeskError as error:
            self.end_saving()
            self._failed(error)
        else:
            self.end_saving()
            self.dismiss(result)

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, self.asking.fatal):
            self.app.post_message(Failed(error, fatal=True))
            return
        self.say(error_words(error))
        secrets = [
            each.id for each in self.asking.questions if isinstance(each, Box) and each.secret
        ]
        asked_again = self.asking.blame.get(error.code) or next(iter(secrets), None)
        if asked_again is not None:
            self._go_back_to(asked_again)


def _box(question: Box) -> TextBox:
    if question.secret:
        return SecretBox(question.id)
    return TextBox(
        question.value,
        placeholder=question.placeholder,
        id=question.id,
        compact=True,
        max_length=question.longest,
    )
