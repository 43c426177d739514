"""Every command there is: what it is called, what it does, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.domain.exchange import Exchange
from desk.domain.lifecycle import Verb, refusal
from desk.i18n import _
from desk.keys import COMMAND_KEYS

EnabledWhen = Callable[[Exchange | None], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing an officer can tell the program to do.

    Attributes:
        id: stable, also the name in ``[keys]`` of ``station.toml``.
        keys: the keys that do it, the one shown first.
        words: what is typed after ``/`` for it, the one shown first.
        label: one or two words, for the footer.
        help: one sentence.
        enabled: whether it makes sense with the highlighted exchange.
        in_footer: whether it is one of the few always shown.
        verb: the act that it begins, where it begins one.
    """

    id: str
    keys: tuple[str, ...]
    words: tuple[str, ...]
    label: Callable[[], str]
    help: Callable[[], str]
    enabled: EnabledWhen
    in_footer: bool = False
    verb: Verb | None = None

    @property
    def key_shown(self) -> str:
        """The key as the footer shows it, or nothing."""
        return key_name(self.keys[0]) if self.keys else ""


def key_name(key: str) -> str:
    """Returns a key as a keycap shows it: ``F2``, ``Ctrl+Q``, ``?``."""
    named = {"question_mark": "?", "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}
    return "+".join(named.get(part, part.capitalize()) for part in key.split("+"))


def _always(_exchange: Exchange | None) -> bool:
    return True


def _highlighted(exchange: Exchange | None) -> bool:
    return exchange is not None


def _legal(verb: Verb) -> EnabledWhen:
    def asks_the_table(exchange: Exchange | None) -> bool:
        return exchange is not None and refusal(exchange, verb) is None

    return asks_the_table


def _of_verb(
    verb: Verb,
    words: tuple[str, ...],
    label: Callable[[], str],
    help_: Callable[[], str],
) -> Command:
    keys = COMMAND_KEYS[verb.value]
    return Command(
        verb.value, keys, words, label, help_, _legal(verb), in_footer=bool(keys), verb=verb
    )


TABLE: tuple[Command, ...] = (
    Command(
        "help",
        COMMAND_KEYS["help"],
        ("help",),
        lambda: _("Help"),
        lambda: _("Every key and word on one page; ? in the empty field opens it too."),
        _always,
        in_footer=True,
    ),
    _of_verb(
        Verb.ARRIVE,
        ("arrive", "in", "checkin"),
        lambda: _("Arrive"),
        lambda: _("Check a party in."),
    ),
    _of_verb(
        Verb.FINISH,
        ("finish",),
        lambda: _("Finish"),
        lambda: _("They met: close the exchange, and whoever is still here leaves."),
    ),
    _of_verb(
        Verb.NO_SHOW,
        ("no_show", "noshow"),
        lambda: _("No-show"),
        lambda: _("A party never came: F4 shows what will be written, F4 again writes it."),
    ),
    _of_verb(
        Verb.DISPUTE,
        ("dispute",),
        lambda: _("Dispute"),
        lambda: _("File a dispute: what about, who says so, and what they say."),
    ),
    Command(
        "walk_in",
        COMMAND_KEYS["walk_in"],
        ("walkin",),
        lambda: _("Walk-in"),
        lambda: _("Two people who never booked: name them, and both are booked and checked in."),
        _always,
        in_footer=True,
    ),
    Command(
        "day",
        COMMAND_KEYS["day"],
        ("day",),
        lambda: _("Day"),
        lambda: _("Another day: arrows walk, or type 23/11, mon or -1; Esc is today."),
        _always,
        in_footer=True,
    ),
    Command(
        "week",
        COMMAND_KEYS["week"],
        ("week",),
        lambda: _("Week"),
        lambda: _("Seven days, hour by hour, and what is open; W in the day bar, too."),
        _always,
    ),
    Command(
        "bays",
        COMMAND_KEYS["bays"],
        ("bays",),
        lambda: _("Bays"),
        lambda: _("The day as a grid of bays and times; Enter opens, or books a free time."),
        _always,
    ),
    Command(
        "find",
        COMMAND_KEYS["find"],
        ("find",),
        lambda: _("Find on all days"),
        lambda: _("Any day: a name, reference, plate, phone or item; Enter shows its day."),
        _always,
    ),
    Command(
        "undo",
        COMMAND_KEYS["undo"],
        ("undo",),
        lambda: _("Undo"),
        lambda: _("Your own last act never happened: F8 shows it, F8 again undoes it."),
        _always,
        in_footer=True,
        verb=Verb.UNDO,
    ),
    Command(
        "lock",
        COMMAND_KEYS["lock"],
        ("lock",),
        lambda: _("Lock"),
        lambda: _("Cover the screen; your PIN or passphrase gives all of it back."),
        _always,
        in_footer=True,
    ),
    Command(
        "switch",
        COMMAND_KEYS["switch"],
        ("switch",),
        lambda: _("Switch officer"),
        lambda: _("Another officer goes on here; what you had open waits for you."),
        _always,
    ),
    Command(
        "book",
        COMMAND_KEYS["book"],
        ("book",),
        lambda: _("Book"),
        lambda: _("An exchange for another time: /book, or /book mon 10:15."),
        _always,
    ),
    _of_verb(
        Verb.AMEND,
        ("move", "amend"),
        lambda: _("Move or amend"),
        lambda: _("Another time, bay, name or item: /move 15:30, /move mon 10:15, /move bay 2."),
    ),
    _of_verb(
        Verb.START,
        ("start",),
        lambda: _("Start"),
        lambda: _("Both were sent to the bay."),
    ),
    _of_verb(
        Verb.LEAVE,
        ("leave", "out"),
        lambda: _("Leave"),
        lambda: _("A party has gone, now or at a time nobody saw."),
    ),
    _of_verb(
        Verb.RELEASE,
        ("release",),
        lambda: _("Release"),
        lambda: _("A party that was kept apart may go to meet the other."),
    ),
    _of_verb(
        Verb.NOT_MET,
        ("not_met",),
        lambda: _("Not met"),
        lambda: _("Somebody came, and they did not meet: close the exchange."),
    ),
    _of_verb(
        Verb.CANCEL,
        ("cancel",),
        lambda: _("Cancel"),
        lambda: _("The exchange was called off."),
    ),
    _of_verb(
        Verb.REOPEN,
        ("reopen",),
        lambda: _("Reopen"),
        lambda: _("It was closed, and then something changed. For what never happened, undo."),
    ),
    _of_verb(
        Verb.NOTE,
        ("note",),
        lambda: _("Note"),
        lambda: _("Add a line to the timeline."),
    ),
    _of_verb(
        Verb.EXPECT,
        ("expect",),
        lambda: _("Expect"),
        lambda: _("A party called to say when it comes; its grace counts from then."),
    ),
    _of_verb(
        Verb.SWAP,
        ("swap",),
        lambda: _("Swap sides"),
        lambda: _("The two parties change sides."),
    ),
    _of_verb(
        Verb.SETTLE,
        ("settle",),
        lambda: _("Settle"),
        lambda: _("The open dispute ends: how, and in whose words."),
    ),
    Command(
        "import",
        COMMAND_KEYS["import"],
        ("import",),
        lambda: _("Import"),
        lambda: _("Take in booking files from the inbox, a stick, or a path you type."),
        _always,
    ),
    Command(
        "backup",
        COMMAND_KEYS["backup"],
        ("backup",),
        lambda: _("Backup"),
        lambda: _("A good copy of the whole record now, while you work on."),
        _always,
    ),
    Command(
        "slip",
        COMMAND_KEYS["slip"],
        ("slip",),
        lambda: _("Slip"),
        lambda: _("One party's slip: QR code, time, bay and rules; also as a PDF."),
        _highlighted,
    ),
    Command(
        "copy",
        COMMAND_KEYS["copy"],
        ("copy",),
        lambda: _("Copy reference"),
        lambda: _("Copy the highlighted reference to the terminal's clipboard."),
        _highlighted,
    ),
    Command(
        "fold",
        COMMAND_KEYS["fold"],
        ("fold",),
        lambda: _("Fold"),
        lambda: _("Show or fold the closed exchanges."),
        _always,
    ),
    Command(
        "back",
        COMMAND_KEYS["back"],
        ("back",),
        lambda: _("Back"),
        lambda: _("Open the form that Esc put aside."),
        _always,
    ),
    Command(
        "theme",
        COMMAND_KEYS["theme"],
        ("theme",),
        lambda: _("Theme"),
        lambda: _("Night, day or high contrast: /theme day."),
        _always,
    ),
    Command(
        "officers",
        COMMAND_KEYS["officers"],
        ("officers",),
        lambda: _("Officers"),
        lambda: _("Who belongs to the station: add, unlock, role, passphrase, take off."),
        _always,
    ),
    Command(
        "pin",
        COMMAND_KEYS["pin"],
        ("pin",),
        lambda: _("PIN"),
        lambda: _("Choose six digits or more, which unlock the screen for you."),
        _always,
    ),
    Command(
        "passphrase",
        COMMAND_KEYS["passphrase"],
        ("passphrase",),
        lambda: _("Passphrase"),
        lambda: _("Choose another passphrase for yourself."),
        _always,
    ),
    Command(
        "request",
        COMMAND_KEYS["request"],
        ("request",),
        lambda: _("Requests"),
        lambda: _("Somebody asks for their own data, to be erased, or through a lawyer."),
        _always,
    ),
    Command(
        "quit",
        COMMAND_KEYS["quit"],
        ("quit",),
        lambda: _("Quit"),
        lambda: _("Leave the program; everything accepted is already saved."),
        _always,
    ),
)
"""In the order of the help page; the footer's are among them."""
