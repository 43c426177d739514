"""Checkpoints: where the journal ended at some moment, to be kept where nobody can rewrite it.

Whoever holds the record and its key can write the whole chain anew, and it would be sound. What
they cannot change is a piece of paper, or a file on somebody else's PC, that says how it ended.

A checkpoint is a small text file. Its words are the same in every language and its every character
counts: a file that says the same otherwise is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pendulum
from pendulum import DateTime

_TITLE = "desk checkpoint 1"
_SIGNED: Final = b"desk/checkpoint/1\n"
_NONE = "none"
_SHOWN = 16
"""Hexadecimal digits that people compare."""

_LARGEST = 4096
_FIELDS = re.compile(
    r"^station +(?P<station>\S.*)\n"
    r"number +(?P<number>[1-9]\d{0,17})\n"
    r"moment +(?P<moment>\S+)\n"
    r"hash +(?P<hash>[0-9a-f]{64})\n"
    r"public key +(?P<public_key>[0-9a-f]{64}|none)\n"
    r"signature +(?P<signature>[0-9a-f]{128}|none)\n",
    re.MULTILINE,
)
_FOOTER = """\
The record of this station ended with this act at this moment. Keep this where whoever
can write the record cannot change it: on paper, on a stick, on another PC.
Compare the record with it: desk verify --against FILE
"""

_UNSIGNED = """\
NOT SIGNED: this station has no keys, as in practice. Anybody can write such a file.
"""


class NoCheckpointError(ValueError):
    """A file that is no checkpoint, or is not as desk wrote it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a station's journal ended.

    Attributes:
        station: the station's code.
        number: the newest act's.
        hash: that act's hash, which is over all acts before it.
        moment: when this was so, to the second, in the station's zone.
        public_key: what tells the signature; None where the station has no keys.
        signature: the station's, of all the above; None likewise.
    """

    station: str
    number: int
    hash: str
    moment: DateTime
    public_key: bytes | None = None
    signature: bytes | None = None

    @property
    def message(self) -> bytes:
        """What is signed."""
        said = (self.station, str(self.number), self.hash, self.moment.isoformat())
        return _SIGNED + "\n".join(said).encode()

    @property
    def short_hash(self) -> str:
        """The digits that people compare, in fours: ``9F3A 22C1 04BD 77E0``."""
        return shortened(self.hash)

    @property
    def text(self) -> str:
        """The file."""
        key, signature = (
            _NONE if part is None else part.hex() for part in (self.public_key, self.signature)
        )
        # Wide letters are what a plain text has to make digits big with.
        big = "   ".join(" ".join(four) for four in self.short_hash.split())
        return "\n".join(
            (
                _TITLE,
                "",
                f"    {self.moment:%Y-%m-%d %H:%M}    act {self.number}",
                "",
                f"    {big}",
                "",
                f"station     {self.station}",
                f"number      {self.number}",
                f"moment      {self.moment.isoformat()}",
                f"hash        {self.hash}",
                f"public key  {key}",
                f"signature   {signature}",
                "",
                *([_UNSIGNED] if self.signature is None else []),
                _FOOTER,
            )
        )


def shortened(hash_: str) -> str:
    """Returns the digits of a hash that people compare, in fours."""
    digits = hash_[:_SHOWN].upper()
    return " ".join(digits[at : at + 4] for at in range(0, _SHOWN, 4))


def read_checkpoint(content: bytes) -> Checkpoint:
    """Returns what a checkpoint's file says; how its lines end does not matter.

    Raises:
        NoCheckpointError: it is none, or was changed.
    """
    try:
        text = content[:_LARGEST].decode("utf-8-sig").replace("\r\n", "\n")
        found = _FIELDS.search(text)
        if found is None:
            raise NoCheckpointError
        moment = pendulum.parse(found["moment"])
    except ValueError:
        raise NoCheckpointError from None
    if not isinstance(moment, DateTime):
        raise NoCheckpointError
    key, signature = (None if part == _NONE else bytes.fromhex(part) for part in found.group(5, 6))
    read = Checkpoint(found["station"], int(found["number"]), found["hash"], moment, key, signature)
    # What people see of it is not what is checked, so it has to be what it would be.
    if read.text.strip() != text.strip() or (key is None) != (signature is None):
        raise NoCheckpointError
    return read
