"""Why the vault stays closed: each a stable code, a sentence, and what can be done about it.

None of them repeats what was typed: a passphrase typed into the wrong field is still one.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.errors import VaultError, WrongSecretError
from desk.i18n import _

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the operating system says of a full disk, or of one that this account has filled."""
_NOT_WRITTEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def wrong_passphrase() -> WrongSecretError:
    """Returns the failure for a badge and a passphrase that open nothing.

    An unknown badge, a wrong passphrase and a damaged slot cannot be told apart, so all are said.
    """
    return WrongSecretError(
        "wrong_passphrase",
        _("Badge or passphrase is wrong, or the file keyslots.json is damaged."),
        _("Type both again. After 5 wrong ones in 15 minutes only a supervisor lets you in."),
    )


def wrong_pin() -> WrongSecretError:
    """Returns the failure for a PIN that is not this officer's."""
    return WrongSecretError(
        "wrong_pin",
        _("The PIN is wrong."),
        _("Type it again. After 5 wrong ones in 15 minutes only a supervisor lets you in."),
    )


def wrong_recovery_code() -> WrongSecretError:
    """Returns the failure for a code in good form that opens nothing."""
    return WrongSecretError(
        "bad_recovery_code",
        _("This recovery code is not this station's newest, or keyslots.json is damaged."),
        _("Look for a newer sheet, or take keyslots.json from the newest backup."),
    )


def misread_recovery_code(hint: str) -> VaultError:
    """Returns the failure for what cannot be a recovery code."""
    return VaultError(
        "bad_recovery_code",
        hint,
        _("Compare it with the sheet, group by group; capitals, blanks and dashes do not matter."),
    )


def locked_out() -> VaultError:
    """Returns the refusal of a badge that failed too often."""
    return VaultError(
        "locked_out",
        _("There were 5 wrong attempts in 15 minutes, so this badge is locked."),
        _("Ask a supervisor to unlock it. If there is none, use the recovery code."),
    )


def weak_passphrase(explanation: str) -> VaultError:
    """Returns the refusal of a new passphrase."""
    return VaultError(
        "weak_passphrase",
        explanation,
        _("Take four or five words that have nothing to do with each other. It may be pasted."),
    )


def weak_pin(explanation: str) -> VaultError:
    """Returns the refusal of a new PIN."""
    return VaultError(
        "weak_pin", explanation, _("Take 6 digits or more that follow no pattern, and no date.")
    )


def bad_badge(most: int) -> VaultError:
    """Returns the refusal of a slot for what is no badge."""
    return VaultError(
        "bad_badge",
        _("A badge has 1 to {most} characters.").format(most=most),
        _("Give the officer's badge as it is worn."),
    )


def bad_slots() -> VaultError:
    """Returns the failure for a slot file that is not as desk writes it."""
    return VaultError(
        "bad_slots",
        _("The file keyslots.json is damaged, or is no file of desk's."),
        _("Keep it, and take keyslots.json from the newest backup; it opens the same database."),
    )


def newer_slots() -> VaultError:
    """Returns the failure for a slot file of a later desk."""
    return VaultError(
        "newer_slots",
        _("The file keyslots.json was written by a newer desk."),
        _("Install the version of desk that the station's other PCs have."),
    )


def no_slots() -> VaultError:
    """Returns the failure for a folder without a slot file."""
    return VaultError(
        "no_slots",
        _("keyslots.json is missing, without which the record cannot be opened."),
        _("Take keyslots.json from the newest backup; it opens the same database."),
    )


def already_there() -> VaultError:
    """Returns the refusal to make slots where there is an encrypted station."""
    return VaultError(
        "already_there",
        _("This folder has a station with officers already."),
        _("Sign in there, or name another data folder."),
    )


def last_officer() -> VaultError:
    """Returns the refusal to take away the last passphrase."""
    return VaultError(
        "last_officer",
        _("Nobody else has a passphrase, and without one the station only opens by its code."),
        _("Give another officer a passphrase first."),
    )


def wrong_key() -> VaultError:
    """Returns the refusal of a key that is not the one which the slots hold."""
    return VaultError(
        "wrong_key",
        _("The slots in keyslots.json belong to another database, or are damaged."),
        _("Nothing was changed. Take keyslots.json from the newest backup of this station."),
    )


def no_memory() -> VaultError:
    """Returns the failure for a PC that cannot make the derivation."""
    return VaultError(
        "no_memory",
        _("This PC has not enough free memory to check a passphrase."),
        _("Close other programs, and do it again."),
    )


def busy() -> VaultError:
    """Returns the failure for slots that another desk holds on to."""
    return VaultError(
        "busy",
        _("Another desk is using the slots, and nothing was checked or changed."),
        _("Try again in a moment."),
    )


@contextmanager
def spoken() -> Iterator[None]:
    """Turns what the disk refuses inside into a ``VaultError``.

    Nothing is checked that could not be counted, so this ends a sign-in too.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise VaultError(
                "disk_full",
                _("The disk is full, so nothing was checked or changed."),
                _("Free some space on the disk, and do it again."),
            ) from error
        raise VaultError(
            "slots_unwritable",
            _("The slots or the attempts in the data folder cannot be used: {reason}.").format(
                reason=error.strerror
            ),
            _("Give this account the right to read and write the data folder."),
        ) from error


@contextmanager
def counting(folder: Path) -> Iterator[None]:
    """Says what it means where nothing may be written inside: an attempt is counted first."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NOT_WRITTEN:
            raise
        raise VaultError(
            "folder_read_only",
            _(
                "{folder} may not be written ({reason}), so nobody can be let in: "
                "an attempt is counted there before it is checked."
            ).format(folder=folder, reason=error.strerror),
            _(
                "Give this account the right to write that folder and its files. "
                "If its disk cannot be written, copy the folder to one that can."
            ),
        ) from error
