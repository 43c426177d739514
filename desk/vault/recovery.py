"""The recovery code: printed once, kept in a safe, and the way in when no passphrase is left.

Twenty-eight characters of the references' alphabet in groups of four, the last of them the ISO
7064 Mod 37,36 check character: 132 random bits, so no one guesses it and nothing needs to lock.
"""

from __future__ import annotations

import math
import secrets

from stdnum.iso7064 import mod_37_36

from desk.domain.reference import ALPHABET
from desk.i18n import _
from desk.vault.failures import misread_recovery_code

GROUPS = 7
GROUP = 4
BITS = (GROUPS * GROUP - 1) * math.log2(len(ALPHABET))
_LOOK_ALIKES = frozenset("0O1ILU")
_BETWEEN = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


def draw_recovery_code() -> str:
    """Returns a new code as it is printed: seven groups of four, with dashes between."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP - 1))
        code = body + mod_37_36.calc_check_digit(body)
        if code[-1] in ALPHABET:  # Drawn again where the check is one of the excluded characters.
            return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_recovery_code(typed: str) -> bytes:
    """Returns the secret in a code, however its groups were typed.

    Raises:
        VaultError: it has another form, holds a look-alike (0 O 1 I L U are refused and never
            mapped), or its check character is wrong. Nothing was tried then.
    """
    bare = "".join(each for each in typed if not each.isspace() and each not in _BETWEEN)
    # Upper case makes plain letters of some that are none, and nothing is ever mapped.
    code = bare.upper() if bare.isascii() else ""
    if any(character in _LOOK_ALIKES for character in code):
        raise misread_recovery_code(_("A recovery code has no 0, O, 1, I, L or U."))
    if len(code) != GROUPS * GROUP or any(character not in ALPHABET for character in code):
        raise misread_recovery_code(
            _("A recovery code has {groups} groups of {each} letters and digits.").format(
                groups=GROUPS, each=GROUP
            )
        )
    if not mod_37_36.is_valid(code):
        raise misread_recovery_code(_("A character of this recovery code was misread."))
    return code.encode()
