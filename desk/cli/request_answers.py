"""What is shown of requests, handed out for them, and erased."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.cli import output
from desk.cli.case_acts import acting, person_document, person_words, show_verdict
from desk.cli.files import write_file
from desk.cli.given import Given
from desk.errors import DeskError
from desk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.bootstrap import OpenStation
    from desk.domain.retention import ErasurePlan
    from desk.domain.rights import Candidate, Request, RequestFile


def show_requests(given: Given) -> int:
    """Prints every request there ever was.

    Raises:
        DeskError: the officer is not let in, or the station cannot be read.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        requests = station.service.rights.requests()
        zone = station.service.station.zone
    if given.json:
        output.show({"requests": [_document(each, zone) for each in requests]})
    elif requests:
        head = (_("Nr"), _("What"), _("Asked"), _("Due"), _("ID"), _("Who"), _("About"), "")
        output.show_table(head, [_row(each, zone) for each in requests])
    else:
        output.say(_("Nobody has asked for anything."))
    return 0


def show_request(given: Given, number: int) -> int:
    """Prints a request, with who its person may be; that is a look at their history.

    Raises:
        DeskError: there is no such request, or the station cannot be read.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        file = _file(given, station, number)
        zone = station.service.station.zone
    if given.json:
        output.show(_file_document(file, zone))
    else:
        output.show_lines(list(_file_lines(file, zone)))
    return 0


def _file(given: Given, station: OpenStation, number: int) -> RequestFile:
    from desk.cli.looking import note_look
    from desk.domain.looks import LookedAt

    file = station.service.rights.request_file(number)
    if file is None:
        raise DeskError(
            "unknown_request",
            _("There is no request {number}.").format(number=number),
            _("See desk request."),
        )
    refs = dict.fromkeys(each.exchange.ref for each in file.candidates)
    note_look(given, station.service, LookedAt.HISTORY, list(refs))
    return file


def print_own_data(given: Given, number: int, pdf: Path | None) -> int:
    """Prints the sheet with a person's own data, or writes it as a PDF.

    Raises:
        DeskError: there is no such request, nobody was picked, or the file cannot be written.
    """
    from desk.bootstrap import open_station, press_of
    from desk.out.own_data import own_data_lines

    with open_station(given.seat) as station:
        press = press_of(given.seat, station)
        sheet = press.own_data(_picked(given, station, number))
        content = None if pdf is None else press.own_data_pdf(sheet)
    if pdf is not None and content is not None:
        write_file(pdf, content)
    lines = own_data_lines(sheet)
    if given.json:
        output.show({"number": number, "lines": list(lines), "out": pdf and str(pdf)})
    elif pdf is not None:
        output.say(_("Written: {files}.").format(files=pdf))
    else:
        output.show_lines(lines)
    return 0


def _picked(given: Given, station: OpenStation, number: int) -> RequestFile:
    file = _file(given, station, number)
    if not file.request.picked:
        raise DeskError(
            "nothing_picked",
            _("No party was picked for request {number}.").format(number=number),
            _("Pick the parties that are that person, one by one: desk request pick."),
        )
    return file


def release_own_data(given: Given, number: int, to: str) -> int:
    """Journals to whom a person's data are handed out, and writes the sheet into the exports.

    Raises:
        DeskError: there is no such request, nobody was picked, or a file cannot be written.
    """
    from desk.bootstrap import open_station, press_of
    from desk.domain.rights import Disclose

    by = acting(given)
    with open_station(given.seat) as station:
        press = press_of(given.seat, station)
        sheet = press.own_data(_picked(given, station, number))
        said = Disclose(by=by, number=number, text=to)
        verdict = station.service.rights.handle_request(said)
        code = show_verdict(given, station, verdict)
        if verdict.accepted:
            files = press.write_own_data(sheet)
            output.say(_("Written: {files}.").format(files=", ".join(map(str, files))))
    return code


def show_erasure(given: Given, number: int) -> int:
    """Prints what erasing the person of a request would take.

    Raises:
        DeskError: there is no such request, or the station cannot be read.
    """
    from desk.bootstrap import open_station
    from desk.cli.retention import leftovers_document
    from desk.wording import erasure_lines

    with open_station(given.seat) as station:
        plan = _plan(given, station, number)
    if given.json:
        told = {"goes": list(plan.refs), "kept": dict(plan.kept)}
        output.show(told | {"leftovers": leftovers_document(plan.leftovers)})
    else:
        output.show_lines(list(erasure_lines(plan)))
    return 0


def erase_person(given: Given, number: int) -> int:
    """Erases the person of a request, and prints what that took.

    Raises:
        DeskError: there is no such request, or the station cannot be written.
    """
    from desk.bootstrap import open_station
    from desk.cli.retention import leftovers_document
    from desk.domain.retention import ErasePerson
    from desk.wording import erasure_lines

    by = acting(given)
    with open_station(given.seat) as station:
        plan = _plan(given, station, number)
        if not given.json:
            output.show_lines(list(erasure_lines(plan)))
        verdict = station.service.retention.erase_person(ErasePerson(by=by, number=number))
        also = {"leftovers": leftovers_document(plan.leftovers)}
        return show_verdict(given, station, verdict, also)


def _plan(given: Given, station: OpenStation, number: int) -> ErasurePlan:
    _picked(given, station, number)
    return station.service.retention.plan(number, station.settings.backups.plan)


def _row(request: Request, zone: ZoneInfo) -> tuple[str, ...]:
    from desk.wording import id_check_name

    return (
        str(request.number),
        request.kind.value,
        request.asked_at.astimezone(zone).date().isoformat(),
        request.due_on.isoformat(),
        id_check_name(request.id_check),
        request.asker,
        person_words(request.person),
        "" if request.ending is None else request.ending.value,
    )


def _file_lines(file: RequestFile, zone: ZoneInfo) -> Iterator[str]:
    yield "  ".join(filter(None, _row(file.request, zone)))
    for each in file.candidates:
        yield _candidate_line(each, zone)
    for one in file.released:
        when = one.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        yield _("handed out {when} by {officer}: {to}").format(
            when=when, officer=one.officer, to=one.to
        )


def _candidate_line(candidate: Candidate, zone: ZoneInfo) -> str:
    from desk.wording import candidate_words, day_and_time

    exchange = candidate.exchange
    mark = "[x]" if candidate.picked else "[ ]"
    name = exchange.party(candidate.side).name or ""
    when = day_and_time(exchange.starts_at, zone)
    slip = f"{exchange.ref}-{candidate.side.value[0].upper()}"
    return "  ".join((mark, slip, when, name, candidate_words(candidate)))


def _document(request: Request, zone: ZoneInfo) -> dict[str, object]:
    closed = request.closed_at
    return {
        "number": request.number,
        "kind": request.kind.value,
        "asked_at": request.asked_at.astimezone(zone).isoformat(),
        "due_on": request.due_on.isoformat(),
        "id": request.id_check.value,
        "asker": request.asker or None,
        "person": person_document(request.person),
        "hold": request.hold,
        "picked": [{"ref": each.ref, "side": each.side.value} for each in request.picked],
        "closed_at": None if closed is None else closed.astimezone(zone).isoformat(),
        "ending": None if request.ending is None else request.ending.value,
    }


def _file_document(file: RequestFile, zone: ZoneInfo) -> dict[str, object]:
    candidates = [
        {
            "ref": each.exchange.ref,
            "side": each.side.value,
            "name": each.exchange.party(each.side).name,
            "by": sorted(field.value for field in each.by),
            "sure": each.is_sure,
            "former": each.former,
            "picked": each.picked,
        }
        for each in file.candidates
    ]
    released = [
        {
            "number": each.number,
            "at": each.at.astimezone(zone).isoformat(),
            "officer": each.officer,
            "to": each.to or None,
        }
        for each in file.released
    ]
    return _document(file.request, zone) | {"candidates": candidates, "released": released}
