"""``desk do``: one act, in the words that the board takes after ``/``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.cli.sheet import refresh_sheets
from desk.errors import BusyError, UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from pendulum import DateTime

    from desk.domain.intents import Book, By, ExchangeIntent, Undo
    from desk.domain.phrase_walk_in import WalkIn
    from desk.domain.phrases import PhraseContext, PhraseError
    from desk.domain.ports import DeskService
    from desk.domain.verdict import Verdict
    from desk.domain.views import Officer


def register(app: typer.Typer) -> None:
    """Adds the command."""

    # Minutes ago begin like an option: at -5.
    @app.command(
        "do",
        help=_(
            "Do one act, in the words that the board takes after /: arrive K7QDM7 seller at 14:05. "
            "Free text that begins with a dash stands behind --."
        ),
        context_settings={"ignore_unknown_options": True},
    )
    def do(
        context: typer.Context,
        words: Annotated[list[str], typer.Argument(metavar="WORDS...", show_default=False)],
    ) -> int:
        return do_words(context.obj, words)


def do_words(given: Given, words: Sequence[str]) -> int:
    """Does what the words say and prints the verdict.

    Raises:
        DeskError: nobody is named, the words make no sense, or the station cannot be written.
    """
    from desk.bootstrap import open_station
    from desk.cli.documents import verdict_document
    from desk.domain.intents import By
    from desk.domain.phrase_walk_in import is_walk_in, read_walk_in
    from desk.domain.phrases import PhraseError, read_act

    officer = given.officer_needed()
    with open_station(given.seat) as station:
        service = station.service
        by = By(officer.badge, given.desk_name)
        context = _context(given, service, by)
        wish: ExchangeIntent | Book | Undo
        try:
            if is_walk_in(words):
                wish = _booked(service, read_walk_in(words, context), context.now)
            else:
                wish = read_act(words, context)
        except PhraseError as wrong:
            raise _wrong_usage(wrong) from None
        verdict = _done(service, officer, wish)
        if _was_an_import(verdict):
            refresh_sheets(given, station)
        places = _free_places(service, wish, verdict)
        document = verdict_document(verdict, service.station.zone, places)
    if given.json:
        output.show(document)
    else:
        output.show_lines([document["explanation"], *filter(None, [document["next"]])])
    return 0 if document["accepted"] else 1


def _context(given: Given, service: DeskService, by: By) -> PhraseContext:
    from desk.domain.phrases import PhraseContext
    from desk.wording import bay_reasons, reopen_reasons, roles, standard_reasons

    return PhraseContext(
        by=by,
        now=given.clock.now(),
        zone=service.station.zone,
        default_ref=None,
        lookup=service.exchange,
        roles=roles,
        reasons=standard_reasons(),
        reopen_reasons=reopen_reasons(),
        bay_reasons=bay_reasons(),
        bays=[bay.code for bay in service.station.bays],
    )


def _booked(service: DeskService, walk_in: WalkIn, now: DateTime) -> Book:
    """Returns the intent to book a walk-in, in the best free bay where none was named."""
    booking = walk_in.booking(service.rules, now)
    if not walk_in.bay_said:
        booking = booking.in_bay(service.best_bay(booking))
    return walk_in.intent(booking)


def _done(service: DeskService, officer: Officer, wish: ExchangeIntent | Book | Undo) -> Verdict:
    """Returns the answer; that another desk is writing is one, whatever it kept from being done."""
    from desk.domain.intents import Book, Undo
    from desk.domain.verdict import Code, Step, Verdict

    try:
        service.sign_on(officer.badge, officer.name)
        if isinstance(wish, Book):
            return service.book(wish)
        return service.undo(wish) if isinstance(wish, Undo) else service.perform(wish)
    except BusyError:
        ref = None if isinstance(wish, Book) else wish.ref
        return Verdict(Code.BUSY, ref, next=(Step.TRY_AGAIN,))


def _was_an_import(verdict: Verdict) -> bool:
    """Tells whether bookings that were taken in are taken back."""
    from desk.domain.lifecycle import Verb

    return verdict.accepted and verdict.prior is not None and verdict.prior.verb == Verb.IMPORT


def _free_places(service: DeskService, wish: ExchangeIntent | Book | Undo, verdict: Verdict) -> str:
    """Returns where else there is room, as the board's form lists it, where a bay was refused."""
    from desk.domain.intents import Amend, Book
    from desk.domain.verdict import BAY_REFUSALS
    from desk.wording import free_places_words

    if verdict.code not in BAY_REFUSALS or not isinstance(wish, Amend | Book):
        return ""
    ref = wish.ref if isinstance(wish, Amend) else ""
    places = service.free_places(wish.booking, ref)
    return free_places_words(places, wish.booking, service.station)


def _wrong_usage(wrong: PhraseError) -> UsageError:
    """Returns what is wrong with a phrase that nobody can understand."""
    from desk.wording import tell_phrase

    explanation = tell_phrase(wrong)
    if _moves_the_screen(wrong.word):
        explanation = _("“{word}” only works on the board.").format(word=wrong.word)
    return UsageError(wrong.code, explanation, _("See desk do --help."))


def _moves_the_screen(word: str) -> bool:
    from desk.tui.commands import COMMANDS, by_word

    return word.lower() in by_word(COMMANDS)
