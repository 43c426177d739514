"""What every command is given: the options that stand before or after it, and the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk.cli import output
from desk.cli.secrets_given import Secrets
from desk.clock import Clock, SystemClock
from desk.domain.officers import Proof
from desk.domain.views import Officer
from desk.errors import UsageError
from desk.i18n import _
from desk.paths import DataFolder, data_folder
from desk.text import NO_LIMIT, clean

if TYPE_CHECKING:
    from desk.bootstrap import Seat
    from desk.log import Log

USUAL_DESK = "desk 1"
_LONGEST_BADGE = 20
_LONGEST_NAME = 80
_LONGEST_DESK = 40


@dataclass(slots=True)
class Given:
    """The program's own options, filled in while the command line is read.

    Attributes:
        data: ``--data``; None where it was not given, like the next two.
        officer: ``--officer``.
        desk: ``--desk``.
        json: whether one JSON document is wanted on stdout.
        passphrase_file: ``--passphrase-file``.
        passphrase_fd: ``--passphrase-fd``.
        environment: where what is missing is looked up.
        clock: the one clock.
        proof: what the officer has shown, once it was asked for.
    """

    data: str | None = None
    officer: str | None = None
    desk: str | None = None
    json: bool = False
    passphrase_file: str | None = None
    passphrase_fd: int | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Clock = field(default_factory=SystemClock)
    proof: Proof | None = field(default=None, repr=False)

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return data_folder(self.data, self.environment)

    @property
    def log(self) -> Log:
        """What the program writes down about itself."""
        from desk.log import Log

        return Log(self.folder.log, self.clock)

    @property
    def desk_name(self) -> str:
        """This workstation's name.

        Raises:
            UsageError: it is too long.
        """
        named = clean(self.desk or self.environment.get("DESK_NAME", ""), NO_LIMIT)
        if len(named) > _LONGEST_DESK:
            raise UsageError(
                "too_long",
                _("The desk's name has {count} characters, and {most} at most can be kept.").format(
                    count=len(named), most=_LONGEST_DESK
                ),
                _("Shorten what --desk or DESK_NAME says."),
            )
        return named or USUAL_DESK

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        from desk.bootstrap import Seat

        return Seat(self.folder, self.clock, self.desk_name, output.say, self.prove)

    @property
    def secrets(self) -> Secrets:
        """Where passphrases come from."""
        return Secrets(self.passphrase_file, self.passphrase_fd, self.environment)

    def new_secrets(self, file: str | None) -> Secrets:
        """Returns where a secret comes from that is not the officer's own."""
        return Secrets(file, None, {})

    def prove(self) -> Proof:
        """Returns what the officer who was named shows to be let in; asks once for what is missing.

        Raises:
            UsageError: nobody was named, or no passphrase can be had.
        """
        badge = self.officer_needed().badge
        self.proof = self.proof or Proof(badge, self.secrets.passphrase(badge))
        return self.proof

    def officer_named(self) -> Officer | None:
        """Returns the officer who was named, or None; the name may be empty.

        Raises:
            UsageError: something was said, and no badge is in it, or the name is too long.
        """
        said = self.officer if self.officer is not None else self.environment.get("DESK_OFFICER")
        return officer_from(said, "--officer") if said else None

    def officer_needed(self) -> Officer:
        """Returns the officer who was named.

        Raises:
            UsageError: nobody was named.
        """
        officer = self.officer_named()
        if officer is None:
            raise UsageError(
                "no_officer",
                _("The record needs to know who acts."),
                _('Add --officer "BADGE NAME", or set DESK_OFFICER.'),
            )
        return officer


def officer_from(said: str, option: str) -> Officer:
    """Returns the officer that ``BADGE [NAME]`` means.

    Args:
        said: as it was said.
        option: the option that said it.

    Raises:
        UsageError: no badge is in it, or it or the name is too long.
    """
    badge, _space, name = clean(said, NO_LIMIT).partition(" ")
    write_it_so = _('Write the badge, then the name: {option} "4412 Marie Curie".').format(
        option=option
    )
    if not badge:
        raise UsageError("bad_officer", _("No badge was given."), write_it_so)
    if len(badge) > _LONGEST_BADGE:
        raise UsageError(
            "bad_officer",
            _("“{badge}” is no badge: a badge has at most {n} characters.").format(
                badge=clean(badge, 40), n=_LONGEST_BADGE
            ),
            write_it_so,
        )
    if len(name) > _LONGEST_NAME:
        raise UsageError(
            "too_long",
            _("The officer's name has {count} characters, and {most} at most can be kept.").format(
                count=len(name), most=_LONGEST_NAME
            ),
            _("Shorten what --officer or DESK_OFFICER says."),
        )
    return Officer(badge, name)
