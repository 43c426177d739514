"""The key to the record, and who may have it: passphrases, the recovery code, attempts, signing."""

from desk.vault.attempts import Ending, Failure, Means
from desk.vault.front_door import Founded, Slots, new_station, open_slots
from desk.vault.kdf import LEAST, Cost, calibrated
from desk.vault.passphrase import Choice, check_passphrase, check_pin
from desk.vault.recovery import draw_recovery_code
from desk.vault.signing import is_signed

__all__ = [
    "LEAST",
    "Choice",
    "Cost",
    "Ending",
    "Failure",
    "Founded",
    "Means",
    "Slots",
    "calibrated",
    "check_passphrase",
    "check_pin",
    "draw_recovery_code",
    "is_signed",
    "new_station",
    "open_slots",
]
