"""What people ask about themselves, led through sheet by sheet on the board."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

from textual.content import Content

from desk.domain.exchange import IdCheck
from desk.domain.looks import LookedAt
from desk.domain.retention import ErasePerson
from desk.domain.rights import (
    Candidate,
    CloseRequest,
    DropParty,
    Identify,
    PickParty,
    Request,
    RequestEnd,
    RequestFile,
    RequestIntent,
    RequestKind,
)
from desk.domain.verdict import Verdict
from desk.errors import DeskError
from desk.i18n import _
from desk.text import safe
from desk.tui.background import in_background
from desk.tui.present import Tone
from desk.tui.screens.board.led import Led, Step
from desk.tui.screens.careful_sheet import CarefulSheet
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.request_sheets import DiscloseSheet, OpenRequestSheet, RightsCounter
from desk.tui.sentences import error_words, failure_words, need_accepted
from desk.wording import (
    candidate_words,
    day_and_time,
    erasure_lines,
    id_check_name,
    request_end_name,
    request_kind_name,
)
from desk.wording.acts import short_day


class Requests(Led):
    """Leads through the sheets about requests, one after another."""

    def begin(self, _rest: str = "") -> None:
        """Opens the list of requests."""
        self._lead(self._until_left(self._list_steps, _("Requests")))

    @property
    def _counter(self) -> RightsCounter:
        board = self._board
        scene = board.scene
        return RightsCounter(board.service.rights, board.by, scene.zone, scene.today)

    async def _until_left(
        self, steps: Callable[[], Awaitable[list[Option[Step]]]], title: str, said: str = ""
    ) -> None:
        """Offers steps, does the one that is picked, and offers them anew, until Esc leaves.

        Args:
            steps: returns what can be done now.
            title: what it is about.
            said: what is told before anything was done.
        """
        while options := await steps():
            step = await self._ask(ChoiceSheet(title, options, said))
            if step is None:
                return
            try:
                said = await step()
            except DeskError as error:
                said = error_words(error)
        self._board.notice(said, Tone.HERE)

    # The list

    async def _list_steps(self) -> list[Option[Step]]:
        requests = await in_background(self._board, self._counter.rights.requests)
        new: list[Option[Step]] = [
            Option(
                partial(self._open_new, kind),
                Content(_("New: {kind}").format(kind=request_kind_name(kind))),
            )
            for kind in RequestKind
        ]
        waiting = sorted((one for one in requests if one.is_open), key=lambda one: one.due_on)
        return new + [
            Option(partial(self._handle, one.number), Content(_line(one))) for one in waiting
        ]

    async def _open_new(self, kind: RequestKind) -> str:
        verdict = await self._ask(OpenRequestSheet(self._counter, kind))
        if verdict is None or verdict.facts.case is None:
            return ""
        await self._handle(verdict.facts.case)
        return ""

    # One request

    async def _handle(self, number: int) -> str:
        file = await self._read(number)
        refs = tuple(dict.fromkeys(each.exchange.ref for each in file.candidates))
        self._board.service.looked(self._board.by, LookedAt.HISTORY, refs)
        title = _("Request {line}").format(line=_line(file.request))
        await self._until_left(partial(self._steps_of, number), title, _found(file))
        return ""

    async def _read(self, number: int) -> RequestFile:
        rights = self._counter.rights
        file = await in_background(self._board, lambda: rights.request_file(number))
        if file is None:
            raise DeskError("unknown_request", _("There is no request {n}.").format(n=number))
        return file

    async def _steps_of(self, number: int) -> list[Option[Step]]:
        return list(self._steps(await self._read(number)))

    def _steps(self, file: RequestFile) -> Iterator[Option[Step]]:
        request = file.request
        if not request.is_open:
            return
        if not request.is_identified:
            seen = Identify(by=self._board.by, number=request.number, id_check=IdCheck.SEEN)
            words = _("Note: {id}").format(id=id_check_name(IdCheck.SEEN))
            yield Option(partial(self._do, seen), Content(words))
        yield Option(partial(self._hand_out, file), Content(_("Hand their own data out")))
        yield Option(partial(self._erase, request.number), Content(_("Erase them")))
        yield Option(partial(self._close, request.number), Content(_("Close the request")))
        for each in file.candidates:
            yield Option(partial(self._pick, request.number, each), self._candidate(each))

    def _candidate(self, candidate: Candidate) -> Content:
        exchange, side = candidate.exchange, candidate.side
        when = day_and_time(exchange.starts_at, self._board.scene.zone)
        mark = "[x]" if candidate.picked else "[ ]"
        name = exchange.party(side).name or _("not named")
        slip = f"{exchange.ref}-{side.value[0].upper()}"
        words = f"{mark} {slip}  {name} · {when} · {candidate_words(candidate)}"
        return Content(safe(words))

    async def _pick(self, number: int, candidate: Candidate) -> str:
        intent = DropParty if candidate.picked else PickParty
        ref, side = candidate.exchange.ref, candidate.side
        return await self._do(intent(by=self._board.by, number=number, ref=ref, side=side))

    async def _hand_out(self, file: RequestFile) -> str:
        board = self._board
        verdict = await self._ask(DiscloseSheet(self._counter, file.request.number))
        if verdict is None:
            return ""

        def written() -> tuple[Path, Path]:
            printer = board.launch.printer(board.service)
            return printer.write_own_data(printer.own_data(file))

        paths = await in_background(board, written)
        return _("Written: {files}.").format(files=", ".join(path.name for path in paths))

    async def _erase(self, number: int) -> str:
        board = self._board
        retention, backups = board.service.retention, board.launch.settings.backups.plan
        plan = await in_background(board, lambda: retention.plan(number, backups))
        telling = "\n".join(erasure_lines(plan)) or _("Nobody was picked.")
        title = _("Erase the person of request {n}? It does not come back.").format(n=number)
        intent = await self._ask(
            CarefulSheet(title, telling, ErasePerson(by=board.by, number=number))
        )
        if intent is None:
            return ""
        verdict = await in_background(board, lambda: retention.erase_person(intent))
        board.refresh_board()
        return self._told(verdict)

    async def _close(self, number: int) -> str:
        options = [Option(each, Content(request_end_name(each))) for each in RequestEnd]
        ending = await self._ask(ChoiceSheet(_("How does it end?"), options))
        if ending is None:
            return ""
        return await self._do(CloseRequest(by=self._board.by, number=number, ending=ending))

    async def _do(self, intent: RequestIntent) -> str:
        rights = self._counter.rights
        return self._told(await in_background(self._board, lambda: rights.handle_request(intent)))

    def _told(self, verdict: Verdict) -> str:
        zone = self._board.scene.zone
        return failure_words(need_accepted(verdict, zone), zone)


def _found(file: RequestFile) -> str:
    """Returns what is to be done with who was found, or that nobody was."""
    if file.candidates:
        return _("Mark each [ ] that is this person: nothing is done with the others.")
    return _("Nobody in the record fits. A phone, email or plate finds more than a name.")


def _line(request: Request) -> str:
    due = _("by {day}").format(day=short_day(request.due_on))
    who = request.person.name or request.asker
    return safe(f"{request.number} · {request_kind_name(request.kind)} · {who} · {due}")
