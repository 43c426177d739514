"""What the parts of a slot file are made of: strict, frozen, and bytes as lower-case hex."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from desk.text import clean

LONGEST_WORD = 80
"""Characters of a badge or a station's code: as many as the record keeps."""


class Part(BaseModel):
    """One table of the file: no key that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _from_hex(value: Any) -> Any:
    # Stricter than bytes.fromhex, so that no two texts are the same bytes: a bit that turned over
    # in the file is noticed even where it only changed a letter's case.
    if not isinstance(value, str):
        return value
    if not re.fullmatch("([0-9a-f]{2})*", value):
        raise ValueError(value)
    return bytes.fromhex(value)


def _exactly(size: int) -> Any:
    return Field(min_length=size, max_length=size)


def _only_clean(word: str) -> str:
    if clean(word) != word:
        raise ValueError(word)
    return word


Hex = Annotated[bytes, BeforeValidator(_from_hex), PlainSerializer(bytes.hex, when_used="json")]
Id = Annotated[Hex, _exactly(8)]
Salt = Annotated[Hex, _exactly(16)]
Nonce = Annotated[Hex, _exactly(12)]
SealedKey = Annotated[Hex, _exactly(32 + 16)]
"""A key of 32 bytes under AES-GCM, whose tag takes 16."""

PublicKey = Annotated[Hex, _exactly(32)]
Word = Annotated[str, Field(min_length=1, max_length=LONGEST_WORD), AfterValidator(_only_clean)]
