"""Where a command gets a passphrase from: a file, a descriptor that it inherits, or a person.

Never from its arguments: those stand in the list of processes, for everybody to read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path

from desk.errors import UsageError
from desk.i18n import _
from desk.text import cut

_LONGEST = 4096
"""Bytes of a file that is taken for a passphrase."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The ways to a passphrase that a command was given.

    Attributes:
        file: ``--passphrase-file``.
        handle: ``--passphrase-fd``.
        environment: where ``DESK_PASSPHRASE_FILE`` is looked up.
    """

    file: str | None
    handle: int | None
    environment: Mapping[str, str]

    @property
    def at_hand(self) -> bool:
        """Whether nobody needs to be asked."""
        return self.handle is not None or self._file is not None

    @property
    def _file(self) -> str | None:
        return self.file or self.environment.get("DESK_PASSPHRASE_FILE") or None

    def passphrase(self, badge: str) -> str:
        """Returns the passphrase of an officer.

        Raises:
            UsageError: none can be had, or what should hold it cannot be read.
        """
        if self.at_hand:
            return self._read()
        return _asked(_("Passphrase of {badge}: ").format(badge=badge))

    def new_passphrase(self, badge: str) -> str:
        """Returns the passphrase that an officer is to have; a person types it twice.

        Raises:
            UsageError: none can be had, or it was typed in two ways.
        """
        if self.at_hand:
            return self._read()
        first = _asked(_("New passphrase of {badge}: ").format(badge=badge))
        if _asked(_("The same again: ")) != first:
            raise UsageError(
                "not_the_same",
                _("The two passphrases differ, and nothing was changed."),
                _("Run the command again."),
            )
        return first

    def asked_for(self, words: str) -> str:
        """Returns another secret, for which a person is asked in these words.

        Raises:
            UsageError: it cannot be had.
        """
        return self._read() if self.at_hand else _asked(words)

    def _read(self) -> str:
        try:
            if self.handle is not None:
                with os.fdopen(self.handle, "rb") as stream:
                    content = stream.read(_LONGEST)
            else:
                with Path(self._file or "").expanduser().open("rb") as stream:
                    content = stream.read(_LONGEST)
            return content.decode("utf-8-sig").partition("\n")[0].rstrip("\r")
        except (OSError, RuntimeError, ValueError) as error:
            raise UsageError(
                "no_passphrase",
                _("{place} cannot be read: {reason}.").format(
                    place=cut(str(self._file if self.handle is None else self.handle), 80),
                    reason=getattr(error, "strerror", None) or _("it is not text"),
                ),
                _("Name a file whose first line is the passphrase, or the recovery code."),
            ) from None


def _asked(words: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(
            "no_passphrase",
            _("The record is encrypted, and nobody can be asked for a passphrase."),
            _("Name a file that holds it with --passphrase-file or DESK_PASSPHRASE_FILE."),
        )
    return getpass(words, stream=sys.stderr)
