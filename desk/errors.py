"""The one family of failures that reach a person as a sentence instead of a traceback."""

from __future__ import annotations


class DeskError(Exception):
    """Something an officer can be told in one sentence, with what to do about it.

    Attributes:
        code: a stable word for programs (``desk --json``).
        explanation: what is wrong and why, for people.
        next: what to do about it, or None where nothing can be done here.
        exit_code: what the command line ends with.
    """

    exit_code = 1

    def __init__(self, code: str, explanation: str, next_step: str | None = None) -> None:
        super().__init__(explanation)
        self.code = code
        self.explanation = explanation
        self.next = next_step


class UsageError(DeskError):
    """Wrong words, a missing terminal or a missing officer: the command line ends with 2."""

    exit_code = 2


class StoreError(DeskError):
    """The database cannot be opened, read or written; nothing was changed."""


class BusyError(StoreError):
    """Another desk held the database for longer than an officer can wait; nothing was changed."""


class DamagedError(StoreError):
    """The database file does not hold what was written, or is opened with the wrong key."""


class SettingsError(DeskError):
    """``station.toml`` cannot be used; the explanation names the file, the line and the key."""


class BookingFileError(DeskError):
    """A booking file is refused as a whole; the explanation names the file and the remedy."""


class VaultError(DeskError):
    """The store's key is not given out, or the slots that hold it cannot be read or changed."""


class WrongSecretError(VaultError):
    """A passphrase, PIN or recovery code that was checked did not fit."""
