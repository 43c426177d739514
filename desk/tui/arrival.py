"""What comes before the board: who is there, and what opens the record for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from desk.domain.backups import Secured
from desk.domain.intents import By
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import Entrance
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.background import in_background
from desk.tui.launch import StationAnswers
from desk.tui.messages import Failed
from desk.tui.screens.first_supervisor import FirstSupervisorSheet, Guarding, founding, securing
from desk.tui.screens.recovery_code import RecoveryCodeSheet
from desk.tui.screens.set_up import SetUpSheet
from desk.tui.screens.sheet import Sheet
from desk.tui.screens.sign_in import CameIn, RecoverSheet, SignInSheet
from desk.tui.screens.sign_on import SignOnSheet
from desk.wording import left_in_clear_lines

if TYPE_CHECKING:
    from desk.tui.app import DeskApp

ResultT = TypeVar("ResultT")


class LeftError(Exception):
    """Somebody left instead of coming in."""


class Arrival:
    """Leads an officer in, sheet by sheet.

    Args:
        app: what the sheets are laid over.
    """

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._launch = app.launch

    async def come_in(self) -> None:
        """Asks what has to be asked, opens the record, and gives it to the board."""
        try:
            if self._launch.entrance is None:
                came = await self._unasked()
            else:
                came = await self._guarded(self._launch.entrance)
        except LeftError:
            self._app.exit()
        except DeskError as error:
            self._app.post_message(Failed(error, fatal=True))
        else:
            self._app.begin_work(came.service, By(came.badge, self._launch.desk_name))

    async def _unasked(self) -> CameIn:
        """Opens a station that asks nobody for a passphrase."""
        launch = self._launch
        service = await in_background(self._app, launch.connect)
        if launch.officer is not None:
            badge, name = launch.officer.badge, launch.officer_name
        else:
            badge, name = await self._ask(SignOnSheet())
        officer = await in_background(self._app, lambda: service.sign_on(badge, name))
        return CameIn(service, officer.badge)

    async def _guarded(self, entrance: Entrance) -> CameIn:
        """Opens a station for whoever knows a passphrase, or has the recovery code."""
        launch = self._launch
        proof = launch.proof
        if launch.set_up is not None:
            proof = await self._guard(founding(await self._described(launch.set_up)))
        elif launch.secure is not None:
            proof = await self._guard(securing(launch.secure))
        else:
            self._app.run_worker(self._prepare(), group="prepare", exit_on_error=False)
        while True:
            came = await self._ask(SignInSheet(entrance, proof))
            if isinstance(came, CameIn):
                return came
            proof = None
            back = await self._app.push_screen_wait(RecoverSheet(entrance))
            if back is not None:
                recovered = back.recovered
                await self._ask(
                    RecoveryCodeSheet(recovered.recovery_code, confirm=recovered.confirm)
                )
                return CameIn(recovered.service, back.supervisor.badge)

    async def _prepare(self) -> None:
        """Imports what opening the record will need, while somebody types."""
        try:
            await in_background(self._app, self._launch.prepare)
        except DeskError as error:
            self._app.post_message(Failed(error, fatal=True))

    async def _described(
        self, set_up: Callable[[StationAnswers], str]
    ) -> Callable[[FirstSupervisor], Secured]:
        """Asks what the new station is; returns what makes it, given its supervisor."""
        described = await self._ask(SetUpSheet())
        return lambda supervisor: Secured(set_up(StationAnswers(described, supervisor)))

    async def _guard(self, guarding: Guarding) -> Proof:
        """Lets somebody guard the station from now on; returns by what."""
        guarded = await self._ask(FirstSupervisorSheet(guarding))
        advice = _("Enrol a second supervisor soon with /officers: one may forget.")
        also = "\n".join([*left_in_clear_lines(guarded.secured), advice])
        await self._ask(RecoveryCodeSheet(guarded.secured.recovery_code, also))
        return guarded.supervisor.proof

    async def _ask(self, sheet: Sheet[ResultT]) -> ResultT:
        answer = await self._app.push_screen_wait(sheet)
        if answer is None:
            raise LeftError
        return answer
