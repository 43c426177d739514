"""What the field's text, a scan or a command's key means for the board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desk.domain.exchange import Exchange
from desk.domain.finding import Match
from desk.domain.keyboard_layouts import slip_scanned
from desk.domain.lifecycle import Verb
from desk.domain.reference import BadReferenceError, Slip, read_slip
from desk.i18n import _, ngettext
from desk.text import clean
from desk.tui.booking_forms import when_said
from desk.tui.commands import Command, command_said, completion
from desk.tui.messages import LockAsked
from desk.tui.paint import match_line
from desk.tui.present import Tone
from desk.tui.present.matches import match_row
from desk.tui.screens.board.spoken import Spoken
from desk.tui.screens.board.unknown import found_elsewhere, ways_on
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.day_sheet import DaySheet
from desk.tui.screens.help import HelpScreen
from desk.tui.themes import THEME_NAMES
from desk.wording import tell_misreading

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

_WITHOUT_THE_RECORD = frozenset({"help", "theme", "quit"})
"""The commands that can be obeyed before there is a board."""


class Typed:
    """Turns what an officer types, scans or presses into what the board does."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._spoken = Spoken(board)
        self._by_id: Mapping[str, Command] = {one.id: one for one in board.commands}
        self._others: Mapping[str, Callable[[str], None]] = {
            "help": self._help,
            "undo": self._undo,
            "walk_in": self._spoken.walk_in,
            "book": self._book,
            "day": self._day,
            "week": board.plans.open_week,
            "bays": board.plans.open_bays,
            "find": self._find,
            "import": board.inbox.open_import,
            "slip": board.papers.begin_slip,
            "backup": board.backing_up.ask,
            "copy": self._copy,
            "fold": self._fold,
            "back": self._back,
            "theme": self._theme,
            "lock": lambda _rest: self._lock(board.by.badge),
            "switch": lambda _rest: self._lock(""),
            **board.membership.commands,
            "request": board.requests.begin,
            "quit": self._quit,
        }
        self._scan = ""

    # The field

    def changed(self, text: str) -> None:
        """Finds while somebody types, and shows which words a ``/`` may become."""
        sought = self._sought(text)
        if sought is not None:
            self._board.notice(self._by_id["find"].help(), Tone.DIM)
            self._board.finding.find_everywhere(sought)
        elif self._is_command(text):
            self._show_completions(text[1:])
            self._board.finding.find("")
        elif text != self._scan:
            self._scan = ""
            self._board.finding.find(text)

    def _is_command(self, text: str) -> bool:
        """Whether a text was typed to be obeyed; what was scanned never is."""
        return text.startswith("/") and text != self._scan

    def _sought(self, text: str) -> str | None:
        """Returns what is looked for on all days, where somebody types that command's words."""
        first, space, rest = text[1:].partition(" ")
        if not self._is_command(text) or not space:
            return None
        command = command_said(first, self._board.commands)
        return rest if command is self._by_id["find"] else None

    def _show_completions(self, text: str) -> None:
        first, space, _rest = text.partition(" ")
        word = command_said(first, self._board.commands)
        if space and word is not None:
            self._board.notice(word.help(), Tone.DIM)
        else:
            words = completion(first, self._board.commands)
            self._board.notice("  ".join(f"/{one}" for one in words), Tone.DIM)

    def complete(self, text: str) -> None:
        """Puts the first word that fits in place of what was begun."""
        if not self._is_command(text) or " " in text:
            return
        words = completion(text[1:], self._board.commands)
        if words:
            self._board.field.replace_text(f"/{words[0]} ")

    def entered(self, text: str) -> None:
        """Takes Enter: a command, the one match, the list of several, or the marked row."""
        board = self._board
        if not board.ready:
            board.notice(_("The record is still being opened."), Tone.LATE)
        elif self._sought(text):
            # What Enter would do is told no longer once it is pressed.
            board.notice("")
            self._open_elsewhere()
        elif self._is_command(text):
            self._say(text[1:].split())
        elif not text:
            self._open_row()
        elif board.search.matches or not self._open_slip(text):
            # A surname can happen to be a well-formed reference, and then its owner is meant.
            self._open_match(text)

    def scanned(self, text: str) -> None:
        """Takes a scan; it replaces what was typed and is never a command."""
        text = clean(text)
        self._show_scan(text)
        slip = None if self._board.search.matches else slip_scanned(text)
        if slip is not None and slip.text != text.upper():
            # It came through another keyboard layout; the field shows what is on the paper.
            text = slip.text
            self._show_scan(text)
        if self._board.ready and not self._open_slip(text):
            self._open_match(text)

    def _show_scan(self, text: str) -> None:
        self._scan = text
        self._board.field.replace_text(text)
        self._board.finding.find(text)

    def _open_row(self) -> None:
        exchange = self._board.highlighted
        if exchange is not None:
            self._board.clerk.open_acts(exchange, None)
        elif self._board.table.cursor_key is not None:
            self._board.toggle_fold()
        else:
            self._board.notice(_("There is nobody to check in: /import or F7 for another day."))

    def _open_slip(self, text: str) -> bool:
        """Opens the sheet of a well-formed reference; returns whether it was one."""
        try:
            slip = read_slip(text)
        except BadReferenceError:
            return False
        exchange = self._board.find_ref(slip.ref)
        if exchange is not None:
            self._open(exchange, slip)
        else:
            self._board.fetch_known(slip.ref, lambda found: self._open(found, slip))
        return True

    def _open(self, exchange: Exchange, slip: Slip) -> None:
        self._board.clerk.open_acts(exchange, slip.side)

    def _open_match(self, text: str) -> None:
        board = self._board
        matches = board.search.matches
        key = board.table.cursor_key
        if board.search.elsewhere and not board.search.arrow_used:
            self._ask_who(text)
        elif board.search.elsewhere:
            self._open_elsewhere()
        elif len(matches) == 1:
            self._open_party(matches[0])
        elif matches and board.search.arrow_used and key is not None and key.ref is not None:
            marked = next(one for one in matches if (one.ref, one.side) == (key.ref, key.side))
            self._open_party(marked)
        elif matches:
            self._list(text, matches)
        else:
            self._ask_who(text)

    def _ask_who(self, text: str) -> None:
        """Lists what a text may mean that nothing matches; of a scan only says that it is none.

        The text stays in the field, whatever is made of it.
        """
        board = self._board
        nothing = _("Nothing on this day matches “{text}”. Esc clears it.").format(text=text)
        options = found_elsewhere(board) if text == self._scan else ways_on(text, board)
        options = list(options)
        if not options:
            board.notice(f"{nothing} {tell_misreading(text)}".strip(), Tone.LATE)
            return
        title = _("“{text}”: nobody on this day").format(text=text)
        board.open_sheet(ChoiceSheet(title, options, tell_misreading(text)), _take)

    def _open_elsewhere(self) -> None:
        """Shows the day of the one that was found, or of the marked one; else lists them."""
        board = self._board
        options = list(found_elsewhere(board))
        marked = board.highlighted
        if len(options) == 1:
            options[0].value()
        elif board.search.arrow_used and marked is not None:
            board.finding.show_day_of(marked)
        elif options:
            title = ngettext("“{text}”: {n} match", "“{text}”: {n} matches", len(options))
            sheet = ChoiceSheet(title.format(text=board.search.text, n=len(options)), options)
            board.open_sheet(sheet, _take)

    def _open_party(self, match: Match) -> None:
        exchange = self._board.find_ref(match.ref)
        if exchange is not None:
            self._board.clerk.open_acts(exchange, match.side)

    def _list(self, text: str, matches: tuple[Match, ...]) -> None:
        scene, board = self._board.scene, self._board.shown
        options = [
            Option(match, match_line(match_row(match, exchange, board, scene)))
            for match in matches
            if (exchange := self._board.find_ref(match.ref)) is not None
        ]
        title = ngettext("“{text}”: {n} match", "“{text}”: {n} matches", len(options))
        sheet = ChoiceSheet(title.format(text=text, n=len(options)), options)

        def picked(match: Match | None) -> None:
            if match is not None:
                self._open_party(match)

        self._board.open_sheet(sheet, picked)

    # Words after the slash

    def _say(self, words: list[str]) -> None:
        board = self._board
        if not words:
            self.begin("help")
            return
        command = command_said(words[0], board.commands)
        if command is None:
            board.notice(
                _("/{word} is not a command; ? lists them.").format(word=words[0]), Tone.LATE
            )
            return
        if len(words) == 1 or command.verb is None:
            self._board.clear_field()
            self.begin(command.id, " ".join(words[1:]))
            return
        self._spoken.do(words)

    # Commands by key, word or palette

    def begin(self, command_id: str, rest: str = "") -> None:
        """Begins a command with the highlighted exchange."""
        command = self._by_id[command_id]
        self._board.notice("")
        if not self._board.ready and command_id not in _WITHOUT_THE_RECORD:
            self._board.notice(_("The record is still being opened."), Tone.LATE)
        elif command.verb is not None and command.verb is not Verb.UNDO:
            self._begin_verb(command)
        else:
            self._others[command_id](rest)

    def _begin_verb(self, command: Command) -> None:
        exchange = self._board.highlighted
        if exchange is None or command.verb is None:
            self._board.notice(_("Highlight an exchange first, or find one."), Tone.LATE)
            return
        self._board.clerk.begin(command.verb, exchange, self._board.side_found())

    def _undo(self, _rest: str) -> None:
        self._spoken.begin_undo()

    def _help(self, _rest: str) -> None:
        self._board.open_sheet(HelpScreen(self._board.commands), lambda _nothing: None)

    def _book(self, rest: str) -> None:
        self._board.clerk.bookings.book(when_said(rest.split()))

    def _day(self, _rest: str) -> None:
        board = self._board
        sheet = DaySheet(board.day, board.scene.today, board.show_day, board.plans.open_week)
        board.open_sheet(sheet, _take)

    def _find(self, rest: str) -> None:
        """Puts the words for finding on all days into the field; the rest is typed there."""
        self._board.field.replace_text(f"/find {rest}")

    def _copy(self, _rest: str) -> None:
        marked = self._board.highlighted
        if marked is None:
            return
        self._board.app.copy_to_clipboard(marked.ref)
        self._board.notice(_("{ref} is on the clipboard.").format(ref=marked.ref))

    def _fold(self, _rest: str) -> None:
        self._board.toggle_fold()

    def _back(self, _rest: str) -> None:
        if not self._board.clerk.open_parked():
            self._board.notice(_("No form was put aside."))

    def _theme(self, rest: str) -> None:
        names = " · ".join(THEME_NAMES)
        if rest in THEME_NAMES:
            self._board.app.theme = THEME_NAMES[rest]
        else:
            self._board.notice(_("Themes: {names}").format(names=names))

    def _lock(self, badge: str) -> None:
        if self._board.service.access is None:
            self._board.notice(_("Here nobody is asked, so nothing is locked."))
        else:
            self._board.post_message(LockAsked(badge))

    def _quit(self, _rest: str) -> None:
        self._board.call_later(self._board.app.action_quit)


def _take(step: Callable[[], None] | None) -> None:
    """Takes the step that was picked, if one was."""
    if step is not None:
        step()
