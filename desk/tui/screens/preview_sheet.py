"""What taking a booking file in would do, shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from desk.domain.drafts import ImportPlan, TakeIn
from desk.domain.verdict import Step, Verdict
from desk.errors import DeskError
from desk.i18n import _, ngettext
from desk.intake.intake import Policy, Standing, standing
from desk.keys import alternatives
from desk.text import safe
from desk.tui.commands import OWN_KEY, key_name
from desk.tui.importer import FileRead, Importer
from desk.tui.present import Tone
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.plan_view import PlanView
from desk.tui.widgets.words import Words


@dataclass
class _Answered(Message):
    """The service has answered, or could not."""

    answer: Verdict | DeskError


class PreviewSheet(Sheet[Verdict]):
    """Shows a plan, and takes it in when the officer says so.

    Ends with the service's verdict once it is known: accepted after the commit, or refused
    because the plan is out of date and has to be made anew. Ends with None where nothing was
    tried. While nothing could be written (another desk writes, the disk is full) it stays, and
    the same key tries again.

    Args:
        plan: what would be done.
        importer: where it is done.
        read: the file that it is a plan for.
    """

    CSS_PATH = "preview_sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding(",".join((OWN_KEY, *alternatives(OWN_KEY))), "take_good_rows", show=False),
    ]

    def __init__(self, plan: ImportPlan, importer: Importer, read: FileRead) -> None:
        super().__init__()
        self._plan = plan
        self._service = importer.service
        self._read = read
        # Made once, so that trying again is the same intent and is written at most once.
        self._intent = TakeIn(by=importer.by, plan=plan)
        self._saving = False

    def compose(self) -> ComposeResult:
        """Lays the counts over the list."""
        station = self._service.station
        with Vertical(classes="sheet page"):
            files = ", ".join(map(safe, self._plan.files))
            title = _("Import {files}").format(files=files)
            yield Static(Content(title), classes="sheet-title")
            yield Static(_counts(self._plan), id="counts")
            yield Static(Content(_how_it_is_read(station.timezone)), classes="telling")
            yield PlanView(self._plan, station)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(self._keys()), classes="sheet-keys")

    def on_mount(self) -> None:
        """Says at once what stands in the way."""
        self.say(self._obstacle())

    @property
    def _changes_nothing(self) -> bool:
        return not self._plan.writes

    def _obstacle(self) -> str:
        """Returns why Enter takes nothing in, or an empty text where it does."""
        rejected = len(self._plan.rejections)
        if self._changes_nothing and not rejected:
            return _("There is nothing to take in: no booking of it is new or changed.")
        if self._changes_nothing:
            return _("There is nothing to take in. Mend what was rejected, then import it again.")
        if standing(self._plan, Policy.ALL_OR_NOTHING) is Standing.REFUSED:
            return ngettext(
                "{n} row was rejected, so Enter takes nothing in. "
                "Mend it and import the file again, or {key} takes in the good rows.",
                "{n} rows were rejected, so Enter takes nothing in. "
                "Mend them and import the file again, or {key} takes in the good rows.",
                rejected,
            ).format(n=rejected, key=key_name(OWN_KEY))
        return ""

    def _keys(self) -> str:
        if self._changes_nothing:
            return _("Enter or Esc goes back · ↑ ↓ PgUp PgDn scroll")
        scroll = _("↑ ↓ PgUp PgDn scroll · Esc goes back")
        if self._obstacle():
            does = _("{key} takes in the good rows").format(key=key_name(OWN_KEY))
        else:
            does = _("Enter takes it in")
        return f"{does} · {scroll}"

    def action_enter(self) -> None:
        """Takes the whole plan in, closes one that changes nothing, or says what is in the way."""
        if self._changes_nothing:
            self.action_put_away()
        elif obstacle := self._obstacle():
            self.say(obstacle)
        else:
            self._take_in()

    def action_take_good_rows(self) -> None:
        """Takes in what was not rejected."""
        if self._changes_nothing:
            self.say(self._obstacle())
        else:
            self._take_in()

    def _take_in(self) -> None:
        if self._saving:
            return
        self._saving = True
        self.say(_("Saving …"))
        self._save()

    @work(thread=True, group="saving", exit_on_error=False)
    def _save(self) -> None:
        answer: Verdict | DeskError
        try:
            answer = self._service.take_in(self._intent)
        except DeskError as error:
            answer = error
        self.post_message(_Answered(answer))

    @on(_Answered)
    def _saved(self, message: _Answered) -> None:
        answer = message.answer
        self._saving = False
        if isinstance(answer, Verdict) and Step.TRY_AGAIN not in answer.next:
            self.dismiss(answer)
        else:
            self.say(failure_words(answer, self._service.station.zone))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Lets the officer out again where the program itself failed."""
        if event.state is WorkerState.ERROR:
            self._saving = False
            self.say(_("desk failed while it saved. Look at the board before you try again."))

    def action_put_away(self) -> None:
        """Goes back without taking anything in; what is being saved is waited for."""
        if not self._saving:
            self.dismiss(None)

    def typed(self, character: str) -> None:
        """Ignores typing: the list is read."""

    def say(self, words: str) -> None:
        """Tells the officer something under the list."""
        answer = self.query_one(".answer", Static)
        answer.update(Content(safe(words)))
        answer.display = bool(words)


def _how_it_is_read(timezone: str) -> str:
    zone = _("Times in {zone}").format(zone=safe(timezone))
    return f"{zone} · {_('? marks a side the file does not state')}"


def _counts(plan: ImportPlan) -> Content:
    """Returns how many bookings share each fate; the rarer ones only where there are any."""
    cancelled = len(plan.cancelled) + len(plan.cancelled_before)
    always = (
        (_("{n} new"), len(plan.new), Tone.STRONG),
        (_("{n} unchanged"), len(plan.unchanged), Tone.STRONG),
        (_("{n} changed"), len(plan.changed), Tone.STRONG),
        (_("{n} cancelled"), cancelled, Tone.STRONG),
        (_("{n} rejected"), len(plan.rejections), Tone.OVERDUE),
    )
    rarely = (
        (_("{n} decided at the desk"), len(plan.decided), Tone.STRONG),
        (_("{n} missing"), len(plan.missing), Tone.STRONG),
    )
    lines = (always, tuple(each for each in rarely if each[1]))
    return Content("\n").join(
        Content(" · ").join(_count(*each) for each in line) for line in lines if line
    )


def _count(words: str, n: int, tone: Tone) -> Content:
    style = f"bold $tone-{tone}" if n else f"$tone-{Tone.DIM}"
    return Content.styled(words.format(n=n), style)
