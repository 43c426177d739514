"""Who belongs to the station, as a supervisor changes it, and everybody's own secrets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial

from textual.content import Content

from desk.domain.officers import ChangeRole, Dismiss, OfficerIntent, Readmit
from desk.domain.verdict import Verdict
from desk.domain.views import Officer, Role
from desk.errors import DeskError
from desk.i18n import _
from desk.text import fit, safe
from desk.tui.background import in_background
from desk.tui.present import Tone
from desk.tui.screens.board.led import Led, Step
from desk.tui.screens.careful_sheet import CarefulSheet
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.member_sheets import (
    Counter,
    EnrolSheet,
    NewPassphraseSheet,
    OwnPassphraseSheet,
    PinSheet,
)
from desk.tui.screens.own_secrets import role_name
from desk.tui.screens.recovery_code import RecoveryCodeSheet
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import error_words, failure_words, need_accepted
from desk.wording import tell
from desk.wording.acts import short_day

_BADGE_CELLS = 10
_NAME_CELLS = 26
_ROLE_CELLS = 12


class Membership(Led):
    """Leads through the sheets about officers, one after another."""

    @property
    def commands(self) -> Mapping[str, Callable[[str], None]]:
        """What each of the commands about officers does."""
        return {
            "officers": partial(self._begin, self._officers),
            "pin": partial(self._begin, self._pin),
            "passphrase": partial(self._begin, self._passphrase),
        }

    def _begin(self, flow: Callable[[Counter], Awaitable[None]], _rest: str) -> None:
        board = self._board
        access = board.service.access
        if access is None:
            board.notice(_("Here nobody is asked for a passphrase, so there is none to change."))
            return
        counter = Counter(access, board.by, board.scene.zone)
        self._lead(flow(counter))

    # One's own

    async def _pin(self, counter: Counter) -> None:
        if await self._ask(PinSheet(counter)):
            self._board.notice(_("✓ From now on your PIN unlocks the screen."), Tone.HERE)

    async def _passphrase(self, counter: Counter) -> None:
        verdict = await self._ask(OwnPassphraseSheet(counter))
        if verdict is not None:
            self._board.notice(f"✓ {tell(verdict, counter.zone).explanation}", Tone.HERE)

    # Everybody's, for a supervisor

    async def _officers(self, counter: Counter) -> None:
        said = ""
        while True:
            everyone = await in_background(
                self._board, partial(counter.access.officers, counter.by.desk)
            )
            own = next((one for one in everyone if one.badge == counter.by.badge), None)
            if own is None or own.role is not Role.SUPERVISOR:
                self._board.notice(
                    _("Only a supervisor can do that. Call a supervisor."), Tone.LATE
                )
                return
            step = await self._ask(
                ChoiceSheet(_("Officers"), list(self._steps(counter, everyone)), said)
            )
            if step is None:
                return
            try:
                said = await step()
            except DeskError as error:
                said = error_words(error)

    def _steps(self, counter: Counter, everyone: Sequence[Officer]) -> Iterator[Option[Step]]:
        yield Option(partial(self._enrol, counter, None), Content(_("Add an officer")))
        for officer in sorted(everyone, key=lambda one: (one.left_at is not None, one.badge)):
            words = self._line(counter, officer)
            yield Option(partial(self._change, counter, officer), Content(words))
        yield Option(partial(self._recode, counter), Content(_("Draw another recovery code")))

    def _line(self, counter: Counter, officer: Officer) -> str:
        parts = (
            fit(safe(officer.badge), _BADGE_CELLS),
            fit(safe(officer.name), _NAME_CELLS),
            fit(role_name(officer.role), _ROLE_CELLS),
            standing(officer, counter),
        )
        return " ".join(parts).rstrip()

    async def _enrol(self, counter: Counter, again: Officer | None) -> str:
        verdict = await self._ask(EnrolSheet(counter, again))
        return self._told(counter, verdict)

    async def _recode(self, counter: Counter) -> str:
        telling = _("It takes the place of the one that is on paper now.")
        if await self._ask(CarefulSheet(_("Another recovery code"), telling, counter)) is None:
            return ""
        drawn = await in_background(
            self._board, lambda: counter.access.draw_recovery_code(counter.by)
        )
        need_accepted(drawn.verdict, counter.zone)
        await self._ask(RecoveryCodeSheet(drawn.recovery_code, confirm=drawn.confirm))
        return self._told(counter, drawn.verdict)

    async def _change(self, counter: Counter, officer: Officer) -> str:
        """Offers what can be changed about one officer."""
        title = _("{badge} {name}").format(badge=officer.badge, name=officer.name)
        step = await self._ask(ChoiceSheet(title, list(self._changes(counter, officer))))
        return "" if step is None else await step()

    def _changes(self, counter: Counter, officer: Officer) -> Iterator[Option[Step]]:
        by, badge = counter.by, officer.badge
        if officer.left_at is not None:
            yield Option(partial(self._enrol, counter, officer), Content(_("Enrol again")))
            return
        if officer.locked_at is not None:
            readmit = partial(self._do, counter, Readmit(by=by, badge=badge))
            yield Option(readmit, Content(_("Let in again")))
        yield Option(partial(self._give, counter, badge), Content(_("Another passphrase")))
        role = _OTHER[officer.role]
        give_role = partial(
            self._do_carefully,
            counter,
            ChangeRole(by=by, badge=badge, role=role),
            _("{badge} is {role} from now on.").format(badge=badge, role=role_name(role)),
        )
        words = _("Make {role}").format(role=role_name(role))
        yield Option(give_role, Content(words))
        dismiss = partial(
            self._do_carefully,
            counter,
            Dismiss(by=by, badge=badge),
            _(
                "{badge} opens the record no more. What they did stays in it. Whoever has a copy "
                "of the data folder and knows the passphrase can still open that copy."
            ).format(badge=badge),
        )
        yield Option(dismiss, Content(_("Take off")))

    async def _give(self, counter: Counter, badge: str) -> str:
        own = badge == counter.by.badge
        sheet: Sheet[Verdict] = (
            OwnPassphraseSheet(counter) if own else NewPassphraseSheet(counter, badge)
        )
        verdict = await self._ask(sheet)
        return self._told(counter, verdict)

    async def _do_carefully(self, counter: Counter, intent: OfficerIntent, telling: str) -> str:
        title = _("{badge}: are you sure?").format(badge=intent.badge)
        sure = await self._ask(CarefulSheet(title, telling, intent))
        return "" if sure is None else await self._do(counter, sure)

    async def _do(self, counter: Counter, intent: OfficerIntent) -> str:
        return self._told(
            counter, await in_background(self._board, lambda: counter.access.change(intent))
        )

    def _told(self, counter: Counter, verdict: Verdict | None) -> str:
        return "" if verdict is None else failure_words(verdict, counter.zone)


_OTHER = {Role.OFFICER: Role.SUPERVISOR, Role.SUPERVISOR: Role.OFFICER}


def standing(officer: Officer, counter: Counter) -> str:
    """Returns what keeps an officer out, or nothing."""
    if officer.left_at is not None:
        left = officer.left_at.in_timezone(counter.zone.key).date()
        return _("taken off {day}").format(day=short_day(left))
    if officer.locked_at is not None:
        return _("locked out")
    return "" if officer.has_pin else _("no PIN")
